"""The fallback in plain text, and that its composer leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from printers import Mode, PrinterProfile, Slip, compose
from printers.alphabet import VIETNAMESE_LETTERS, without_marks
from printers.commands import read_commands

MakeSlip = Callable[..., Slip]


def test_marks_are_dropped_and_nothing_else() -> None:
    assert (
        without_marks("Nguyễn Thị Ánh – Đăng ký khai sinh") == "Nguyen Thi Anh - Dang ky khai sinh"
    )
    assert without_marks(VIETNAMESE_LETTERS).isalpha()


def test_a_text_slip_is_ascii_and_short(make: MakeSlip, profile: PrinterProfile) -> None:
    text = PrinterProfile(paper_mm=profile.paper_mm, mode=Mode.TEXT)
    job = compose(make(copy=True, language="en"), text, "1")
    printed = b"".join(command.data for command in read_commands(job) if command.name == "text")
    assert printed.isascii()
    assert b"?" not in printed
    assert len(job) < 2500


def test_no_name_carries_a_command_to_the_printer(make: MakeSlip) -> None:
    clean, sly = (make(service=name) for name in ("Khai sinh", "Khai\x1dV\x00 sinh"))
    text = PrinterProfile(mode=Mode.TEXT)
    names = [[c.name for c in read_commands(compose(s, text, "1"))] for s in (clean, sly)]
    assert names[0] == names[1]


def test_no_text_line_is_wider_than_the_paper(make: MakeSlip, profile: PrinterProfile) -> None:
    text = PrinterProfile(paper_mm=profile.paper_mm, mode=Mode.TEXT)
    job = compose(make(service="Đăng ký biến động quyền sử dụng đất " * 3), text, "1")
    width = 1
    for command in read_commands(job):
        if command.name == "GS !":
            width = (command.data[0] >> 4) + 1
        elif command.name == "ESC !":
            width = 1
        elif command.name == "text":
            assert len(command.data) * width <= text.dots // 12


def test_composing_text_leaves_no_file_no_word_and_no_log_handler(tmp_path: Path) -> None:
    program = """
import logging, tempfile
from printers import Mode, PrinterProfile, compose
from printers.preview import sample_slip
assert compose(sample_slip(), PrinterProfile(mode=Mode.TEXT), "1")
assert logging.root.handlers == []
assert tempfile.mkdtemp.__module__ == "tempfile"
"""
    here = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(here)},
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
