"""The manager's pages: who may come in, what they show, and what their forms do."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from sqlalchemy import insert, select, update
from werkzeug.test import TestResponse

from printers import Fault, PrinterProfile, PrinterState, compose, ticket_slip
from server.domain.roles import MANAGERS, Role
from server.operations import access, calls, printing
from server.screens import bundle
from server.settings import Settings
from server.storage.connect import open_database
from server.storage.session import Database
from server.storage.tables import (
    Counter,
    Device,
    Printer,
    PrintJob,
    Service,
    Site,
    Staff,
    Step,
    VirtualSlip,
    metadata,
)
from server.web.manage import PAGES
from server.web.pages import Page
from server.web.passwords import hash_password
from server.web.words import Words, texts
from server.wire import SESSION_COOKIE

PASSWORD = "rất bí mật"
PLACES = {"<counter>": "1", "<device>": "1", "<ticket>": "1", "<slip>": "1",
          "<service>": "ho-tich", "<path:path>": "nowhere"}  # fmt: skip


class Browser:
    """Somebody's browser at the pages of the small hall, logged in or not."""

    def __init__(self, doors: Any, session: access.NewAccess | None = None) -> None:
        self.doors = doors
        self.csrf = "" if session is None else session.csrf
        self.client = doors.server.app.test_client()
        if session is not None:
            self.client.set_cookie(SESSION_COOKIE, session.secret)

    def get(self, path: str) -> TestResponse:
        answer: TestResponse = self.client.get(path)
        return answer

    def post(self, path: str, *, origin: str | None = None, **form: str) -> TestResponse:
        """Send a form of our own page, or of the page at `origin`."""
        headers = {"Origin": origin or "http://localhost"}
        answer: TestResponse = self.client.post(
            path, data={"csrf": self.csrf, **form}, headers=headers
        )
        return answer


@pytest.fixture(scope="module", autouse=True)
def fresh_bundle() -> None:
    """The style and the script that the pages name."""
    bundle.build_if_stale()


def session_of(doors: Any, person: Any) -> access.NewAccess:
    new: access.NewAccess = doors.server.database.write(
        access.open_session, staff_id=person.staff_id
    )
    return new


@pytest.fixture
def manager(doors: Any) -> Browser:
    """Bo's browser, logged in."""
    return Browser(doors, session_of(doors, doors.hall.bo))


@pytest.fixture
def stranger(doors: Any) -> Browser:
    return Browser(doors)


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


def everything(doors: Any) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with doors.server.database.read() as connection:
        return {
            table.name: connection.execute(select(table)).all() for table in metadata.sorted_tables
        }


def rows(doors: Any, *columns: Any) -> list[Any]:
    return list(doors.hall.rows(select(*columns)))


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
def test_whoever_is_not_logged_in_is_asked_to(stranger: Browser, page: Page) -> None:
    go = stranger.get if page.method == "GET" else stranger.post
    answer = go(address(page))
    assert answer.status_code == 303
    assert urlsplit(answer.location).path == "/manage/login"


@pytest.mark.parametrize("who", ["ana", "cy"])
@pytest.mark.parametrize("page", pages("GET", public=False))
def test_an_officer_or_volunteer_is_shown_the_way_to_their_own_screen(
    doors: Any, page: Page, who: str
) -> None:
    answer = Browser(doors, session_of(doors, getattr(doors.hall, who))).get(address(page))
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
    manager: Browser, page: Page, fault: dict[str, str]
) -> None:
    before = everything(manager.doors)
    answer = manager.post(address(page), **fault)
    assert answer.status_code == 403
    assert texts("vi")["error.forbidden"] in answer.text
    assert everything(manager.doors) == before


@pytest.mark.parametrize("page", pages("GET"))
def test_looking_at_a_page_changes_nothing(manager: Browser, page: Page) -> None:
    before = everything(manager.doors)
    manager.get(address(page))
    assert everything(manager.doors) == before


# Logging in


def test_a_manager_logs_in_and_comes_where_they_wanted(
    stranger: Browser, bo_knows_the_password: None
) -> None:
    asked = stranger.get("/manage/printers")
    wanted = parse_qs(urlsplit(asked.location).query)["to"][0]
    answer = stranger.post("/manage/login", login=" bo ", password=PASSWORD, to=wanted)
    assert (answer.status_code, answer.location) == (303, "/manage/printers")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert "Bo" in stranger.get("/manage").text


def test_a_login_leads_to_no_foreign_page(stranger: Browser, bo_knows_the_password: None) -> None:
    answer = stranger.post("/manage/login", login="bo", password=PASSWORD, to="//evil.example")
    assert answer.location == "/manage"


@pytest.mark.parametrize(("login", "password"), [("bo", "x"), ("nobody", PASSWORD)])
def test_a_wrong_login_is_told_kindly_and_keeps_the_name(
    stranger: Browser, bo_knows_the_password: None, login: str, password: str
) -> None:
    answer = stranger.post("/manage/login", login=login, password=password)
    assert answer.status_code == 401
    assert texts("vi")["error.bad_login"] in answer.text
    assert f'value="{login}"' in answer.text
    assert SESSION_COOKIE not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("form", [{}, {"login": "bo"}, {"login": "b\x00o", "password": "x"}])
def test_a_login_form_that_is_not_filled_in_comes_back(
    stranger: Browser, form: dict[str, str]
) -> None:
    assert stranger.post("/manage/login", **form).status_code == 422


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_no_foreign_page_logs_anybody_in(
    stranger: Browser, bo_knows_the_password: None, origin: str
) -> None:
    answer = stranger.post("/manage/login", login="bo", password=PASSWORD, origin=origin)
    assert answer.status_code == 403
    assert SESSION_COOKIE not in answer.headers.get("Set-Cookie", "")


def test_after_logging_out_the_session_opens_nothing(manager: Browser) -> None:
    secret = manager.client.get_cookie(SESSION_COOKIE).value
    assert manager.post("/manage/logout").location == "/manage/login"
    manager.client.set_cookie(SESSION_COOKIE, secret)
    assert manager.get("/manage").status_code == 303


# An admin


def add_second_site(doors: Any) -> None:
    def add(work: Any) -> None:
        values = {"code": "ben-song", "name": "Trung tâm xã Bến Sông", "timezone": "Asia/Bangkok",
                  "languages": ["vi"], "slip_footer": []}  # fmt: skip
        work.execute(insert(Site), values)

    doors.server.database.write(add)


@pytest.fixture
def admin(doors: Any) -> Browser:
    """The browser of an admin, who belongs to no site."""
    database = doors.server.database
    database.write(access.create_token, site=doors.hall.site, role=Role.ADMIN)
    ((staff_id,),) = doors.hall.rows(select(Staff.id).where(Staff.role == "admin"))
    return Browser(doors, database.write(access.open_session, staff_id=staff_id))


def test_an_admin_of_a_single_centre_sees_it_at_once(admin: Browser) -> None:
    assert "An Lành" in admin.get("/manage").text


def test_an_admin_of_several_centres_chooses_one_and_stays_there(
    doors: Any, admin: Browser
) -> None:
    add_second_site(doors)
    choice = admin.get("/manage")
    assert "/manage?site=an-lanh" in choice.text and "/manage?site=ben-song" in choice.text
    page = admin.get("/manage/centre?site=ben-song")
    assert "Bến Sông" in page.text
    links = re.findall(r'(?:href|action)="(/manage/[^"]+)"', page.text)
    assert all("site=ben-song" in link for link in links if link != "/manage/logout")
    assert admin.get("/manage?site=nowhere").status_code == 404


def test_a_manager_sees_no_other_centre(doors: Any, manager: Browser) -> None:
    add_second_site(doors)
    assert manager.get("/manage?site=ben-song").status_code == 404


# Now


def test_the_first_page_tells_lines_counters_and_what_needs_somebody(
    doors: Any, manager: Browser
) -> None:
    hall = doors.hall
    hall.issue("ho-tich")
    hall.issue("dat-dai")
    hall.open("1", hall.ana)
    hall.clock.advance(minutes=95)
    first = hall.call_next()
    page = manager.get("/manage").text
    assert first is not None and ">A001<" in page and "đang gọi" in page and "Ana" in page
    assert "1 giờ 35 phút" in page
    assert "chưa có quầy nào mở: Đất đai (1)." in page
    assert "lâu hơn mức 1 giờ 30 phút" in page


def test_a_manager_closes_the_counter_of_an_absent_officer(doors: Any, manager: Browser) -> None:
    doors.hall.open("1", doors.hall.ana)
    counter = doors.hall.counters["1"]
    assert f'action="/manage/counters/{counter}/close"' in manager.get("/manage").text
    answer = manager.post(f"/manage/counters/{counter}/close")
    assert answer.location == "/manage?done=closed"
    assert texts("vi")["done.closed"] in manager.get(answer.location).text
    assert rows(doors, Counter.state, Counter.officer_id)[0] == ("closed", None)


def test_a_counter_with_a_citizen_is_not_closed(doors: Any, manager: Browser) -> None:
    doors.hall.issue("ho-tich")
    doors.hall.open("1", doors.hall.ana)
    doors.hall.at_counter(calls.call_next)
    counter = doors.hall.counters["1"]
    assert f"/manage/counters/{counter}/close" not in manager.get("/manage").text
    answer = manager.post(f"/manage/counters/{counter}/close")
    assert answer.status_code == 409
    assert texts("vi")["error.counter_busy"] in answer.text
    assert rows(doors, Counter.state)[0] == ("open",)


@pytest.mark.parametrize("counter", ["999", "x", "1x"])
def test_a_counter_that_is_not_there_is_not_closed(manager: Browser, counter: str) -> None:
    answer = manager.post(f"/manage/counters/{counter}/close")
    assert answer.status_code == 404
    assert texts("vi")["error.unknown_counter"] in answer.text


# Devices


@pytest.fixture
def asked(doors: Any) -> access.AskedPairing:
    """A new kiosk that shows its code."""
    new: access.AskedPairing = doors.server.database.write(access.ask_pairing, kind=Role.KIOSK)
    return new


def test_a_manager_pairs_a_kiosk_by_the_code_it_shows(
    doors: Any, manager: Browser, asked: access.AskedPairing
) -> None:
    shown = f" {asked.code[:3]} {asked.code[3:]} "
    answer = manager.post(
        "/manage/devices", code=shown, name="Cửa chính", hall="khu-cho", printer="Cửa vào"
    )
    assert answer.location == "/manage/devices?done=paired"
    page = manager.get(answer.location).text
    assert "Cửa chính" in page and texts("vi")["devices.arriving"] in page
    claimed = doors.post("/pairings/claim", {"secret": asked.secret}).json
    assert claimed["state"] == "paired"
    assert claimed["device"]["hall"]["code"] == "khu-cho"
    assert claimed["device"]["printer"] == "Cửa vào"
    assert texts("vi")["devices.arriving"] not in manager.get("/manage/devices").text


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"code": "12"}, 404, "unknown_pairing"),
        ({"code": ""}, 422, "invalid"),
        ({"name": " "}, 422, "invalid"),
        ({"hall": "nowhere"}, 404, "unknown_hall"),
        ({"printer": "nowhere"}, 404, "unknown_printer"),
    ],
)
def test_a_form_that_pairs_nothing_comes_back_as_it_was_with_the_reason(
    doors: Any, manager: Browser, asked: access.AskedPairing, change: dict[str, str],
    status: int, code: str,
) -> None:  # fmt: skip
    form = {"code": asked.code, "name": "Màn hình <1>", "hall": "khu-cho"} | change
    before = everything(doors)
    answer = manager.post("/manage/devices", **form)
    assert answer.status_code == status
    assert texts("vi")[f"error.{code}"] in answer.text
    if "name" not in change:
        assert 'value="Màn hình &lt;1&gt;"' in answer.text
    assert everything(doors) == before


def test_an_expired_code_is_told_as_such(
    doors: Any, manager: Browser, asked: access.AskedPairing
) -> None:
    doors.hall.clock.advance(minutes=16)
    answer = manager.post("/manage/devices", code=asked.code, name="Cửa chính")
    assert answer.status_code == 409
    assert texts("vi")["error.pairing_expired"] in answer.text


def test_a_revoked_device_is_shut_out_and_leaves_the_list(doors: Any, manager: Browser) -> None:
    kiosk = doors.hall.kiosk.secret
    assert doors.get("/session", kiosk).status_code == 200
    ((device,),) = doors.hall.rows(select(Device.id).where(Device.name == "Máy lấy số 1"))
    answer = manager.post(f"/manage/devices/{device}/revoke")
    assert answer.location == "/manage/devices?done=revoked"
    assert doors.get("/session", kiosk).status_code == 401
    assert "Máy lấy số 1" not in manager.get(answer.location).text


def test_a_device_revoked_before_it_came_gets_no_token(
    doors: Any, manager: Browser, asked: access.AskedPairing
) -> None:
    manager.post("/manage/devices", code=asked.code, name="Cửa chính")
    ((device,),) = doors.hall.rows(select(Device.id).where(Device.name == "Cửa chính"))
    manager.post(f"/manage/devices/{device}/revoke")
    assert doors.post("/pairings/claim", {"secret": asked.secret}).status_code == 404
    assert "Cửa chính" not in manager.get("/manage/devices").text


def test_a_manager_revokes_no_device_of_another_centre(doors: Any, manager: Browser) -> None:
    add_second_site(doors)
    theirs = doors.server.database.write(
        access.create_token, site="ben-song", role=Role.DISPLAY
    ).secret
    ((device,),) = doors.hall.rows(select(Device.id).where(Device.kind == "display"))
    assert manager.post(f"/manage/devices/{device}/revoke").status_code == 404
    assert doors.get("/session", theirs).status_code == 200


# Printers


@pytest.fixture
def quiet(settings: Settings, clock: Any) -> Iterator[Database]:
    """The same database, whose facts nobody hears: no worker takes the jobs of a test."""
    opened = open_database(settings.database_url, clock=clock, on_facts=lambda facts: None)
    yield opened
    opened.close()


def set_all(database: Database, table: Any, **values: Any) -> None:
    """Give every row of a table these values."""
    database.write(lambda work: work.execute(update(table).values(**values)).rowcount)


@pytest.mark.parametrize("state", [state.value for state in PrinterState])
def test_a_printers_state_is_told_in_words(
    quiet: Database, doors: Any, manager: Browser, state: str
) -> None:
    set_all(quiet, Printer, state=state)
    words = texts("vi")[f"printer.{state}"]
    assert words in manager.get("/manage/printers").text
    calm = state in ("ready", "unknown")
    assert (f"Cửa vào: {words.lower()}." not in manager.get("/manage").text) == calm


@pytest.fixture
def unprinted(quiet: Database, doors: Any) -> int:
    """The id of a ticket whose slip was not printed."""
    issued = replace(doors.hall, database=quiet).issue("ho-tich", printer="Cửa vào")
    set_all(quiet, PrintJob, state="failed", reason="paper_out")
    return int(issued.id)


def test_a_slip_that_was_not_printed_is_printed_again_on_a_chosen_printer(
    quiet: Database, doors: Any, manager: Browser, unprinted: int
) -> None:
    quiet.write(
        printing.add_printer, site=doors.hall.site, name="Bàn", address="screen:", profile={}
    )
    page = manager.get("/manage/printers").text
    assert "Không in được" in page and "máy in hết giấy" in page
    assert "1 phiếu chưa in xong" in manager.get("/manage").text
    answer = manager.post(f"/manage/tickets/{unprinted}/reprint", printer="Bàn")
    assert answer.location == "/manage/printers?done=reprint"
    jobs = select(PrintJob.copy, Printer.name).join(Printer).order_by(PrintJob.id)
    assert doors.hall.rows(jobs) == [(False, "Cửa vào"), (True, "Bàn")]
    assert "Không in được" not in manager.get("/manage/printers").text


def test_a_citizen_who_was_served_needs_no_slip(
    quiet: Database, manager: Browser, unprinted: int
) -> None:
    set_all(quiet, Step, state="finished")
    assert texts("vi")["printers.jobs.empty"] in manager.get("/manage/printers").text


@pytest.mark.parametrize(
    ("ticket", "printer", "status"), [("1", "nowhere", 404), ("1", "", 422), ("99", "Cửa vào", 404)]
)
def test_what_cannot_be_printed_again_is_told(
    doors: Any, manager: Browser, unprinted: int, ticket: str, printer: str, status: int
) -> None:
    before = everything(doors)
    answer = manager.post(f"/manage/tickets/{ticket}/reprint", printer=printer)
    assert answer.status_code == status
    assert everything(doors) == before


@pytest.fixture
def slip(quiet: Database, doors: Any) -> int:
    """The id of a slip that a virtual printer of 58 mm was sent."""
    set_all(quiet, Printer, address="screen:", profile={"paper_mm": 58})
    replace(doors.hall, database=quiet).issue("ho-tich", printer="Cửa vào")
    job = quiet.write(printing.claim_job, printer_id=doors.hall.printer_id, claim="x")
    assert job is not None
    paper = ticket_slip(
        centre=["Xã An Lành"],
        number="A001",
        service="Hộ tịch",
        issued_at=doors.hall.clock.now,
        status_url="http://hall.example/t/x",
        copy=True,
    )
    data = compose(paper, PrinterProfile(paper_mm=58), "1")
    quiet.write(printing.keep_virtual_slip, job=job, data=data)
    quiet.write(printing.report_printed, job=job, state="sent", reason=None)
    ((slip_id,),) = doors.hall.rows(select(VirtualSlip.id))
    return int(slip_id)


def test_the_paper_of_a_virtual_printer_is_a_picture_of_its_width(
    manager: Browser, slip: int
) -> None:
    page = manager.get("/manage/printers").text
    assert f'src="/manage/slips/{slip}.png"' in page and "A001" in page
    answer = manager.get(f"/manage/slips/{slip}.png")
    assert answer.mimetype == "image/png"
    assert "private" in answer.headers["Cache-Control"]
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.width == 384 and picture.height > picture.width
    assert picture.convert("L").getextrema() == (0, 255)


def test_a_slip_of_another_centre_is_not_shown(doors: Any, admin: Browser, slip: int) -> None:
    add_second_site(doors)
    assert admin.get(f"/manage/slips/{slip}.png?site=an-lanh").status_code == 200
    assert admin.get(f"/manage/slips/{slip}.png?site=ben-song").status_code == 404


# The centre


def test_a_closed_service_gives_no_numbers_until_it_is_opened(doors: Any, manager: Browser) -> None:
    body, kiosk = {"service": "ho-tich"}, doors.hall.kiosk.secret
    answer = manager.post("/manage/services/ho-tich/close")
    assert texts("vi")["done.service_closed"] in manager.get(answer.location).text
    refused = doors.post("/sites/an-lanh/tickets", body, kiosk)
    assert refused.json["code"] == "service_closed"
    manager.post("/manage/services/ho-tich/open")
    assert doors.post("/sites/an-lanh/tickets", body, kiosk).status_code == 201


def test_a_service_that_is_not_there_is_not_opened(doors: Any, manager: Browser) -> None:
    assert manager.post("/manage/services/nothing/open").status_code == 404
    assert all(open for (open,) in rows(doors, Service.open))


def test_the_centre_page_shows_places_services_and_people(manager: Browser) -> None:
    page = manager.get("/manage/centre").text
    for words in ("An Lành", "Khu chờ", "Hộ tịch", "Đất đai", "3B", "bo", "Quản lý"):
        assert words in page


# Words and looks


def test_the_start_page_names_the_centre_and_leads_to_every_screen(stranger: Browser) -> None:
    page = stranger.get("/")
    assert page.status_code == 200 and "An Lành" in page.text
    for screen in ("kiosk", "display", "counter", "guide", "manage"):
        assert f'href="/{screen}"' in page.text


def test_a_page_speaks_english_where_asked_and_remembers_it(manager: Browser) -> None:
    assert '<html lang="vi">' in manager.get("/manage").text
    assert "Log out" in manager.get("/manage?lang=en").text
    assert "Log out" in manager.get("/manage/devices").text
    assert '<html lang="vi">' in manager.get("/manage?lang=vi").text


@pytest.mark.parametrize("page", [page for page in pages("GET") if "<slip>" not in str(page)])
def test_a_page_runs_nothing_inline_and_is_kept_nowhere(manager: Browser, page: Page) -> None:
    answer = manager.get(address(page))
    if answer.mimetype == "text/html" and answer.status_code != 303:
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<style", answer.text)
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        # With no-referrer a browser sends `Origin: null`, and no form would be accepted.
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_an_empty_centre_is_told_in_words(doors: Any, admin: Browser) -> None:
    add_second_site(doors)
    for path in ("", "/devices", "/printers", "/centre"):
        page = admin.get(f"/manage{path}?site=ben-song")
        assert page.status_code == 200 and 'class="' in page.text and "empty" in page.text


def test_every_text_is_there_in_both_languages_with_the_same_places() -> None:
    vietnamese, english = texts("vi"), texts("en")
    assert list(vietnamese) == list(english)
    for key, text in vietnamese.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key


def test_every_state_and_fault_of_a_printer_has_words() -> None:
    for state in PrinterState:
        assert f"printer.{state}" in texts("vi")
    for fault in Fault:
        assert f"reason.{fault}" in texts("vi")


@pytest.mark.parametrize(
    ("minutes", "vietnamese", "english"),
    [
        (0, "dưới 1 phút", "under 1 min"),
        (45, "45 phút", "45 min"),
        (60, "1 giờ", "1 h"),
        (65, "1 giờ 05 phút", "1 h 05 min"),
    ],
)
def test_a_length_of_time_is_told_in_local_form(
    minutes: int, vietnamese: str, english: str
) -> None:
    length = timedelta(minutes=minutes, seconds=30)
    assert (Words("vi").span(length), Words("en").span(length)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (10, 15, "khoảng 10–15 phút"),
        (0, 5, "dưới 5 phút"),
        (0, 0, "gần như ngay"),
        (60, 90, "khoảng 1 giờ – 1 giờ 30 phút"),
    ],
)
def test_an_expected_wait_is_told_as_a_range(low: int, high: int, words: str) -> None:
    assert Words("vi").wait({"low_minutes": low, "high_minutes": high}) == words
