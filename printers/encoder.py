"""From a picture to the ESC/POS bytes of a job, and what stands before and after it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from printers.profiles import Confirm, PrinterProfile

INIT = b"\x1b@"
LEFT = b"\x1ba\x00"
CUT = b"\x1dVB\x00"
FEED_TO_TEAR = b"\x1bd\x05"
ASK_PAPER_STATUS = b"\x1dr\x01"
ASK_PROCESS_ID = b"\x1d(H\x06\x0000"

#: Larger bands overrun the buffers of cheap printers (4 KB to 9 KB).
BAND_ROWS = 128

#: Bands of 48 rows and its multiples print as garbage on POS-5890K and its kin.
UNSAFE_MULTIPLE = 48

#: Blank runs at least this high become bands of their own, which cost a byte per row.
BLANK_RUN = 16

#: One full band of zeros completes whatever picture a broken job left half sent: they print
#: as blank rows, and outside a picture zeros do nothing.
AFTER_BROKEN_JOB = bytes(72 * BAND_ROWS) + INIT

_ID_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def picture_job(picture: Image.Image, profile: PrinterProfile, job_id: str) -> bytes:
    """All bytes of one slip: reset, picture, buzzer, cut and the question whether it is done."""
    return b"".join(
        [
            INIT,
            profile.setup,
            LEFT,
            *bands(picture),
            profile.buzzer,
            CUT if profile.cut else FEED_TO_TEAR,
            question(profile.confirm, job_id),
        ]
    )


def bands(picture: Image.Image) -> Iterator[bytes]:
    """The picture as GS v 0 commands that begin at the left margin.

    Each is cropped on the right to its ink, so that white paper costs next to nothing on a
    serial line and no printer's unit of feeding matters.
    """
    row_bytes = (picture.width + 7) // 8
    rows = picture.convert("1").tobytes()
    lines = [rows[start : start + row_bytes] for start in range(0, len(rows), row_bytes)]
    for first, last in _runs([any(line) for line in lines]):
        for start, end in _safe_heights(first, last):
            used = max(len(line.rstrip(b"\0")) for line in lines[start:end]) or 1
            yield _band([line[:used] for line in lines[start:end]], used)


def question(confirm: Confirm, job_id: str) -> bytes:
    """What makes the printer answer when all before it is on paper."""
    by_id = ASK_PROCESS_ID + process_id(job_id)
    return {
        Confirm.EITHER: by_id + ASK_PAPER_STATUS,
        Confirm.PID: by_id,
        Confirm.GS_R: ASK_PAPER_STATUS,
        Confirm.NONE: b"",
    }[confirm]


def process_id(job_id: str) -> bytes:
    """Four printable characters by which the printer names this job in its answer."""
    value = zlib.crc32(job_id.encode())
    letters = []
    for _ in range(4):
        value, digit = divmod(value, len(_ID_LETTERS))
        letters.append(_ID_LETTERS[digit])
    return "".join(letters).encode("ascii")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a job asks for at its end: the answer with this process id, the paper status."""

    process_id: bytes | None
    paper_status: bool


def asked_by(data: bytes) -> Asked:
    """Reads the question from the job's last bytes, so that the bytes alone are enough to send."""
    paper_status = data.endswith(ASK_PAPER_STATUS)
    if paper_status:
        data = data[: -len(ASK_PAPER_STATUS)]
    by_id = data[-len(ASK_PROCESS_ID) - 4 : -4] == ASK_PROCESS_ID
    return Asked(data[-4:] if by_id else None, paper_status)


def _runs(inked: list[bool]) -> Iterator[tuple[int, int]]:
    """Row ranges: long blank runs alone, everything between them together."""
    start, row = 0, 0
    while row < len(inked):
        blank_end = row
        while blank_end < len(inked) and not inked[blank_end]:
            blank_end += 1
        if blank_end - row >= BLANK_RUN:
            if start < row:
                yield start, row
            yield row, blank_end
            start = blank_end
        row = max(blank_end, row + 1)
    if start < len(inked):
        yield start, len(inked)


def _safe_heights(first: int, last: int) -> Iterator[tuple[int, int]]:
    while first < last:
        height = min(BAND_ROWS, last - first)
        if height % UNSAFE_MULTIPLE == 0:
            height -= 8
        yield first, first + height
        first += height


def _band(lines: list[bytes], row_bytes: int) -> bytes:
    size = row_bytes.to_bytes(2, "little") + len(lines).to_bytes(2, "little")
    return b"\x1dv0\x00" + size + b"".join(lines)
