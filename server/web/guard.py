"""What every door asks of a request: a sound address, who it is, and from whose page it comes."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlalchemy import Connection

from server.domain.refusals import Forbidden, Unauthorized, Unknown
from server.operations.access import fingerprint
from server.queries.access import Caller, bearer
from server.web.limits import Limit, count_address
from server.wire import SESSION_COOKIE, own_origin

LONGEST_PATH = 200


@dataclass(frozen=True)
class Credentials:
    """What a request shows: the token of a program, or the session of a browser."""

    fingerprint: str
    is_session: bool


def check_address() -> None:
    """Raises `Unknown` for an address that no door could have."""
    if len(request.path) > LONGEST_PATH or "\x00" in request.path:
        raise Unknown("address")


def count_against(limit: Limit, *more: str) -> None:
    """Count this request by its address (and by `more`), unless it comes from this computer."""
    count_address(limit, request.remote_addr, *more)


def credentials(strangers: Limit) -> Credentials | None:
    """What the request shows of itself; a stranger is counted before anything is looked up."""
    header = request.headers.get("Authorization")
    if header is not None:
        kind, _, secret = header.partition(" ")
        if kind.lower() != "bearer" or not secret.strip():
            count_against(strangers)
            raise Unauthorized()
        return Credentials(fingerprint(secret.strip()), is_session=False)
    cookie = request.cookies.get(SESSION_COOKIE, "").strip()
    if cookie:
        return Credentials(fingerprint(cookie), is_session=True)
    count_against(strangers)
    return None


def caller_with(
    connection: Connection, shown: Credentials | None, now: datetime, strangers: Limit
) -> Caller | None:
    """Who asks; raises `Unauthorized` for a bad token. Whoever shows a bad one is a stranger too.

    A session is good in a cookie only, and a token as a bearer only: a bad cookie is nobody's.
    """
    if shown is None:
        return None
    caller = bearer(connection, shown.fingerprint, now)
    if caller is not None and (caller.csrf is not None) == shown.is_session:
        return caller
    count_against(strangers)
    if shown.is_session:
        return None
    raise Unauthorized()


def check_origin(public_url: str) -> None:
    """What a browser sends must come from our own page; raises `Forbidden` (reason: origin).

    A program's token is exempt: no browser adds one by itself.
    """
    if "Authorization" in request.headers:
        return
    if not own_origin(request.headers.get("Origin"), request.host_url, public_url):
        raise Forbidden(reason="origin")


def check_csrf(caller: Caller, given: str | None) -> None:
    """A session's request must carry what only its own pages know (reason: csrf)."""
    if caller.csrf is None:
        return
    if not hmac.compare_digest(caller.csrf.encode(), (given or "").encode("utf-8", "replace")):
        raise Forbidden(reason="csrf")
