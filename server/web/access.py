"""Doors for people and devices: log in, log out, pair."""

from typing import Any

from flask import Response, request

from server.domain.refusals import BadLogin, TooManyAttempts
from server.domain.roles import EVERY_ROLE, MANAGERS, Role
from server.operations import access as operations
from server.queries import access as queries
from server.settings import is_loopback
from server.web import passwords, shapes
from server.web.bodies import AskPairing, ClaimPairing, ConfirmPairing, LogIn, Nothing
from server.web.limits import TooManyRequests
from server.web.routes import Answer, Call, Parts, Routes, respond
from server.wire import SESSION_COOKIE

routes = Routes("access")


@routes.get("/session", who=EVERY_ROLE, answers={200: shapes.Session})
def who_am_i(call: Call) -> Answer:
    """The caller's role, site, person or device, and a browser's CSRF token."""
    with call.database.read() as connection:
        return queries.who_is(connection, call.who)


@routes.post(
    "/session",
    public="always",
    who=EVERY_ROLE,
    body=LogIn,
    answers={200: shapes.Session},
    refusals=("bad_login", "too_many_attempts"),
)
def log_in(call: Call, body: LogIn) -> Answer:
    """Begin a browser session."""
    session = begin_session(call.parts, body.login, body.password)
    with call.database.read() as connection:
        caller = queries.bearer(connection, operations.fingerprint(session.secret), call.now)
        assert caller is not None
        response = respond(queries.who_is(connection, caller))
    set_session_cookie(response, session.secret)
    return response


@routes.post("/session/end", who=EVERY_ROLE, answers={204: None})
def log_out(call: Call, body: Nothing) -> Answer:
    """End this session or token; its sockets are closed."""
    call.database.write(operations.revoke, token_id=call.who.token_id)
    response = Response(status=204)
    response.delete_cookie(SESSION_COOKIE, samesite="Strict")
    return response


@routes.post("/pairings", public="always", who=EVERY_ROLE, body=AskPairing,
             answers={201: shapes.AskedPairing})  # fmt: skip
def ask_pairing(call: Call, body: AskPairing) -> Answer:
    """A new screen asks to be let in, and shows the code to a manager."""
    asked = call.database.write(operations.ask_pairing, kind=Role(body.kind))
    return {
        "code": f"{asked.code[:3]} {asked.code[3:]}",
        "secret": asked.secret,
        "expires_at": (call.now + asked.lasts).isoformat(),
    }, 201


@routes.post(
    "/pairings/claim",
    public="always",
    who=EVERY_ROLE,
    body=ClaimPairing,
    answers={200: shapes.Pairing},
    refusals=("unknown_pairing", "pairing_expired"),
)
def claim_pairing(call: Call, body: ClaimPairing) -> Answer:
    """The screen asks whether it was let in; its token is told once."""
    access = call.database.write(operations.claim_pairing, secret=body.secret)
    if access is None:
        return {"state": "waiting"}
    with call.database.read() as connection:
        caller = queries.bearer(connection, operations.fingerprint(access.secret), call.now)
        assert caller is not None and caller.device_id is not None
        device = queries.device_view(connection, caller.device_id)
    return {"state": "paired", "token": access.secret, "site": caller.site, "device": device}


@routes.post(
    "/pairings/confirm",
    who=MANAGERS,
    body=ConfirmPairing,
    answers={200: shapes.PairedDevice},
    refusals=("unknown_pairing", "pairing_expired", "pairing_used", "unknown_hall",
              "unknown_printer"),
)  # fmt: skip
def confirm_pairing(call: Call, body: ConfirmPairing) -> Answer:
    """The manager lets the screen with this code in."""
    done = call.act(
        operations.confirm_pairing,
        str,
        site_id=call.site_id,
        code=body.code,
        name=body.name,
        hall=body.hall,
        printer=body.printer,
    )
    with call.database.read() as connection:
        return {"device": queries.device_view(connection, int(done.value or done.subject or 0))}


def begin_session(parts: Parts, login: str, password: str) -> operations.NewAccess:
    """A session for somebody who knows the password; raises `BadLogin`, `TooManyAttempts`.

    An unknown login takes as long as a wrong password: the answer does not say who exists.
    """
    if not is_loopback(request.remote_addr):
        try:
            parts.login_limit.count((request.remote_addr, login))
        except TooManyRequests as limit:
            raise TooManyAttempts(**limit.facts) from None
    with parts.database.read() as connection:
        found = queries.password_of(connection, login)
    staff_id, password_hash = found or (None, passwords.UNKNOWN)
    right: bool = parts.slow(lambda: passwords.matches(password_hash, password))
    if not right or staff_id is None:
        raise BadLogin()
    return parts.database.write(operations.open_session, staff_id=staff_id)


def set_session_cookie(response: Any, secret: str) -> None:
    """The cookie of a browser session: no script reads it, no other page sends it."""
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        max_age=int(operations.SESSION_LASTS.total_seconds()),
        httponly=True,
        secure=request.is_secure,
        samesite="Strict",
    )
