"""Calling citizens to a counter, and what an officer does with the ticket that is there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, or_, select
from sqlalchemy.orm import aliased

from server.domain import numbering, ranking, routing
from server.domain.facts import TicketCalled, TicketChanged
from server.domain.lifecycle import Action
from server.domain.refusals import (
    CounterBusy,
    CounterClosed,
    Forbidden,
    Invalid,
    ServiceNotHere,
    Unknown,
    WrongState,
    WrongTicket,
)
from server.storage import steps
from server.storage.base import AnyRow, in_state
from server.storage.session import Work
from server.storage.tables import (
    IS_AT_COUNTER,
    Call,
    Counter,
    CounterService,
    Service,
    Site,
    Step,
    Ticket,
)

_COUNTER = (
    select(
        Counter.id,
        Counter.site_id,
        Counter.hall_id,
        Counter.number,
        Counter.state,
        Counter.officer_id,
        Site.timezone,
        Site.max_wait_minutes,
        Ticket.id.label("ticket_id"),
        Ticket.number.label("ticket_number"),
    )
    .join(Site, Site.id == Counter.site_id)
    .outerjoin(Step, (Step.counter_id == Counter.id) & IS_AT_COUNTER)
    .outerjoin(Ticket, Ticket.id == Step.ticket_id)
    .where(
        Counter.id == bindparam("counter"),
        Counter.site_id == bindparam("site"),
        Counter.removed.is_(False),
    )
)
_NEW_CALL = insert(Call)


def _head(*order: Any) -> Any:
    """The first waiting step of each line that the counter serves, by the given order.

    One look into an index per line: the length of the lines does not matter.
    """
    first = aliased(Step)
    columns = [getattr(first, column.key) for column in order]
    head = (
        select(first.id)
        .where(
            first.site_id == bindparam("site"),
            first.service_id == CounterService.service_id,
            in_state(first, "waiting"),
            first.day == bindparam("day"),
            or_(first.only_counter_id.is_(None), first.only_counter_id == bindparam("counter")),
        )
        .order_by(*columns, first.id)
        .limit(1)
        .correlate(CounterService)
        .scalar_subquery()
    )
    return (
        select(Step.id, CounterService.tier, Step.rank_at, Step.waiting_since)
        .select_from(CounterService)
        .join(Step, Step.id == head)
        .where(CounterService.counter_id == bindparam("counter"))
    )


_HEADS = _head(Step.rank_at).union_all(_head(Step.waiting_since))


@dataclass(frozen=True)
class CalledTicket:
    """A call as it was made; `next_because`: why this ticket was next (a word, never a text)."""

    call_id: int
    ticket_id: int
    next_because: str


def call_next(
    work: Work, *, site_id: int, counter_id: int, officer_id: int, by: int
) -> CalledTicket | None:
    """Call who is next in the lines of the counter; None when nobody waits.

    Raises `CounterClosed`, `CounterBusy`, `Forbidden` (another officer holds the counter).
    """
    work.lock_site(site_id)
    counter = _held_counter(work, site_id, counter_id, officer_id)
    _require_free(counter)
    parameters = {
        "site": site_id,
        "counter": counter_id,
        "day": numbering.business_day(work.now, counter.timezone),
    }
    heads = [
        routing.Candidate(row.id, row.tier, row.rank_at, row.waiting_since)
        for row in work.execute(_HEADS, parameters)
    ]
    choice = routing.choose_next(heads, now=work.now, max_wait_minutes=counter.max_wait_minutes)
    if choice is None:
        return None
    chosen, reason = choice
    return _call(work, counter, steps.step(work, chosen.step_id), by=by, because=reason.value)


def call_chosen(
    work: Work,
    *,
    site_id: int,
    counter_id: int,
    officer_id: int,
    by: int,
    ticket_id: int,
    reason: str,
) -> CalledTicket:
    """Call one of today's tickets out of order; the reason is kept in its history.

    The counter must serve the ticket's line, or the ticket was sent to this counter: otherwise
    raises `ServiceNotHere`. Raises `WrongState` for a ticket of an earlier day.
    """
    work.lock_site(site_id)
    counter = _held_counter(work, site_id, counter_id, officer_id)
    _require_free(counter)
    step = steps.current_step(work, ticket_id)
    if step.site_id != site_id:
        raise Unknown("ticket")
    if step.day != numbering.business_day(work.now, counter.timezone):
        raise WrongState(state=step.state.value, day=step.day.isoformat())
    if step.only_counter_id != counter_id and step.service_id not in _served(
        work, site_id, counter_id
    ):
        raise ServiceNotHere(counter=counter.number)
    return _call(work, counter, step, by=by, because="chosen", reason=reason)


def recall(
    work: Work, *, site_id: int, counter_id: int, officer_id: int, by: int, ticket_id: int | None
) -> CalledTicket:
    """Call the ticket at the counter once more."""
    counter, step = _ticket_here(work, site_id, counter_id, officer_id, ticket_id)
    steps.move(work, step, Action.RECALL, by=by, calls=step.calls + 1)
    return _announce(work, counter, step, recall=True, because="recall")


def start(
    work: Work, *, site_id: int, counter_id: int, officer_id: int, by: int, ticket_id: int | None
) -> int:
    """The citizen is at the counter; answers with the ticket's id, as all that follow."""
    _, step = _ticket_here(work, site_id, counter_id, officer_id, ticket_id)
    return _moved(work, step, Action.START, by=by)


def finish(
    work: Work, *, site_id: int, counter_id: int, officer_id: int, by: int, ticket_id: int | None
) -> int:
    """The service is done; where a step of the visit remains, the ticket waits for it."""
    _, step = _ticket_here(work, site_id, counter_id, officer_id, ticket_id)
    answer = _moved(work, step, Action.FINISH, by=by)
    following = steps.next_planned(work, step.ticket_id)
    if following is not None:
        steps.make_current(work, ended=step, following=following)
        since = ranking.microseconds(work.now)
        steps.move(work, following, Action.ISSUE, by=by, waiting_since=since)
    return answer


def mark_no_show(
    work: Work, *, site_id: int, counter_id: int, officer_id: int, by: int, ticket_id: int | None
) -> int:
    """Nobody came; the ticket leaves the counter and may be returned to its line later."""
    _, step = _ticket_here(work, site_id, counter_id, officer_id, ticket_id)
    return _moved(work, step, Action.NO_SHOW, by=by)


def hold(
    work: Work,
    *,
    site_id: int,
    counter_id: int,
    officer_id: int,
    by: int,
    ticket_id: int | None,
    reason: str | None,
) -> int:
    """Put the ticket aside, for instance while papers are fetched; the counter is free."""
    _, step = _ticket_here(work, site_id, counter_id, officer_id, ticket_id)
    return _moved(work, step, Action.HOLD, by=by, reason=reason)


def transfer(
    work: Work,
    *,
    site_id: int,
    counter_id: int,
    officer_id: int,
    by: int,
    ticket_id: int | None,
    service: str | None = None,
    to_counter_id: int | None = None,
    reason: str | None = None,
) -> int:
    """Send the ticket to another line, or to one counter, at the place of its arrival.

    Raises `Unknown` for the goal, and `ServiceNotHere` when that counter serves nothing.
    """
    _, step = _ticket_here(work, site_id, counter_id, officer_id, ticket_id)
    service_id, only = step.service_id, None
    if service is not None:
        service_id = _service_id(work, site_id, service)
    elif to_counter_id is not None:
        service_id, only = _line_of_counter(work, site_id, to_counter_id, step.service_id)
    else:
        raise Invalid(detail="service or counter")
    return _moved(
        work,
        step,
        Action.TRANSFER,
        by=by,
        service_id=service_id,
        only_counter_id=only,
        counter_id=None,
        reason=reason,
        waiting_since=ranking.microseconds(work.now),
    )


def _held_counter(work: Work, site_id: int, counter_id: int, officer_id: int) -> AnyRow:
    counter = work.execute(_COUNTER, {"site": site_id, "counter": counter_id}).one_or_none()
    if counter is None:
        raise Unknown("counter")
    if counter.state == "closed":
        raise CounterClosed(counter=counter.number)
    if counter.officer_id != officer_id:
        raise Forbidden(counter=counter.number)
    return counter


def _require_free(counter: AnyRow) -> None:
    if counter.ticket_id is not None:
        raise CounterBusy(ticket={"id": str(counter.ticket_id), "number": counter.ticket_number})
    if counter.state != "open":
        raise CounterClosed(counter=counter.number)


def _ticket_here(
    work: Work, site_id: int, counter_id: int, officer_id: int, ticket_id: int | None
) -> tuple[AnyRow, steps.StepNow]:
    """Lock the site and answer with the counter and the ticket at it."""
    work.lock_site(site_id)
    counter = _held_counter(work, site_id, counter_id, officer_id)
    step = steps.step_at(work, counter_id)
    if step is None:
        raise WrongState(state="none", counter=counter.number)
    if ticket_id is not None and step.ticket_id != ticket_id:
        raise WrongTicket(ticket={"id": str(step.ticket_id), "number": step.number})
    return counter, step


def _call(
    work: Work,
    counter: AnyRow,
    step: steps.StepNow,
    *,
    by: int,
    because: str,
    reason: str | None = None,
) -> CalledTicket:
    called = steps.move(
        work,
        step,
        Action.CALL,
        by=by,
        counter_id=counter.id,
        reason=reason,
        called_at=work.now,
        calls=1,
    )
    return _announce(work, counter, called, recall=False, because=because)


def _announce(
    work: Work, counter: AnyRow, step: steps.StepNow, *, recall: bool, because: str
) -> CalledTicket:
    key = work.execute(
        _NEW_CALL,
        {
            "site_id": step.site_id,
            "hall_id": counter.hall_id,
            "step_id": step.id,
            "counter_id": counter.id,
            "number": step.number,
            "counter_number": counter.number,
            "called_at": work.now,
            "recall": recall,
        },
    ).inserted_primary_key
    assert key is not None
    work.tell(TicketCalled(step.site_id, step.ticket_id, key[0]))
    return CalledTicket(key[0], step.ticket_id, because)


def _moved(work: Work, step: steps.StepNow, action: Action, *, by: int, **changes: Any) -> int:
    steps.move(work, step, action, by=by, **changes)
    work.tell(TicketChanged(step.site_id, step.ticket_id))
    return step.ticket_id


def _service_id(work: Work, site_id: int, code: str) -> int:
    found = work.execute(
        select(Service.id).where(
            Service.site_id == site_id, Service.code == code, Service.removed.is_(False)
        )
    ).scalar_one_or_none()
    if found is None:
        raise Unknown("service", service=code)
    return int(found)


def _line_of_counter(work: Work, site_id: int, counter_id: int, service_id: int) -> tuple[int, int]:
    """The line in which a ticket waits for one counter: its own where that counter serves it."""
    served = _served(work, site_id, counter_id)
    if not served:
        found = work.execute(_COUNTER, {"site": site_id, "counter": counter_id}).one_or_none()
        raise Unknown("counter") if found is None else ServiceNotHere(counter=found.number)
    return (service_id if service_id in served else served[0]), counter_id


def _served(work: Work, site_id: int, counter_id: int) -> list[int]:
    """The lines that the counter serves, its main work first."""
    return list(
        work.execute(
            select(CounterService.service_id)
            .join(Counter, Counter.id == CounterService.counter_id)
            .where(Counter.id == counter_id, Counter.site_id == site_id, Counter.removed.is_(False))
            .order_by(CounterService.tier, CounterService.service_id)
        ).scalars()
    )
