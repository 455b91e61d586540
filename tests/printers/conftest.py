"""Slips, simulated printers and foreign readers for the tests of paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from printers import Patience, PrinterProfile, Slip, ticket_slip
from printers.preview import on_paper
from printers.simulator import PrinterSimulator, PtyPrinterSimulator, TcpPrinterSimulator

STATUS_URL = "https://mottua.example.vn/t/k3Jx9QvTz0mB7RyWn2LsHd"
HANOI = timezone(timedelta(hours=7))

#: Exactly 80 characters each, with the tallest capitals and the deepest marks.
LONG_NAMES = (
    "Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất ở xã.",
    "CẤP GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT LẦN",
    "Thẩm định, phê duyệt phương án cắm mốc giới hành lang bảo vệ nguồn nước hồ chứa.",
)


@pytest.fixture
def slip() -> Slip:
    return make_slip()


@pytest.fixture(params=LONG_NAMES)
def long_name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    assert len(name) == 80
    return name


@pytest.fixture
def make() -> Callable[..., Slip]:
    """A ticket's slip with some of its words replaced."""
    return make_slip


def make_slip(**changes: object) -> Slip:
    words: dict[str, object] = {
        "centre": ["TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "PHƯỜNG HỒNG BÀNG"],
        "number": "A014",
        "service": "Chứng thực bản sao từ bản chính",
        "field": "Tư pháp – Hộ tịch",
        "counters": ["3", "4"],
        "people_ahead": 7,
        "wait_minutes": (10, 15),
        "issued_at": datetime(2026, 11, 22, 7, 45, tzinfo=HANOI),
        "status_url": STATUS_URL,
    }
    return ticket_slip(**(words | changes))  # type: ignore[arg-type]  # words by name, as callers do


@pytest.fixture
def status_url() -> str:
    return STATUS_URL


@pytest.fixture(params=[58, 80])
def profile(request: pytest.FixtureRequest) -> PrinterProfile:
    return PrinterProfile(paper_mm=request.param)


@pytest.fixture
def hurry() -> Patience:
    """Waits long enough for a loaded machine to answer, short enough for a test of silence."""
    return Patience(connect=2.0, status=0.3, stall=0.3, confirm=0.3, person=10.0)


@pytest.fixture(params=["tcp", "pty"])
def printer(request: pytest.FixtureRequest) -> Iterator[PrinterSimulator]:
    """A working printer, once on the network and once on a serial line."""
    kind = TcpPrinterSimulator if request.param == "tcp" else PtyPrinterSimulator
    with kind() as working:
        yield working


@pytest.fixture
def tcp_printer() -> Iterator[TcpPrinterSimulator]:
    with TcpPrinterSimulator() as working:
        yield working


@pytest.fixture
def pty_printer() -> Iterator[PtyPrinterSimulator]:
    with PtyPrinterSimulator() as working:
        yield working


@pytest.fixture
def read_qr() -> Callable[[Image.Image], list[str]]:
    """What a foreign reader finds in the QR codes on a printed picture."""

    def read(picture: Image.Image) -> list[str]:
        return [found.text for found in zxingcpp.read_barcodes(on_paper(picture, margin=8))]

    return read


@pytest.fixture
def read_words(tmp_path: Path) -> Callable[[Image.Image], list[str]]:
    """The words that tesseract reads from a printed picture, in reading order."""
    if not _can_read_vietnamese():
        pytest.skip("tesseract with Vietnamese is not installed")

    def read(picture: Image.Image) -> list[str]:
        page = tmp_path / "page.png"
        enlarged = on_paper(picture, margin=32)
        enlarged.resize((enlarged.width * 2, enlarged.height * 2)).save(page)
        command = ["tesseract", str(page), "-", "-l", "vie", "--psm", "6", "--dpi", "406"]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        return re.findall(r"\w+", done.stdout)

    return read


@cache
def _can_read_vietnamese() -> bool:
    program = shutil.which("tesseract")
    if program is None:
        return False
    done = subprocess.run([program, "--list-langs"], capture_output=True, check=False, text=True)
    return "vie" in done.stdout.split()
