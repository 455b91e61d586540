"""A ticket's states and the only table by which they change."""

from __future__ import annotations

import pytest

from server.domain.lifecycle import AT_COUNTER, ENDED, TRANSITIONS, Action, TicketState, next_state
from server.domain.refusals import WrongState

STATES = "planned waiting called serving held no_show finished cancelled".split()

ALLOWED = {
    "call": {"waiting": "called"},
    "recall": {"called": "called"},
    "start": {"called": "serving"},
    "finish": {"called": "finished", "serving": "finished"},
    "no_show": {"called": "no_show"},
    "hold": {"called": "held", "serving": "held"},
    "return": {s: "waiting" for s in ("called", "serving", "held", "no_show")},
    "transfer": {"called": "waiting", "serving": "waiting"},
    "cancel": {s: "cancelled" for s in ("planned", "waiting", "called", "held")},
    "issue": {"planned": "waiting"},
    "close_day": {
        "planned": "cancelled",
        "waiting": "cancelled",
        "held": "cancelled",
        "called": "finished",
        "serving": "finished",
    },
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", sorted(ALLOWED))
def test_every_verb_moves_every_state_as_agreed_or_is_refused(action: str, state: str) -> None:
    goal = ALLOWED[action].get(state)
    if goal is not None:
        assert next_state(TicketState(state), Action(action)) == goal
        return
    with pytest.raises(WrongState) as refusal:
        next_state(TicketState(state), Action(action))
    assert refusal.value.facts == {"state": state, "action": action}


def test_every_action_and_state_is_in_the_table() -> None:
    assert {action for _, action in TRANSITIONS} == set(Action) == set(ALLOWED)
    assert set(TicketState) == set(STATES)


def test_what_has_ended_stays_ended() -> None:
    assert not {state for state, _ in TRANSITIONS} & ENDED


def test_from_everywhere_a_ticket_can_come_to_an_end() -> None:
    reached = set(ENDED)
    while more := {s for (s, _), goal in TRANSITIONS.items() if goal in reached} - reached:
        reached |= more
    assert reached == set(TicketState)


def test_the_end_of_the_day_frees_every_counter_and_empties_every_line() -> None:
    left = {state for state, action in TRANSITIONS if action is Action.CLOSE_DAY}
    assert AT_COUNTER <= left
    assert {TicketState.WAITING, TicketState.HELD, TicketState.PLANNED} <= left
