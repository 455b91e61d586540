"""The whole walk by clicking: kiosk, slip, counter and display in a real browser."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
import zxingcpp
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from printers import PrinterProfile, ticket_slip
from printers.layout import render
from printers.simulator import TcpPrinterSimulator
from server import demo
from server.centre_file import read_centre

pytestmark = pytest.mark.browser

KIOSK = {"width": 1080, "height": 1920}
DISPLAY = {"width": 1920, "height": 1080}
OFFICER = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
SOON = 15_000
SERVICE, PROCEDURE, COUNTER = "ho-tich", "Đăng ký khai sinh", "4"
"""A frequent procedure of the demo centre, its service, and a counter that serves it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, the machine's own where there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    installed = next((found for name in names if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=installed,
            args=[
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--autoplay-policy=no-user-gesture-required",
            ],
        )  # fmt: skip
        yield browser
        browser.close()


@pytest.fixture
def notes(centre: Any) -> dict[str, Any]:
    """The pre-paired tokens and the passwords that `make run` prints."""
    found: dict[str, Any] = json.loads((centre.data / "demo.json").read_text())
    return found


@pytest.fixture
def on_paper(centre: Any, printer: TcpPrinterSimulator) -> TcpPrinterSimulator:
    """The kiosk's own printer, moved to the simulator's address."""
    done = centre.command("printer", "add", "Máy in khu A", printer.address, "--site", "demo")
    assert done.returncode == 0, done.stderr
    return printer


def screen(browser: Browser, centre: Any, path: str, size: dict[str, int]) -> Page:
    """A page of its own, as on a machine of its own."""
    page = browser.new_context(viewport=size, locale="vi-VN").new_page()  # type: ignore[arg-type]
    page.set_default_timeout(SOON)
    page.goto(centre.address + path)
    return page


def kiosk(browser: Browser, centre: Any, notes: Any) -> Page:
    return screen(browser, centre, f"/kiosk#token={notes['kiosk']}", KIOSK)


def display(browser: Browser, centre: Any, notes: Any) -> Page:
    token = next(iter(notes["displays"].values()))
    page = screen(browser, centre, f"/display#token={token}", DISPLAY)
    expect(page.locator("html[data-live=yes]")).to_be_attached(timeout=SOON)
    return page


def officer(browser: Browser, centre: Any, notes: Any) -> Page:
    """The officer's screen, logged in, with the counter open."""
    page = screen(browser, centre, "/counter", OFFICER)
    page.get_by_label("Tên đăng nhập").fill("canbo4")
    page.get_by_label("Mật khẩu", exact=True).fill(notes["passwords"]["canbo4"])
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_test_id(f"counter-{COUNTER}").click()
    expect(page.get_by_test_id("counter-state")).to_have_text("Đang mở", timeout=SOON)
    return page


def next_action(page: Page, act: str) -> Locator:
    """The officer's main button, ready for this action: a moment after each it takes no press."""
    ready = page.locator(f"[data-testid=primary][data-act={act}]:not(.primary--settling)")
    expect(ready).to_be_enabled(timeout=SOON)
    return ready


def take_number(page: Page) -> str:
    """Two touches; answers with the number on the screen."""
    page.get_by_role("button", name=PROCEDURE).first.click()
    page.get_by_role("button", name="Lấy số").dblclick()
    number = page.get_by_test_id("number")
    expect(number).to_be_visible(timeout=SOON)
    return number.get_attribute("data-number") or ""


def ocr(picture: Any, folder: Path) -> str:
    """What an independent reader of Vietnamese reads on the paper; empty where there is none."""
    if shutil.which("tesseract") is None:
        return ""
    file = folder / "paper.png"
    picture.convert("L").save(file)
    done = subprocess.run(
        ["tesseract", file, "-", "-l", "vie", "--psm", "6", "--dpi", "203"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def expected_slip(centre: Any, number: str, status_url: str) -> Image.Image:
    """The slip as it must look, drawn from what the centre's file and the ticket's page say."""
    plan = read_centre(demo.CENTRE)
    service = next(s for s in plan.services if s.code == SERVICE)
    token = status_url.rsplit("/", 1)[-1]
    page = requests.get(f"{centre.address}/api/v1/tickets/{token}", timeout=10).json()
    slip = ticket_slip(
        centre=[plan.site.name],
        number=number,
        service=PROCEDURE,
        issued_at=datetime.fromisoformat(page["issued_at"]).astimezone(
            ZoneInfo(plan.site.timezone)
        ),
        field=next(f.name for f in plan.fields if f.code == service.field),
        counters=[c.number for c in plan.counters if SERVICE in c.services],
        people_ahead=0,
        status_url=status_url,
        footer=plan.site.slip_footer or None,
    )
    return render(slip, PrinterProfile().dots)


def ink(picture: Image.Image) -> tuple[tuple[int, int], bytes]:
    """Size and dots of the part of a picture that is printed on, whichever colour is ink."""
    grey = picture.convert("L")
    if grey.getpixel((0, 0)) == 255:
        grey = ImageChops.invert(grey)
    printed = grey.point(lambda value: 255 if value > 127 else 0).crop(grey.getbbox())
    return printed.size, printed.tobytes()


def test_a_number_is_taken_printed_called_seen_and_heard(
    browser: Browser,
    centre: Any,
    notes: Any,
    on_paper: TcpPrinterSimulator,
    tmp_path: Path,
) -> None:
    hall = display(browser, centre, notes)
    entrance = kiosk(browser, centre, notes)
    desk = officer(browser, centre, notes)

    number = take_number(entrance)
    assert number == "A001"
    expect(entrance.locator("[data-print=take]")).to_be_visible(timeout=SOON)
    paper = on_paper.papers()[0]
    code = zxingcpp.read_barcode(paper.picture.convert("L"))
    assert code is not None
    assert ink(paper.picture) == ink(expected_slip(centre, number, code.text))
    read = ocr(paper.picture, tmp_path)
    if read:
        assert "SỐ THỨ TỰ" in read and PROCEDURE in read

    phone = screen(browser, centre, code.text.removeprefix(centre.address), PHONE)
    expect(phone.get_by_test_id("number")).to_contain_text(number)
    expect(phone.locator("[data-testid=ticket][data-state=waiting]")).to_be_visible(timeout=SOON)

    expect(desk.get_by_test_id(f"waiting-{number}")).to_be_visible(timeout=SOON)
    next_action(desk, "call-next").click()
    expect(desk.get_by_test_id("number")).to_contain_text(number, timeout=SOON)
    expect(hall.get_by_test_id("call-number")).to_have_text(number, timeout=SOON)
    expect(hall.get_by_test_id("call-counter")).to_contain_text(COUNTER)
    expect(hall.locator("html[data-announced='000000000001']")).to_be_attached(timeout=SOON)
    expect(hall.locator("html[data-sound=on]")).to_be_attached(timeout=SOON)
    expect(phone.locator("[data-testid=ticket][data-state=called]")).to_be_visible(timeout=SOON)

    next_action(desk, "start").click()
    expect(phone.locator("[data-testid=ticket][data-state=serving]")).to_be_visible(timeout=SOON)
    next_action(desk, "finish").click()
    expect(phone.locator("[data-testid=ticket][data-state=finished]")).to_be_visible(timeout=SOON)


def test_a_double_tap_is_one_number(browser: Browser, centre: Any, notes: Any) -> None:
    entrance = kiosk(browser, centre, notes)
    assert take_number(entrance) == "A001"
    services = centre.get("/sites/demo/services", notes["kiosk"]).json()["services"]
    assert next(s["waiting"] for s in services if s["code"] == SERVICE) == 1


def test_without_paper_the_kiosk_says_what_to_do(
    browser: Browser, centre: Any, notes: Any, on_paper: TcpPrinterSimulator
) -> None:
    on_paper.take_paper_out()
    entrance = kiosk(browser, centre, notes)
    assert take_number(entrance) == "A001"
    expect(entrance.locator("[data-print=paper_out]")).to_be_visible(timeout=SOON)


def test_the_officer_works_by_keyboard_alone(browser: Browser, centre: Any, notes: Any) -> None:
    token = centre.token("kiosk")
    for _ in range(2):
        centre.post("/sites/demo/tickets", token, {"service": SERVICE})
    desk = officer(browser, centre, notes)
    expect(desk.get_by_test_id("waiting-A001")).to_be_visible(timeout=SOON)
    next_action(desk, "call-next")
    desk.keyboard.press("Space")
    expect(desk.get_by_test_id("number")).to_contain_text("A001", timeout=SOON)
    next_action(desk, "start")
    desk.keyboard.press("Space")
    expect(desk.get_by_test_id("stage")).to_contain_text("Đang phục vụ", timeout=SOON)


def test_a_burst_of_calls_is_shown_and_spoken_in_order(
    browser: Browser, centre: Any, notes: Any
) -> None:
    hall = display(browser, centre, notes)
    kiosk_token = centre.token("kiosk")
    callers = []
    counters = centre.get("/sites/demo/counters", centre.token("officer")).json()["counters"]
    for counter in [c for c in counters if SERVICE in c["services"]][:3]:
        token = centre.token("officer")
        centre.post(f"/counters/{counter['id']}/open", token)
        centre.post("/sites/demo/tickets", kiosk_token, {"service": SERVICE})
        callers.append((counter["id"], token))
    ids = [
        centre.post(f"/counters/{counter}/call-next", token).json()["ticket"]["call_id"]
        for counter, token in callers
    ]
    spoken = hall.locator(f"html[data-announced='{' '.join(ids)}']")
    expect(spoken).to_be_attached(timeout=60_000)


def test_the_display_lives_through_a_restart_of_the_server(
    browser: Browser, centre: Any, notes: Any
) -> None:
    hall = display(browser, centre, notes)
    hall.evaluate("document.body.dataset.sameLife = 'yes'")
    centre.stop()
    expect(hall.get_by_test_id("not-live")).to_be_visible(timeout=SOON)
    centre.serve()
    expect(hall.get_by_test_id("not-live")).to_be_hidden(timeout=SOON)
    assert hall.evaluate("document.body.dataset.sameLife") == "yes"
    desk_token = centre.token("officer")
    counters = centre.get("/sites/demo/counters", desk_token).json()["counters"]
    counter = next(c for c in counters if c["number"] == COUNTER)
    centre.post(f"/counters/{counter['id']}/open", desk_token)
    centre.post("/sites/demo/tickets", centre.token("kiosk"), {"service": SERVICE})
    centre.post(f"/counters/{counter['id']}/call-next", desk_token)
    expect(hall.get_by_test_id("call-number")).to_have_text("A001", timeout=SOON)


def test_an_unpaired_kiosk_is_let_in_by_its_code(browser: Browser, centre: Any, notes: Any) -> None:
    entrance = screen(browser, centre, "/kiosk", KIOSK)
    code = entrance.get_by_text("ghép nối").first
    expect(code).to_be_visible(timeout=SOON)
    shown = "".join(c for c in entrance.inner_text("body") if c.isdigit() or c == " ")
    six = next(w for w in ("".join(shown.split()[i : i + 2]) for i in range(9)) if len(w) == 6)
    answer = centre.post(
        "/pairings/confirm", centre.token("manager"),
        {"code": six, "name": "Kiosk 2", "hall": "khu-a", "printer": "Máy in khu A"},
    )  # fmt: skip
    assert answer.status_code == 200, answer.text
    expect(entrance.get_by_role("button", name=PROCEDURE).first).to_be_visible(timeout=SOON)
