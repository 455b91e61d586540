"""Every door names who may use it, and the document describes every door."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from server.app import FEATURES
from server.domain import refusals
from server.domain.refusals import Refused
from server.web.limits import TooManyRequests
from server.web.openapi import document
from server.web.problems import DETAILS, STATUS
from server.web.routes import Malformed, Route

ROOT = Path(__file__).parents[2]
WITHOUT_CALLER = {"/tickets/<token>", "/tickets/<ticket>/cancel", "/session", "/pairings",
                  "/pairings/claim"}  # fmt: skip


def routes() -> list[Route]:
    return [route for feature in FEATURES for route in feature.all]


def refusal_kinds() -> list[type[Refused]]:
    found = [k for k in vars(refusals).values() if isinstance(k, type) and issubclass(k, Refused)]
    return [*found, Malformed, TooManyRequests]


@pytest.mark.parametrize("route", routes(), ids=lambda r: f"{r.method} {r.path}")
def test_every_door_names_who_may_use_it(route: Route) -> None:
    assert route.who
    assert (route.public == "always") <= (route.path in WITHOUT_CALLER)


@pytest.mark.parametrize("route", routes(), ids=lambda r: f"{r.method} {r.path}")
def test_only_a_post_takes_a_body(route: Route) -> None:
    assert (route.body is not None) == (route.method == "POST")
    assert route.view.__doc__


def test_the_document_is_valid_and_whole() -> None:
    described = document(FEATURES, "1")
    validate(described)
    paths = {path for path in described["paths"]}
    expected = {"/api/v1" + re.sub(r"<(\w+)>", r"{\1}", route.path) for route in routes()}
    assert expected <= paths


@pytest.mark.parametrize("kind", refusal_kinds(), ids=lambda k: k.__name__)
def test_every_refusal_has_a_status(kind: type[Refused]) -> None:
    assert kind.kind in STATUS


@pytest.mark.parametrize("kind", refusal_kinds(), ids=lambda k: k.__name__)
def test_every_refusal_has_a_detail(kind: type[Refused]) -> None:
    assert kind.code in DETAILS or kind.code in ("refused", "unknown")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_code_of_a_door_has_words(language: str) -> None:
    file = ROOT / "server/screens/shared/texts" / f"{language}.json"
    words: dict[str, Any] = json.loads(file.read_text())
    codes = {code for route in routes() for code in route.refusals} | set(DETAILS)
    missing = {code for code in codes if f"error.{code}" not in words}
    assert not missing
