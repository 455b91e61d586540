"""The hours of a centre file: read as written, and every mistake named where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.centre_file import CentreFileError, read_centre
from server.domain.centre import CentrePlan, ClosedDaysPlan, SpecialDayPlan

SMALL = Path(__file__).with_name("small_centre.yaml").read_text(encoding="utf-8")
NAME = "  name: Trung tâm Phục vụ hành chính công xã An Lành\n"


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    return tmp_path / "centre.yaml"


def with_site(lines: str) -> str:
    """The small centre with more lines in `site`, from line 4 on."""
    return SMALL.replace(NAME, NAME + "".join(f"  {line}\n" for line in lines.splitlines()))


def plan_of(path: Path, text: str) -> CentrePlan:
    path.write_text(text, encoding="utf-8")
    return read_centre(path)


def problems_of(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CentreFileError) as refusal:
        read_centre(path)
    return refusal.value.problems


def test_hours_are_kept_as_they_are_written(centre: Path) -> None:
    text = with_site(
        'hours: {mon: ["07:30-11:30", "13:30-17:00"], sat: [07:30-11:30], sun: []}\n'
        "closed_days: [{date: 2027-01-01, name: Tết Dương lịch}, {from: 2027-02-05, to: 2027-02-11,"
        " name: Tết}]\n"
        'special_days: [{date: 2027-02-14, hours: ["08:00-12:00"], name: Làm bù}]\n'
        "last_ticket_minutes: 15\n"
        "max_wait_minutes: 45"
    )
    site = plan_of(centre, text).site
    assert site.hours == {"mon": ("07:30-11:30", "13:30-17:00"), "sat": ("07:30-11:30",)}
    assert site.closed_days == (
        ClosedDaysPlan("Tết Dương lịch", date="2027-01-01"),
        ClosedDaysPlan("Tết", first="2027-02-05", last="2027-02-11"),
    )
    assert site.special_days == (SpecialDayPlan("2027-02-14", ("08:00-12:00",), "Làm bù"),)
    assert (site.last_ticket_minutes, site.max_wait_minutes) == (15, 45)


def test_a_field_and_a_service_may_have_a_week_of_their_own(centre: Path) -> None:
    text = SMALL.replace("name: Đất đai}", "name: Đất đai, hours: {tue: [08:00-11:00]}}").replace(
        "prefix: B}", "prefix: B, hours: {wed: [09:00-24:00]}, daily_quota: 40}"
    )
    plan = plan_of(centre, text)
    assert plan.fields[1].hours == {"tue": ("08:00-11:00",)}
    assert plan.services[1].hours == {"wed": ("09:00-24:00",)}
    assert [service.daily_quota for service in plan.services] == [None, 40]


SITE_MISTAKES = {
    "an unknown day": (
        "hours: {mon: [07:30-11:30], tus: [07:30-11:30]}",
        "site.hours.tus: unknown key 'tus' (did you mean 'tue'?); "
        "known: fri, mon, sat, sun, thu, tue, wed (line 4)",
    ),
    "a week of one text": (
        "hours: 07:30-11:30",
        "site.hours: must be a group of 'key: value' lines, not '07:30-11:30' (line 4)",
    ),
    "a week without hours": (
        "hours: {mon: []}",
        "site.hours: names no hours on any day; nobody would ever get a number (line 4)",
    ),
    "hours as people speak": (
        "hours:\n  mon:\n    - 7h30-11h30",
        "site.hours.mon[0]: '7h30-11h30' must be a period of one day like 07:30-11:30 (line 6)",
    ),
    "an hour that no clock shows": (
        "hours: {mon: [07:30-24:30]}",
        "site.hours.mon[0]: '07:30-24:30' must be a period of one day like 07:30-11:30 (line 4)",
    ),
    "a period over midnight": (
        "hours: {mon: [22:00-02:00]}",
        "site.hours.mon[0]: '22:00-02:00' ends before it begins; "
        "a period ends on its own day, at 24:00 at the latest (line 4)",
    ),
    "periods that overlap": (
        "hours: {mon: [07:30-11:30, 11:00-17:00]}",
        "site.hours.mon[1]: '11:00-17:00' begins before '07:30-11:30' has ended (line 4)",
    ),
    "a period too short for a number": (
        "hours: {mon: [07:30-08:00]}\nlast_ticket_minutes: 30",
        "site.hours.mon[0]: '07:30-08:00' is no longer than the 30 minutes of "
        "last_ticket_minutes; nobody would get a number (line 4)",
    ),
    "a date as people write it": (
        "closed_days: [{date: 5/2/2027, name: Tết}]",
        "site.closed_days[0].date: '5/2/2027' must be a date like 2027-02-05 (line 4)",
    ),
    "a date that no calendar has": (
        "closed_days: [{date: 2027-02-30, name: Tết}]",
        "site.closed_days[0].date: '2027-02-30' must be a date like 2027-02-05 (line 4)",
    ),
    "a beginning without an end": (
        "closed_days: [{from: 2027-02-05, name: Tết}]",
        "site.closed_days[0]: needs either date, or from and to (line 4)",
    ),
    "a date and a range": (
        "closed_days: [{date: 2027-02-05, from: 2027-02-05, to: 2027-02-06, name: Tết}]",
        "site.closed_days[0]: needs either date, or from and to (line 4)",
    ),
    "a range that runs backwards": (
        "closed_days: [{from: 2027-02-11, to: 2027-02-05, name: Tết}]",
        "site.closed_days[0].to: '2027-02-05' is before '2027-02-11' (line 4)",
    ),
    "a special day without hours": (
        "special_days: [{date: 2027-02-14, hours: [], name: Làm bù}]",
        "site.special_days[0].hours: is empty; name at least one (line 4)",
    ),
    "a special day twice": (
        "special_days:\n"
        "  - {date: 2027-02-14, hours: [07:30-11:30], name: Làm bù}\n"
        "  - {date: 2027-02-14, hours: [13:30-17:00], name: Làm bù}",
        "site.special_days[1].date: '2027-02-14' is already taken by site.special_days[0] (line 6)",
    ),
    "a special day that is closed": (
        "closed_days: [{from: 2027-02-05, to: 2027-02-11, name: Tết}]\n"
        "special_days: [{date: 2027-02-06, hours: [07:30-11:30], name: Trực}]",
        "site.special_days[0].date: '2027-02-06' is a closed day in closed_days[0] (line 5)",
    ),
    "a longest wait of nothing": (
        "max_wait_minutes: 0",
        "site.max_wait_minutes: must be a whole number from 1 to 1440, not '0' (line 4)",
    ),
}


@pytest.mark.parametrize(("lines", "problem"), SITE_MISTAKES.values(), ids=list(SITE_MISTAKES))
def test_a_mistake_in_the_hours_of_the_site_is_named(
    centre: Path, lines: str, problem: str
) -> None:
    assert problems_of(centre, with_site(lines)) == [problem]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        (
            "hours: {mon: [9-11]}",
            "hours.mon[0]: '9-11' must be a period of one day like 07:30-11:30",
        ),
        ("daily_quota: 0", "daily_quota: must be a whole number from 1 to 99999, not '0'"),
        ("daily_quota: -5", "daily_quota: must be a whole number from 1 to 99999, not '-5'"),
    ],
)
def test_a_mistake_in_the_hours_of_a_service_is_named(
    centre: Path, more: str, problem: str
) -> None:
    text = SMALL.replace("prefix: B}", f"prefix: B, {more}}}")
    assert problems_of(centre, text) == [f"services[1].{problem} (line 15)"]
