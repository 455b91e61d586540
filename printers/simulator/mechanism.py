"""The inside of a simulated printer: what it answers at once, what in order, what it prints."""

from __future__ import annotations

from dataclasses import dataclass

from printers.commands import Command, CommandReader, paper_rows
from printers.type_scale import DOTS_PER_MM

_EVERYTHING = frozenset({"pid", "gs_r"})


@dataclass
class Condition:
    """What a person sees at the printer. `rows_left` counts dot rows; None is a fresh roll."""

    cover_open: bool = False
    near_end: bool = False
    cutter_jammed: bool = False
    rows_left: int | None = None

    @property
    def paper_out(self) -> bool:
        """Whether the roll is used up."""
        return self.rows_left is not None and self.rows_left <= 0

    @property
    def stopped(self) -> bool:
        """Whether the printer can move no paper."""
        return self.cover_open or self.cutter_jammed or self.paper_out

    def real_time(self, question: int) -> int:
        """The byte that answers DLE EOT n."""
        bits = {
            1: 0x08 * self.stopped,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self.cutter_jammed,
            3: 0x08 * self.cutter_jammed,
            4: 0x0C * (self.near_end or self.paper_out) | 0x60 * self.paper_out,
        }
        return 0x12 | bits.get(question, 0)

    def automatic(self) -> bytes:
        """The four bytes that GS a makes a printer push."""
        first = 0x10 | 0x08 * self.stopped | 0x20 * self.cover_open
        paper = 0x03 * (self.near_end or self.paper_out) | 0x0C * self.paper_out
        return bytes((first, 0x08 * self.cutter_jammed, paper, 0))


class Mechanism:
    """A printer without its plug: bytes and the time come in, answers and paper go out.

    `speed` is in millimetres per second, 0 prints at once. `confirms` holds "pid" for GS ( H
    and "gs_r" for GS r. A `mute` one prints and answers nothing. `executed` are all bytes that
    were obeyed, `slips` the same from cut to cut.
    """

    def __init__(self, speed: float = 0.0, confirms: frozenset[str] = _EVERYTHING) -> None:
        self.condition = Condition()
        self.speed = speed
        self.confirms = confirms
        self.mute = False
        self.executed = bytearray()
        self.slips: list[bytes] = []
        self.answers = bytearray()
        self._reader = CommandReader()
        self._waiting: list[Command] = []
        self._tail = b""
        self._slip_start = 0
        self._busy_until = 0.0
        self._pushes = False
        self._pushed = b""

    def receive(self, data: bytes) -> None:
        """Takes bytes in: real-time questions are answered now, everything else in its turn."""
        seen = self._tail + data
        for start in range(len(seen) - 2):
            if seen[start : start + 2] == b"\x10\x04":
                self._answer(bytes((self.condition.real_time(seen[start + 2]),)))
        self._tail = seen[-2:]
        commands = self._reader.feed(data)
        self._waiting += [command for command in commands if command.name != "DLE EOT"]

    def work(self, now: float) -> float | None:
        """Does all that can be done by now; returns when there is more to do, None for never."""
        while self._waiting and not self.condition.stopped:
            if now < self._busy_until:
                return self._busy_until
            self._execute(self._waiting.pop(0), now)
        self._push()
        return None

    def power_cut(self) -> None:
        """Forgets everything that is not on paper."""
        self._reader = CommandReader()
        self._waiting.clear()
        self._tail = b""
        self.answers.clear()
        self._pushes = False

    def _execute(self, command: Command, now: float) -> None:
        self.executed += command.raw
        rows = paper_rows(command.raw)
        if self.condition.rows_left is not None:
            self.condition.rows_left -= rows
        if rows and self.speed:
            self._busy_until = max(now, self._busy_until) + rows / DOTS_PER_MM / self.speed
        if command.name == "GS V":
            self.slips.append(bytes(self.executed[self._slip_start :]))
            self._slip_start = len(self.executed)
        elif command.name == "GS ( H" and command.data[:2] == b"00" and "pid" in self.confirms:
            self._answer(b"\x37\x22" + command.data[2:6] + b"\0")
        elif command.name == "GS r" and "gs_r" in self.confirms:
            self._answer(bytes((0x03 * self.condition.near_end,)))
        elif command.name == "GS I":
            self._answer(b"_Simulator\0" if command.data[0] >= 65 else b"\x20")
        elif command.name == "GS a":
            self._pushes = bool(command.data[0])
            self._pushed = b""

    def _push(self) -> None:
        status = self.condition.automatic()
        if self._pushes and status != self._pushed:
            self._pushed = status
            self._answer(status)

    def _answer(self, data: bytes) -> None:
        if not self.mute:
            self.answers += data
