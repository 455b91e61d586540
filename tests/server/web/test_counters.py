"""Counters through the HTTP doors: called, recalled, served; never by the wrong officer."""

from __future__ import annotations

from typing import Any

import pytest

from server.web import shapes


@pytest.fixture
def ana(doors: Any) -> str:
    """Ana's token, with counter 1 open before her."""
    secret: str = doors.ana
    assert doors.post(doors.counter("1", "open"), secret=secret).status_code == 200
    return secret


def press(doors: Any, secret: str, verb: str, body: Any = None, **more: Any) -> Any:
    return doors.post(doors.counter("1", verb), body, secret, **more)


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json["code"]


def test_a_ticket_is_called_started_and_finished(doors: Any, ana: str) -> None:
    doors.hall.issue()
    called = shapes.OneCalledTicket.model_validate(press(doors, ana, "call-next").json).ticket
    assert (called.number, called.state, called.counter) == ("A001", "called", "1")
    assert int(called.call_id) > 0
    assert press(doors, ana, "start").json["ticket"]["state"] == "serving"
    finished = shapes.OneTicket.model_validate(press(doors, ana, "finish").json).ticket
    assert (finished.state, finished.counter) == ("finished", None)


def test_nobody_waiting_is_an_empty_answer(doors: Any, ana: str) -> None:
    answer = press(doors, ana, "call-next")
    assert (answer.status_code, answer.data) == (204, b"")


def test_a_closed_counter_calls_nobody(doors: Any) -> None:
    doors.hall.issue()
    answer = press(doors, doors.ana, "call-next")
    assert code_of(answer) == (409, "counter_closed")


def test_a_busy_counter_says_with_whom(doors: Any, ana: str) -> None:
    doors.hall.issue()
    doors.hall.issue()
    press(doors, ana, "call-next")
    answer = press(doors, ana, "call-next")
    assert code_of(answer) == (409, "counter_busy")
    assert answer.json["ticket"]["number"] == "A001"


def test_a_repeated_key_calls_nobody_else(doors: Any, ana: str) -> None:
    doors.hall.issue()
    doors.hall.issue()
    key = {"headers": {"Idempotency-Key": "next-1"}}
    first = press(doors, ana, "call-next", **key).json["ticket"]
    press(doors, ana, "finish")
    again = press(doors, ana, "call-next", **key)
    assert again.status_code == 200
    assert (again.json["ticket"]["number"], again.json["ticket"]["state"]) == ("A001", "finished")
    assert again.json["ticket"]["call_id"] == first["call_id"]


def test_another_officer_cannot_take_or_use_the_counter(doors: Any, ana: str) -> None:
    dan = doors.dan
    assert code_of(press(doors, dan, "open")) == (409, "counter_taken")
    assert code_of(press(doors, dan, "call-next")) == (403, "forbidden")


def test_a_stale_screen_is_refused(doors: Any, ana: str) -> None:
    doors.hall.issue()
    press(doors, ana, "call-next")
    assert code_of(press(doors, ana, "finish", {"ticket": "999"})) == (409, "wrong_ticket")


def test_verbs_without_a_ticket_are_refused(doors: Any, ana: str) -> None:
    for verb in ("recall", "start", "finish", "no-show", "hold"):
        assert code_of(press(doors, ana, verb)) == (409, "wrong_state")
    assert code_of(press(doors, ana, "transfer", {"service": "dat-dai"})) == (409, "wrong_state")


def test_a_recall_is_a_call_of_its_own(doors: Any, ana: str) -> None:
    doors.hall.issue()
    first = press(doors, ana, "call-next").json["ticket"]["call_id"]
    again = press(doors, ana, "recall").json["ticket"]["call_id"]
    assert again > first
    board = doors.get(f"/sites/{doors.hall.site}/board", doors.cy).json
    assert [(c["call_id"], c["recall"]) for c in board["calls"]] == [(first, False), (again, True)]
    assert board["active_calls"] == [first, again]


def test_a_missed_citizen_comes_back_before_those_who_came_later(doors: Any, ana: str) -> None:
    first = doors.hall.issue()
    doors.hall.clock.advance(minutes=1)
    doors.hall.issue()
    press(doors, ana, "call-next")
    press(doors, ana, "no-show")
    path = f"/tickets/{first.id}/return"
    answer = doors.post(path, {"reason": "quay lại"}, doors.cy)
    assert answer.json["ticket"]["state"] == "waiting"
    assert press(doors, ana, "call-next").json["ticket"]["number"] == "A001"


def test_a_transfer_takes_exactly_one_goal(doors: Any, ana: str) -> None:
    doors.hall.issue()
    press(doors, ana, "call-next")
    assert code_of(press(doors, ana, "transfer", {})) == (422, "invalid")
    both = {"service": "dat-dai", "counter": "1"}
    assert code_of(press(doors, ana, "transfer", both)) == (422, "invalid")
    moved = press(doors, ana, "transfer", {"service": "dat-dai"}).json["ticket"]
    assert (moved["state"], moved["service"]) == ("waiting", "dat-dai")


def test_a_ticket_sent_to_a_counter_waits_for_it_alone(doors: Any, ana: str) -> None:
    ticket = doors.hall.issue()
    press(doors, ana, "call-next")
    goal = str(doors.hall.counters["3B"])
    assert press(doors, ana, "transfer", {"counter": goal}).status_code == 200
    assert press(doors, ana, "call-next").status_code == 204
    dan = doors.dan
    doors.post(doors.counter("3B", "open"), secret=dan)
    called = doors.post(doors.counter("3B", "call-next"), secret=dan).json["ticket"]
    assert called["id"] == str(ticket.id)


def test_a_chosen_ticket_needs_a_reason(doors: Any, ana: str) -> None:
    doors.hall.issue()
    chosen = doors.hall.issue()
    body = {"ticket": str(chosen.id)}
    assert code_of(press(doors, ana, "call", body)) == (422, "invalid")
    answer = press(doors, ana, "call", {**body, "reason": "người đi cùng"})
    assert answer.json["ticket"]["number"] == "A002"


def test_the_list_of_counters_shows_who_is_where(doors: Any, ana: str) -> None:
    doors.hall.issue()
    press(doors, ana, "call-next")
    answer = doors.get(f"/sites/{doors.hall.site}/counters", doors.cy)
    counters = shapes.Counters.model_validate(answer.json).counters
    here = next(c for c in counters if c.number == "1")
    assert here.state == "open" and here.ticket is not None
    assert here.ticket.number == "A001"


def test_a_counter_closes_when_nobody_is_at_it(doors: Any, ana: str) -> None:
    doors.hall.issue()
    press(doors, ana, "call-next")
    assert code_of(press(doors, ana, "close")) == (409, "counter_busy")
    press(doors, ana, "finish")
    assert press(doors, ana, "close").json["state"] == "closed"


def test_a_manager_frees_the_counter_of_an_absent_officer(doors: Any, ana: str) -> None:
    assert press(doors, doors.bo, "close").json["state"] == "closed"
