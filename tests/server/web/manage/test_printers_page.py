"""Printers as their manager sees them: states, missing slips, and paper as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select, update

from printers import PrinterProfile, PrinterState, compose, ticket_slip
from server.operations import printing
from server.storage.session import Database
from server.storage.tables import (
    Printer,
    PrintJob,
    Step,
    VirtualSlip,
)
from server.web.words import texts

Everything = Callable[[], dict[str, list[Any]]]


def set_all(database: Database, table: Any, **values: Any) -> None:
    """Give every row of a table these values."""
    database.write(lambda work: work.execute(update(table).values(**values)).rowcount)


@pytest.mark.parametrize("state", [state.value for state in PrinterState])
def test_a_printers_state_is_told_in_words(
    quiet: Database, doors: Any, manager: Any, state: str
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
    quiet: Database, doors: Any, manager: Any, unprinted: int
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
    quiet: Database, manager: Any, unprinted: int
) -> None:
    set_all(quiet, Step, state="finished")
    assert texts("vi")["printers.jobs.empty"] in manager.get("/manage/printers").text


@pytest.mark.parametrize(
    ("ticket", "printer", "status"), [("1", "nowhere", 404), ("1", "", 422), ("99", "Cửa vào", 404)]
)
def test_what_cannot_be_printed_again_is_told(
    doors: Any,
    manager: Any,
    unprinted: int,
    ticket: str,
    printer: str,
    status: int,
    everything: Everything,
) -> None:
    before = everything()
    answer = manager.post(f"/manage/tickets/{ticket}/reprint", printer=printer)
    assert answer.status_code == status
    assert everything() == before


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


def test_the_paper_of_a_virtual_printer_is_a_picture_of_its_width(manager: Any, slip: int) -> None:
    page = manager.get("/manage/printers").text
    assert f'src="/manage/slips/{slip}.png"' in page and "A001" in page
    answer = manager.get(f"/manage/slips/{slip}.png")
    assert answer.mimetype == "image/png"
    assert "private" in answer.headers["Cache-Control"]
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.width == 384 and picture.height > picture.width
    assert picture.convert("L").getextrema() == (0, 255)


def test_a_slip_of_another_centre_is_not_shown(
    doors: Any, admin: Any, slip: int, second_site: str
) -> None:
    assert admin.get(f"/manage/slips/{slip}.png?site=an-lanh").status_code == 200
    assert admin.get(f"/manage/slips/{slip}.png?site=ben-song").status_code == 404
