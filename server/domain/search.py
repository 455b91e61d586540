"""Finding Vietnamese names as people type them: without diacritics, in any order of words."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

_NO_MARKS = str.maketrans({"đ": "d", "Đ": "d"})
T = TypeVar("T")


def fold(text: str) -> str:
    """Lower case without diacritics, one space between words: `Đăng ký` → `dang ky`."""
    decomposed = unicodedata.normalize("NFD", text.translate(_NO_MARKS).lower())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() or c in "._-" else " " for c in bare).split())


def score(wanted: str, folded: str) -> int:
    """How well a folded text answers a folded question; 0 where a word of it is missing."""
    words = wanted.split()
    if not words or any(word not in folded for word in words):
        return 0
    points = 1
    padded = f" {folded}"
    points += sum(2 for word in words if f" {word}" in padded)
    if wanted in folded:
        points += 5
    if folded.startswith(wanted):
        points += 5
    # Of two texts with the same words the one that says nothing else is meant.
    return points * 100 + 100 * len(words) // len(folded.split())


def best(
    wanted: str,
    candidates: Iterable[tuple[T, Sequence[str]]],
    limit: int,
    frequent: Callable[[T], bool] = lambda candidate: False,
) -> list[T]:
    """The candidates whose texts answer best, best first; equal ones keep their given order.

    Those that most people come for are first among those that say the whole question."""
    question = fold(wanted)
    ranked = [
        (
            max((score(question, text) for text in texts), default=0),
            frequent(candidate) and any(f" {question}" in f" {text}" for text in texts),
            candidate,
        )
        for candidate, texts in candidates
    ]
    found = sorted((each for each in ranked if each[0]), key=lambda each: (not each[1], -each[0]))
    return [candidate for _, _, candidate in found[:limit]]
