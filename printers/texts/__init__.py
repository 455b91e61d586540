"""The words that slips bring along, one file per language."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def words(language: str) -> dict[str, str]:
    """The slip's words by key; a language without a file of its own reads Vietnamese."""
    own = files(__name__).joinpath(f"{language}.json")
    source = own if own.is_file() else files(__name__).joinpath("vi.json")
    texts: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return texts
