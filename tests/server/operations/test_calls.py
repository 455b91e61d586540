"""Calling citizens to a counter, and what an officer does with the ticket that is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from server.domain.facts import TicketCalled, TicketChanged
from server.domain.refusals import (
    CounterBusy,
    CounterClosed,
    Forbidden,
    ServiceNotHere,
    Unknown,
    WrongState,
    WrongTicket,
)
from server.domain.roles import Role
from server.operations import calls, counters
from server.storage.session import Work
from server.storage.tables import Call, CounterService, Site, Step

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall

VERBS = [
    calls.recall,
    calls.start,
    calls.finish,
    calls.mark_no_show,
    calls.hold,
    calls.transfer,
]


def tell(work: Work, statement: Any) -> int:
    return work.execute(statement).rowcount


def called(hall: SmallHall, **more: Any) -> int:
    """A ticket that Ana has just called to counter 1."""
    ticket = hall.issue(**more)
    hall.open()
    assert hall.call_next() == ticket.id
    hall.facts.clear()
    return ticket.id


# Who is next


def test_nobody_is_called_while_nobody_waits(hall: SmallHall) -> None:
    hall.open()
    hall.facts.clear()
    assert hall.call_next() is None
    assert hall.facts == []


def test_a_call_takes_the_first_of_the_line_to_the_counter(hall: SmallHall) -> None:
    first = hall.issue()
    hall.issue()
    hall.open()
    hall.clock.advance(minutes=4)
    hall.facts.clear()
    assert hall.call_next() == first.id
    step = hall.step(first.id)
    assert (step.state, step.counter_id, step.calls) == ("called", hall.counters["1"], 1)
    assert step.called_at == step.state_since == hall.clock.now
    (call,) = hall.rows(select(*Call.__table__.c))
    assert (call.number, call.counter_number, call.recall) == ("A001", "1", False)
    assert hall.facts == [TicketCalled(hall.site_id, first.id, call.id)]
    period = hall.history(first.id)[-1]
    assert (period.action, period.counter_id, period.token_id, period.reason) == (
        "call",
        hall.counters["1"],
        hall.ana.token_id,
        None,
    )
    assert hall.gaps(first.id) == []


def test_a_counter_calls_its_own_lines_only(hall: SmallHall) -> None:
    hall.issue("dat-dai")
    hall.open("1")
    assert hall.call_next("1") is None


def test_of_two_lines_who_came_first_is_called_first(hall: SmallHall) -> None:
    land = hall.issue("dat-dai")
    hall.clock.advance(seconds=1)
    birth = hall.issue("ho-tich")
    hall.open("3B")
    assert hall.call_next("3B") == land.id
    hall.at_counter(calls.finish, counter="3B")
    assert hall.call_next("3B") == birth.id


def test_a_lower_tier_comes_first_until_somebody_has_waited_too_long(hall: SmallHall) -> None:
    second_tier = update(CounterService).where(
        CounterService.counter_id == hall.counters["3B"],
        CounterService.service_id == hall.services["ho-tich"],
    )
    hall.database.write(tell, second_tier.values(tier=2))
    birth = hall.issue("ho-tich")
    hall.clock.advance(minutes=89)
    land = hall.issue("dat-dai")
    hall.open("3B")
    answer = hall.at_counter(calls.call_next, counter="3B")
    assert (answer.ticket_id, answer.next_because) == (land.id, "in_order")
    hall.at_counter(calls.finish, counter="3B")
    hall.issue("dat-dai")
    hall.clock.advance(minutes=1)
    answer = hall.at_counter(calls.call_next, counter="3B")
    assert (answer.ticket_id, answer.next_because) == (birth.id, "longest_wait")


def test_a_head_start_never_passes_who_waited_longest(hall: SmallHall) -> None:
    hall.database.write(tell, update(Site).values(max_wait_minutes=10))
    citizen = hall.issue()
    hall.clock.advance(minutes=10)
    hall.issue(priority="cao-tuoi", role=Role.VOLUNTEER)
    hall.open()
    assert hall.call_next() == citizen.id


def test_yesterdays_ticket_is_never_called(hall: SmallHall) -> None:
    hall.issue()
    hall.clock.advance(days=1)
    today = hall.issue()
    hall.open()
    assert hall.call_next() == today.id
    hall.at_counter(calls.finish)
    assert hall.call_next() is None


def test_every_call_has_a_new_id_that_grows(hall: SmallHall) -> None:
    ticket_id = called(hall)
    ids = [hall.at_counter(calls.recall).call_id for _ in range(3)]
    assert ids == sorted(set(ids))
    assert hall.step(ticket_id).calls == 4


# Who may call


def test_a_closed_counter_calls_nobody(hall: SmallHall) -> None:
    hall.issue()
    with pytest.raises(CounterClosed) as refusal:
        hall.call_next()
    assert refusal.value.facts == {"counter": "1"}


def test_a_paused_counter_calls_nobody_but_ends_what_it_began(hall: SmallHall) -> None:
    ticket_id = called(hall)
    hall.issue()
    hall.database.write(
        counters.pause_counter,
        site_id=hall.site_id,
        counter_id=hall.counters["1"],
        officer_id=hall.ana.staff_id,
    )
    hall.at_counter(calls.finish)
    assert hall.state(ticket_id) == "finished"
    with pytest.raises(CounterClosed):
        hall.call_next()


def test_a_busy_counter_names_the_ticket_that_is_there(hall: SmallHall) -> None:
    ticket_id = called(hall)
    hall.issue()
    with pytest.raises(CounterBusy) as refusal:
        hall.call_next()
    assert refusal.value.facts == {"ticket": {"id": str(ticket_id), "number": "A001"}}


@pytest.mark.parametrize("verb", [calls.call_next, *VERBS])
def test_another_officer_cannot_work_at_the_counter(
    hall: SmallHall, verb: Callable[..., Any]
) -> None:
    called(hall)
    with pytest.raises(Forbidden):
        hall.at_counter(verb, officer=hall.dan)


@pytest.mark.parametrize("verb", [calls.call_next, *VERBS])
def test_an_unknown_counter_is_refused(hall: SmallHall, verb: Callable[..., Any]) -> None:
    with pytest.raises(Unknown) as refusal:
        hall.at_counter(verb, counter_id=4711)
    assert refusal.value.thing == "counter"


@pytest.mark.parametrize("verb", VERBS)
def test_without_a_ticket_there_is_nothing_to_do(hall: SmallHall, verb: Callable[..., Any]) -> None:
    hall.open()
    with pytest.raises(WrongState):
        hall.at_counter(verb)


@pytest.mark.parametrize("verb", VERBS)
def test_a_stale_screen_never_touches_the_next_ticket(
    hall: SmallHall, verb: Callable[..., Any]
) -> None:
    ticket_id = called(hall)
    with pytest.raises(WrongTicket) as refusal:
        hall.at_counter(verb, ticket_id=ticket_id + 1)
    assert refusal.value.facts["ticket"]["number"] == "A001"
    assert hall.state(ticket_id) == "called"
    assert hall.facts == []


# A chosen one


def choose(hall: SmallHall, ticket_id: int) -> calls.CalledTicket:
    answer: calls.CalledTicket = hall.at_counter(
        calls.call_chosen, ticket_id=ticket_id, reason="Hồ sơ đã hẹn"
    )
    return answer


def test_a_chosen_ticket_is_called_with_the_reason_in_its_history(hall: SmallHall) -> None:
    hall.issue()
    second = hall.issue()
    hall.open()
    assert choose(hall, second.id).ticket_id == second.id
    assert hall.history(second.id)[-1].reason == "Hồ sơ đã hẹn"


def test_the_reason_of_a_call_is_not_that_of_what_follows(hall: SmallHall) -> None:
    ticket = hall.issue()
    hall.open()
    hall.at_counter(calls.call_chosen, ticket_id=ticket.id, reason="Đến từ sáng")
    hall.at_counter(calls.recall)
    hall.at_counter(calls.mark_no_show)
    assert [period.reason for period in hall.history(ticket.id)] == [
        None,
        "Đến từ sáng",
        None,
        None,
    ]
    assert hall.step(ticket.id).reason is None


def test_a_ticket_of_another_line_is_not_chosen(hall: SmallHall) -> None:
    land = hall.issue("dat-dai")
    hall.open()
    with pytest.raises(ServiceNotHere):
        choose(hall, land.id)
    assert hall.state(land.id) == "waiting"


def test_a_ticket_that_was_sent_to_the_counter_may_be_chosen_there(hall: SmallHall) -> None:
    land = hall.issue("dat-dai")
    sent = update(Step).where(Step.ticket_id == land.id)
    to_counter_1 = sent.values(only_counter_id=hall.counters["1"])
    hall.database.write(lambda work: work.execute(to_counter_1))
    hall.open()
    assert choose(hall, land.id).ticket_id == land.id


def test_a_ticket_of_yesterday_is_not_chosen(hall: SmallHall) -> None:
    old = hall.issue()
    hall.clock.advance(days=1)
    hall.open()
    with pytest.raises(WrongState) as refusal:
        choose(hall, old.id)
    assert refusal.value.facts == {"state": "waiting", "day": "2026-03-02"}


def test_a_chosen_ticket_must_wait_and_the_counter_be_free(hall: SmallHall) -> None:
    first, second = hall.issue(), hall.issue()
    hall.open()
    hall.call_next()
    with pytest.raises(CounterBusy):
        choose(hall, second.id)
    hall.at_counter(calls.mark_no_show)
    with pytest.raises(WrongState) as refusal:
        choose(hall, first.id)
    assert refusal.value.facts == {"state": "no_show", "action": "call"}
    with pytest.raises(Unknown):
        choose(hall, 4711)


# At the counter


def test_recalling_is_heard_again_and_changes_no_place(hall: SmallHall) -> None:
    ticket_id = called(hall)
    hall.clock.advance(minutes=1)
    answer = hall.at_counter(calls.recall)
    assert hall.facts == [TicketCalled(hall.site_id, ticket_id, answer.call_id)]
    assert [call.recall for call in hall.rows(select(Call.recall).order_by(Call.id))] == [
        False,
        True,
    ]
    step = hall.step(ticket_id)
    assert (step.state, step.calls) == ("called", 2)
    assert hall.gaps(ticket_id) == []


@pytest.mark.parametrize(
    ("verb", "state", "frees"),
    [
        (calls.start, "serving", False),
        (calls.finish, "finished", True),
        (calls.mark_no_show, "no_show", True),
        (calls.hold, "held", True),
    ],
)
def test_each_verb_moves_the_called_ticket(
    hall: SmallHall, verb: Callable[..., Any], state: str, frees: bool
) -> None:
    ticket_id = called(hall)
    following = hall.issue()
    hall.facts.clear()
    hall.clock.advance(minutes=2)
    assert hall.at_counter(verb, ticket_id=ticket_id) == ticket_id
    assert hall.state(ticket_id) == state
    assert hall.step(ticket_id).state_since == hall.clock.now
    assert hall.facts == [TicketChanged(hall.site_id, ticket_id)]
    assert hall.gaps(ticket_id) == []
    if frees:
        assert hall.call_next() == following.id
    else:
        with pytest.raises(CounterBusy):
            hall.call_next()


@pytest.mark.parametrize("verb", [calls.recall, calls.start, calls.mark_no_show])
def test_what_only_a_called_ticket_allows_is_refused_while_serving(
    hall: SmallHall, verb: Callable[..., Any]
) -> None:
    ticket_id = called(hall)
    hall.at_counter(calls.start)
    with pytest.raises(WrongState):
        hall.at_counter(verb)
    assert hall.state(ticket_id) == "serving"


def test_the_reason_for_holding_is_kept(hall: SmallHall) -> None:
    ticket_id = called(hall)
    hall.at_counter(calls.hold, reason="Chờ bổ sung giấy tờ")
    assert hall.step(ticket_id).reason == "Chờ bổ sung giấy tờ"
    assert hall.history(ticket_id)[-1].reason == "Chờ bổ sung giấy tờ"


def test_times_of_waiting_walking_and_serving_can_be_read_from_history(hall: SmallHall) -> None:
    ticket = hall.issue()
    hall.open()
    for verb, minutes in ((calls.call_next, 12), (calls.start, 1), (calls.finish, 8)):
        hall.clock.advance(minutes=minutes)
        hall.at_counter(verb)
    spans = [(p.state, (p.ended_at - p.started_at).seconds // 60) for p in hall.history(ticket.id)]
    assert spans == [("waiting", 12), ("called", 1), ("serving", 8), ("finished", 0)]


def test_a_refused_verb_leaves_no_trace(hall: SmallHall) -> None:
    called(hall)
    periods = hall.rows(select(func.count()).select_from(Call))
    with pytest.raises(CounterBusy):
        hall.call_next()
    assert hall.rows(select(func.count()).select_from(Call)) == periods
    assert hall.facts == []
