"""The night: a server that runs over midnight begins the new day rightly, site by site."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.domain.centre import CentrePlan
from server.domain.roles import Role
from server.operations import calls, centres, tickets
from server.queries.days import sites_with_open_days
from server.workers.housekeeping import Housekeeping


@pytest.fixture
def keeping(hall: Any) -> Housekeeping:
    return Housekeeping(hall.database)


def test_the_new_day_begins_at_local_midnight(hall: Any, keeping: Housekeeping) -> None:
    waiting, served = hall.issue("dat-dai"), hall.issue()
    hall.open()
    hall.call_next()
    hall.at_counter(calls.start)
    hall.clock.advance(hours=15, minutes=59)  # 23:59 in the hall, 16:59 in UTC
    keeping.close_days()
    assert (hall.state(waiting.id), hall.state(served.id)) == ("waiting", "serving")
    hall.clock.advance(minutes=1)
    keeping.close_days()
    assert (hall.state(waiting.id), hall.state(served.id)) == ("cancelled", "finished")
    assert hall.history(waiting.id)[-1].reason == "day_closed"
    assert hall.issue("dat-dai").number == "B001"


def test_yesterdays_ticket_is_never_called(hall: Any) -> None:
    hall.issue()
    hall.open()
    hall.clock.advance(hours=16)
    assert hall.call_next() is None  # even before housekeeping has come round
    new = hall.issue()
    assert hall.call_next() == new.id


def test_one_sites_midnight_is_not_anothers(
    hall: Any, keeping: Housekeeping, small_plan: CentrePlan
) -> None:
    far = replace(
        small_plan,
        site=replace(small_plan.site, code="xa-khac", timezone="Europe/Lisbon"),
        staff=(),
    )
    profiles = {p.name: {"paper_mm": p.paper} for p in far.printers}
    far_id = hall.database.write(
        centres.apply_centre, far, password_hashes={}, printer_profiles=profiles
    ).site_id
    here = hall.issue()
    there = hall.database.write(
        tickets.issue_ticket, site_id=far_id, by=hall.kiosk.token_id, role=Role.KIOSK,
        service="ho-tich",
    )  # fmt: skip
    hall.clock.advance(hours=16, minutes=1)  # Tuesday here, Monday 17:01 there
    with hall.database.read() as connection:
        assert sites_with_open_days(connection, hall.clock()) == [hall.site_id]
    keeping.close_days()
    assert (hall.state(here.id), hall.state(there.id)) == ("cancelled", "waiting")


def test_all_that_a_busy_day_left_is_ended(hall: Any, keeping: Housekeeping) -> None:
    left = [hall.issue() for _ in range(450)]
    hall.clock.advance(hours=16)
    keeping.close_days()
    assert {hall.state(ticket.id) for ticket in left} == {"cancelled"}
