"""Outside its hours and beyond its quota a hall gives out no number; who has one is served."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from server.domain.refusals import OutsideHours, QuotaReached, ServiceClosed
from server.domain.roles import ISSUERS, Role
from server.operations import calls, tickets
from server.storage.session import Work
from server.storage.tables import Field, NumberSeries, Procedure, Service, Site, Ticket

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall

BIRTH = "1.001610"
MARRIAGE = "1.000894"
OFFICE_WEEK = {"mon": ["07:30-11:30", "13:30-17:00"], "tue": ["07:30-11:30"]}
TODAY = "2026-03-02"
MIDNIGHT = datetime(2026, 3, 1, 17, tzinfo=UTC)  # as this Monday begins in the hall


def change(hall: SmallHall, kind: Any, code: str | None = None, **columns: Any) -> None:
    """Change the site, or its field or service of that code."""

    def write(work: Work) -> None:
        statement = update(kind).values(**columns)
        work.execute(statement if code is None else statement.where(kind.code == code))

    hall.database.write(write)


def at(hall: SmallHall, clock: str) -> None:
    """Move the clock of the hall to a time of this Monday."""
    hours, minutes = clock.split(":")
    hall.clock.now = MIDNIGHT + timedelta(hours=int(hours), minutes=int(minutes))


def refusal(hall: SmallHall, service: str | None = "ho-tich", **more: Any) -> dict[str, Any]:
    """The facts with which the hall refuses a number outside its hours."""
    with pytest.raises(OutsideHours) as refused:
        hall.issue(service, **more)
    return refused.value.facts


def tickets_of(hall: SmallHall) -> int:
    return int(hall.rows(select(func.count(Ticket.id)))[0][0])


def test_within_the_hours_numbers_are_given_out(hall: SmallHall) -> None:
    change(hall, Site, hours=OFFICE_WEEK)
    for clock in ("07:30", "11:29", "13:30", "16:59"):
        at(hall, clock)
        hall.issue()
    assert tickets_of(hall) == 4


def test_during_lunch_nobody_gets_a_number_and_everybody_learns_when_to_come(
    hall: SmallHall,
) -> None:
    change(hall, Site, hours=OFFICE_WEEK)
    at(hall, "12:00")
    assert refusal(hall) == {
        "service": "ho-tich",
        "opens_at": f"{TODAY}T13:30:00+07:00",
        "reason": "break",
        "occasion": None,
    }
    assert (tickets_of(hall), hall.facts) == (0, [])


@pytest.mark.parametrize("role", sorted(ISSUERS))
def test_the_hours_hold_for_whoever_asks(hall: SmallHall, role: Role) -> None:
    change(hall, Site, hours=OFFICE_WEEK)
    at(hall, "17:00")
    assert refusal(hall, role=role)["opens_at"] == "2026-03-03T07:30:00+07:00"


def test_on_a_closed_day_its_name_is_told(hall: SmallHall) -> None:
    days = [{"from": TODAY, "to": TODAY, "name": "Giỗ Tổ"}]
    change(hall, Site, hours=OFFICE_WEEK, closed_days=days)
    facts = refusal(hall)
    assert (facts["reason"], facts["occasion"]) == ("closed_day", "Giỗ Tổ")
    assert facts["opens_at"] == "2026-03-03T07:30:00+07:00"


def test_a_special_day_has_its_own_hours(hall: SmallHall) -> None:
    special = [{"date": TODAY, "hours": ["09:00-10:00"], "name": "Làm bù"}]
    change(hall, Site, hours=OFFICE_WEEK, special_days=special)
    assert refusal(hall)["occasion"] == "Làm bù"
    at(hall, "09:00")
    assert hall.issue().number == "A001"


def test_the_last_number_is_given_out_before_the_end(hall: SmallHall) -> None:
    change(hall, Site, hours=OFFICE_WEEK, last_ticket_minutes=30)
    at(hall, "11:00")
    assert refusal(hall)["reason"] == "break"


def test_a_field_and_then_a_service_replace_the_week_of_the_site(hall: SmallHall) -> None:
    change(hall, Site, hours={"sat": ["07:30-11:30"]})
    assert refusal(hall)["reason"] == "day_off"
    change(hall, Field, "ho-tich", hours={"mon": ["07:30-11:30"]})
    assert hall.issue().number == "A001"
    assert refusal(hall, "dat-dai")["reason"] == "day_off"
    change(hall, Service, "ho-tich", hours={"mon": ["09:00-11:30"]})
    assert refusal(hall)["reason"] == "not_yet"


def test_a_closed_day_of_the_site_closes_services_with_their_own_week(hall: SmallHall) -> None:
    change(hall, Service, "ho-tich", hours={"mon": ["07:30-11:30"]})
    change(hall, Site, closed_days=[{"from": TODAY, "to": TODAY, "name": "Tết"}])
    assert refusal(hall)["occasion"] == "Tết"


def test_a_service_that_is_closed_says_so_even_outside_its_hours(hall: SmallHall) -> None:
    change(hall, Site, hours={"sat": ["07:30-11:30"]})
    change(hall, Service, "ho-tich", open=False)
    with pytest.raises(ServiceClosed):
        hall.issue()


def test_every_service_of_a_visit_must_be_within_its_hours(
    hall_with_two_steps: SmallHall,
) -> None:
    hall = hall_with_two_steps
    change(hall, Service, "dat-dai", hours={"sat": ["07:30-11:30"]})
    assert refusal(hall, None, procedures=[BIRTH, MARRIAGE])["service"] == "dat-dai"
    assert hall.issue(None, procedures=[BIRTH]).number == "A001"


def test_who_has_a_number_is_served_after_closing(hall: SmallHall) -> None:
    change(hall, Site, hours=OFFICE_WEEK)
    first, second = hall.issue(), hall.issue()
    hall.open()
    at(hall, "17:30")
    assert hall.call_next() == first.id
    hall.at_counter(calls.start)
    hall.at_counter(calls.finish)
    assert hall.call_next() == second.id


def test_the_numbers_of_a_day_are_used_up_and_begin_anew_the_next_day(hall: SmallHall) -> None:
    change(hall, Service, "ho-tich", daily_quota=2)
    assert [hall.issue().number for _ in range(2)] == ["A001", "A002"]
    with pytest.raises(QuotaReached) as refused:
        hall.issue()
    assert refused.value.facts == {"service": "ho-tich", "quota": 2}
    assert hall.issue("dat-dai").number == "B001"
    hall.clock.advance(days=1)
    assert hall.issue().number == "A001"


def test_a_cancelled_number_stays_counted(hall: SmallHall) -> None:
    change(hall, Service, "ho-tich", daily_quota=1)
    hall.database.write(tickets.give_up_ticket, token=hall.issue().token)
    with pytest.raises(QuotaReached):
        hall.issue()


def test_a_quota_that_is_set_at_noon_counts_the_numbers_of_the_morning(hall: SmallHall) -> None:
    for _ in range(3):
        hall.issue()
    change(hall, Service, "ho-tich", daily_quota=4)
    assert hall.issue().number == "A004"
    with pytest.raises(QuotaReached):
        hall.issue()
    change(hall, Service, "ho-tich", daily_quota=None)
    assert hall.issue().number == "A005"


@pytest.fixture
def hall_with_two_steps(hall: SmallHall) -> SmallHall:
    """Births wait at `ho-tich`, marriages at `dat-dai`: a visit for both has two steps."""
    change(hall, Procedure, MARRIAGE, service_id=hall.services["dat-dai"])
    return hall


def test_a_later_step_of_a_visit_counts_in_its_own_service(
    hall_with_two_steps: SmallHall,
) -> None:
    hall = hall_with_two_steps
    change(hall, Service, "dat-dai", daily_quota=2)
    hall.issue(None, procedures=[BIRTH, MARRIAGE])
    assert hall.issue("dat-dai").number == "B001", "a later step takes no number"
    for asked in ({"service": "dat-dai"}, {"service": None, "procedures": [BIRTH, MARRIAGE]}):
        with pytest.raises(QuotaReached) as refused:
            hall.issue(**asked)
        assert refused.value.facts["service"] == "dat-dai"
    assert hall.issue().number == "A002", "the refused visit left no gap"


def test_two_matters_at_one_service_take_two_places(hall: SmallHall) -> None:
    change(hall, Service, "ho-tich", daily_quota=1)
    with pytest.raises(QuotaReached):
        hall.issue(None, procedures=[BIRTH, MARRIAGE])
    assert hall.rows(select(NumberSeries.last)) == []
    assert hall.issue().number == "A001"
