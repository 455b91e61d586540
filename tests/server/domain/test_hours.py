"""Opening hours: lunch, holidays, make-up days, the last number, clocks that are put back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server.domain.hours import Closed, Hours, Open, Why, hours_of, may_issue, opening_after_today

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
OFFICE_DAY = ["07:30-11:30", "13:30-17:00"]
WEEK = {**{day: OFFICE_DAY for day in ("mon", "tue", "wed", "thu", "fri")}, "sat": ["07:30-11:30"]}
TET = {"from": "2027-02-05", "to": "2027-02-11", "name": "Tết"}
MAKE_UP = {"date": "2027-02-14", "hours": ["08:00-12:00"], "name": "Làm bù"}


def hours(**more: Any) -> Hours:
    given = {"week": WEEK, "closed_days": [], "special_days": [], "last_ticket_minutes": 0} | more
    found = hours_of(**given)
    assert found is not None
    return found


def at(text: str, zone: ZoneInfo = VIETNAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def closed(found: Open | Closed) -> Closed:
    assert isinstance(found, Closed)
    return found


def test_a_centre_without_hours_is_open_always() -> None:
    assert hours_of(week=None, closed_days=[], special_days=[], last_ticket_minutes=30) is None
    assert may_issue(None, at("2027-01-03 03:00")) == Open()


@pytest.mark.parametrize("moment", ["07:30", "11:29:59", "13:30", "16:59:59"])
def test_numbers_are_given_out_in_the_morning_and_in_the_afternoon(moment: str) -> None:
    assert may_issue(hours(), at(f"2027-01-04 {moment}")) == Open()


@pytest.mark.parametrize(
    ("moment", "reason", "opens"),
    [
        ("2027-01-04 00:00", Why.NOT_YET, "2027-01-04 07:30"),
        ("2027-01-04 07:29:59", Why.NOT_YET, "2027-01-04 07:30"),
        ("2027-01-04 11:30", Why.BREAK, "2027-01-04 13:30"),
        ("2027-01-04 13:29:59", Why.BREAK, "2027-01-04 13:30"),
        ("2027-01-04 17:00", Why.DAY_OVER, "2027-01-05 07:30"),
        ("2027-01-09 11:30", Why.DAY_OVER, "2027-01-11 07:30"),
        ("2027-01-10 09:00", Why.DAY_OFF, "2027-01-11 07:30"),
    ],
)
def test_outside_the_hours_the_next_opening_is_named(moment: str, reason: Why, opens: str) -> None:
    assert may_issue(hours(), at(moment)) == Closed(at(opens), reason)


def test_a_closed_day_wins_over_the_week_and_over_a_special_day() -> None:
    special = {"date": "2027-02-06", "hours": ["07:30-11:30"], "name": "Trực"}
    found = hours(closed_days=[TET], special_days=[special])
    for day in ("2027-02-05", "2027-02-06", "2027-02-11"):
        said = may_issue(found, at(f"{day} 09:00"))
        assert said == Closed(at("2027-02-12 07:30"), Why.CLOSED_DAY, "Tết")
    assert may_issue(found, at("2027-02-04 09:00")) == Open()
    assert may_issue(found, at("2027-02-12 09:00")) == Open()


def test_a_closed_day_counts_where_no_week_is_given() -> None:
    found = hours(week=None, closed_days=[TET])
    assert may_issue(found, at("2027-02-04 23:59")) == Open()
    assert closed(may_issue(found, at("2027-02-05 00:00"))).next_opening == at("2027-02-12 00:00")


def test_on_a_special_day_its_own_hours_hold() -> None:
    found = hours(special_days=[MAKE_UP])
    assert may_issue(found, at("2027-02-14 08:00")) == Open()
    assert may_issue(found, at("2027-02-14 07:45")) == Closed(
        at("2027-02-14 08:00"), Why.NOT_YET, "Làm bù"
    )
    assert closed(may_issue(found, at("2027-02-13 12:00"))).next_opening == at("2027-02-14 08:00")


def test_the_last_number_is_given_out_some_minutes_before_each_end() -> None:
    found = hours(last_ticket_minutes=15)
    assert may_issue(found, at("2027-01-04 11:14:59")) == Open()
    assert may_issue(found, at("2027-01-04 11:15")) == Closed(at("2027-01-04 13:30"), Why.BREAK)
    assert may_issue(found, at("2027-01-04 16:45")) == Closed(at("2027-01-05 07:30"), Why.DAY_OVER)


def test_around_the_clock_has_no_last_number() -> None:
    found = hours(week=None, closed_days=[TET], last_ticket_minutes=30)
    assert may_issue(found, at("2027-01-04 23:59")) == Open()


def test_a_period_may_last_to_midnight_and_the_next_begin_there() -> None:
    found = hours(week={"mon": ["22:00-24:00"], "tue": ["00:00-02:00"]})
    assert may_issue(found, at("2027-01-04 23:59:59")) == Open()
    assert may_issue(found, at("2027-01-05 00:00")) == Open()


@pytest.mark.parametrize("text", ["7:30-11:30", "07:30", "24:01-24:30", "07:60-08:00", "07h30-11h"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        may_issue(hours(week={"mon": [text]}), at("2027-01-04 09:00"))


def test_a_centre_that_never_opens_again_names_no_opening() -> None:
    found = hours(week={}, special_days=[MAKE_UP])
    assert closed(may_issue(found, at("2027-02-13 09:00"))).next_opening == at("2027-02-14 08:00")
    assert may_issue(found, at("2027-02-14 12:00")) == Closed(None, Why.DAY_OVER, "Làm bù")


def test_after_a_day_whose_numbers_are_used_up_comes_the_next_day() -> None:
    found = hours(closed_days=[TET])
    assert opening_after_today(found, at("2027-01-04 08:00")) == at("2027-01-05 07:30")
    assert opening_after_today(found, at("2027-02-04 08:00")) == at("2027-02-12 07:30")
    assert opening_after_today(None, at("2027-01-04 08:00")) is None


def test_the_next_opening_is_told_in_the_clock_of_the_centre() -> None:
    opening = closed(may_issue(hours(), at("2027-01-04 07:00"))).next_opening
    assert opening is not None and opening.isoformat() == "2027-01-04T07:30:00+07:00"


def test_an_opening_that_the_clock_jumps_over_is_at_the_same_moment_for_asker_and_answer() -> None:
    """On 28 March 2027 the clocks of Berlin jump from 02:00 to 03:00."""
    found = hours(week={"sun": ["02:30-10:00"]})
    opening = closed(may_issue(found, at("2027-03-28 01:59", BERLIN))).next_opening
    assert opening is not None and opening.isoformat() == "2027-03-28T03:30:00+02:00"
    assert isinstance(may_issue(found, at("2027-03-28 03:29", BERLIN)), Closed)
    assert may_issue(found, opening) == Open()


def test_when_the_clock_is_put_back_a_period_does_not_come_twice() -> None:
    """On 31 October 2027 the clocks of Berlin show 02:00 to 03:00 twice."""
    found = hours(week={"sun": ["01:00-02:30"]})
    assert may_issue(found, at("2027-10-31 02:29", BERLIN)) == Open()
    second_time = at("2027-10-31 02:10", BERLIN).replace(fold=1)
    assert closed(may_issue(found, second_time)).reason is Why.DAY_OVER


def test_in_summer_and_in_winter_the_doors_open_at_the_same_hand_of_the_clock() -> None:
    found = hours(week={"mon": ["08:00-16:00"]})
    for day, offset in (("2027-01-04", "+01:00"), ("2027-07-05", "+02:00")):
        opening = closed(may_issue(found, at(f"{day} 07:00", BERLIN))).next_opening
        assert opening is not None and opening.isoformat() == f"{day}T08:00:00{offset}"
