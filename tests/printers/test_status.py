"""What printers say of themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers import PrinterState
from printers.status import (
    AutomaticStatus,
    PaperStatus,
    Printed,
    RealTimeStatus,
    ReplyReader,
    state_of,
)

READY = (0x12, 0x12, 0x12)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (READY, PrinterState.READY),
        ((0x12, 0x12, 0x1E), PrinterState.PAPER_NEAR_END),
        ((0x1A, 0x32, 0x7E), PrinterState.PAPER_OUT),
        ((0x1A, 0x12, 0x72), PrinterState.PAPER_OUT),
        ((0x1A, 0x16, 0x12), PrinterState.COVER_OPEN),
        ((0x1A, 0x36, 0x72), PrinterState.COVER_OPEN),
        ((0x1A, 0x52, 0x12), PrinterState.ERROR),
        ((0x1A, 0x12, 0x12), PrinterState.OFFLINE),
        ((0x1A,), PrinterState.OFFLINE),
        ((), PrinterState.UNKNOWN),
    ],
)
def test_answers_tell_the_state(answers: tuple[int, ...], state: PrinterState) -> None:
    assert state_of(answers) is state


def test_only_a_printer_that_can_print_is_given_a_job() -> None:
    assert {state for state in PrinterState if state.prints} == {
        PrinterState.READY,
        PrinterState.PAPER_NEAR_END,
        PrinterState.UNKNOWN,
    }


def test_all_kinds_of_answers_are_told_apart_in_one_stream() -> None:
    stream = b"\x12\x10\x00\x03\x00\x37\x22AB12\x00\x11\x13\x03_Model\x00\x1a"
    assert ReplyReader().feed(stream) == [
        RealTimeStatus(0x12),
        AutomaticStatus(b"\x10\x00\x03\x00"),
        Printed(b"AB12"),
        PaperStatus(0x03),
        RealTimeStatus(0x1A),
    ]


@given(st.lists(st.integers(1, 4), min_size=20))
def test_answers_may_arrive_in_any_portions(portions: list[int]) -> None:
    stream = b"\x37\x22AB12\x00\x12\x18\x00\x0c\x00\x37\x22CD34\x00"
    reader, start, replies = ReplyReader(), 0, []
    for size in portions:
        replies += reader.feed(stream[start : start + size])
        start += size
    assert replies == [
        Printed(b"AB12"),
        RealTimeStatus(0x12),
        AutomaticStatus(b"\x18\x00\x0c\x00"),
        Printed(b"CD34"),
    ]


@given(st.binary(max_size=300))
def test_noise_upsets_nobody_and_is_forgotten(noise: bytes) -> None:
    reader = ReplyReader()
    reader.feed(noise)
    reader.feed(bytes(100))
    assert Printed(b"AB12") in reader.feed(b"\x37\x22AB12\x00")


@pytest.mark.parametrize(
    ("pushed", "state"),
    [
        (b"\x10\x00\x00\x00", PrinterState.READY),
        (b"\x10\x00\x03\x00", PrinterState.PAPER_NEAR_END),
        (b"\x18\x00\x0c\x00", PrinterState.PAPER_OUT),
        (b"\x38\x00\x00\x00", PrinterState.COVER_OPEN),
        (b"\x18\x08\x00\x00", PrinterState.ERROR),
        (b"\x18\x00\x00\x00", PrinterState.OFFLINE),
    ],
)
def test_pushed_status_tells_the_state(pushed: bytes, state: PrinterState) -> None:
    (reply,) = ReplyReader().feed(pushed)
    assert isinstance(reply, AutomaticStatus)
    assert reply.state is state
