"""Looking at every screen of a hall and comparing it with what the rules say it must show."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from itertools import cycle
from typing import TYPE_CHECKING, Any

from server.queries import boards, counters, tickets
from tests.server.proof import centre as small
from tests.server.proof.model import AT_A_COUNTER

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.server.proof.centre import Centre
    from tests.server.proof.model import Announced, Hall, Place, Turn

LISTED_FOR, LISTED_AT_LEAST = timedelta(minutes=10), 50
NEXT_SHOWN, LINE_SHOWN, ASIDE_SHOWN, SERVING_SHOWN = 10, 60, 20, 6


class Looks:
    """The screens of one centre; `ids` and `tokens` of the model's turns, in their order."""

    def __init__(self, centre: Centre, hall: Hall, ids: list[int], tokens: list[str]) -> None:
        self._centre, self._hall, self._ids, self._tokens = centre, hall, ids, tokens
        self._screens = cycle(
            [
                *[partial(self._at_board, name=name) for name in (None, *small.HALLS)],
                *[partial(self._at_counter, place=place) for place in hall.places.values()],
                self._at_phones,
            ]
        )

    def at_the_next(self, connection: Connection) -> None:
        """At one screen, at another each time."""
        next(self._screens)(connection)

    def at_everything(self, connection: Connection) -> None:
        for name in (None, *small.HALLS):
            self._at_board(connection, name)
        for place in self._hall.places.values():
            self._at_counter(connection, place)
        self._at_counters(connection)
        self._at_phones(connection)
        self._at_tickets(connection)

    # Boards

    def _at_board(self, connection: Connection, name: str | None) -> None:
        hall = self._hall
        shown = boards.board(connection, self._centre.site_id, hall=name, now=hall.now)
        assert shown is not None
        here = [place for place in hall.places.values() if name in (None, place.hall)]
        heard = [call for call in hall.calls if name in (None, call.hall)]
        listed = [
            call
            for index, call in enumerate(heard)
            if len(heard) - index <= LISTED_AT_LEAST or hall.now - call.at <= LISTED_FOR
        ]
        assert [
            (c["number"], c["counter"], datetime.fromisoformat(c["called_at"]), c["recall"])
            for c in shown["calls"]
        ] == [(c.turn.number, c.counter, c.at, c.recall) for c in listed]
        ids = [c["call_id"] for c in shown["calls"]]
        assert ids == sorted(set(ids))
        # A call that is no longer listed may be active still: the longest calls of a slow hall.
        key_of = dict(zip((id(call) for call in listed), ids, strict=True))
        active = [key_of[id(c)] for c in heard if self._is_active(c) and id(c) in key_of]
        assert [key for key in shown["active_calls"] if key in ids] == active
        assert len(shown["active_calls"]) == sum(self._is_active(c) for c in heard)
        assert shown["serving"] == [
            {"number": turn.number, "counter": place.number}
            for place in here
            if (turn := hall.at(place)) is not None and turn.now.state == "serving"
        ]
        served = [
            s for s in hall.prefixes if name is None or any(s in place.tiers for place in here)
        ]
        lines = {service: [t.number for t in hall.line(service)] for service in served}
        assert shown["waiting"] == {service: len(line) for service, line in lines.items()}
        assert shown["next"] == [
            {"service": service, "numbers": line[:NEXT_SHOWN]}
            for service, line in lines.items()
            if line
        ]

    def _is_active(self, call: Announced) -> bool:
        """Whether the ticket is still called, to that counter and since then."""
        part = call.part
        since = part.called_at
        return (
            part.state == "called"
            and part.counter == call.counter
            and since is not None
            and call.at >= since
        )

    # Counters

    def _at_counters(self, connection: Connection) -> None:
        shown = counters.counters(connection, self._centre.site_id)
        assert [(c["number"], c["state"], c["officer"], c["ticket"]) for c in shown] == [
            (place.number, place.state, place.officer, self._brief(self._hall.at(place)))
            for place in self._hall.places.values()
        ]

    def _brief(self, turn: Turn | None) -> dict[str, Any] | None:
        if turn is None:
            return None
        return {"id": self._id(turn), "number": turn.number, "state": turn.now.state}

    def _id(self, turn: Turn) -> str:
        return str(self._ids[turn.parts[0].order[0]])

    def _at_counter(self, connection: Connection, place: Place) -> None:
        hall = self._hall
        picture = counters.counter_picture(
            connection,
            self._centre.site_id,
            self._centre.counters[place.number],
            public_url="",
            now=hall.now,
        )
        assert picture is not None
        present = hall.at(place)
        assert (picture["ticket"] or {}).get("id") == (present and self._id(present))
        line = hall.line_of(place)
        assert [t["id"] for t in picture["waiting"]] == [self._id(t) for t in line[:LINE_SHOWN]]
        assert picture["waiting_total"] == len(line)
        for state, key in (("held", "held"), ("no_show", "no_shows")):
            aside = [
                t
                for t in hall.turns
                if t.day == hall.today and (t.now.state, t.now.counter) == (state, place.number)
            ]
            aside.sort(key=lambda t: t.now.history[-1].since, reverse=True)
            assert [t["id"] for t in picture[key]] == [self._id(t) for t in aside[:ASIDE_SHOWN]]

    # Tickets

    def _at_phones(self, connection: Connection) -> None:
        """The citizens' own pages."""
        hall = self._hall
        pictures = tickets.ticket_pictures(connection, self._tokens, now=hall.now)
        assert set(pictures) == set(self._tokens)
        for turn, token in zip(hall.turns, self._tokens, strict=True):
            self._is_right(pictures[token], turn)
            assert pictures[token]["service"]["code"] == turn.now.service
            assert pictures[token]["serving_now"] == self._serving_now(turn.now.service)

    def _at_tickets(self, connection: Connection) -> None:
        """Each ticket as the staff see it."""
        hall = self._hall
        for turn, ticket_id in zip(hall.turns, self._ids, strict=True):
            view = tickets.ticket_view(connection, ticket_id, public_url="", now=hall.now)
            assert view is not None
            self._is_right(view, turn)
            assert view["service"] == turn.now.service

    def _is_right(self, shown: dict[str, Any], turn: Turn) -> None:
        part = turn.now
        assert (shown["number"], shown["state"]) == (turn.number, part.state)
        assert shown["counter"] == (part.counter if part.state in AT_A_COUNTER else None)
        assert datetime.fromisoformat(shown["state_since"]) == part.history[-1].since
        if part.state != "waiting":
            assert shown["people_ahead"] == 0
        elif turn.day == self._hall.today:
            assert shown["people_ahead"] == self._hall.people_ahead(turn)

    def _serving_now(self, service: str) -> list[str]:
        there = [t for t in map(self._hall.at, self._hall.places.values()) if t is not None]
        there = [t for t in there if t.now.service == service]
        there.sort(key=lambda t: t.now.called_at or self._hall.now, reverse=True)
        return [t.number for t in there[:SERVING_SHOWN]]
