"""Broken requests: a problem document each, whatever the address."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing/here", 404, "unknown_address"),
        ("PUT", "/session", 405, "method_not_allowed"),
        ("DELETE", "/tickets/1", 405, "method_not_allowed"),
        ("GET", "/counters/1/call-next", 405, "method_not_allowed"),
        ("POST", "/counters/abc/open", 404, "unknown_counter"),
        ("POST", "/counters/99999/open", 404, "unknown_counter"),
        ("POST", "/tickets/99999/return", 422, "invalid"),
        ("GET", "/print-jobs/%00", 404, "unknown_address"),
        ("GET", "/print-jobs/1e9", 404, "unknown_print_job"),
    ],
)
def test_a_broken_request_gets_a_problem(
    doors: Any, method: str, path: str, status: int, code: str
) -> None:
    answer = doors._ask(method, path, doors.ana)
    assert answer.mimetype == "application/problem+json"
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_the_health_page_speaks_for_the_database(doors: Any, settings: Any) -> None:
    client = doors.server.app.test_client()
    assert client.get("/healthz").json["status"] == "ok"


def test_a_key_that_is_too_long_is_refused(doors: Any) -> None:
    headers = {"Idempotency-Key": "k" * 201}
    answer = doors.post(doors.counter("1", "open"), secret=doors.ana, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_a_head_request_changes_nothing_and_answers(doors: Any) -> None:
    assert doors._ask("HEAD", f"/sites/{doors.hall.site}/services", doors.cy).status_code == 200
