"""Letting in: tokens, browser sessions, pairings; a foreign page gets nothing."""

from __future__ import annotations

from typing import Any

import pytest

from server.operations import access
from server.web.limits import Limit
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


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://[bad", "null", "https://localhost", "http://localhost:81",
     "http://localhost:x", "http://", "http://localhost.evil.example"],
)  # fmt: skip
def test_a_foreign_page_does_not_log_anybody_in(doors: Any, origin: str) -> None:
    doors.hall.database.write(
        access.set_password, login="ana", password_hash=hash_password(PASSWORD)
    )
    body = {"login": "ana", "password": PASSWORD}
    answer = doors.post("/session", body, headers={"Origin": origin})
    assert (answer.status_code, answer.json["reason"]) == (403, "origin")
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["http://localhost", "http://hall.example", "http://localhost:80"]
)
def test_our_own_page_logs_people_in(doors: Any, origin: str) -> None:
    doors.hall.database.write(
        access.set_password, login="ana", password_hash=hash_password(PASSWORD)
    )
    body = {"login": "ana", "password": PASSWORD}
    assert doors.post("/session", body, headers={"Origin": origin}).status_code == 200


def test_a_programs_token_may_come_from_any_page(doors: Any) -> None:
    path = doors.counter("1", "open")
    foreign = {"Origin": "http://other-kiosk.example"}
    assert doors.post(path, secret=doors.ana, headers=foreign).status_code == 200


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
    assert doors.post("/pairings/claim", claim).json == paired  # the first answer may be lost
    doors.hall.clock.advance(minutes=16)
    assert doors.post("/pairings/claim", claim).json["code"] == "pairing_expired"


def test_a_screen_that_asks_again_with_its_key_is_told_the_same_code(doors: Any) -> None:
    key = {"Idempotency-Key": "5f0c"}
    first = doors.post("/pairings", {"kind": "kiosk"}, headers=key)
    again = doors.post("/pairings", {"kind": "kiosk"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json
    other = doors.post("/pairings", {"kind": "display"}, headers=key)
    assert other.json["code"] == "key_reused"
    assert doors.post("/pairings", {"kind": "kiosk"}).json["secret"] != first.json["secret"]


def test_a_claim_with_a_key_is_answered_as_it_stands_now(doors: Any) -> None:
    asked, key = doors.post("/pairings", {"kind": "kiosk"}).json, {"Idempotency-Key": "k"}
    claim = {"secret": asked["secret"]}
    assert doors.post("/pairings/claim", claim, headers=key).json["state"] == "waiting"
    doors.post("/pairings/confirm", {"code": asked["code"], "name": "Kiosk"}, doors.bo)
    assert doors.post("/pairings/claim", claim, headers=key).json["state"] == "paired"


def test_a_log_out_with_a_key_is_done_once(doors: Any) -> None:
    key = {"Idempotency-Key": "k"}
    assert doors.post("/session/end", secret=doors.ana, headers=key).status_code == 204
    assert doors.post("/session/end", secret=doors.ana, headers=key).status_code == 401


@pytest.mark.parametrize("key", ["", "x" * 201, "a\x01b", "ắ".encode().decode("latin-1"), "\x7f"])
def test_a_key_that_is_not_plain_text_is_invalid(doors: Any, key: str) -> None:
    answer = doors.post("/pairings", {"kind": "kiosk"}, headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


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


def test_bad_tokens_from_afar_are_limited_too(doors: Any) -> None:
    doors.server.parts.public_limit = Limit(3, 60)
    afar = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}
    path = f"/sites/{doors.hall.site}/services"
    answers = [doors.get(path, "wrong", **afar).status_code for _ in range(4)]
    assert answers == [401, 401, 401, 429]
    assert doors.get(path, doors.ana, **afar).status_code == 200


def test_logins_are_tried_only_so_often_from_one_address(doors: Any) -> None:
    doors.server.parts.address_limit = Limit(3, 60)
    codes = []
    for number in range(4):
        afar = {"REMOTE_ADDR": f"2001:db8::{number}"}  # one household: the same /64
        body = {"login": f"nobody{number}", "password": "x"}
        codes.append(doors.post("/session", body, environ_base=afar).json["code"])
    assert codes == ["bad_login"] * 3 + ["too_many_attempts"]


def test_a_stranger_from_afar_may_not_ask_for_many_pairings(doors: Any) -> None:
    afar = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}
    answers = [doors.post("/pairings", {"kind": "kiosk"}, **afar) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert doors.post("/pairings", {"kind": "kiosk"}).status_code == 201
