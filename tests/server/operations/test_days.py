"""The end of the business day: nobody waits, or blocks a counter, until tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.domain.facts import TicketChanged
from server.domain.refusals import WrongState
from server.operations import calls, days, tickets

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def close(hall: SmallHall) -> int:
    return hall.database.write(days.close_day, site_id=hall.site_id)


def test_today_is_never_closed(hall: SmallHall) -> None:
    ticket = hall.issue()
    hall.clock.advance(hours=15, minutes=59)
    assert close(hall) == 0
    assert hall.state(ticket.id) == "waiting"


def test_who_waits_is_cancelled_and_who_is_served_is_finished(hall: SmallHall) -> None:
    held, missed, served, called, fifth, waiting = (hall.issue() for _ in range(6))
    hall.open("1")
    hall.open("3B", hall.dan)
    for ticket, verb in ((held, calls.hold), (missed, calls.mark_no_show)):
        assert hall.call_next() == ticket.id
        hall.at_counter(verb)
    assert hall.call_next() == served.id
    hall.at_counter(calls.start)
    assert hall.call_next("3B", hall.dan) == called.id
    hall.at_counter(calls.recall, counter="3B", officer=hall.dan)
    hall.clock.advance(days=1)
    hall.facts.clear()
    assert close(hall) == 5
    expected = {
        held: "cancelled",
        missed: "no_show",
        served: "finished",
        called: "finished",
        fifth: "cancelled",
        waiting: "cancelled",
    }
    assert {ticket.id: hall.state(ticket.id) for ticket in expected} == {
        ticket.id: state for ticket, state in expected.items()
    }
    for ticket in expected:
        assert hall.gaps(ticket.id) == []
    last = hall.history(waiting.id)[-1]
    assert (last.action, last.reason, last.token_id) == ("close_day", "day_closed", None)
    assert TicketChanged(hall.site_id, waiting.id) in hall.facts
    assert close(hall) == 0


def test_who_was_missed_yesterday_does_not_come_back_into_a_line_where_nobody_is_called(
    hall: SmallHall,
) -> None:
    ticket = hall.issue()
    hall.open()
    hall.call_next()
    hall.at_counter(calls.mark_no_show)
    hall.clock.advance(days=1)
    with pytest.raises(WrongState):
        hall.database.write(
            tickets.return_ticket,
            site_id=hall.site_id,
            ticket_id=ticket.id,
            by=hall.cy.token_id,
            reason="Đến muộn",
        )
    assert hall.state(ticket.id) == "no_show"


def test_in_the_morning_every_counter_is_free(hall: SmallHall) -> None:
    hall.issue()
    hall.open()
    hall.call_next()
    hall.clock.advance(days=1)
    close(hall)
    ticket = hall.issue()
    assert ticket.number == "A001"
    assert hall.call_next() == ticket.id


def test_the_later_steps_of_a_visit_end_with_it(hall: SmallHall) -> None:
    ticket = hall.issue(None, procedures=["1.001610", "1.000894"])
    hall.clock.advance(days=1)
    assert close(hall) == 2
    assert {period.state for period in hall.history(ticket.id)} == {"waiting", "cancelled"}
    assert hall.gaps(ticket.id) == []


def test_a_long_line_is_closed_in_batches(hall: SmallHall) -> None:
    for _ in range(days.BATCH + 1):
        hall.issue()
    hall.clock.advance(days=1)
    assert [close(hall), close(hall), close(hall)] == [days.BATCH, 1, 0]
