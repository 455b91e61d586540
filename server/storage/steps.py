"""Steps and their history: read one, move it by the transition table, tell the period."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from server.domain.lifecycle import ENDED, Action, TicketState, next_state
from server.domain.refusals import Unknown, WrongState
from server.storage.base import AnyRow, in_state
from server.storage.session import Work
from server.storage.tables import IS_AT_COUNTER, Period, Step, Ticket


@dataclass(frozen=True)
class StepNow:
    """A step as it stands, with the number of its ticket: a plain value."""

    id: int
    ticket_id: int
    site_id: int
    day: date
    number: str
    service_id: int
    state: TicketState
    state_since: datetime
    rank_at: int
    waiting_since: int
    counter_id: int | None
    only_counter_id: int | None
    reason: str | None
    called_at: datetime | None
    calls: int


_COLUMNS = (
    Step.id,
    Step.ticket_id,
    Step.site_id,
    Step.day,
    Ticket.number,
    Step.service_id,
    Step.state,
    Step.state_since,
    Step.rank_at,
    Step.waiting_since,
    Step.counter_id,
    Step.only_counter_id,
    Step.reason,
    Step.called_at,
    Step.calls,
)
_STEP = select(*_COLUMNS).join(Ticket, Ticket.id == Step.ticket_id)
_BY_ID = _STEP.where(Step.id == bindparam("step"))
_CURRENT = _STEP.where(Step.ticket_id == bindparam("ticket"), Step.current)
_AT_COUNTER = _STEP.where(Step.counter_id == bindparam("counter"), IS_AT_COUNTER)
_NEXT_PLANNED = (
    _STEP.where(Step.ticket_id == bindparam("ticket"), in_state(Step, "planned"))
    .order_by(Step.position)
    .limit(1)
)
_SET_CURRENT = update(Step).where(Step.id == bindparam("step")).values(current=bindparam("flag"))
_MOVE = (
    update(Step)
    .where(Step.id == bindparam("step"), Step.state == bindparam("was"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "service_id",
                "state",
                "state_since",
                "rank_at",
                "waiting_since",
                "counter_id",
                "only_counter_id",
                "reason",
                "called_at",
                "calls",
            )
        }
    )
)
_END_PERIOD = (
    update(Period)
    .where(Period.step_id == bindparam("step"), Period.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_OPEN_PERIOD = insert(Period)


def _as_step(row: AnyRow) -> StepNow:
    values = row._asdict()
    values["state"] = TicketState(values["state"])
    return StepNow(**values)


def step(work: Work, step_id: int) -> StepNow:
    """The step with this id, which the caller has just read."""
    return _as_step(work.execute(_BY_ID, {"step": step_id}).one())


def current_step(work: Work, ticket_id: int) -> StepNow:
    """The step at which the ticket stands; raises `Unknown` when there is no such ticket."""
    row = work.execute(_CURRENT, {"ticket": ticket_id}).one_or_none()
    if row is None:
        raise Unknown("ticket")
    return _as_step(row)


def step_at(work: Work, counter_id: int) -> StepNow | None:
    """The step that is called or being served at the counter."""
    row = work.execute(_AT_COUNTER, {"counter": counter_id}).one_or_none()
    return None if row is None else _as_step(row)


def next_planned(work: Work, ticket_id: int) -> StepNow | None:
    """The step of the visit that comes after those begun, None when none remains."""
    row = work.execute(_NEXT_PLANNED, {"ticket": ticket_id}).one_or_none()
    return None if row is None else _as_step(row)


def make_current(work: Work, *, ended: StepNow, following: StepNow) -> None:
    """Let the visit go on with its following step."""
    work.execute(_SET_CURRENT, {"step": ended.id, "flag": False})
    work.execute(_SET_CURRENT, {"step": following.id, "flag": True})


def move(work: Work, was: StepNow, action: Action, *, by: int | None, **changes: Any) -> StepNow:
    """Change the step's state by the table, and its history with it.

    `changes`: further columns of the step. Raises `WrongState` where the table has no such line or
    somebody else was faster. `by`: the access token of who did it.
    """
    # A reason is that of one act: the next one gives its own or has none.
    changes = {"reason": None, "state_since": work.now, **changes}
    now = replace(was, state=next_state(was.state, action), **changes)
    values = {
        "step": was.id,
        "was": was.state.value,
        "new_service_id": now.service_id,
        "new_state": now.state.value,
        "new_state_since": now.state_since,
        "new_rank_at": now.rank_at,
        "new_waiting_since": now.waiting_since,
        "new_counter_id": now.counter_id,
        "new_only_counter_id": now.only_counter_id,
        "new_reason": now.reason,
        "new_called_at": now.called_at,
        "new_calls": now.calls,
    }
    if not work.claim(_MOVE, values):
        raise WrongState(state=was.state.value, action=action.value)
    if was.state is not TicketState.PLANNED:
        work.execute(_END_PERIOD, {"step": was.id, "now": work.now})
    open_period(work, now, action, by=by)
    return now


def open_period(work: Work, step: StepNow, action: Action, *, by: int | None) -> None:
    """Open the period that the action began; that of an ended ticket has no length."""
    work.execute(
        _OPEN_PERIOD,
        {
            "site_id": step.site_id,
            "ticket_id": step.ticket_id,
            "step_id": step.id,
            "service_id": step.service_id,
            "state": step.state.value,
            "action": action.value,
            "started_at": work.now,
            "ended_at": work.now if step.state in ENDED else None,
            "counter_id": step.counter_id,
            "token_id": by,
            "reason": step.reason,
        },
    )
