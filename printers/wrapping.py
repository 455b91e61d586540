"""Breaking text into lines that fit, evenly, without losing a letter."""

from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str], int]


def wrap(text: str, width: int, measure: Measure) -> list[str]:
    """The text's lines, none wider than `width`, as few as possible and of similar length.

    Breaks at spaces; a word wider than the paper is broken after a slash or between letters.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        words = [part for word in paragraph.split() for part in _fitting(word, width, measure)]
        lines += _balanced(words, width, measure)
    return lines


def _fitting(word: str, width: int, measure: Measure) -> list[str]:
    parts = []
    while measure(word) > width and len(word) > 1:
        end = next(n for n in range(len(word) - 1, 0, -1) if n == 1 or measure(word[:n]) <= width)
        end = word.rfind("/", 1, end) + 1 or end
        parts.append(word[:end])
        word = word[end:]
    return [*parts, word]


def _greedy(words: list[str], width: int, measure: Measure) -> list[str]:
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _balanced(words: list[str], width: int, measure: Measure) -> list[str]:
    """The narrowest setting that needs no more lines than the widest one."""
    best = _greedy(words, width, measure)
    if len(best) < 2:
        return best
    narrow, wide = max(measure(word) for word in words), width
    while narrow < wide:
        middle = (narrow + wide) // 2
        lines = _greedy(words, middle, measure)
        if len(lines) > len(best):
            narrow = middle + 1
        else:
            best, wide = lines, middle
    return best
