"""Letting in: tokens, browser sessions, pairings; a foreign page gets nothing."""

from __future__ import annotations

from typing import Any

import pytest

from server.operations import access
from server.web.passwords import hash_password
from server.wire import API, CSRF_HEADER

PASSWORD = "mat khau cua Ana"


@pytest.fixture
def browser(doors: Any) -> Any:
    """A browser in which Ana has logged in; `browser.csrf` is what her page knows."""
    doors.hall.database.write(
        access.set_password, login="ana", password_hash=hash_password(PASSWORD)
    )
    client = doors.server.app.test_client()
    answer = client.post(f"{API}/session", json={"login": "ana", "password": PASSWORD})
    assert answer.status_code == 200
    client.csrf = answer.json["csrf"]
    return client


def open_counter(doors: Any, browser: Any, **headers: str) -> Any:
    path = API + doors.counter("1", "open")
    return browser.post(path, headers={k.replace("_", "-"): v for k, v in headers.items()})


def test_a_session_knows_who_it_is(browser: Any) -> None:
    who = browser.get(f"{API}/session").json
    assert (who["role"], who["person"]["login"]) == ("officer", "ana")


def test_the_cookie_is_closed_to_scripts_and_other_pages(doors: Any) -> None:
    doors.hall.database.write(
        access.set_password, login="ana", password_hash=hash_password(PASSWORD)
    )
    answer = doors.post("/session", {"login": "ana", "password": PASSWORD})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_a_wrong_password_and_an_unknown_login_look_the_same(doors: Any) -> None:
    doors.hall.database.write(
        access.set_password, login="ana", password_hash=hash_password(PASSWORD)
    )
    wrong = doors.post("/session", {"login": "ana", "password": "x"})
    unknown = doors.post("/session", {"login": "nobody", "password": "x"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json == unknown.json


def test_a_page_without_the_csrf_token_changes_nothing(doors: Any, browser: Any) -> None:
    assert open_counter(doors, browser).json["reason"] == "csrf"
    assert open_counter(doors, browser, **{CSRF_HEADER: "wrong"}).status_code == 403
    assert open_counter(doors, browser, **{CSRF_HEADER: browser.csrf}).status_code == 200


def test_a_foreign_page_changes_nothing(doors: Any, browser: Any) -> None:
    answer = open_counter(
        doors, browser, Origin="http://evil.example", **{CSRF_HEADER: browser.csrf}
    )
    assert (answer.status_code, answer.json["reason"]) == (403, "origin")


def test_a_session_is_no_bearer_token(doors: Any, browser: Any) -> None:
    cookie = browser.get_cookie("denluot_session")
    assert doors.get("/session", cookie.value).status_code == 401


def test_after_log_out_the_session_is_nobody(browser: Any) -> None:
    assert (
        browser.post(f"{API}/session/end", headers={CSRF_HEADER: browser.csrf}).status_code == 204
    )
    assert browser.get(f"{API}/session").status_code == 401


def test_a_session_ends_by_its_age(doors: Any, browser: Any) -> None:
    doors.hall.clock.advance(hours=15)
    assert browser.get(f"{API}/session").status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic abc", "Bearer wrong", "x"])
def test_a_bad_authorization_is_refused_even_where_strangers_may_look(
    doors: Any, header: str
) -> None:
    client = doors.server.app.test_client(use_cookies=False)
    answer = client.get(f"{API}/tickets/whatever", headers={"Authorization": header})
    assert answer.status_code == 401


def test_a_kiosk_issues_and_nothing_else(doors: Any) -> None:
    kiosk = doors.hall.kiosk.secret
    assert doors.post(doors.counter("1", "open"), secret=kiosk).status_code == 403
    assert doors.get(f"/sites/{doors.hall.site}/counters", kiosk).status_code == 403
    assert doors.get(f"/sites/{doors.hall.site}/board", kiosk).status_code == 403
    assert doors.post("/tickets/1/cancel", {"reason": "x"}, kiosk).status_code == 403


def test_a_display_reads_its_own_hall_and_nothing_else(doors: Any) -> None:
    hall = doors.hall
    new = hall.database.write(
        access.pair_device, site_id=hall.site_id, kind=access.Role.DISPLAY, name="Màn hình",
        hall="khu-cho", printer=None,
    )  # fmt: skip
    board = f"/sites/{hall.site}/board"
    assert doors.get(board, new.secret, query_string={"hall": "khu-cho"}).status_code == 200
    assert doors.get(board, new.secret).status_code == 403
    body = {"service": "ho-tich"}
    assert doors.post(f"/sites/{hall.site}/tickets", body, new.secret).status_code == 403


def test_a_screen_is_paired_by_its_code(doors: Any) -> None:
    asked = doors.post("/pairings", {"kind": "kiosk"}).json
    claim = {"secret": asked["secret"]}
    assert doors.post("/pairings/claim", claim).json["state"] == "waiting"
    body = {"code": asked["code"], "name": "Kiosk cửa", "hall": "khu-cho", "printer": "Cửa vào"}
    assert doors.post("/pairings/confirm", body, doors.cy).status_code == 403
    assert doors.post("/pairings/confirm", body, doors.bo).json["device"]["printer"] == "Cửa vào"
    paired = doors.post("/pairings/claim", claim).json
    assert (paired["state"], paired["site"]) == ("paired", doors.hall.site)
    issued = doors.post(
        f"/sites/{doors.hall.site}/tickets", {"service": "ho-tich"}, paired["token"]
    )
    assert issued.status_code == 201
    assert doors.post("/pairings/claim", claim).json["code"] == "pairing_expired"


def test_a_pairing_code_dies_after_a_while(doors: Any) -> None:
    asked = doors.post("/pairings", {"kind": "display"}).json
    doors.hall.clock.advance(minutes=16)
    body = {"code": asked["code"], "name": "x"}
    assert doors.post("/pairings/confirm", body, doors.bo).json["code"] == "pairing_expired"


def test_strangers_from_afar_are_limited(doors: Any) -> None:
    client = doors.server.app.test_client(use_cookies=False)
    afar = {"REMOTE_ADDR": "203.0.113.9"}
    answers = [client.get(f"{API}/tickets/x", environ_base=afar) for _ in range(601)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.get(f"{API}/tickets/x").status_code == 404  # loopback has no limit
