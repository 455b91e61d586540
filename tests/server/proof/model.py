"""The rules of the queue alone: what the contract and the design say, in plain Python.

Nothing of the server is imported here, and nothing is quick: lists are searched from end to end.
So this hall and the server's can agree by both being right, and hardly in any other way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
AT_A_COUNTER = ("called", "serving")
OVER = ("finished", "cancelled")

# The contract's states and verbs.
TABLE: dict[str, tuple[frozenset[str], str]] = {
    "call": (frozenset({"waiting"}), "called"),
    "recall": (frozenset({"called"}), "called"),
    "start": (frozenset({"called"}), "serving"),
    "finish": (frozenset({"called", "serving"}), "finished"),
    "no_show": (frozenset({"called"}), "no_show"),
    "hold": (frozenset({"called", "serving"}), "held"),
    "return": (frozenset({"held", "no_show", "called", "serving"}), "waiting"),
    "transfer": (frozenset({"called", "serving"}), "waiting"),
    "cancel": (frozenset({"waiting", "called", "held"}), "cancelled"),
}
DAYS_END = {
    "planned": "cancelled",
    "waiting": "cancelled",
    "held": "cancelled",
    "called": "finished",
    "serving": "finished",
}


class No(Exception):
    """The hall refuses, for any of these reasons: all of them are true."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = frozenset(codes)
        super().__init__(*sorted(self.codes))


@dataclass
class Entry:
    """One line of a ticket's history."""

    action: str
    state: str
    since: datetime
    until: datetime | None
    service: str
    by: str | None
    counter: str | None
    reason: str | None


@dataclass
class Part:
    """One service of a visit; `order`: who came first, then which part of the visit."""

    order: tuple[int, int]
    service: str
    rank: datetime
    state: str = "planned"
    since: datetime | None = None
    counter: str | None = None
    only: str | None = None
    called_at: datetime | None = None
    history: list[Entry] = field(default_factory=list)


@dataclass
class Turn:
    """A citizen's ticket; `asked`: the services it came for; `at`: the part it stands at."""

    number: str
    prefix: str
    serial: int
    day: date
    asked: list[str]
    parts: list[Part]
    at: int = 0

    @property
    def now(self) -> Part:
        return self.parts[self.at]


@dataclass
class Place:
    """A counter; `tiers`: the services that it serves, and which of them come first."""

    number: str
    hall: str
    tiers: dict[str, int]
    state: str = "closed"
    officer: str | None = None


@dataclass
class Announced:
    """A call or a recall as the hall heard it."""

    turn: Turn
    part: Part
    counter: str
    hall: str
    at: datetime
    recall: bool


@dataclass
class Hall:
    """A centre at work. Services are in the order of the boards; `hours`: each day's, local."""

    prefixes: dict[str, str]
    procedures: dict[str, str]
    head_starts: dict[str, timedelta]
    kiosk_classes: frozenset[str]
    places: dict[str, Place]
    max_wait: timedelta
    quotas: dict[str, int]
    hours: dict[str, tuple[time, time]]
    now: datetime
    open_services: set[str] = field(default_factory=set)
    turns: list[Turn] = field(default_factory=list)
    calls: list[Announced] = field(default_factory=list)

    # What is so

    @property
    def today(self) -> date:
        return self.now.astimezone(VIETNAM).date()

    def at(self, place: Place) -> Turn | None:
        """Who is called or served there: one, or nobody."""
        here = [
            turn
            for turn in self.turns
            if turn.now.state in AT_A_COUNTER and turn.now.counter == place.number
        ]
        assert len(here) <= 1, "two tickets at one counter"
        return here[0] if here else None

    def waiting(self, service: str | None = None) -> Iterator[tuple[Turn, Part]]:
        """Who waits today, for one service or for any, in the order of arrival."""
        for turn in self.turns:
            if turn.day == self.today and turn.now.state == "waiting":
                if service is None or turn.now.service == service:
                    yield turn, turn.now

    def line(self, service: str) -> list[Turn]:
        """The line of a service by its ranks, as boards show it."""
        return [
            turn for turn, _ in sorted(self.waiting(service), key=lambda w: (w[1].rank, w[1].order))
        ]

    def people_ahead(self, turn: Turn) -> int:
        return self.line(turn.now.service).index(turn)

    def line_of(self, place: Place) -> list[Turn]:
        """Everybody whom the counter could call, in the order of the three lines."""
        mine = [
            (turn, part)
            for turn, part in self.waiting()
            if part.service in place.tiers and part.only in (None, place.number)
        ]
        late = [w for w in mine if self._waited_too_long(w[1])]
        rest = [w for w in mine if not self._waited_too_long(w[1])]
        late.sort(key=lambda w: (w[1].since, w[1].order))
        rest.sort(key=lambda w: (place.tiers[w[1].service], w[1].rank, w[1].order))
        return [turn for turn, _ in late + rest]

    def _waited_too_long(self, part: Part) -> bool:
        assert part.since is not None
        return self.now - part.since >= self.max_wait

    def why_next(self, turn: Turn) -> str:
        return "longest_wait" if self._waited_too_long(turn.now) else "in_order"

    # What may not be done, and why not

    def _not_mine(self, place: Place, officer: str) -> set[str]:
        if place.state == "closed":
            return {"counter_closed"}
        return set() if place.officer == officer else {"forbidden"}

    def _not_free(self, place: Place, officer: str) -> set[str]:
        why = self._not_mine(place, officer)
        if place.state != "open":
            why.add("counter_closed")
        if self.at(place) is not None:
            why.add("counter_busy")
        return why

    def _not_held(self, place: Place, officer: str) -> set[str]:
        return set() if place.officer in (None, officer) else {"counter_taken"}

    @staticmethod
    def _not_by_table(turn: Turn, action: str) -> set[str]:
        return set() if turn.now.state in TABLE[action][0] else {"wrong_state"}

    def _not_of_today(self, turn: Turn) -> set[str]:
        return set() if turn.day == self.today else {"wrong_state"}

    def _not_given_out(self, service: str, asked: list[str]) -> set[str]:
        why = set() if service in self.open_services else {"service_closed"}
        if service in self.hours:
            begins, ends = self.hours[service]
            if not begins <= self.now.astimezone(VIETNAM).time() < ends:
                why.add("outside_hours")
        if service in self.quotas:
            given = [turn.asked for turn in self.turns if turn.day == self.today]
            if sum(each.count(service) for each in (*given, asked)) > self.quotas[service]:
                why.add("quota_reached")
        return why

    # What people do

    def issue(
        self,
        services: list[str],
        *,
        by: str,
        priority: str | None = None,
        at_kiosk: bool = True,
    ) -> Turn:
        why = {code for service in services for code in self._not_given_out(service, services)}
        if priority is not None and priority not in self.head_starts:
            why.add("unknown_priority")
        elif priority is not None and at_kiosk and priority not in self.kiosk_classes:
            why.add("priority_not_allowed")
        _refuse(why)
        prefix = self.prefixes[services[0]]
        serial = 1 + sum(turn.day == self.today and turn.prefix == prefix for turn in self.turns)
        rank = self.now - self.head_starts.get(priority or "", timedelta())
        parts = [
            Part((len(self.turns), position), service, rank)
            for position, service in enumerate(services)
        ]
        turn = Turn(f"{prefix}{serial:03}", prefix, serial, self.today, services, parts)
        self.turns.append(turn)
        self._wait_again(turn, "issue", by=by)
        return turn

    def open_service(self, service: str, *, open: bool) -> None:
        self.open_services = (self.open_services - {service}) | ({service} if open else set())

    def open(self, place: Place, officer: str, state: str = "open") -> None:
        why = self._not_held(place, officer)
        if state == "paused" and place.state == "closed":
            why.add("counter_closed")
        _refuse(why)
        place.state, place.officer = state, officer

    def close(self, place: Place, officer: str | None) -> None:
        why = set() if officer is None else self._not_held(place, officer)
        if self.at(place) is not None:
            why.add("counter_busy")
        _refuse(why)
        place.state, place.officer = "closed", None

    def call_next(self, place: Place, officer: str) -> Turn | None:
        _refuse(self._not_free(place, officer))
        line = self.line_of(place)
        if not line:
            return None
        self._call(line[0], place, officer, None)
        return line[0]

    def call_chosen(self, place: Place, officer: str, turn: Turn, reason: str) -> None:
        why = self._not_free(place, officer) | self._not_by_table(turn, "call")
        if place.number != turn.now.only and turn.now.service not in place.tiers:
            why.add("service_not_here")
        _refuse(why | self._not_of_today(turn))
        self._call(turn, place, officer, reason)

    def at_counter(
        self,
        action: str,
        place: Place,
        officer: str,
        *,
        guard: Turn | None = None,
        reason: str | None = None,
        why_not: Iterable[str] = (),
        to: tuple[str, str | None] | None = None,
    ) -> Turn:
        """Recall, start, finish, no_show, hold or transfer; `to`: a service, and one counter."""
        why = self._not_mine(place, officer) | set(why_not)
        turn = self.at(place)
        if turn is None:
            why.add("wrong_state")
        else:
            why |= self._not_by_table(turn, action)
            why |= {"wrong_ticket"} if guard not in (None, turn) else set()
        _refuse(why)
        assert turn is not None
        if action == "transfer":
            assert to is not None
            turn.now.service, turn.now.only = to
            self._wait_again(turn, action, by=officer, reason=reason)
            return turn
        self._write(turn.now, action, TABLE[action][1], by=officer, reason=reason)
        if action == "recall":
            self.calls.append(Announced(turn, turn.now, place.number, place.hall, self.now, True))
        if action == "finish" and turn.at + 1 < len(turn.parts):
            turn.at += 1
            self._wait_again(turn, "issue", by=officer)
        return turn

    def goal(self, turn: Turn, place: Place) -> tuple[str, str]:
        """Where a ticket waits for one counter: its own line where that counter serves it."""
        if not place.tiers:
            raise No({"service_not_here"})
        own = turn.now.service
        by_tier = sorted(place.tiers, key=lambda s: (place.tiers[s], [*self.prefixes].index(s)))
        return (own if own in place.tiers else by_tier[0]), place.number

    def give_back(self, turn: Turn, *, by: str, reason: str) -> None:
        _refuse(self._not_by_table(turn, "return") | self._not_of_today(turn))
        self._wait_again(turn, "return", by=by, reason=reason)

    def cancel(self, turn: Turn, *, by: str | None, reason: str) -> None:
        _refuse(self._not_by_table(turn, "cancel"))
        turn.now.counter = None
        self._write(turn.now, "cancel", "cancelled", by=by, reason=reason)
        for part in turn.parts[turn.at + 1 :]:
            self._write(part, "cancel", "cancelled", by=by, reason=reason)

    def close_day(self) -> int:
        """End what earlier days left; answers with how many parts."""
        ended = 0
        for turn in self.turns:
            for part in turn.parts if turn.day < self.today else []:
                if part.state in DAYS_END:
                    end = DAYS_END[part.state]
                    self._write(part, "close_day", end, by=None, reason="day_closed")
                    ended += 1
        return ended

    # How it is written down

    def _call(self, turn: Turn, place: Place, officer: str, reason: str | None) -> None:
        turn.now.counter, turn.now.called_at = place.number, self.now
        self._write(turn.now, "call", "called", by=officer, reason=reason)
        self.calls.append(Announced(turn, turn.now, place.number, place.hall, self.now, False))

    def _wait_again(
        self, turn: Turn, action: str, *, by: str | None, reason: str | None = None
    ) -> None:
        """The wait begins anew; the place in the line is the old one."""
        turn.now.since, turn.now.counter = self.now, None
        self._write(turn.now, action, "waiting", by=by, reason=reason)

    def _write(
        self, part: Part, action: str, state: str, *, by: str | None, reason: str | None
    ) -> None:
        if part.history:
            part.history[-1].until = self.now
        until = self.now if state in OVER else None
        part.history.append(
            Entry(action, state, self.now, until, part.service, by, part.counter, reason)
        )
        part.state = state


def _refuse(why: set[str]) -> None:
    if why:
        raise No(why)
