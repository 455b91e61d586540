"""What a printer says of itself: its answers told apart and read.

Sources: Epson ESC/POS reference (DLE EOT, GS r, GS a, GS ( H); Citizen's manual for the fixed
bits by which the answers differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PrinterState(StrEnum):
    """A printer's state as staff need to know it."""

    READY = "ready"
    PAPER_NEAR_END = "paper_near_end"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    ERROR = "error"
    UNKNOWN = "unknown"

    @property
    def prints(self) -> bool:
        """Whether a job sent now may be printed; an unknown printer is given the chance."""
        return self in (PrinterState.READY, PrinterState.PAPER_NEAR_END, PrinterState.UNKNOWN)


#: The real-time questions, in the order in which they are asked.
QUESTIONS = (1, 2, 4)


def ask(question: int) -> bytes:
    """DLE EOT n: 1 printer, 2 cause of offline, 3 error, 4 paper; answered at once."""
    return bytes((0x10, 0x04, question))


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    """The answer to DLE EOT; which question it answers only the order tells."""

    byte: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """Four bytes that a printer pushes after GS a."""

    data: bytes

    @property
    def state(self) -> PrinterState:
        """The state that the four bytes describe."""
        first, second, third = self.data[:3]
        if first & 0x20:
            return PrinterState.COVER_OPEN
        if third & 0x0C:
            return PrinterState.PAPER_OUT
        if second & 0x6C:
            return PrinterState.ERROR
        if first & 0x08:
            return PrinterState.OFFLINE
        return PrinterState.PAPER_NEAR_END if third & 0x03 else PrinterState.READY


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """The answer to GS r 1, given in order: what stood before it is printed."""

    byte: int


@dataclass(frozen=True, slots=True)
class Printed:
    """The answer to GS ( H: the job with this process id is on paper."""

    process_id: bytes


Reply = RealTimeStatus | AutomaticStatus | PaperStatus | Printed

_BLOCK_STARTS = (0x37, 0x3D, 0x5F)
_LONGEST_BLOCK = 80
_FLOW_CONTROL = (0x11, 0x13)


class ReplyReader:
    """Takes a printer's bytes in any portions and gives whole replies; noise is dropped."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[Reply]:
        """The replies that these bytes complete, in order."""
        self._buffer += data
        replies: list[Reply] = []
        while self._buffer:
            length = self._length_of_first()
            if length == 0:
                break
            reply = _read(bytes(self._buffer[:length]))
            del self._buffer[:length]
            if reply is not None:
                replies.append(reply)
        return replies

    def _length_of_first(self) -> int:
        """Bytes of the first reply; 0 while it is incomplete."""
        first = self._buffer[0]
        if first in _BLOCK_STARTS:
            end = self._buffer.find(0)
            if end >= 0:
                return end + 1
            return 1 if len(self._buffer) > _LONGEST_BLOCK else 0
        if first & 0x93 == 0x10:
            return self._length_of_automatic()
        return 1

    def _length_of_automatic(self) -> int:
        following = self._buffer[1:4]
        if any(byte & 0x90 for byte in following):
            return 1
        return 4 if len(following) == 3 else 0


def _read(data: bytes) -> Reply | None:
    first = data[0]
    if first == 0x37:
        return Printed(data[2:6]) if len(data) == 7 and data[1] == 0x22 else None
    if len(data) == 4 and first & 0x93 == 0x10:
        return AutomaticStatus(data)
    if len(data) > 1 or first in _FLOW_CONTROL:
        return None
    if first & 0x93 == 0x12:
        return RealTimeStatus(first)
    return PaperStatus(first) if first & 0x90 == 0 else None


def state_of(answers: Iterable[int]) -> PrinterState:
    """The state that the answers to QUESTIONS describe; fewer answers tell less.

    A printer that answers nothing is unknown: many print all the same.
    """
    known = dict(zip(QUESTIONS, answers, strict=False))
    if not known:
        return PrinterState.UNKNOWN
    printer, cause, paper = (known.get(question, 0) for question in QUESTIONS)
    if cause & 0x04:
        return PrinterState.COVER_OPEN
    if cause & 0x20 or paper & 0x60:
        return PrinterState.PAPER_OUT
    if cause & 0x40:
        return PrinterState.ERROR
    if printer & 0x08:
        return PrinterState.OFFLINE
    return PrinterState.PAPER_NEAR_END if paper & 0x0C else PrinterState.READY
