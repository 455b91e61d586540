"""Random days in a hall: whatever people do, the server and the rules must agree."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from server.domain.facts import TicketChanged
from server.operations import calls, days
from server.storage.session import Work
from tests.server.proof import centre as small
from tests.server.proof.citizens import Citizens
from tests.server.proof.day import MOMENT, NO_TIME, NTH, OFTEN
from tests.server.proof.model import VIETNAM
from tests.server.proof.officers import Officers

MORNING = [
    ("ho-tich", None),
    ("dat-dai", None),
    ("ho-tich", "khuyet-tat"),
    ("dat-dai", "cao-tuoi"),
    ("chung-thuc", None),
]
TO_MIDNIGHT, TO_LONGEST_WAIT = -1, -2
RARITIES_A_DAY = 2
TIMES = [1, 5, 14, 15, 29, 30, 90, 240, TO_LONGEST_WAIT, TO_LONGEST_WAIT, TO_MIDNIGHT]
# Just not yet, just now, and by a moment too long.
AROUND = st.sampled_from([-1, 0, 0, 1, 700_000]).map(lambda us: timedelta(microseconds=us))


class HallDay(Citizens, Officers):
    """Citizens, officers, time, and somebody who looks at the screens in between."""

    @initialize(
        max_wait=st.sampled_from([30, 10, 90]),
        officers=st.tuples(*[st.sampled_from([*small.OFFICERS, *small.OFFICERS, None])] * 3),
        people=st.lists(st.sampled_from(MORNING), max_size=7),
        quota=st.sampled_from([None, 5, 12]),
    )
    def a_morning(
        self,
        max_wait: int,
        officers: tuple[str | None, ...],
        people: list[tuple[str, str | None]],
        quota: int | None,
    ) -> None:
        self._begin(max_wait, {} if quota is None else {"dat-dai": quota})
        for place, officer in zip(self.hall.places.values(), officers, strict=False):
            if officer is not None:
                self._sit_down(place, officer, "open")
        for service, priority in people:
            self._tick(timedelta(minutes=2))
            self._issue([service], {"service": service}, priority=priority, at_kiosk=False)

    # Time

    @rule(minutes=st.sampled_from(TIMES), nth=NTH, more=MOMENT | NO_TIME, closing=st.booleans())
    def time_passes(self, minutes: int, nth: int, more: timedelta, closing: bool) -> None:
        if minutes == TO_MIDNIGHT:
            tomorrow = datetime.combine(self.hall.today + timedelta(days=1), time(), VIETNAM)
            self.clock.now = tomorrow.astimezone(UTC)
        if minutes == TO_LONGEST_WAIT:
            self._until_waited_too_long(nth, timedelta())
        self._tick(timedelta(minutes=max(minutes, 0)) + more)
        if closing:
            self._close_day()

    def _until_waited_too_long(self, nth: int, more: timedelta) -> None:
        """Time goes on to the moment when one of those who wait has waited for the longest."""
        moments = [
            part.since + self.hall.max_wait + more
            for _, part in self.hall.waiting()
            if part.since is not None
        ]
        coming = [moment for moment in moments if moment > self.clock.now]
        if coming:
            self._tick(coming[nth % len(coming)] - self.clock.now)

    def _close_day(self) -> None:
        """As the server does every few seconds: nothing happens unless a day is over."""
        unended = [
            self._id(turn)
            for turn in self.hall.turns
            for part in turn.parts
            if turn.day < self.hall.today and part.state not in ("finished", "cancelled", "no_show")
        ]
        self.facts.clear()
        ended = 0
        while batch := self.database.write(days.close_day, site_id=self.centre.site_id):
            ended += batch
        assert ended == self.hall.close_day() == len(unended)
        told = [fact.ticket_id for fact in self.facts if isinstance(fact, TicketChanged)]
        assert sorted(told) == unended and len(self.facts) == ended
        self._same_as_the_rules(changed=bool(ended))
        self.morning.count("close the day")

    @precondition(lambda self: self.rarities < RARITIES_A_DAY)
    @rule(
        moment=MOMENT,
        what=st.sampled_from([*small.SERVICES, *small.SERVICES, "night", "two nights"]),
        open=OFTEN,
    )
    def something_rare(self, moment: timedelta, what: str, open: bool) -> None:
        """A service opens or closes; at night what nobody asks for any more is dropped."""
        self._tick(moment)
        self.rarities += 1
        if what in small.SERVICES:
            self._set_service(what, open=open)
            return
        if what == "two nights":
            self._tick(timedelta(days=2))
        self._old_keys_are_forgotten()

    # Looking

    @invariant()
    def somebody_looks(self) -> None:
        """Each time at another screen."""
        with self.database.read() as connection:
            self.looks.at_the_next(connection)

    @precondition(lambda self: self._some(self._is_free))
    @rule(nth=NTH, late=st.none() | NTH, more=AROUND)
    def a_counter_calls_its_line_as_its_screen_shows_it(
        self, nth: int, late: int | None, more: timedelta
    ) -> None:
        """Call and send away until nobody is left, see the order, and forget all of it."""
        place = self._place(nth, self._is_free)
        if not self._is_free(place):
            return
        if late is not None:
            self._until_waited_too_long(late, more)
        asked = self._asked(place, place.officer or "")
        order: list[int] = []

        def call_all(work: Work) -> None:
            while (called := calls.call_next(work, **asked)) is not None:
                order.append(called.ticket_id)
                calls.mark_no_show(work, ticket_id=None, **asked)
            raise _Forgotten

        with suppress(_Forgotten):
            self.database.write(call_all)
        assert order == [self._id(turn) for turn in self.hall.line_of(place)]
        self._same_as_the_rules(changed=None)
        self.morning.count("call a whole line")


class _Forgotten(Exception):
    """What was tried in a transaction is not to be kept."""
