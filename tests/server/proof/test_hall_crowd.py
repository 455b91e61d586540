"""Many people at once: whatever the threads do, the rows tell one story by the rules.

Officers, kiosks and citizens work in threads against a clock of which a second lasts ten minutes.
Afterwards the history, which every change has written in the order of the site's turns, is done
again by the rules alone: each call must have been the right one at its moment, and at the end
every row must be as the rules leave it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from server.domain.refusals import Refused
from server.operations import calls, counters, tickets
from server.storage.connect import open_database
from server.storage.session import Database
from server.storage.tables import Ticket
from tests.server.proof import centre as small
from tests.server.proof.model import Hall, Turn
from tests.server.proof.rows import Rows, picture_of

if TYPE_CHECKING:
    from server.storage.base import AnyRow
    from tests.server.proof.centre import Centre

MAX_WAIT = 30
QUOTAS = {"dat-dai": 40}
EACH_DOES = 60
SEATS = {"1": "ana", "2": "dan", "3": "ana"}
# Where a transfer led is kept in its reason: history knows the line, and not the counter.
TO_COUNTER = "Đến quầy "


class HastyClock:
    """A second lasts ten minutes: the longest wait is over in three."""

    def __init__(self, begins: datetime) -> None:
        self._begins, self._started = begins, time.perf_counter()

    def __call__(self) -> datetime:
        return self._begins + timedelta(seconds=(time.perf_counter() - self._started) * 600)


@pytest.fixture
def database(database_url: str, clock: Any) -> Iterator[Database]:
    opened = open_database(database_url, clock=HastyClock(clock.now))
    yield opened
    opened.close()


class Person:
    """Somebody in the hall who does random things, some of them wrong."""

    def __init__(self, database: Database, centre: Centre, seed: str) -> None:
        self.database, self.centre = database, centre
        self.chance = random.Random(seed)

    def work(self) -> int:
        """How many of the things were done."""
        done = 0
        for _ in range(EACH_DOES):
            with suppress(Refused):
                self.act()
                done += 1
        return done

    def act(self) -> None:
        raise NotImplementedError

    def some_ticket(self) -> AnyRow:
        with self.database.read() as connection:
            known = connection.execute(select(Ticket.id, Ticket.token)).all()
        return self.chance.choice(known)


class Kiosk(Person):
    def act(self) -> None:
        chance = self.chance
        who = chance.choice(["kiosk", "cy"])
        asked: dict[str, Any] = {"service": chance.choice([*small.SERVICES])}
        if chance.random() < 0.2:
            asked = {"procedures": chance.sample([*small.PROCEDURES], 2)}
        self.database.write(
            tickets.issue_ticket,
            site_id=self.centre.site_id,
            by=self.centre.tokens[who],
            role=small.PEOPLE[who],
            priority=chance.choice([None, None, "khuyet-tat", "cao-tuoi"]),
            **asked,
        )


class Guide(Person):
    def act(self) -> None:
        ticket = self.some_ticket()
        if self.chance.random() < 0.3:
            self.database.write(tickets.give_up_ticket, token=ticket.token)
            return
        self.database.write(
            self.chance.choice([tickets.return_ticket, tickets.cancel_ticket]),
            site_id=self.centre.site_id,
            ticket_id=ticket.id,
            by=self.centre.tokens["cy"],
            reason="Theo yêu cầu",
        )


class Officer(Person):
    """Mostly at the seat of their own; now and then at a colleague's."""

    def __init__(self, database: Database, centre: Centre, seed: str, seat: str) -> None:
        super().__init__(database, centre, seed)
        self.seat = seat

    def act(self) -> None:
        chance = self.chance
        seat = self.seat if chance.random() < 0.8 else chance.choice([*SEATS])
        name = SEATS[self.seat]
        asked: dict[str, Any] = {
            "site_id": self.centre.site_id,
            "counter_id": self.centre.counters[seat],
            "officer_id": self.centre.staff[name],
            "by": self.centre.tokens[name],
        }
        verb: Callable[..., Any] = chance.choice(
            [*[calls.call_next] * 4, calls.call_chosen, calls.recall, calls.start, calls.finish,
             calls.finish, calls.mark_no_show, calls.hold, calls.transfer, calls.transfer]
        )  # fmt: skip
        if verb is calls.call_chosen:
            asked |= {"ticket_id": self.some_ticket().id, "reason": "Đến từ sáng"}
        elif verb is not calls.call_next:
            asked["ticket_id"] = None
        if verb is calls.hold:
            asked["reason"] = "Bổ sung giấy tờ"
        if verb is calls.transfer:
            asked |= self.goal()
        self.database.write(verb, **asked)

    def goal(self) -> dict[str, Any]:
        if self.chance.random() < 0.5:
            return {"service": self.chance.choice([*small.SERVICES]), "reason": "Nhầm hàng"}
        counter = self.chance.choice([*SEATS])
        there = self.centre.counters[counter]
        return {"to_counter_id": there, "reason": f"{TO_COUNTER}{counter}"}


def open_seats(database: Database, centre: Centre) -> None:
    for number, officer in SEATS.items():
        database.write(
            counters.open_counter,
            site_id=centre.site_id,
            counter_id=centre.counters[number],
            officer_id=centre.staff[officer],
        )


class Story:
    """The history of a hall, done again by the rules, line by line."""

    def __init__(self, rows: Rows, hall: Hall) -> None:
        self.rows, self.hall = rows, hall
        self.turns: dict[int, Turn] = {}
        for number, officer in SEATS.items():
            hall.open(hall.places[number], officer)

    def tell(self) -> Hall:
        first_of_visit = {self.rows.steps[t.id][0].id for t in self.rows.tickets}
        current: dict[int, int] = {t.id: self.rows.steps[t.id][0].id for t in self.rows.tickets}
        for period in self.rows.periods:
            self.hall.now = period.started_at
            if period.action == "issue" and period.step_id not in first_of_visit:
                # The visit goes on by itself when its last part is finished.
                current[period.ticket_id] = period.step_id
            elif period.step_id == current[period.ticket_id]:
                self._happens(period)
        return self.hall

    def _happens(self, period: AnyRow) -> None:
        hall, by = self.hall, self.rows.by(period) or ""
        place = hall.places.get(self.rows.counter(period) or "")
        turn = self.turns.get(period.ticket_id)
        if period.action == "issue":
            self.turns[period.ticket_id] = self._issued(period, by)
            return
        assert turn is not None
        if period.action == "call" and place is not None and period.reason is None:
            assert hall.call_next(place, by) is turn
        elif period.action == "call" and place is not None:
            hall.call_chosen(place, by, turn, period.reason)
        elif period.action == "return":
            hall.give_back(turn, by=by, reason=period.reason)
        elif period.action == "cancel":
            hall.cancel(turn, by=self.rows.by(period), reason=period.reason)
        else:
            self._at_counter(period, turn, by)

    def _issued(self, period: AnyRow, by: str) -> Turn:
        steps = self.rows.steps[period.ticket_id]
        asked = [self._asked_of(step) for step in steps]
        code = self.rows.priority(period.ticket_id)
        return self.hall.issue(asked, by=by, priority=code, at_kiosk=by == "kiosk")

    def _asked_of(self, step: AnyRow) -> str:
        """The line that the citizen came for: a transfer moves a step, not its first period."""
        history = self.rows.histories[step.id]
        return self.rows.service(history[0] if history else step)

    def _at_counter(self, period: AnyRow, turn: Turn, by: str) -> None:
        place = self.hall.places[turn.now.counter or ""]
        to = None
        if period.action == "transfer":
            to = self.rows.service(period), None
            if period.reason.startswith(TO_COUNTER):
                to = self.hall.goal(turn, self.hall.places[period.reason.removeprefix(TO_COUNTER)])
        reason = period.reason if period.action in ("hold", "transfer") else None
        done = self.hall.at_counter(period.action, place, by, to=to, reason=reason)
        assert done is turn


def test_a_crowd_leaves_one_story_by_the_rules(database: Database) -> None:
    centre = small.open_centre(database, "trung-tam", MAX_WAIT, QUOTAS)
    begins = database.clock()
    open_seats(database, centre)
    Kiosk(database, centre, "early").act()
    crowd: list[Person] = [Officer(database, centre, seat, seat) for seat in SEATS]
    crowd += [Kiosk(database, centre, f"kiosk {n}") for n in range(2)]
    crowd.append(Guide(database, centre, "guide"))
    with ThreadPoolExecutor(len(crowd)) as pool:
        done = list(pool.map(Person.work, crowd, timeout=100))
    # Who finds nothing to do is chance; the crowd as a whole does plenty.
    assert sum(done) > EACH_DOES
    with database.read() as connection:
        first = connection.execute(select(func.min(Ticket.id))).scalar_one()
        rows = Rows(connection, centre, first)
    rows.check()
    told = Story(rows, small.rules_of_centre(begins, MAX_WAIT, QUOTAS)).tell()
    assert rows.picture() == picture_of(told)
    assert rows.revision >= sum(done)
    assert len(rows.calls) > len(SEATS)
