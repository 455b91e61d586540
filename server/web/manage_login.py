"""Logging in to the manager's pages, and out again."""

from flask import Response, request

from server.domain.roles import MANAGERS
from server.operations import access
from server.web.access import begin_session
from server.web.bodies import LogIn
from server.web.pages import LOGIN, NAVIGATION, Visit, begin, checked, field
from server.wire import SESSION_COOKIE


def show_login(visit: Visit) -> Response:
    """The login form; who is logged in already goes on to the pages."""
    if visit.problem is None and visit.caller is not None and visit.caller.role in MANAGERS:
        return visit.go(NAVIGATION["now"])
    return visit.show(
        "manage/login.html", at=LOGIN, login=field("login"), to=request.values.get("to", "")
    )


def log_in(visit: Visit) -> Response:
    """Begin a session, and go where the visitor wanted to."""
    body = checked(LogIn, login=field("login"), password=request.form.get("password", ""))
    session = begin_session(visit.parts, body.login, body.password)
    return begin(visit, session, field("to"))


def log_out(visit: Visit) -> Response:
    """End the session; its sockets are closed."""
    visit.database.write(access.revoke, token_id=visit.who.token_id)
    response = visit.go(LOGIN)
    response.delete_cookie(SESSION_COOKIE, samesite="Strict")
    return response
