"""Doors for people and devices: log in, log out, pair."""

import hmac
from typing import Any

from flask import Response, current_app, request

from server.domain.refusals import BadLogin, PairingExpired, TooManyAttempts
from server.domain.roles import EVERY_ROLE, MANAGERS, Role
from server.operations import access as operations
from server.queries import access as queries
from server.web import guard, passwords, shapes
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
    """End this session or token, and close its sockets; asked again, it is nobody's (401)."""
    call.act(operations.revoke, lambda _: None, token_id=call.who.token_id)
    response = Response(status=204)
    response.delete_cookie(SESSION_COOKIE, samesite="Strict")
    return response


@routes.post("/pairings", public="always", who=EVERY_ROLE, body=AskPairing,
             answers={201: shapes.AskedPairing, 200: shapes.AskedPairing},
             refusals=("pairing_expired", "too_many_attempts", "too_many_requests"))  # fmt: skip
def ask_pairing(call: Call, body: AskPairing) -> Answer:
    """A new screen asks to be let in, and shows the code to a manager."""
    guard.count_against(call.parts.pairing_limit)
    secret = _secret_of_key(call)
    done = call.act(operations.ask_pairing, lambda _: None, kind=Role(body.kind), secret=secret)
    if done.value is not None:
        code, secret = done.value.code, done.value.secret
        expires_at = call.now + done.value.lasts
    else:
        with call.database.read() as connection:
            asked = queries.asked_pairing(connection, operations.fingerprint(secret or ""))
        if asked is None or asked.expires_at < call.now:
            raise PairingExpired()
        code, expires_at = asked.code, asked.expires_at
    answer = {
        "code": f"{code[:3]} {code[3:]}",
        "secret": secret,
        "expires_at": expires_at.isoformat(),
    }
    return answer, 200 if done.repeated else 201


@routes.post(
    "/pairings/claim",
    public="always",
    who=EVERY_ROLE,
    body=ClaimPairing,
    answers={200: shapes.Pairing},
    refusals=("unknown_pairing", "pairing_expired"),
)
def claim_pairing(call: Call, body: ClaimPairing) -> Answer:
    """Whether the screen was let in, and its token; it may ask again for a quarter of an hour.

    An answer that was lost is no harm: the same secret is answered with the same token until 15
    minutes after the manager confirmed, or until that token ends.
    """
    done = call.act(operations.claim_pairing, lambda _: None, secret=body.secret)
    access = done.value
    if done.repeated:
        access = call.database.write(operations.claim_pairing, secret=body.secret)
    if access is None:
        return {"state": "waiting"}
    with call.database.read() as connection:
        caller = queries.bearer(connection, operations.fingerprint(access.secret), call.now)
        if caller is None or caller.device_id is None:
            raise PairingExpired()
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
    try:
        guard.count_against(parts.address_limit)
        guard.count_against(parts.login_limit, login)
    except TooManyRequests as limit:
        raise TooManyAttempts(**limit.facts) from None
    with parts.database.read() as connection:
        found = queries.password_of(connection, login)
    staff_id, password_hash = found or (None, passwords.UNKNOWN)
    right: bool = parts.slow(lambda: passwords.matches(password_hash, password))
    if not right or staff_id is None:
        raise BadLogin()
    return parts.database.write(operations.open_session, staff_id=staff_id)


def _secret_of_key(call: Call) -> str | None:
    """The secret of a pairing that is asked for with an Idempotency-Key: the same each time.

    So a repeat can be answered whole, though the database keeps no secret.
    """
    if call.key is None:
        return None
    known = str(current_app.secret_key).encode()
    return hmac.digest(known, f"{call.key.scope} {call.key.key}".encode(), "sha256").hex()


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
