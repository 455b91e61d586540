"""What the centre's file no longer names goes, once nobody needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from server.domain.centre import CentrePlan
from server.domain.facts import CentreChanged, Fact
from server.domain.refusals import ServiceClosed
from server.operations import calls, counters, tickets
from server.operations.centres import AppliedCentre
from server.storage.session import Database
from server.storage.tables import (
    Counter,
    CounterService,
    Printer,
    PriorityClass,
    Procedure,
    Service,
    Staff,
)
from tests.server.operations.test_centres import apply, count, revision, values

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def test_people_and_printers_that_the_file_no_longer_names_stay(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    fewer = replace(small_plan, printers=(), staff=())
    assert apply(database, fewer).changes == 0
    assert values(database, Printer.removed) == [(False,)]
    assert count(database, Staff) == 4


def close(hall: SmallHall, number: str) -> None:
    hall.database.write(
        counters.close_counter,
        site_id=hall.site_id,
        counter_id=hall.counters[number],
        officer_id=hall.ana.staff_id,
    )


def without_land(plan: CentrePlan) -> CentrePlan:
    """The plan without the service `dat-dai` and without counter 3B, which served it."""
    return replace(plan, services=plan.services[:1], counters=plan.counters[:1])


def test_what_the_file_no_longer_names_is_removed_and_comes_back_with_it(
    database: Database, small_plan: CentrePlan, facts: list[Fact]
) -> None:
    site_id = apply(database, small_plan).site_id
    facts.clear()
    fewer = replace(
        without_land(small_plan), procedures=small_plan.procedures[:1], priority_classes=()
    )
    assert apply(database, fewer) == AppliedCentre(site_id, 4, ())
    assert facts == [CentreChanged(site_id)]
    for kind in (Service, Counter, Procedure):
        assert values(database, kind.removed) == [(False,), (True,)]
    assert values(database, PriorityClass.removed) == [(True,)]
    before = revision(database)
    assert apply(database, fewer).changes == 0
    assert revision(database) == before
    assert apply(database, small_plan).changes > 0
    for kind in (Service, Counter, Procedure):
        assert values(database, kind.removed) == [(False,), (False,)]
    assert count(database, CounterService) == 3


def test_another_centre_keeps_what_this_one_drops(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, replace(small_plan, staff=()))
    other = replace(small_plan, site=replace(small_plan.site, code="binh-an"), staff=())
    apply(database, other)
    apply(database, without_land(other))
    assert values(database, Service.removed) == [(False,), (False,), (False,), (True,)]


@pytest.mark.parametrize("verb", [None, calls.start, calls.hold])
def test_a_dropped_line_takes_nobody_new_and_goes_when_its_last_citizen_has_gone(
    hall: SmallHall, small_plan: CentrePlan, verb: Callable[..., Any] | None
) -> None:
    ticket = hall.issue("dat-dai").id
    if verb is not None:
        hall.open("3B")
        hall.call_next("3B")
        hall.at_counter(verb, counter="3B")
    fewer = without_land(small_plan)
    applied = apply(hall.database, fewer)
    assert applied.still_in_use == ("service dat-dai", "counter 3B")
    assert applied.changes == 1
    with pytest.raises(ServiceClosed):
        hall.issue("dat-dai")
    again = apply(hall.database, fewer)
    assert (again.changes, again.still_in_use) == (0, applied.still_in_use)
    if verb is calls.hold:
        hall.database.write(
            tickets.return_ticket,
            site_id=hall.site_id,
            ticket_id=ticket,
            by=hall.bo.token_id,
            reason="there again",
        )
    if verb is not calls.start:
        hall.open("3B")
        assert hall.call_next("3B") == ticket
    hall.at_counter(calls.finish, counter="3B")
    close(hall, "3B")
    assert apply(hall.database, fewer) == AppliedCentre(hall.site_id, 2, ())
    assert values(hall.database, Service.removed, Service.open)[1] == (True, False)
    assert values(hall.database, Counter.removed) == [(False,), (True,)]


def test_a_counter_that_stays_serves_a_dropped_line_until_nobody_waits_there(
    hall: SmallHall, small_plan: CentrePlan
) -> None:
    ticket = hall.issue("dat-dai").id
    first, second = small_plan.counters
    fewer = replace(
        small_plan,
        services=small_plan.services[:1],
        counters=(first, replace(second, services=("ho-tich",))),
    )
    assert apply(hall.database, fewer).still_in_use == ("service dat-dai",)
    hall.open("3B")
    assert hall.call_next("3B") == ticket
    hall.at_counter(calls.finish, counter="3B")
    assert apply(hall.database, fewer).still_in_use == ()
    assert count(hall.database, CounterService) == 2
    assert apply(hall.database, fewer).changes == 0


def test_a_line_that_a_visit_still_comes_to_is_not_removed(
    hall: SmallHall, small_plan: CentrePlan
) -> None:
    birth, wedding = small_plan.procedures
    both = replace(small_plan, procedures=(birth, replace(wedding, service="dat-dai")))
    apply(hall.database, both)
    hall.issue(None, procedures=(birth.code, wedding.code))
    fewer = replace(without_land(small_plan), procedures=(birth,))
    assert apply(hall.database, fewer).still_in_use == ("service dat-dai", "counter 3B")


def test_a_dropped_counter_stays_while_an_officer_holds_it(
    hall: SmallHall, small_plan: CentrePlan
) -> None:
    hall.open("3B")
    fewer = replace(
        small_plan, counters=(replace(small_plan.counters[0], services=("ho-tich", "dat-dai")),)
    )
    applied = apply(hall.database, fewer)
    assert applied.still_in_use == ("counter 3B",)
    assert values(hall.database, Counter.removed) == [(False,), (False,)]
    close(hall, "3B")
    assert apply(hall.database, fewer) == AppliedCentre(hall.site_id, 1, ())
