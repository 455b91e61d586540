"""Problem documents (RFC 9457): every refusal and every broken request in one shape."""

import json
import logging
from http import HTTPStatus
from typing import Any

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from server.domain.refusals import Refused

STATUS = {
    "conflict": 409,
    "unknown": 404,
    "forbidden": 403,
    "unauthorized": 401,
    "too_many": 429,
    "invalid": 422,
    "malformed": 400,
    "unavailable": 503,
}

DETAILS = {
    "already_holding": "A ticket is already held for this.",
    "bad_login": "The login or the password is wrong.",
    "counter_busy": "A ticket is called or being served at the counter.",
    "counter_closed": "The counter is not open.",
    "counter_taken": "Another officer holds the counter.",
    "forbidden": "This caller may not do that.",
    "internal_error": "The server failed; nothing was changed.",
    "invalid": "The JSON has the wrong shape.",
    "key_reused": "The Idempotency-Key was used with another body.",
    "malformed": "The body is not JSON.",
    "method_not_allowed": "This address does not take that method.",
    "outside_hours": "No numbers are given out at this hour.",
    "pairing_expired": "The pairing code is no longer valid; ask for a new one.",
    "pairing_used": "The pairing code was confirmed already.",
    "priority_not_allowed": "A kiosk may not grant this priority class; ask a volunteer.",
    "quota_reached": "All numbers of this service are given out.",
    "login_taken": "The login belongs to another site.",
    "service_closed": "The service takes nobody now.",
    "service_not_here": "The counter does not serve that line.",
    "storage_unavailable": "The database did not take the change; try again.",
    "too_large": "The body is too large.",
    "too_many_attempts": "Too many attempts; wait a little.",
    "too_many_requests": "Too many requests; wait a little.",
    "unauthorized": "A valid token or session is needed.",
    "unknown_address": "There is nothing at this address.",
    "wrong_state": "The ticket's state does not allow that.",
    "wrong_ticket": "Another ticket is at the counter.",
}

_HTTP_CODES = {
    404: "unknown_address",
    405: "method_not_allowed",
    413: "too_large",
    415: "malformed",
    500: "internal_error",
}

logger = logging.getLogger(__name__)


def problem(status: int, code: str, facts: dict[str, Any] | None = None) -> Response:
    """A problem document as a response."""
    detail = DETAILS.get(code, "There is no such thing here.")
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **(facts or {}),
    }
    response = Response(
        json.dumps(document, ensure_ascii=False), status, mimetype="application/problem+json"
    )
    if status == 429:
        response.headers["Retry-After"] = str((facts or {}).get("retry_after", 1))
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def register_problems(app: Flask) -> None:
    """Answer every refusal and every HTTP error with a problem document."""

    @app.errorhandler(Refused)
    def _refused(refusal: Refused) -> Response:
        return problem(STATUS[refusal.kind], refusal.full_code, refusal.facts)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        status = error.code or 500
        response = problem(status, _HTTP_CODES.get(status, "malformed"))
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        logger.exception("a request failed", exc_info=error)
        return problem(500, "internal_error")
