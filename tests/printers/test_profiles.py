"""What is known about a model of printer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from printers import Confirm, Mode, PrinterProfile


@pytest.mark.parametrize(("paper", "dots"), [(58, 384), (80, 576)])
def test_paper_decides_the_usual_width(paper: int, dots: int) -> None:
    assert PrinterProfile(paper_mm=paper).dots == dots


def test_a_profile_survives_being_stored() -> None:
    profile = PrinterProfile(
        paper_mm=80,
        dots=512,
        speed=200.0,
        mode=Mode.TEXT,
        cut=False,
        setup=b"\x1c.",
        buzzer=b"\x1bB\x02\x01",
        confirm=Confirm.GS_R,
        status=False,
    )
    assert PrinterProfile.from_dict(json.loads(json.dumps(profile.to_dict()))) == profile


def test_what_is_not_said_takes_its_default() -> None:
    assert PrinterProfile.from_dict({"paper_mm": 58}) == PrinterProfile(paper_mm=58)
    assert PrinterProfile.from_dict({"speed": 200}).speed == 200.0


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"paper_mm": 70}, "paper_mm"),
        ({"paper_mm": "80"}, "paper_mm"),
        ({"paper_mm": True}, "paper_mm"),
        ({"dots": 580}, "dots"),
        ({"paper_mm": 58, "dots": 576}, "dots"),
        ({"speed": 0}, "speed"),
        ({"mode": "laser"}, "mode"),
        ({"confirm": "maybe"}, "confirm"),
        ({"cut": "yes"}, "cut"),
        ({"setup": "zz"}, "setup"),
        ({"setup": 7}, "setup"),
        ({"buzzer": "00" * 65}, "buzzer"),
        ({"colour": 1}, "colour"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(values: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=f"^{named}:"):
        PrinterProfile.from_dict(values)
