"""The page that a technician prints and reads when a printer is put into service."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from printers.alphabet import VIETNAMESE_LETTERS, without_marks
from printers.profiles import PrinterProfile
from printers.slip import (
    Align,
    Block,
    DensityBars,
    Number,
    QrCode,
    Row,
    Rule,
    Size,
    Slip,
    Space,
    Text,
    WidthRuler,
)
from printers.texts import words


def trial_page(
    name: str,
    address: str,
    profile: PrinterProfile,
    printed_at: datetime,
    language: str = "vi",
) -> Slip:
    """All letters, the width, the darkness and a code to scan; `printed_at` in local time."""
    text = words(language)
    paper = text["test_paper_value"].format(paper=profile.paper_mm, dots=profile.dots)
    blocks: list[Block] = [
        Text(text["test_title"], Size.MEDIUM, bold=True),
        Space(1),
        Rule(),
        Space(1),
        Row(text["test_printer"], name),
        Row(text["test_address"], address),
        Row(text["test_paper"], paper),
        Row(text["test_mode"], text[f"test_mode_{profile.mode}"]),
        Row(text["test_confirm"], text[f"test_confirm_{profile.confirm}"]),
        Row(text["test_time"], f"{printed_at:%H:%M %d/%m/%Y}"),
        Space(1.5),
        Text(text["test_ruler"], Size.SMALL, align=Align.LEFT),
        Space(0.75),
        WidthRuler(),
        Space(1),
        Text(text["test_letters"], Size.SMALL, align=Align.LEFT),
        *(Text(line, align=Align.LEFT) for line in _letter_groups()),
        Space(1.5),
        Number("A014"),
        Space(2),
        Text(text["test_density"], Size.SMALL, align=Align.LEFT),
        Space(0.75),
        DensityBars(),
        Space(2),
        QrCode(address, text["test_qr_title"], text["test_qr_note"], address),
        Space(2),
        Text(text["test_closing"], Size.SMALL),
    ]
    return Slip(tuple(blocks))


def _letter_groups() -> list[str]:
    """The letters of one vowel family to a line, small ones and then capitals."""
    half = len(VIETNAMESE_LETTERS) // 2
    groups = ["".join(group) for _, group in groupby(VIETNAMESE_LETTERS[:half], _base)]
    lines = [" ".join(group) for group in groups]
    return lines + [line.upper() for line in lines]


def _base(letter: str) -> str:
    return without_marks(letter)
