"""The simulated printer itself, and printing from greenlets."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from printers import PrinterProfile, Slip, compose, send
from printers.preview import main as preview
from printers.simulator import TcpPrinterSimulator
from printers.simulator.__main__ import cause

HERE = Path(__file__).parents[2]


def talk(printer: TcpPrinterSimulator, data: bytes, expected: int) -> bytes:
    parts = urlsplit(printer.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as line:
        line.sendall(data)
        heard = b""
        while len(heard) < expected:
            heard += line.recv(64)
        return heard


def test_real_time_questions_are_answered_also_by_an_empty_printer(
    tcp_printer: TcpPrinterSimulator,
) -> None:
    tcp_printer.take_paper_out()
    asked = b"\x1dr\x01\x10\x04\x01\x10\x04\x02\x10\x04\x04"
    assert talk(tcp_printer, asked, 3) == b"\x1a\x32\x7e"


def test_questions_in_order_wait_for_what_stands_before_them(
    tcp_printer: TcpPrinterSimulator,
) -> None:
    asked = b"A\n\x1d(H\x06\x0000AB12\x1dr\x01\x1dI\x01\x1dIC"
    assert talk(tcp_printer, asked, 20) == b"\x37\x22AB12\x00\x00\x20_Simulator\x00"


def test_status_is_pushed_to_who_asks_for_it(tcp_printer: TcpPrinterSimulator) -> None:
    tcp_printer.open_cover()
    tcp_printer.close_cover()
    assert talk(tcp_printer, b"\x1da\xff", 4) == b"\x10\x00\x00\x00"


def test_faults_have_names_on_the_command_line() -> None:
    with TcpPrinterSimulator() as printer:
        cause(printer, "cover-open,paper-out-after=10,slow=1000,near-end")
        assert talk(printer, b"\x10\x04\x02", 1) == b"\x16"
        with pytest.raises(ValueError, match="fire"):
            cause(printer, "fire")


def test_the_command_serves_and_saves_what_it_prints(tmp_path: Path, slip: Slip) -> None:
    command = [sys.executable, "-m", "printers.simulator", "--port", "0", "--speed", "1000"]
    folder = tmp_path / "not" / "yet"
    command += ["--save", str(folder)]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        profile = PrinterProfile(speed=1000)
        for number in (1, 2):
            send(address, profile, compose(slip, profile, f"job {number}"))
            assert running.stdout.readline().strip() == f"{folder}/slip-000{number}.png"
        running.terminate()
    assert len(list(folder.iterdir())) == 2


def test_a_slip_can_be_looked_at_without_a_printer(tmp_path: Path) -> None:
    picture = tmp_path / "slip.png"
    assert preview([str(picture), "--paper", "58", "--copy"]) == 0
    assert preview([str(picture), "--trial-page"]) == 0
    assert picture.stat().st_size > 1000


def test_printing_works_in_greenlets_and_keeps_the_others_running() -> None:
    program = """
from gevent import monkey; monkey.patch_all()
import gevent
from printers import PrinterProfile, compose, send
from printers.preview import sample_slip
from printers.simulator import PtyPrinterSimulator, TcpPrinterSimulator
job = compose(sample_slip(), PrinterProfile(), "1")
ticks = 0
def tick():
    global ticks
    while True:
        ticks += 1
        gevent.sleep(0.01)
ticking = gevent.spawn(tick)
for kind in (TcpPrinterSimulator, PtyPrinterSimulator):
    with kind(speed=300) as printer:
        before = ticks
        outcomes = [send(printer.address, PrinterProfile(), job)]
        assert [outcome.state for outcome in outcomes] == ["confirmed"], outcomes
        assert ticks - before > 20, (kind, ticks - before)
ticking.kill()
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(HERE)},
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
