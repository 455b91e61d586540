"""Every refusal has words in every language."""

from __future__ import annotations

import json

import pytest

from server.domain import refusals
from server.screens import bundle

TEXTS = bundle.ROOT / "server/screens/shared/texts"


def all_codes() -> set[str]:
    """The codes of every kind of refusal that the rules know."""
    kinds, found = [refusals.Refused], set()
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found.add(kind.code)
    # `refused` is the base and never sent; `unknown` is always completed by its thing.
    return found - {"refused", "unknown"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_refusal_has_words_that_say_what_to_do(lang: str) -> None:
    words = json.loads((TEXTS / f"{lang}.json").read_text(encoding="utf-8"))
    assert not {code for code in all_codes() if f"error.{code}" not in words}
    assert "error.not_found" in words
