"""What the rows of a centre say, told like the model's hall, and what must be true of any rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, select

from server.storage.tables import (
    Call,
    Counter,
    NumberSeries,
    Period,
    PriorityClass,
    Service,
    SiteRevision,
    Step,
    Ticket,
)
from tests.server.proof.model import AT_A_COUNTER, DAYS_END, OVER, TABLE, Entry, Hall

if TYPE_CHECKING:
    from server.storage.base import AnyRow
    from tests.server.proof.centre import Centre

NO_END = 2**62
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

# By keys from a first one on: what other random days left is not looked at.
_OURS = bindparam("first"), bindparam("last")
_TICKETS = select(*Ticket.__table__.c).where(Ticket.id.between(*_OURS)).order_by(Ticket.id)
_STEPS = select(*Step.__table__.c).where(Step.ticket_id.between(*_OURS)).order_by(Step.id)
_PERIODS = select(*Period.__table__.c).where(Period.ticket_id.between(*_OURS)).order_by(Period.id)
_PRIORITIES = (
    select(Ticket.id, PriorityClass.code)
    .join(PriorityClass, PriorityClass.id == Ticket.priority_class_id)
    .where(Ticket.id.between(*_OURS))
)
_CALLS = select(*Call.__table__.c).where(Call.site_id == bindparam("site")).order_by(Call.id)
_SERIES = select(NumberSeries.day, NumberSeries.prefix, NumberSeries.last).where(
    NumberSeries.site_id == bindparam("site")
)
_COUNTERS = (
    select(Counter.number, Counter.state, Counter.officer_id)
    .where(Counter.site_id == bindparam("site"))
    .order_by(Counter.id)
)
_OPEN = select(Service.code).where(Service.site_id == bindparam("site"), Service.open)
_REVISION = select(SiteRevision.revision).where(SiteRevision.site_id == bindparam("site"))


def revision(connection: Connection, centre: Centre) -> int:
    return int(connection.execute(_REVISION, {"site": centre.site_id}).scalar_one())


class Rows:
    """All that the database keeps of a centre's tickets, from the ticket `first` to `last`."""

    def __init__(
        self, connection: Connection, centre: Centre, first: int, last: int = NO_END
    ) -> None:
        place = {"site": centre.site_id, "first": first, "last": last}
        ours = centre.site_id
        self.tickets = [t for t in connection.execute(_TICKETS, place) if t.site_id == ours]
        self.steps: dict[int, list[AnyRow]] = defaultdict(list)
        for step in connection.execute(_STEPS, place):
            self.steps[step.ticket_id].append(step)
        self.periods = [p for p in connection.execute(_PERIODS, place) if p.site_id == ours]
        self.histories: dict[int, list[AnyRow]] = defaultdict(list)
        for period in self.periods:
            self.histories[period.step_id].append(period)
        self.calls = connection.execute(_CALLS, place).all()
        self.series = {
            (day, prefix): last for day, prefix, last in connection.execute(_SERIES, place)
        }
        self.counters = connection.execute(_COUNTERS, place).all()
        self.open_services = set(connection.execute(_OPEN, place).scalars())
        self.revision = revision(connection, centre)
        self._classes = {t: code for t, code in connection.execute(_PRIORITIES, place)}
        self._services = {key: name for name, key in centre.services.items()}
        self._counters = {key: name for name, key in centre.counters.items()}
        self._tokens = {key: name for name, key in centre.tokens.items()}
        self._staff = {key: name for name, key in centre.staff.items()}

    def priority(self, ticket_id: int) -> str | None:
        return self._classes.get(ticket_id)

    def by(self, period: AnyRow) -> str | None:
        return self._tokens.get(period.token_id)

    def service(self, row: AnyRow) -> str:
        return self._services[row.service_id]

    def counter(self, row: AnyRow) -> str | None:
        return self._counters.get(row.counter_id)

    def only(self, step: AnyRow) -> str | None:
        return self._counters.get(step.only_counter_id)

    def current(self, ticket_id: int) -> AnyRow:
        return next(step for step in self.steps[ticket_id] if step.current)

    def waiting(self, day: date) -> list[AnyRow]:
        steps = [step for visit in self.steps.values() for step in visit]
        return [step for step in steps if step.state == "waiting" and step.day == day]

    # As the model's hall says it

    def picture(self) -> dict[str, Any]:
        """The rows as `picture_of` shows the model: equal, or one of them is wrong."""
        places = self._places()
        return {
            "tickets": [self._visit(ticket) for ticket in self.tickets],
            "calls": [
                (places[c.step_id], c.number, self.counter(c), c.counter_number,
                 c.called_at, c.recall)
                for c in self.calls
            ],
            "numbers": {series: last for series, last in self.series.items() if last},
            "counters": [(c.number, c.state, self._staff.get(c.officer_id)) for c in self.counters],
            "open services": self.open_services,
        }  # fmt: skip

    def _places(self) -> dict[int, tuple[int, int]]:
        """Each step as the model numbers it: whose it is, and which part of the visit."""
        return {
            step.id: (index, step.position - 1)
            for index, ticket in enumerate(self.tickets)
            for step in self.steps[ticket.id]
        }

    def _visit(self, ticket: AnyRow) -> tuple[Any, ...]:
        parts = [
            (
                self.service(step),
                step.state,
                step.current,
                EPOCH + timedelta(microseconds=step.rank_at),
                _waiting_since(step) if step.state == "waiting" else None,
                self.counter(step),
                self.only(step),
                [self._entry(period) for period in self.histories[step.id]],
            )
            for step in self.steps[ticket.id]
        ]
        return ticket.number, ticket.day, parts

    def _entry(self, p: AnyRow) -> Entry:
        return Entry(
            p.action, p.state, p.started_at, p.ended_at, self.service(p), self.by(p),
            self.counter(p), p.reason,
        )  # fmt: skip

    # Whatever happened

    def check(self) -> None:
        """Everything that holds of any hall, whatever was done in it and by how many at once."""
        self._numbers_without_gap()
        for ticket in self.tickets:
            self._one_step_is_current(ticket)
        for step_id, periods in self.histories.items():
            self._history_adds_up(step_id, periods)
        self._counters_hold_one_each()
        self._calls_are_in_history()

    def _numbers_without_gap(self) -> None:
        given: dict[Any, list[int]] = defaultdict(list)
        for ticket in self.tickets:
            prefix = ticket.number.rstrip("0123456789")
            serial = ticket.number.removeprefix(prefix)
            assert len(serial) >= 3
            given[ticket.day, prefix].append(int(serial))
        lasts = {series: last for series, last in self.series.items() if last}
        assert {series: len(serials) for series, serials in given.items()} == lasts
        for serials in given.values():
            # Keys grow as transactions do: a later ticket has a later number.
            assert serials == list(range(1, len(serials) + 1))
        issued = [ticket.issued_at for ticket in self.tickets]
        assert issued == sorted(issued)

    def _one_step_is_current(self, ticket: AnyRow) -> None:
        steps = self.steps[ticket.id]
        assert [step.position for step in steps] == list(range(1, len(steps) + 1))
        assert [step.current for step in steps].count(True) == 1
        at = [step.current for step in steps].index(True)
        assert all(step.state == "finished" for step in steps[:at])
        later = {step.state for step in steps[at + 1 :]}
        assert later <= {"planned", "cancelled"}
        if steps[at].state in ("waiting", "called", "serving"):
            assert later <= {"planned"}

    def _history_adds_up(self, step_id: int, periods: list[AnyRow]) -> None:
        step = next(s for s in self.steps[periods[0].ticket_id] if s.id == step_id)
        first, last = periods[0], periods[-1]
        assert first.action == "issue" or (len(periods) == 1 and first.state == "cancelled")
        assert last.state == step.state
        assert last.started_at == step.state_since
        assert (last.ended_at is None) == (last.state not in OVER)
        for period in periods:
            assert period.ended_at is None or period.started_at <= period.ended_at
        for was, now in zip(periods, periods[1:], strict=False):
            assert was.ended_at == now.started_at
            if now.action == "close_day":
                assert now.state == DAYS_END[was.state]
            else:
                allowed, then = TABLE[now.action]
                assert was.state in allowed and now.state == then

    def _counters_hold_one_each(self) -> None:
        """At no moment of the past were two at one counter, nor one at two."""
        stays = [p for p in self.periods if p.state in AT_A_COUNTER]
        for key in ("counter_id", "ticket_id"):
            groups: dict[int, list[AnyRow]] = defaultdict(list)
            for stay in stays:
                assert stay.counter_id is not None
                groups[getattr(stay, key)].append(stay)
            for group in groups.values():
                for was, now in zip(group, group[1:], strict=False):
                    assert was.ended_at is not None and was.ended_at <= now.started_at
                    same = was.step_id == now.step_id
                    assert same or now.action == "call"

    def _calls_are_in_history(self) -> None:
        heard = [(c.step_id, c.counter_id, c.called_at, c.recall) for c in self.calls]
        written = [
            (p.step_id, p.counter_id, p.started_at, p.action == "recall")
            for p in self.periods
            if p.action in ("call", "recall")
        ]
        assert heard == written
        assert [at for *_, at, _ in heard] == sorted(at for *_, at, _ in heard)


def _waiting_since(step: AnyRow) -> datetime:
    return EPOCH + timedelta(microseconds=step.waiting_since)


def picture_of(hall: Hall) -> dict[str, Any]:
    """What the rows must say when the hall is as the model has it."""
    numbers: dict[Any, int] = {}
    for turn in hall.turns:
        numbers[turn.day, turn.prefix] = turn.serial
    return {
        "tickets": [
            (
                turn.number,
                turn.day,
                [
                    (
                        part.service, part.state, index == turn.at, part.rank,
                        part.since if part.state == "waiting" else None,
                        part.counter, part.only, part.history,
                    )
                    for index, part in enumerate(turn.parts)
                ],
            )
            for turn in hall.turns
        ],
        "calls": [
            (c.part.order, c.turn.number, c.counter, c.counter, c.at, c.recall) for c in hall.calls
        ],
        "numbers": numbers,
        "counters": [(p.number, p.state, p.officer) for p in hall.places.values()],
        "open services": hall.open_services,
    }  # fmt: skip
