"""What citizens, and staff away from the counters, do on a random day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from server.domain.facts import TicketIssued
from server.operations import idempotency, tickets
from server.storage.session import Work
from tests.server.proof import centre as small
from tests.server.proof.day import MOMENT, NO_TIME, NTH, SELDOM, Day
from tests.server.proof.model import AT_A_COUNTER, No, Turn

KEPT_FOR = timedelta(hours=48)
MAY_RETURN = ("held", "no_show", *AT_A_COUNTER)
WISHES = st.lists(st.sampled_from([*small.PROCEDURES]), min_size=1, max_size=3)


class Citizens(Day):
    """They come, give up, are sent back to the line or away."""

    @rule(
        moment=MOMENT | NO_TIME,
        wish=st.sampled_from([*small.SERVICES]) | WISHES,
        priority=st.sampled_from([*[None] * 4, "khuyet-tat", "cao-tuoi", "tuong-lai"]),
        at_kiosk=st.sampled_from([False, False, True]),
        people=st.sampled_from([*[1] * 6, 2, 4, 12]),
        key=st.sampled_from([*[None] * 6, "k1", "k2"]),
    )
    def somebody_comes(
        self,
        moment: timedelta,
        wish: str | list[str],
        priority: str | None,
        at_kiosk: bool,
        people: int,
        key: str | None,
    ) -> None:
        """For a service, or for some procedures; alone, or many at the same moment."""
        self._tick(moment)
        for _ in range(people):
            if key is not None and isinstance(wish, str):
                self._issue_with_key(key, wish)
            elif isinstance(wish, str):
                self._issue([wish], {"service": wish}, priority=priority, at_kiosk=at_kiosk)
            else:
                lines = [self.hall.procedures[procedure] for procedure in wish]
                self._issue(lines, {"procedures": wish}, priority=priority, at_kiosk=at_kiosk)

    def _issue(
        self, lines: list[str], asked: dict[str, Any], *, priority: str | None, at_kiosk: bool
    ) -> None:
        who = "kiosk" if at_kiosk else "cy"
        answer, turn = self._both(
            "issue",
            lambda work: self._really_issue(work, who, priority=priority, **asked),
            lambda: self.hall.issue(lines, by=who, priority=priority, at_kiosk=at_kiosk),
            lambda ticket: [TicketIssued(self.centre.site_id, ticket.id)],
        )
        if answer is not None:
            assert (answer.number, answer.service) == (turn.number, lines[0])
            assert answer.people_ahead == self.hall.people_ahead(turn)
            assert answer.issued_at == self.clock.now

    def _really_issue(self, work: Work, who: str, **asked: Any) -> tickets.IssuedTicket:
        return tickets.issue_ticket(
            work, site_id=self.centre.site_id, by=self.centre.tokens[who],
            role=small.PEOPLE[who], **asked,
        )  # fmt: skip

    def _issue_with_key(self, key: str, service: str) -> None:
        """A kiosk that has heard no answer asks again, or mixes its keys up."""
        body, subject, _ = self.used_keys.get(key, (service, None, None))
        asked = idempotency.Key(str(self.centre.tokens["kiosk"]), "/tickets", key, service)

        def once(work: Work) -> tickets.IssuedTicket:
            return idempotency.once(
                work,
                asked,
                lambda inner: self._really_issue(inner, "kiosk", service=service),
                lambda ticket: str(ticket.id),
            )

        def by_rules() -> Turn:
            if body != service:
                raise No({"key_reused"})
            return self.hall.issue([service], by="kiosk")

        if key in self.used_keys and body == service:
            self._already_done(once, str(subject))
            return
        answer, _ = self._both(
            "issue with a key", once, by_rules,
            lambda ticket: [TicketIssued(self.centre.site_id, ticket.id)],
        )  # fmt: skip
        if answer is not None:
            self.used_keys[key] = (service, answer.id, self.clock.now)

    def _already_done(self, once: Callable[[Work], Any], subject: str) -> None:
        self.agreed = False
        self.facts.clear()
        try:
            self.database.write(once)
        except idempotency.AlreadyDone as done:
            assert done.subject == subject
        else:
            raise AssertionError("a repeated key was done twice")
        assert self.facts == []
        self._same_as_the_rules(changed=None)
        self.morning.count("issue with a key: already done")

    def _old_keys_are_forgotten(self) -> None:
        self.database.write(idempotency.forget_old_keys)
        self.used_keys = {
            key: used
            for key, used in self.used_keys.items()
            if used[2] >= self.clock.now - KEPT_FOR
        }

    # Away from the counter

    @precondition(lambda self: any(t.now.state in MAY_RETURN for t in self.hall.turns))
    @rule(
        moment=MOMENT,
        nth=NTH,
        state=st.sampled_from([*MAY_RETURN, *MAY_RETURN, "waiting", "finished", "cancelled"]),
        stranger=SELDOM,
    )
    def a_ticket_is_returned(self, moment: timedelta, nth: int, state: str, stranger: bool) -> None:
        self._tick(moment)
        turn = self._turn(nth, state)
        self._return(turn, self._maybe(stranger, nth))

    @precondition(lambda self: self.hall.turns)
    @rule(
        moment=MOMENT,
        nth=NTH,
        state=st.sampled_from(["waiting", "called", "held", "serving", "no_show", "finished"]),
        stranger=SELDOM,
        citizen=st.booleans(),
    )
    def a_ticket_is_cancelled(
        self, moment: timedelta, nth: int, state: str, stranger: bool, citizen: bool
    ) -> None:
        self._tick(moment)
        turn = self._turn(nth, state)
        if citizen:
            self._give_up(turn, stranger)
        else:
            self._staff_verb(
                "cancel", tickets.cancel_ticket, self.hall.cancel, turn, self._maybe(stranger, nth)
            )

    def _maybe(self, stranger: bool, nth: int) -> int | None:
        return self._strange_ticket(nth) if stranger else None

    def _give_up(self, turn: Turn, stranger: bool) -> None:
        """By the token on the slip, or by one that somebody guessed."""
        token = "A" * 22 if stranger else self.secrets[turn.parts[0].order[0]]

        def judged() -> None:
            if stranger:
                raise No({"unknown_ticket"})
            self.hall.cancel(turn, by=None, reason="citizen")

        self._both(
            "give up",
            lambda work: tickets.give_up_ticket(work, token=token),
            judged,
            lambda _: self._changed(turn),
        )
