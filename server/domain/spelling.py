"""Telling somebody which word they probably meant."""

from collections.abc import Collection
from difflib import get_close_matches


def unknown_word(kind: str, word: str, known: Collection[str]) -> str:
    """What to say of a word that is none of the known ones, with the likeliest first."""
    close = get_close_matches(word, known, n=1)
    meant = f" (did you mean '{close[0]}'?)" if close else ""
    return f"unknown {kind} '{word}'{meant}; known: {', '.join(known) or 'none'}"
