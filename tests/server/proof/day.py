"""A random day at one centre: everything is done twice, by the server and by the rules.

Each step compares all that the database keeps with what the model has; a refusal must be one that
the model gives too, change nothing and tell no fact.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import func, select

from server.domain.facts import Fact, TicketChanged
from server.domain.refusals import Refused
from server.domain.roles import Role
from server.operations import tickets
from server.storage.session import Database, Work
from server.storage.tables import Ticket
from tests.server.proof import centre as small
from tests.server.proof.looks import Looks
from tests.server.proof.model import Hall, No, Place, Turn
from tests.server.proof.rows import Rows, picture_of, revision

R = TypeVar("R")
KNOWN_CODES = {
    "already_holding", "counter_busy", "counter_closed", "counter_taken", "forbidden", "invalid",
    "key_reused", "outside_hours", "priority_not_allowed", "quota_reached", "service_closed",
    "service_not_here", "storage_unavailable", "unknown_counter", "unknown_priority",
    "unknown_procedure", "unknown_service", "unknown_ticket", "wrong_state", "wrong_ticket",
}  # fmt: skip
NOBODYS_ID = 10**9
QUIET = {"open a service", "open", "paused", "close", "return", "cancel"}

NTH = st.integers(0, 99)
HOLDER = "who holds the counter"
WHO = st.sampled_from([*[HOLDER] * 7, *small.OFFICERS])
OFTEN = st.sampled_from([True, True, True, True, True, False])
SELDOM = OFTEN.map(lambda often: not often)
# Somebody's finger is never twice at once at one screen; two citizens at two kiosks may be.
MOMENT = st.sampled_from([1, 999_999, 1_000_000, 37_000_000, 290_000_001]).map(
    lambda us: timedelta(microseconds=us)
)
NO_TIME = st.just(timedelta())


class Morning:
    """What all days of one database share: its clock, its facts, the centre next door."""

    def __init__(self, database: Database, clock: Any, facts: list[Fact]) -> None:
        self.database, self.clock, self.facts = database, clock, facts
        self.begins = clock.now
        self.codes = (f"trung-tam-{n}" for n in count(1))
        self.neighbour = small.open_centre(database, "ben-canh", 30, {})
        self.strangers_ticket = database.write(
            tickets.issue_ticket,
            site_id=self.neighbour.site_id,
            by=self.neighbour.tokens["kiosk"],
            role=Role.KIOSK,
            service="ho-tich",
        ).id
        self.neighbours_rows = self._neighbour()
        self.done: dict[str, int] = {}

    def count(self, outcome: str) -> None:
        self.done[outcome] = self.done.get(outcome, 0) + 1

    def _neighbour(self) -> tuple[Any, int]:
        with self.database.read() as connection:
            rows = Rows(connection, self.neighbour, self.strangers_ticket, self.strangers_ticket)
            return rows.picture(), rows.revision

    def check_neighbour(self) -> None:
        assert self._neighbour() == self.neighbours_rows


class Day(RuleBasedStateMachine):
    """One random day, or several, at one centre: what the rules of it have in common."""

    def __init__(self, morning: Morning) -> None:
        super().__init__()
        self.morning = morning
        self.database, self.clock, self.facts = morning.database, morning.clock, morning.facts
        self.clock.now = morning.begins
        self.agreed = False
        # Rules that would be most of a day, as Hypothesis likes to do the same again and again.
        self.comings = self.rarities = 0

    def _begin(self, max_wait: int, quotas: dict[str, int]) -> None:
        """A new centre, with every counter closed and nobody there."""
        self.centre = small.open_centre(self.database, next(self.morning.codes), max_wait, quotas)
        self.hall: Hall = small.rules_of_centre(self.clock.now, max_wait, quotas)
        self.ids: list[int] = []
        self.secrets: list[str] = []
        self.used_keys: dict[str, tuple[str, int | None, datetime]] = {}
        with self.database.read() as connection:
            newest = connection.execute(select(func.max(Ticket.id))).scalar_one()
            self.first = newest + 1
            self.revision = revision(connection, self.centre)
        self.looks = Looks(self.centre, self.hall, self.ids, self.secrets)

    # Doing the same thing in both

    def _both(
        self,
        name: str,
        really: Callable[[Work], R],
        by_rules: Callable[[], Any],
        told: Callable[[R], list[Fact]],
    ) -> tuple[R | None, Any]:
        """Do it in the model and in the database; answers with both answers."""
        self.agreed = False
        self.facts.clear()
        expected, why_not = None, frozenset[str]()
        try:
            expected = by_rules()
        except No as no:
            why_not = no.codes
        try:
            answer = self.database.write(really)
        except Refused as refusal:
            assert refusal.full_code in KNOWN_CODES & why_not, (refusal.full_code, why_not)
            assert self.facts == []
            self._same_as_the_rules(changed=None)
            self.morning.count(f"{name}: {refusal.full_code}")
            return None, None
        assert not why_not, f"{name} was done and should have been refused: {why_not}"
        if isinstance(answer, tickets.IssuedTicket):
            self.ids.append(answer.id)
            self.secrets.append(answer.token)
        self._same_as_the_rules(changed=bool(self.facts))
        assert self.facts == told(answer)
        self.morning.count(name if answer is not None or name in QUIET else f"{name}: nobody")
        return answer, expected

    def _same_as_the_rules(self, *, changed: bool | None) -> None:
        """Every row is as the model says; `changed` None: not even the revision may differ."""
        with self.database.read() as connection:
            self.rows = Rows(connection, self.centre, self.first)
        assert self.rows.picture() == picture_of(self.hall)
        if changed is None:
            assert self.rows.revision == self.revision
        else:
            assert self.rows.revision >= self.revision + changed
        self.revision = self.rows.revision
        self.agreed = True

    def _tick(self, moment: timedelta) -> None:
        self.clock.now += moment
        self.hall.now = self.clock.now

    # Choosing whom and where

    def _place(self, nth: int, fit: Callable[[Place], bool] | None = None) -> Place:
        """Any counter; where some fit, mostly one of those."""
        every = [*self.hall.places.values()]
        fitting = [place for place in every if fit is not None and fit(place)]
        some = fitting if fitting and nth % 6 != 5 else every
        return some[nth // 6 % len(some)]

    def _some(self, fit: Callable[[Place], bool]) -> bool:
        return any(map(fit, self.hall.places.values()))

    def _is_free(self, place: Place) -> bool:
        return place.state == "open" and self.hall.at(place) is None

    def _is_busy(self, place: Place) -> bool:
        return self.hall.at(place) is not None

    def _officer_at(self, place: Place, who: str) -> str:
        return (place.officer or small.OFFICERS[0]) if who == HOLDER else who

    def _turn(self, nth: int, state: str) -> Turn:
        """A ticket in that state; any ticket where there is none."""
        some = [turn for turn in self.hall.turns if turn.now.state == state] or self.hall.turns
        return some[nth % len(some)]

    def _id(self, turn: Turn) -> int:
        return self.ids[turn.parts[0].order[0]]

    def _asked(self, place: Place, officer: str) -> dict[str, Any]:
        return {
            "site_id": self.centre.site_id,
            "counter_id": self.centre.counters[place.number],
            "officer_id": self.centre.staff[officer],
            "by": self.centre.tokens[officer],
        }

    def _changed(self, turn: Turn | None) -> list[Fact]:
        assert turn is not None
        return [TicketChanged(self.centre.site_id, self._id(turn))]

    def _strange_ticket(self, nth: int) -> int:
        return self.morning.strangers_ticket if nth % 2 else NOBODYS_ID

    # Away from the counter

    def _return(self, turn: Turn, strange: int | None = None) -> None:
        self._staff_verb("return", tickets.return_ticket, self.hall.give_back, turn, strange)

    def _staff_verb(
        self,
        name: str,
        really: Callable[..., None],
        by_rules: Callable[..., None],
        turn: Turn,
        strange: int | None,
    ) -> None:
        def judged() -> None:
            if strange is not None:
                raise No({"unknown_ticket"})
            by_rules(turn, by="cy", reason="Theo yêu cầu")

        self._both(
            name,
            lambda work: really(
                work,
                site_id=self.centre.site_id,
                ticket_id=strange or self._id(turn),
                by=self.centre.tokens["cy"],
                reason="Theo yêu cầu",
            ),
            judged,
            lambda _: self._changed(turn),
        )

    def teardown(self) -> None:
        if not self.agreed:
            return
        self.morning.count("days")
        with self.database.read() as connection:
            Rows(connection, self.centre, self.first).check()
            self.looks.at_everything(connection)
        self.morning.check_neighbour()
