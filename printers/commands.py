"""ESC/POS bytes taken apart into commands, as a printer's own firmware does it.

Source: Epson ESC/POS command reference; lengths of the commands that ticket printers meet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

NUL, LF, DLE, ESC, FS, GS = 0x00, 0x0A, 0x10, 0x1B, 0x1C, 0x1D

#: Parameter bytes after the command's two bytes; what is absent here has none.
_PARAMETERS = {
    DLE: {0x04: 1, 0x05: 1},
    ESC: dict.fromkeys(b" !-3=EGJMRTVadrt{", 1) | dict.fromkeys(b"$Bc\\", 2) | {ord("p"): 3},
    FS: dict.fromkeys(b"!-W", 1) | dict.fromkeys(b"Sp", 2),
    GS: dict.fromkeys(b"!/BHIabfhrw", 1) | dict.fromkeys(b"LPW$\\", 2),
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command: `name` as the manuals write it, its parameters, and all of its bytes.

    Runs of printable bytes are named "text", runs of zeros "NUL".
    """

    name: str
    data: bytes
    raw: bytes


class CommandReader:
    """Takes bytes in any portions and gives the commands that are complete."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Command]:
        """Yields every command that is complete with these bytes; keeps the rest."""
        self._buffer += data
        start = 0
        try:
            while (end := _end_of_command(self._buffer, start)) is not None:
                raw = bytes(self._buffer[start:end])
                start = end
                yield _named(raw)
        finally:
            del self._buffer[:start]

    @property
    def rest(self) -> bytes:
        """The beginning of a command whose end has not come."""
        return bytes(self._buffer)


def read_commands(data: bytes) -> list[Command]:
    """All complete commands of a whole job."""
    return list(CommandReader().feed(data))


@dataclass(frozen=True, slots=True)
class RasterHead:
    """What GS v 0 announces: bytes in a row, rows, and whether dots are doubled."""

    row_bytes: int
    rows: int
    mode: int

    @property
    def size(self) -> int:
        """Bytes of picture that follow."""
        return self.row_bytes * self.rows


RASTER_HEAD_LENGTH = 8


def raster_head(raw: bytes | bytearray) -> RasterHead | None:
    """The head of a GS v 0 command, or None when these bytes do not begin with a whole one."""
    if len(raw) < RASTER_HEAD_LENGTH or bytes(raw[:3]) != b"\x1dv0":
        return None
    return RasterHead(raw[4] | raw[5] << 8, raw[6] | raw[7] << 8, raw[3] & 3)


def paper_rows(data: bytes) -> int:
    """The dot rows of picture and feed in a job: how long it takes to print."""
    rows = 0
    for command in read_commands(data):
        if command.name == "GS v 0" and (head := raster_head(command.raw)):
            rows += head.rows
        elif command.name == "ESC J":
            rows += command.data[0]
        elif command.name in ("LF", "ESC d"):
            rows += 30 * (command.data[0] if command.data else 1)
    return rows


def _end_of_command(buffer: bytearray, start: int) -> int | None:
    """The index after the command that begins at `start`; None when it is not complete."""
    have = len(buffer) - start
    if have <= 0:
        return None
    first = buffer[start]
    if first not in _PARAMETERS:
        return _end_of_run(buffer, start)
    if have < 2:
        return None
    length = _variable_length(buffer, start, first, buffer[start + 1])
    if length is None:
        length = 2 + _PARAMETERS[first].get(buffer[start + 1], 0)
    return start + length if 0 < length <= have else None


def _end_of_run(buffer: bytearray, start: int) -> int:
    first = buffer[start]
    if first == NUL:
        end = start
        while end < len(buffer) and buffer[end] == NUL:
            end += 1
        return end
    if first < 0x20:
        return start + 1
    end = start
    while end < len(buffer) and buffer[end] >= 0x20:
        end += 1
    return end


def _variable_length(buffer: bytearray, start: int, first: int, second: int) -> int | None:
    """The length of commands that announce it, 0 while unknown, None for fixed ones."""
    if first == GS and second == ord("k"):
        return _barcode_length(buffer, start)
    part = buffer[start : start + RASTER_HEAD_LENGTH]
    for opening, head_length, whole_length in _ANNOUNCED:
        if part[:2] == opening:
            return whole_length(part) if len(part) >= head_length else 0
    return None


def _raster_length(part: bytearray) -> int:
    head = raster_head(part)
    return RASTER_HEAD_LENGTH + head.size if head else 2


def _block_length(part: bytearray) -> int:
    return 5 + (part[3] | part[4] << 8)


def _cut_length(part: bytearray) -> int:
    return 4 if part[2] >= 65 else 3


def _column_length(part: bytearray) -> int:
    return 5 + (part[3] | part[4] << 8) * (3 if part[2] >= 32 else 1)


#: How commands that announce their length begin, how many bytes tell it, and how.
_ANNOUNCED = (
    (b"\x1dv", RASTER_HEAD_LENGTH, _raster_length),
    (b"\x1d(", 5, _block_length),
    (b"\x1b(", 5, _block_length),
    (b"\x1c(", 5, _block_length),
    (b"\x1dV", 3, _cut_length),
    (b"\x1b*", 5, _column_length),
)


def _barcode_length(buffer: bytearray, start: int) -> int:
    if len(buffer) < start + 4:
        return 0
    if buffer[start + 2] >= 65:
        return 4 + buffer[start + 3]
    end = buffer.find(NUL, start + 3)
    return end + 1 - start if end >= 0 else 0


_PREFIXES = {DLE: "DLE", ESC: "ESC", FS: "FS", GS: "GS"}


def _named(raw: bytes) -> Command:
    first = raw[0]
    if first not in _PREFIXES:
        name = {NUL: "NUL", LF: "LF"}.get(first, "text" if first >= 0x20 else "control")
        return Command(name, b"" if name == "LF" else raw, raw)
    if first == DLE:
        return Command({4: "DLE EOT", 5: "DLE ENQ"}.get(raw[1], "DLE"), raw[2:], raw)
    second = chr(raw[1]) if raw[1] < 0x7F else f"{raw[1]:02X}"
    if second == "(" or raw[:3] == b"\x1dv0":
        head = RASTER_HEAD_LENGTH if second == "v" else 5
        return Command(f"{_PREFIXES[first]} {second} {chr(raw[2])}", raw[head:], raw)
    return Command(f"{_PREFIXES[first]} {second}", raw[2:], raw)
