"""The shipped centres: sound, complete, and clear to eye and ear."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from server import demo
from server.centre_file import read_centre


def test_the_demo_centre_holds_what_the_contract_promises() -> None:
    plan = read_centre(demo.CENTRE)
    assert plan.site.code == "demo"
    assert plan.site.board_public and plan.site.catalogue_public
    assert len(plan.halls) == 2
    assert len(plan.fields) >= 6
    assert len(plan.services) >= 16
    assert all(service.open for service in plan.services)
    assert len(plan.counters) >= 20
    assert len(plan.procedures) >= 48
    entries = [*plan.services, *plan.procedures]
    assert sorted(entry.frequent for entry in entries if entry.frequent) == list(range(1, 9))


def test_the_demo_centre_is_open_every_hour_of_every_day_and_has_no_quota() -> None:
    plan = read_centre(demo.CENTRE)
    site = plan.site
    assert (site.hours, site.closed_days, site.special_days) == (None, (), ())
    assert [each.code for each in [*plan.fields, *plan.services] if each.hours is not None] == []
    assert [service.code for service in plan.services if service.daily_quota] == []


def test_the_sample_commune_shows_how_to_write_hours_closed_days_and_a_quota() -> None:
    plan = read_centre(demo.COMMUNE)
    assert plan.site.hours is not None and "sat" not in plan.site.hours
    assert any("sat" in (field.hours or {}) for field in plan.fields)
    assert plan.site.closed_days and any(service.daily_quota for service in plan.services)


@pytest.mark.parametrize("file", [demo.CENTRE, demo.COMMUNE])
def test_results_are_collected_from_the_first_box_of_the_kiosk(file: Path) -> None:
    first = [service.code for service in read_centre(file).services if service.frequent == 1]
    assert first == ["tra-ket-qua"]


def test_the_demo_centre_has_people_and_paper_for_both_halls() -> None:
    plan = read_centre(demo.CENTRE)
    roles = Counter(person.role for person in plan.staff)
    assert roles["officer"] >= len(plan.counters)
    assert roles["volunteer"] >= 2 and roles["manager"] >= 1
    assert {counter.hall for counter in plan.counters} == {hall.code for hall in plan.halls}
    assert {printer.hall for printer in plan.printers} == {hall.code for hall in plan.halls}
    assert all(printer.address == "screen:" for printer in plan.printers)


def test_everything_a_citizen_touches_in_the_demo_has_an_english_name() -> None:
    plan = read_centre(demo.CENTRE)
    touched = [*plan.fields, *plan.services, *plan.priority_classes, *plan.procedures]
    assert [item.code for item in touched if not item.name_en] == []


def test_every_demo_service_has_procedures_but_guidance_and_results() -> None:
    plan = read_centre(demo.CENTRE)
    with_procedures = {procedure.service for procedure in plan.procedures}
    without = {service.code for service in plan.services} - with_procedures
    assert without == {"tra-ket-qua", "huong-dan"}


def test_letters_that_sound_alike_are_never_called_in_one_demo_hall() -> None:
    plan = read_centre(demo.CENTRE)
    prefix = {service.code: service.prefix for service in plan.services}
    for hall in plan.halls:
        called = {
            prefix[code]
            for counter in plan.counters
            if counter.hall == hall.code
            for code in counter.services
        }
        for alike in ("BP", "MN", "SX", "PT", "LN", "DT"):
            assert not set(alike) <= called, f"{alike} in {hall.code}"


def test_kiosk_names_of_the_demo_are_short_and_composed() -> None:
    plan = read_centre(demo.CENTRE)
    for procedure in plan.procedures:
        shown = procedure.short_name or procedure.name
        assert len(shown) <= 50, shown
        assert unicodedata.is_normalized("NFC", shown)


def test_the_commune_template_is_a_small_centre() -> None:
    plan = read_centre(demo.COMMUNE)
    assert len(plan.halls) == 1
    assert 4 <= len(plan.counters) <= 6
    assert len(plan.services) == 8
    assert [printer.address.split(":")[0] for printer in plan.printers] == ["tcp"]
