"""The typeface on paper: Roboto, refused unless it has every Vietnamese letter."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from printers.alphabet import VIETNAMESE_LETTERS, composed

REGULAR = "Regular"
BOLD = "Bold"

#: A code point that no font has: what it looks like is the "missing" box.
_ABSENT = "\U0010fffe"


class FontUnusable(RuntimeError):
    """The installed font is absent or lacks letters; slips would be printed wrong."""


def check_font() -> None:
    """Raises FontUnusable when slips could not be printed right; for a program's start."""
    for weight in (REGULAR, BOLD):
        _checked_file(weight)


@cache
def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Roboto in that weight, `size` dots to the em; raises FontUnusable."""
    return ImageFont.truetype(_checked_file(weight), size)


@cache
def ink_extent(weight: str, size: int) -> tuple[int, int]:
    """How far ink reaches above and below the baseline, stacked marks of Ậ and Ể included."""
    letters = VIETNAMESE_LETTERS + "0123456789Qgjpqy()[]|/"
    _, top, _, bottom = font(weight, size).getbbox(letters, anchor="ls")
    return -int(top) + 1, int(bottom) + 1


@lru_cache(maxsize=4096)
def text_width(text: str, weight: str, size: int) -> int:
    """The advance of one line in dots, rounded up."""
    return int(-(-font(weight, size).getlength(text) // 1))


def draw_line(text: str, weight: str, size: int) -> Image.Image:
    """One line of text as a 1-bit strip, ink 255, cut to its own width and to no letter."""
    face = font(weight, size)
    above, below = ink_extent(weight, size)
    left, _, right, _ = face.getbbox(text, anchor="ls")
    start = min(0, int(left))
    width = max(text_width(text, weight, size), int(right) + 1) - start
    strip = Image.new("1", (max(1, width), above + below), 0)
    ImageDraw.Draw(strip).text((-start, above), text, fill=255, font=face, anchor="ls")
    return strip


class StripCache:
    """The most recently used lines, already drawn; safe for several threads."""

    def __init__(self, capacity: int = 512) -> None:
        self._capacity = capacity
        self._strips: OrderedDict[tuple[str, str, int], Image.Image] = OrderedDict()
        self._lock = threading.Lock()

    def line(self, text: str, weight: str, size: int) -> Image.Image:
        """The strip of that line; callers paste it and must not draw on it."""
        key = (composed(text), weight, size)
        with self._lock:
            if (known := self._strips.get(key)) is not None:
                self._strips.move_to_end(key)
                return known
        drawn = draw_line(*key)
        with self._lock:
            self._strips[key] = drawn
            if len(self._strips) > self._capacity:
                self._strips.popitem(last=False)
        return drawn

    def __len__(self) -> int:
        return len(self._strips)


@cache
def _checked_file(weight: str) -> str:
    spec = find_spec("font_roboto")
    if spec is None or spec.origin is None:
        raise FontUnusable("the package font-roboto is not installed")
    path = Path(spec.origin).with_name("files") / f"Roboto-{weight}.ttf"
    if not path.is_file():
        raise FontUnusable(f"font-roboto has no Roboto-{weight}.ttf")
    if missing := missing_letters(path):
        raise FontUnusable(f"{path.name} lacks the letters {missing}")
    return str(path)


def missing_letters(path: Path) -> str:
    """The Vietnamese letters that the font file draws as its "missing" box."""
    # The basic layout takes each letter as it is; the other one would piece it together.
    face = ImageFont.truetype(str(path), 40, layout_engine=ImageFont.Layout.BASIC)
    box = bytes(face.getmask(_ABSENT))
    return "".join(letter for letter in VIETNAMESE_LETTERS if bytes(face.getmask(letter)) == box)
