"""What officers do at their counters on a random day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from server.domain.facts import CentreChanged, CounterChanged, Fact, TicketCalled, TicketChanged
from server.operations import calls, counters, services
from tests.server.proof import centre as small
from tests.server.proof.day import HOLDER, MOMENT, NTH, OFTEN, SELDOM, WHO, Day
from tests.server.proof.model import No, Place, Turn
from tests.server.proof.rows import EPOCH

VERBS: dict[str, Callable[..., int]] = {
    "recall": lambda work, **asked: calls.recall(work, **asked).ticket_id,
    "start": calls.start,
    "finish": calls.finish,
    "no_show": calls.mark_no_show,
    "hold": lambda work, **asked: calls.hold(work, reason="Bổ sung giấy tờ", **asked),
}
# How officers get rid of whom they have, or not.
ENDINGS = [
    ("start", "finish"),
    ("finish",),
    ("no_show",),
    ("hold",),
    ("recall", "start"),
    ("recall", "return"),
    (),
]
AT_COUNTER = [
    *["call next"] * 5,
    *["transfer"] * 4,
    *["start"] * 2,
    *["finish"] * 2,
    "hold",
    "hold",
    "no_show",
    "no_show",
    "recall",
]
COMINGS_A_DAY = 6
RECALLS = [2, 30, 30]
CHOSEN = st.sampled_from([*["waiting"] * 5, "called", "held", "finished"])
# A service, the nth counter (one serves nothing, one is next door), or no goal at all.
GOALS = [*small.SERVICES, *small.SERVICES, 0, 1, 2, 0, 1, 2, 3, 4, "khong-co", None]
SEATS: dict[str, Callable[..., None]] = {
    "open": counters.open_counter,
    "paused": counters.pause_counter,
}


class Officers(Day):
    """They come and go, call, and serve."""

    # Counters

    @precondition(lambda self: self.comings < COMINGS_A_DAY)
    @rule(
        moment=MOMENT,
        nth=NTH,
        who=WHO,
        what=st.sampled_from(
            [*["open"] * 3, "paused", "paused", "close", "manager closes", *RECALLS]
        ),
    )
    def an_officer_comes_or_goes(
        self, moment: timedelta, nth: int, who: str, what: str | int
    ) -> None:
        self._tick(moment)
        self.comings += 1
        place = self._place(nth)
        officer = self._officer_at(place, who)
        if isinstance(what, int):
            self._recall_again_and_again(self._place(nth, self._is_calling), what)
        elif what in SEATS:
            self._sit_down(place, officer, what)
        else:
            self._leave(place, None if what == "manager closes" else officer)

    def _sit_down(self, place: Place, officer: str, state: str) -> None:
        asked = self._asked(place, officer)
        del asked["by"]
        self._both(
            state,
            lambda work: SEATS[state](work, **asked),
            lambda: self.hall.open(place, officer, state),
            lambda _: [CounterChanged(self.centre.site_id, asked["counter_id"])],
        )

    def _leave(self, place: Place, officer: str | None) -> None:
        counter_id = self.centre.counters[place.number]
        self._both(
            "close",
            lambda work: counters.close_counter(
                work,
                site_id=self.centre.site_id,
                counter_id=counter_id,
                officer_id=None if officer is None else self.centre.staff[officer],
            ),
            lambda: self.hall.close(place, officer),
            lambda _: [CounterChanged(self.centre.site_id, counter_id)],
        )

    def _set_service(self, service: str, *, open: bool) -> None:
        self._both(
            "open a service",
            lambda work: services.set_service_open(
                work, site_id=self.centre.site_id, code=service, open=open
            ),
            lambda: self.hall.open_service(service, open=open),
            lambda _: [CentreChanged(self.centre.site_id)],
        )

    # Calling

    @precondition(lambda self: any(self.hall.waiting()))
    @rule(moment=MOMENT, nth=NTH)
    def all_counters_call(self, moment: timedelta, nth: int) -> None:
        """The bulk of a day's work: each open counter ends what it has and calls the next."""
        for number, place in enumerate(self.hall.places.values()):
            if place.state != "open":
                continue
            self._tick(moment)
            if self.hall.at(place) is not None:
                self._end(place, ENDINGS[(nth + number) % len(ENDINGS)])
            self._tick(timedelta(microseconds=1))
            self._call_next(place, HOLDER)

    def _end(self, place: Place, verbs: tuple[str, ...]) -> None:
        for verb in verbs:
            present = self.hall.at(place)
            if verb == "return" and present is not None:
                self._return(present)
            else:
                self._at_counter(verb, place, place.officer or "", None)
            self._tick(timedelta(minutes=2))

    def _call_next(self, place: Place, who: str) -> None:
        officer = self._officer_at(place, who)
        line = self.hall.line_of(place)
        because = self.hall.why_next(line[0]) if line else None
        answer, turn = self._both(
            "call next",
            lambda work: calls.call_next(work, **self._asked(place, officer)),
            lambda: self.hall.call_next(place, officer),
            self._called,
        )
        if answer is not None:
            assert turn is not None and answer.ticket_id == self._id(turn)
            assert answer.next_because == because
            self._nobody_overdue_was_passed(answer.ticket_id, place)
        else:
            assert turn is None

    def _nobody_overdue_was_passed(self, called: int, place: Place) -> None:
        """The guarantee, from the rows alone: the longest wait is never passed over."""
        began = self.rows.current(called).waiting_since
        limit = (self.clock.now - self.hall.max_wait - EPOCH) // timedelta(microseconds=1)
        for step in self.rows.waiting(self.hall.today):
            mine = self.rows.service(step) in place.tiers
            if mine and self.rows.only(step) in (None, place.number):
                assert step.waiting_since > limit or began <= step.waiting_since

    def _called(self, answer: calls.CalledTicket | None) -> list[Fact]:
        if answer is None:
            return []
        return [TicketCalled(self.centre.site_id, answer.ticket_id, answer.call_id)]

    @precondition(lambda self: self.hall.turns and self._some(self._is_free))
    @rule(moment=MOMENT, nth=NTH, who=WHO, whom=NTH, state=CHOSEN, stranger=SELDOM)
    def that_one_please(
        self, moment: timedelta, nth: int, who: str, whom: int, state: str,
        stranger: bool,
    ) -> None:  # fmt: skip
        self._tick(moment)
        place = self._place(nth, self._is_free)
        officer = self._officer_at(place, who)
        turn = self._turn(whom, state)
        ticket_id = self._strange_ticket(whom) if stranger else self._id(turn)

        def by_rules() -> None:
            if stranger:
                # Whatever else is wrong, it is no ticket of this house.
                raise No({"unknown_ticket", *self._why_not_call(place, officer)})
            self.hall.call_chosen(place, officer, turn, "Đến từ sáng")

        self._both(
            "call chosen",
            lambda work: calls.call_chosen(
                work, ticket_id=ticket_id, reason="Đến từ sáng", **self._asked(place, officer)
            ),
            by_rules,
            self._called,
        )

    def _why_not_call(self, place: Place, officer: str) -> set[str]:
        why = {"counter_busy"} if self.hall.at(place) else set()
        why |= {"counter_closed"} if place.state != "open" else set()
        return why | ({"forbidden"} if place.officer != officer else set())

    # At the counter

    @precondition(lambda self: self._some(lambda place: place.state != "closed"))
    @rule(
        moment=MOMENT, verb=st.sampled_from(AT_COUNTER), nth=NTH, who=WHO,
        guard=st.none() | NTH, matching=OFTEN, goal=st.sampled_from(GOALS),
    )  # fmt: skip
    def something_at_a_counter(
        self, moment: timedelta, verb: str, nth: int, who: str, guard: int | None,
        matching: bool, goal: str | int | None,
    ) -> None:  # fmt: skip
        self._tick(moment)
        # With nobody at any counter there is little else to do.
        idle = not self._some(self._is_busy) and nth % 6 != 5
        if verb == "call next" or idle:
            ready = self._is_free if nth % 4 else self._is_paused
            self._call_next(self._place(nth, ready), who)
            return
        place = self._place(nth, self._is_busy)
        officer = self._officer_at(place, who)
        believed = self._guard(place, guard, matching)
        if verb == "transfer":
            self._transfer(place, officer, believed, goal)
        else:
            self._at_counter(verb, place, officer, believed)

    @staticmethod
    def _is_paused(place: Place) -> bool:
        return place.state == "paused"

    def _guard(self, place: Place, nth: int | None, matching: bool) -> Turn | None:
        """Which ticket a screen believes to be there; None: it does not say."""
        if nth is None or not self.hall.turns:
            return None
        present = self.hall.at(place)
        return present if matching and present else self.hall.turns[nth % len(self.hall.turns)]

    def _at_counter(self, verb: str, place: Place, officer: str, guard: Turn | None) -> None:
        answer, turn = self._both(
            verb,
            lambda work: VERBS[verb](
                work, ticket_id=guard and self._id(guard), **self._asked(place, officer)
            ),
            lambda: self.hall.at_counter(
                verb, place, officer, guard=guard,
                reason="Bổ sung giấy tờ" if verb == "hold" else None,
            ),
            lambda ticket_id: self._told(verb, ticket_id),
        )  # fmt: skip
        if turn is not None:
            assert answer == self._id(turn)

    def _told(self, verb: str, ticket_id: int) -> list[Fact]:
        if verb != "recall":
            return [TicketChanged(self.centre.site_id, ticket_id)]
        return [TicketCalled(self.centre.site_id, ticket_id, self.rows.calls[-1].id)]

    def _is_calling(self, place: Place) -> bool:
        present = self.hall.at(place)
        return present is not None and present.now.state == "called"

    def _recall_again_and_again(self, place: Place, times: int) -> None:
        if place.officer is None or not self._is_calling(place):
            return
        asked = self._asked(place, place.officer) | {"ticket_id": None}
        for _ in range(times):
            self._tick(timedelta(seconds=3, microseconds=7))
            self.hall.at_counter("recall", place, place.officer)
            self.database.write(calls.recall, **asked)
        self._same_as_the_rules(changed=True)

    def _transfer(
        self, place: Place, officer: str, believed: Turn | None, goal: str | int | None
    ) -> None:
        wanted, to, why_not = self._goal(place, goal)
        answer, turn = self._both(
            "transfer",
            lambda work: calls.transfer(
                work, ticket_id=believed and self._id(believed), reason="Nhầm hàng", **wanted,
                **self._asked(place, officer),
            ),
            lambda: self.hall.at_counter(
                "transfer", place, officer, guard=believed, to=to, why_not=why_not,
                reason="Nhầm hàng",
            ),
            lambda ticket_id: [TicketChanged(self.centre.site_id, ticket_id)],
        )  # fmt: skip
        if turn is not None:
            assert answer == self._id(turn)

    def _goal(
        self, place: Place, goal: str | int | None
    ) -> tuple[dict[str, Any], tuple[str, str | None] | None, set[str]]:
        """What to ask for, where it leads by the rules, and why it leads nowhere."""
        if goal is None:
            return {}, None, {"invalid"}
        if isinstance(goal, str):
            known = goal in small.SERVICES
            return {"service": goal}, (goal, None), set() if known else {"unknown_service"}
        if goal == len(self.hall.places):
            neighbours = self.morning.neighbour.counters["1"]
            return {"to_counter_id": neighbours}, None, {"unknown_counter"}
        there = [*self.hall.places.values()][goal]
        wanted = {"to_counter_id": self.centre.counters[there.number]}
        present = self.hall.at(place)
        if present is None:
            return wanted, None, set()
        try:
            return wanted, self.hall.goal(present, there), set()
        except No as no:
            return wanted, None, set(no.codes)
