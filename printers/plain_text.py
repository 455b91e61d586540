"""The fallback without pictures: a slip as text lines without diacritics, for slow serial lines."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from printers.alphabet import without_marks
from printers.composer import composer_class
from printers.encoder import CUT, FEED_TO_TEAR, INIT, question
from printers.profiles import PrinterProfile
from printers.slip import (
    Align,
    Band,
    Block,
    Number,
    QrCode,
    Row,
    Rule,
    Size,
    Slip,
    Space,
    Text,
)
from printers.wrapping import wrap

#: A letter of the printer's own font A is 12 dots wide.
_LETTER_DOTS = 12


def text_job(slip: Slip, profile: PrinterProfile, job_id: str) -> bytes:
    """All bytes of one slip as ASCII text with a native QR code: some hundred bytes."""
    composer = composer_class()()
    for block in slip.blocks:
        _compose(block, composer, profile.dots // _LETTER_DOTS)
    return b"".join(
        [
            INIT,
            profile.setup,
            composer.output,
            profile.buzzer,
            CUT if profile.cut else FEED_TO_TEAR,
            question(profile.confirm, job_id),
        ]
    )


def _write(composer: Any, text: str, letters: int, **style: Any) -> None:
    """Wrapped lines in one style."""
    composer.set_with_default(**style)
    room = letters // style.get("width", 1)
    for line in wrap(without_marks(text), room, len):
        composer.textln(line)


@singledispatch
def _compose(block: Block, composer: Any, letters: int) -> None:
    """Writes one block; rulers and density patches have no text form."""


@_compose.register
def _(block: Text, composer: Any, letters: int) -> None:
    large = {"custom_size": True, "width": 2, "height": 2} if block.size is Size.LARGE else {}
    align = "left" if block.align is Align.LEFT else "center"
    _write(composer, block.text, letters, align=align, bold=block.bold, **large)


@_compose.register
def _(block: Number, composer: Any, letters: int) -> None:
    factor = max(1, min(6, letters // max(1, len(block.text) + 1)))
    style = {"align": "center", "custom_size": True, "width": factor, "height": factor}
    _write(composer, block.text, letters, **style)


@_compose.register
def _(block: Row, composer: Any, letters: int) -> None:
    label, value = without_marks(block.label), without_marks(block.value)
    gap = letters - len(label) - len(value)
    composer.set_with_default(align="left")
    if gap >= 2:
        composer.textln(label + " " * gap + value)
        return
    _write(composer, label, letters, align="left")
    _write(composer, value, letters, align="left", bold=True)


@_compose.register
def _(block: Band, composer: Any, letters: int) -> None:
    _write(composer, f"*** {block.text} ***", letters, align="center", bold=True)


@_compose.register
def _(block: Rule, composer: Any, letters: int) -> None:
    _write(composer, "-" * letters, letters, align="left")


@_compose.register
def _(block: Space, composer: Any, letters: int) -> None:
    # A text line is near 4 mm high; smaller gaps would only waste paper.
    if block.millimetres >= 2:
        composer.ln()


@_compose.register
def _(block: QrCode, composer: Any, letters: int) -> None:
    composer.set_with_default(align="center")
    composer.qr(block.content, ec=2, size=6, native=True)
    for text in (block.title, block.note, block.shown):
        _write(composer, text, letters, align="center")
