"""Addresses, and the ways that need no printer."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from printers import (
    Delivery,
    Fault,
    PrinterError,
    PrinterProfile,
    PrinterState,
    Slip,
    compose,
    open_transport,
    parse_address,
    print_slip,
    probe_state,
    send,
)
from printers.simulator import PtyPrinterSimulator
from printers.transports import Address

PROFILE = PrinterProfile()


def look(address: str) -> PrinterState:
    return probe_state(address, PROFILE)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("tcp://192.168.1.50:9100", Address("tcp", "192.168.1.50", 9100)),
        ("tcp://may-in.local", Address("tcp", "may-in.local", 9100)),
        ("tcp://[fe80::1]:9101", Address("tcp", "fe80::1", 9101)),
        ("device:///dev/usb/lp0", Address("device", path="/dev/usb/lp0")),
        ("file:///tmp/phi%E1%BA%BFu.bin", Address("file", path="/tmp/phiếu.bin")),
        ("screen:", Address("screen")),
    ],
)
def test_an_address_is_read(address: str, parts: Address) -> None:
    assert parse_address(address) == parts


def test_a_serial_address_may_say_how_the_line_is_set() -> None:
    usual = parse_address("serial:///dev/ttyUSB0")
    assert (usual.path, usual.options["baud"], usual.options["flow"]) == (
        "/dev/ttyUSB0",
        "115200",
        "none",
    )
    own = parse_address("serial:///dev/ttyS1?baud=9600&parity=E&stop=2&flow=rtscts")
    assert own.options == {"baud": "9600", "parity": "E", "stop": "2", "flow": "rtscts"}


@pytest.mark.parametrize(
    "address",
    [
        "",
        "printer",
        "http://192.168.1.50",
        "tcp://",
        "tcp://host:0",
        "tcp://host:99999",
        "tcp://host:port",
        "tcp://host:9100/queue",
        "tcp://[::1",
        "serial://ttyUSB0",
        "serial:///dev/ttyUSB0?baud=110000",
        "serial:///dev/ttyUSB0?parity=X",
        "serial:///dev/ttyUSB0?speed=9600",
        "device://lp0",
        "device:///",
        "file://host/path",
        "file:relative",
        "screen:1",
        "screen://",
    ],
)
def test_a_wrong_address_is_refused_and_never_tried_again(address: str) -> None:
    with pytest.raises(PrinterError) as refused:
        parse_address(address)
    assert refused.value.code is Fault.BAD_ADDRESS
    assert not refused.value.retryable
    assert address in refused.value.detail


def test_a_file_collects_the_bytes_of_every_slip(tmp_path: Path, slip: Slip) -> None:
    paper = tmp_path / "slips.bin"
    for job in ("1", "2"):
        outcome = print_slip(f"file://{paper}", PROFILE, slip, job)
        assert outcome.state is Delivery.CONFIRMED
    assert paper.read_bytes() == compose(slip, PROFILE, "1") + compose(slip, PROFILE, "2")


def test_a_file_in_no_folder_is_offline(tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as refused:
        send(f"file://{tmp_path}/none/slips.bin", PROFILE, b"A")
    assert refused.value.code is Fault.OFFLINE
    assert refused.value.retryable


def test_a_pipe_is_no_file_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = None
    for _ in ("nobody reads", "somebody reads"):
        for ask in (lambda: send(f"file://{pipe}", PROFILE, b"A"), lambda: look(f"file://{pipe}")):
            with pytest.raises(PrinterError, match="not an ordinary file") as refused:
                ask()
            assert refused.value.code is Fault.BAD_ADDRESS
        reader = reader or os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.close(reader)


@pytest.mark.parametrize("path", ["/dev/null", "/dev"])
def test_a_device_or_a_folder_is_no_file(path: str) -> None:
    with pytest.raises(PrinterError, match="not an ordinary file"):
        send(f"file://{path}", PROFILE, b"A")


def test_a_look_at_a_file_opens_nothing(tmp_path: Path) -> None:
    paper = tmp_path / "slips.bin"
    assert look(f"file://{paper}") is PrinterState.READY
    assert not paper.exists()
    paper.touch()
    assert look(f"file://{paper}") is PrinterState.READY
    assert look(f"file://{tmp_path}/none/slips.bin") is PrinterState.OFFLINE


def test_the_virtual_printer_hands_each_slip_over_whole(slip: Slip) -> None:
    shown: list[bytes] = []
    outcome = print_slip("screen:", PROFILE, slip, "1", sink=shown.append)
    assert outcome.state is Delivery.CONFIRMED
    assert shown == [compose(slip, PROFILE, "1")]


def test_the_virtual_printer_is_ready_and_looking_shows_nothing() -> None:
    assert probe_state("screen:", PROFILE) is PrinterState.READY


def test_the_virtual_printer_needs_somebody_who_shows_its_slips() -> None:
    with pytest.raises(PrinterError) as refused:
        send("screen:", PROFILE, b"A")
    assert refused.value.code is Fault.BAD_ADDRESS


@pytest.mark.parametrize("scheme", ["serial", "device"])
def test_a_device_that_is_not_plugged_in_is_offline(scheme: str, tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as refused:
        open_transport(f"{scheme}://{tmp_path}/ttyUSB9")
    assert refused.value.code is Fault.OFFLINE


def test_two_programs_never_share_a_serial_printer(pty_printer: PtyPrinterSimulator) -> None:
    with open_transport(pty_printer.address), pytest.raises(PrinterError) as refused:
        open_transport(pty_printer.address)
    assert refused.value.code is Fault.OFFLINE


def test_closing_a_vanished_serial_printer_is_no_error(pty_printer: PtyPrinterSimulator) -> None:
    with open_transport(pty_printer.address):
        pty_printer.unplug()


def test_a_device_that_may_only_be_written_says_nothing() -> None:
    with open_transport("device:///dev/null") as transport:
        assert transport.write(b"A014", 0.0) in (0, 4)
        assert transport.read(0.0) == b""


@pytest.mark.parametrize("code", list(Fault))
def test_only_a_job_of_which_nothing_has_left_may_be_sent_again(code: Fault) -> None:
    assert not PrinterError(code, bytes_sent=1).retryable
    assert PrinterError(code).retryable is (code is not Fault.BAD_ADDRESS)
