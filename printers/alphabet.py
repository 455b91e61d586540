"""The letters of Vietnamese that ASCII lacks, and how to write without them."""

from __future__ import annotations

import unicodedata

_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_VOWELS = "aăâeêioôơuưy"


def _accented_letters() -> str:
    lower = [
        letter
        for vowel in _VOWELS
        for tone in _TONES
        if not (letter := unicodedata.normalize("NFC", vowel + tone)).isascii()
    ]
    small = "".join(lower) + "đ"
    return small + small.upper()


#: The 134 letters beyond ASCII: 67 small ones and their capitals.
VIETNAMESE_LETTERS = _accented_letters()

#: What a printer's plain code page lacks, besides the marks, and its nearest ASCII.
_PLAIN = str.maketrans({"đ": "d", "Đ": "D", "–": "-", "—": "-", "·": "-", "→": "->", "…": "..."})


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), the only one that prints right everywhere.

    Control characters are dropped, so that no name can carry a command to the printer.
    """
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", "".join(kept))


def without_marks(text: str) -> str:
    """The text in ASCII: marks are dropped and đ becomes d; what is still foreign becomes "?"."""
    split = unicodedata.normalize("NFD", composed(text).translate(_PLAIN))
    bare = "".join(character for character in split if not unicodedata.combining(character))
    return bare.encode("ascii", "replace").decode("ascii")
