"""Opening, pausing and closing a counter."""

from typing import Any

from sqlalchemy import or_, select, update

from server.domain import ranking
from server.domain.facts import CounterChanged, TicketChanged
from server.domain.lifecycle import Action
from server.domain.refusals import CounterBusy, CounterClosed, CounterTaken, Unknown
from server.storage import steps
from server.storage.session import Work
from server.storage.tables import Counter, Staff

COUNTER_FREED = "counter_freed"


def open_counter(work: Work, *, site_id: int, counter_id: int, officer_id: int) -> None:
    """The officer sits down, or comes back from a pause; raises `CounterTaken`."""
    _set_state(work, site_id, counter_id, officer_id, "open")


def pause_counter(work: Work, *, site_id: int, counter_id: int, officer_id: int) -> None:
    """A break: the officer keeps the counter and the ticket there, and calls nobody.

    Raises `CounterTaken`, and `CounterClosed` where nobody sits.
    """
    _set_state(work, site_id, counter_id, officer_id, "paused")


def close_counter(work: Work, *, site_id: int, counter_id: int, officer_id: int | None) -> None:
    """The officer leaves; `officer_id` None: a manager frees it for an absent one.

    Raises `CounterBusy` while a ticket is there: no citizen is left standing.
    """
    work.lock_site(site_id)
    counter = _counter(work, site_id, counter_id)
    if officer_id is not None and counter.officer_id not in (None, officer_id):
        raise CounterTaken(counter=counter.number, officer=counter.officer)
    present = steps.step_at(work, counter_id)
    if present is not None:
        raise CounterBusy(ticket={"id": str(present.ticket_id), "number": present.number})
    _close(work, site_id, counter_id)


def free_counter(work: Work, *, site_id: int, counter_id: int, by: int) -> None:
    """A manager closes the counter of an absent officer, whoever is there.

    A ticket called or served there goes back to its line at its old place, with the reason
    `counter_freed`: neither the citizen nor the counter is stuck. Raises `Unknown`.
    """
    work.lock_site(site_id)
    _counter(work, site_id, counter_id)
    present = steps.step_at(work, counter_id)
    if present is not None:
        steps.move(
            work,
            present,
            Action.RETURN,
            by=by,
            counter_id=None,
            reason=COUNTER_FREED,
            waiting_since=ranking.microseconds(work.now),
        )
        work.tell(TicketChanged(site_id, present.ticket_id))
    _close(work, site_id, counter_id)


def _close(work: Work, site_id: int, counter_id: int) -> None:
    work.execute(
        update(Counter)
        .where(Counter.id == counter_id)
        .values(state="closed", officer_id=None, state_since=work.now)
    )
    work.tell(CounterChanged(site_id, counter_id))


def _set_state(work: Work, site_id: int, counter_id: int, officer_id: int, state: str) -> None:
    work.lock_site(site_id)
    counter = _counter(work, site_id, counter_id)
    if state == "paused" and counter.state == "closed":
        raise CounterClosed(counter=counter.number)
    taken = work.claim(
        update(Counter)
        .where(
            Counter.id == counter_id,
            or_(Counter.officer_id.is_(None), Counter.officer_id == officer_id),
        )
        .values(state=state, officer_id=officer_id, state_since=work.now)
    )
    if not taken:
        raise CounterTaken(counter=counter.number, officer=counter.officer)
    work.tell(CounterChanged(site_id, counter_id))


def _counter(work: Work, site_id: int, counter_id: int) -> Any:
    counter = work.execute(
        select(Counter.number, Counter.state, Counter.officer_id, Staff.name.label("officer"))
        .outerjoin(Staff, Staff.id == Counter.officer_id)
        .where(Counter.id == counter_id, Counter.site_id == site_id, Counter.removed.is_(False))
    ).one_or_none()
    if counter is None:
        raise Unknown("counter")
    return counter
