"""Who may come in to the pages that the server draws, and by which form."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from server.domain.roles import MANAGERS
from server.operations import access
from server.web.manage import PAGES
from server.web.pages import Page
from server.web.passwords import hash_password
from server.web.words import texts
from server.wire import SESSION_COOKIE

Everything = Callable[[], dict[str, list[Any]]]
BrowserOf = Callable[[int], Any]


PASSWORD = "rất bí mật"
PLACES = {"<counter>": "1", "<device>": "1", "<ticket>": "1", "<slip>": "1", "<staff>": "1",
          "<service>": "ho-tich", "<path:path>": "nowhere"}  # fmt: skip


@pytest.fixture
def bo_knows_the_password(doors: Any) -> None:
    doors.server.database.write(
        access.set_password, login="bo", password_hash=hash_password(PASSWORD)
    )


def address(page: Page) -> str:
    path = page.path
    for name, value in PLACES.items():
        path = path.replace(name, value)
    return path


def pages(method: str, *, public: bool | None = None) -> list[Any]:
    return [
        pytest.param(page, id=f"{method} {page.path}")
        for page in PAGES
        if page.method == method and public in (None, page.public)
    ]


# Who may come in


def test_every_page_that_the_server_draws_stands_in_the_table(doors: Any) -> None:
    known = {(page.method, page.path) for page in PAGES}
    hung = {
        (method, rule.rule)
        for rule in doors.server.app.url_map.iter_rules()
        if rule.rule == "/" or rule.rule.startswith("/manage")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert hung == known


def test_only_managers_may_change_something() -> None:
    for page in PAGES:
        assert page.public or page.who == MANAGERS or page.path == "/manage/logout"


@pytest.mark.parametrize("page", [*pages("GET", public=False), *pages("POST", public=False)])
def test_whoever_is_not_logged_in_is_asked_to(stranger: Any, page: Page) -> None:
    go = stranger.get if page.method == "GET" else stranger.post
    answer = go(address(page))
    assert answer.status_code == 303
    assert urlsplit(answer.location).path == "/manage/login"


@pytest.mark.parametrize("who", ["ana", "cy"])
@pytest.mark.parametrize("page", pages("GET", public=False))
def test_an_officer_or_volunteer_is_shown_the_way_to_their_own_screen(
    doors: Any, page: Page, who: str, browser_of: BrowserOf
) -> None:
    answer = browser_of(getattr(doors.hall, who).staff_id).get(address(page))
    assert answer.status_code == 403
    assert 'href="/counter"' in answer.text and 'href="/guide"' in answer.text


def test_the_token_of_a_program_opens_no_page(doors: Any) -> None:
    client = doors.server.app.test_client()
    client.set_cookie(SESSION_COOKIE, doors.bo)
    assert client.get("/manage").status_code == 303
    answer = client.get("/manage", headers={"Authorization": f"Bearer {doors.bo}"})
    assert answer.status_code == 303


@pytest.mark.parametrize("page", pages("POST", public=False))
@pytest.mark.parametrize(
    "fault", [{"csrf": ""}, {"csrf": "é"}, {"origin": "http://evil.example"}, {"origin": "null"}]
)
def test_a_form_that_is_not_of_our_own_page_changes_nothing(
    manager: Any, page: Page, fault: dict[str, str], everything: Everything
) -> None:
    before = everything()
    answer = manager.post(address(page), **fault)
    assert answer.status_code == 403
    assert texts("vi")["error.forbidden"] in answer.text
    assert everything() == before


@pytest.mark.parametrize("page", pages("GET"))
def test_looking_at_a_page_changes_nothing(
    manager: Any, page: Page, everything: Everything
) -> None:
    before = everything()
    manager.get(address(page))
    assert everything() == before


# Logging in


def test_a_manager_logs_in_and_comes_where_they_wanted(
    stranger: Any, bo_knows_the_password: None
) -> None:
    asked = stranger.get("/manage/printers")
    wanted = parse_qs(urlsplit(asked.location).query)["to"][0]
    answer = stranger.post("/manage/login", login=" bo ", password=PASSWORD, to=wanted)
    assert (answer.status_code, answer.location) == (303, "/manage/printers")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert "Bo" in stranger.get("/manage").text


def test_a_login_leads_to_no_foreign_page(stranger: Any, bo_knows_the_password: None) -> None:
    answer = stranger.post("/manage/login", login="bo", password=PASSWORD, to="//evil.example")
    assert answer.location == "/manage"


@pytest.mark.parametrize(("login", "password"), [("bo", "x"), ("nobody", PASSWORD)])
def test_a_wrong_login_is_told_kindly_and_keeps_the_name(
    stranger: Any, bo_knows_the_password: None, login: str, password: str
) -> None:
    answer = stranger.post("/manage/login", login=login, password=password)
    assert answer.status_code == 401
    assert texts("vi")["error.bad_login"] in answer.text
    assert f'value="{login}"' in answer.text
    assert SESSION_COOKIE not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("form", [{}, {"login": "bo"}, {"login": "b\x00o", "password": "x"}])
def test_a_login_form_that_is_not_filled_in_comes_back(stranger: Any, form: dict[str, str]) -> None:
    assert stranger.post("/manage/login", **form).status_code == 422


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_no_foreign_page_logs_anybody_in(
    stranger: Any, bo_knows_the_password: None, origin: str
) -> None:
    answer = stranger.post("/manage/login", login="bo", password=PASSWORD, origin=origin)
    assert answer.status_code == 403
    assert SESSION_COOKIE not in answer.headers.get("Set-Cookie", "")


def test_after_logging_out_the_session_opens_nothing(manager: Any) -> None:
    secret = manager.client.get_cookie(SESSION_COOKIE).value
    assert manager.post("/manage/logout").location == "/manage/login"
    manager.client.set_cookie(SESSION_COOKIE, secret)
    assert manager.get("/manage").status_code == 303


# An admin


def test_an_admin_of_a_single_centre_sees_it_at_once(admin: Any) -> None:
    assert "An Lành" in admin.get("/manage").text


def test_an_admin_of_several_centres_chooses_one_and_stays_there(
    doors: Any, admin: Any, second_site: str
) -> None:
    choice = admin.get("/manage")
    assert "/manage?site=an-lanh" in choice.text and "/manage?site=ben-song" in choice.text
    page = admin.get("/manage/centre?site=ben-song")
    assert "Bến Sông" in page.text
    links = re.findall(r'(?:href|action)="(/manage/[^"]+)"', page.text)
    assert all("site=ben-song" in link for link in links if link != "/manage/logout")
    assert admin.get("/manage?site=nowhere").status_code == 404


def test_a_manager_sees_no_other_centre(doors: Any, manager: Any, second_site: str) -> None:
    assert manager.get("/manage?site=ben-song").status_code == 404


# What a page is made of


@pytest.mark.parametrize("page", [page for page in pages("GET") if "<slip>" not in str(page)])
def test_a_page_runs_nothing_inline_and_is_kept_nowhere(manager: Any, page: Page) -> None:
    answer = manager.get(address(page))
    if answer.mimetype == "text/html" and answer.status_code != 303:
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", answer.text)
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        # With no-referrer a browser sends `Origin: null`, and no form would be accepted.
        assert answer.headers["Referrer-Policy"] == "same-origin"
