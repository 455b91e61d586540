"""Sending a ticket to another line or counter: it keeps the place of its arrival."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from server.domain.refusals import Invalid, Refused, ServiceNotHere, Unknown
from server.operations import calls, tickets
from server.storage.session import Work
from server.storage.tables import CounterService

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def called(hall: SmallHall) -> int:
    """A ticket that Ana has just called to counter 1."""
    ticket = hall.issue()
    hall.open()
    assert hall.call_next() == ticket.id
    return ticket.id


def test_a_transfer_to_another_line_keeps_the_place_of_arrival(hall: SmallHall) -> None:
    moved = called(hall)
    hall.clock.advance(minutes=5)
    hall.issue("dat-dai")
    hall.at_counter(calls.transfer, service="dat-dai", reason="Nhầm hàng")
    step = hall.step(moved)
    assert (step.state, step.service_id) == ("waiting", hall.services["dat-dai"])
    assert (step.counter_id, step.only_counter_id) == (None, None)
    assert [p.service_id for p in hall.history(moved)] == [
        hall.services["ho-tich"],
        hall.services["ho-tich"],
        hall.services["dat-dai"],
    ]
    assert hall.gaps(moved) == []
    hall.open("3B")
    assert hall.call_next("3B") == moved


def test_a_ticket_sent_to_one_counter_waits_for_that_one_alone(hall: SmallHall) -> None:
    moved = called(hall)
    hall.at_counter(calls.transfer, to_counter_id=hall.counters["3B"])
    assert hall.step(moved).service_id == hall.services["ho-tich"]
    assert hall.call_next("1") is None
    hall.open("3B")
    assert hall.call_next("3B") == moved


def test_behind_somebody_sent_to_one_counter_the_others_are_still_called(hall: SmallHall) -> None:
    called(hall)
    hall.clock.advance(minutes=1)
    other = hall.issue()
    hall.at_counter(calls.transfer, to_counter_id=hall.counters["3B"])
    assert hall.call_next("1") == other.id


def test_a_ticket_sent_to_a_counter_of_another_trade_joins_that_trade(hall: SmallHall) -> None:
    land = hall.issue("dat-dai")
    hall.open("3B")
    hall.call_next("3B")
    hall.at_counter(calls.transfer, counter="3B", to_counter_id=hall.counters["1"])
    assert hall.step(land.id).service_id == hall.services["ho-tich"]
    hall.open("1")
    assert hall.call_next("1") == land.id


@pytest.mark.parametrize(
    ("goal", "refused"),
    [
        ({"service": "thue"}, Unknown),
        ({"to_counter_id": 4711}, Unknown),
        ({}, Invalid),
    ],
)
def test_a_transfer_into_the_void_is_refused(
    hall: SmallHall, goal: dict[str, Any], refused: type[Refused]
) -> None:
    ticket_id = called(hall)
    with pytest.raises(refused):
        hall.at_counter(calls.transfer, **goal)
    assert hall.state(ticket_id) == "called"


def test_a_counter_without_any_line_takes_no_transfer(hall: SmallHall) -> None:
    called(hall)
    hall.database.write(_serve_nothing, hall.counters["3B"])
    with pytest.raises(ServiceNotHere) as refusal:
        hall.at_counter(calls.transfer, to_counter_id=hall.counters["3B"])
    assert refusal.value.facts == {"counter": "3B"}


def _serve_nothing(work: Work, counter_id: int) -> None:
    for line in work.session.scalars(
        select(CounterService).where(CounterService.counter_id == counter_id)
    ):
        work.session.delete(line)


def test_a_returned_ticket_that_was_sent_to_one_counter_still_waits_for_it(
    hall: SmallHall,
) -> None:
    moved = called(hall)
    hall.at_counter(calls.transfer, to_counter_id=hall.counters["3B"])
    hall.open("3B")
    hall.call_next("3B")
    hall.database.write(
        tickets.return_ticket, site_id=hall.site_id, ticket_id=moved, by=hall.ana.token_id,
        reason="Ra ngoài",
    )  # fmt: skip
    assert hall.call_next("1") is None
    assert hall.call_next("3B") == moved
