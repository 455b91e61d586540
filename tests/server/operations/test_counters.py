"""Opening, pausing and closing a counter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from server.domain.facts import CounterChanged, TicketChanged
from server.domain.refusals import CounterBusy, CounterClosed, CounterTaken, Unknown
from server.operations import calls
from server.operations.counters import (
    close_counter,
    free_counter,
    open_counter,
    pause_counter,
)
from server.storage.base import AnyRow
from server.storage.session import Work
from server.storage.tables import Counter

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def act(
    hall: SmallHall, verb: Callable[..., None], who: int | None = None, counter: str = "1"
) -> None:
    hall.database.write(
        verb,
        site_id=hall.site_id,
        counter_id=hall.counters[counter],
        officer_id=who or hall.ana.staff_id,
    )


def counter(hall: SmallHall, number: str = "1") -> AnyRow:
    return hall.rows(select(*Counter.__table__.c).where(Counter.number == number))[0]


def test_an_officer_takes_a_free_counter(hall: SmallHall) -> None:
    hall.clock.advance(minutes=3)
    act(hall, open_counter)
    found = counter(hall)
    assert (found.state, found.officer_id) == ("open", hall.ana.staff_id)
    assert found.state_since == hall.clock.now
    assert hall.facts == [CounterChanged(hall.site_id, found.id)]


def test_nobody_pauses_at_a_closed_counter(hall: SmallHall) -> None:
    with pytest.raises(CounterClosed):
        act(hall, pause_counter)
    found = counter(hall)
    assert (found.state, found.officer_id) == ("closed", None)


def test_one_officer_may_hold_two_counters(hall: SmallHall) -> None:
    act(hall, open_counter)
    act(hall, open_counter, counter="3B")
    assert counter(hall, "1").officer_id == counter(hall, "3B").officer_id


def test_after_a_pause_the_officer_goes_on(hall: SmallHall) -> None:
    for verb in (open_counter, pause_counter, open_counter):
        act(hall, verb)
    assert counter(hall).state == "open"


@pytest.mark.parametrize("verb", [open_counter, pause_counter, close_counter])
def test_a_counter_that_another_officer_holds_is_taken(
    hall: SmallHall, verb: Callable[..., None]
) -> None:
    act(hall, open_counter)
    with pytest.raises(CounterTaken) as refusal:
        act(hall, verb, hall.dan.staff_id)
    assert refusal.value.facts == {"counter": "1", "officer": "Ana"}
    assert counter(hall).officer_id == hall.ana.staff_id


def test_a_closed_counter_is_free_for_the_next_officer(hall: SmallHall) -> None:
    act(hall, open_counter)
    act(hall, close_counter)
    assert (counter(hall).state, counter(hall).officer_id) == ("closed", None)
    act(hall, open_counter, hall.dan.staff_id)
    assert counter(hall).officer_id == hall.dan.staff_id


@pytest.mark.parametrize("verb", [None, calls.start])
def test_nobody_is_left_standing_at_a_closed_counter(
    hall: SmallHall, verb: Callable[..., Any] | None
) -> None:
    hall.issue()
    hall.open()
    hall.call_next()
    if verb is not None:
        hall.at_counter(verb)
    with pytest.raises(CounterBusy) as refusal:
        act(hall, close_counter)
    assert refusal.value.facts["ticket"]["number"] == "A001"
    assert counter(hall).state == "open"


def test_a_manager_closes_an_idle_counter_without_its_officer(hall: SmallHall) -> None:
    act(hall, open_counter)
    hall.database.write(
        close_counter, site_id=hall.site_id, counter_id=hall.counters["1"], officer_id=None
    )
    assert counter(hall).state == "closed"


def free(hall: SmallHall, counter_id: int | None = None) -> None:
    """Bo, the manager, frees counter 1 or another one."""
    hall.database.write(
        free_counter,
        site_id=hall.site_id,
        counter_id=counter_id or hall.counters["1"],
        by=hall.bo.token_id,
    )


@pytest.mark.parametrize("verb", [open_counter, pause_counter])
def test_a_manager_frees_the_counter_of_an_absent_officer(
    hall: SmallHall, verb: Callable[..., None]
) -> None:
    act(hall, open_counter)
    act(hall, verb)
    hall.facts.clear()
    free(hall)
    assert (counter(hall).state, counter(hall).officer_id) == ("closed", None)
    assert hall.facts == [CounterChanged(hall.site_id, hall.counters["1"])]


@pytest.mark.parametrize(
    ("verb", "before"),
    [(None, ["issue", "call"]), (calls.start, ["issue", "call", "start"])],
)
def test_who_is_at_a_freed_counter_waits_again_at_the_old_place(
    hall: SmallHall, verb: Callable[..., Any] | None, before: list[str]
) -> None:
    first = hall.issue().id
    hall.clock.advance(minutes=1)
    hall.issue()
    hall.open()
    assert hall.call_next() == first
    if verb is not None:
        hall.at_counter(verb)
    hall.clock.advance(minutes=5)
    hall.facts.clear()
    free(hall)
    assert hall.actions(first) == [*before, "return"]
    last = hall.history(first)[-1]
    assert (last.reason, last.token_id) == ("counter_freed", hall.bo.token_id)
    assert hall.gaps(first) == []
    assert (hall.state(first), hall.step(first).counter_id) == ("waiting", None)
    assert hall.facts == [
        TicketChanged(hall.site_id, first),
        CounterChanged(hall.site_id, hall.counters["1"]),
    ]
    hall.open(officer=hall.dan)
    assert hall.call_next(officer=hall.dan) == first


def test_a_counter_that_is_not_there_is_not_freed(hall: SmallHall) -> None:
    with pytest.raises(Unknown):
        free(hall, 4711)


@pytest.mark.parametrize("verb", [open_counter, pause_counter, close_counter])
def test_a_counter_of_another_site_or_a_removed_one_is_unknown(
    hall: SmallHall, verb: Callable[..., None]
) -> None:
    for site_id, counter_id in ((hall.site_id, 4711), (hall.site_id, _removed(hall))):
        with pytest.raises(Unknown) as refusal:
            hall.database.write(
                verb, site_id=site_id, counter_id=counter_id, officer_id=hall.ana.staff_id
            )
        assert refusal.value.thing == "counter"


def _removed(hall: SmallHall) -> int:
    hall.database.write(_remove, hall.counters["3B"])
    return hall.counters["3B"]


def _remove(work: Work, counter_id: int) -> None:
    work.execute(update(Counter).where(Counter.id == counter_id).values(removed=True))
