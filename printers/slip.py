"""What stands on a slip: an ordered list of plain blocks, known neither to queues nor to dots."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How large a line of text is; layout.py turns it into dots for each paper width."""

    SMALL = "small"
    NORMAL = "normal"
    MEDIUM = "medium"
    LARGE = "large"


class Align(StrEnum):
    """Where a line of text stands."""

    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped at words so that all of it is printed."""

    text: str
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True)
class Number:
    """The ticket's number, as large as the paper allows."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A label on the left and its value, heavier, on the right."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Band:
    """White letters on a black band, for what must not be overlooked."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A fine line across the slip."""


@dataclass(frozen=True, slots=True)
class Space:
    """Blank paper."""

    millimetres: float


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code with what it is for; `shown` is printed below it for whoever cannot scan."""

    content: str
    title: str = ""
    note: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class WidthRuler:
    """A millimetre scale over the full printable width, to see whether the profile fits."""


@dataclass(frozen=True, slots=True)
class DensityBars:
    """Patches of rising darkness and fine lines, to see worn or dead heating elements."""


Block = Text | Number | Row | Band | Rule | Space | QrCode | WidthRuler | DensityBars


@dataclass(frozen=True, slots=True)
class Slip:
    """All that one piece of paper says, from top to bottom."""

    blocks: tuple[Block, ...]
