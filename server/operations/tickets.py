"""Taking a number, giving it up, and coming back to the line."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, insert, select, tuple_

from server.domain import numbering, ranking
from server.domain.facts import PrintJobQueued, TicketChanged, TicketIssued
from server.domain.hours import Closed, may_issue
from server.domain.lifecycle import Action, TicketState
from server.domain.refusals import (
    OutsideHours,
    PriorityNotAllowed,
    QuotaReached,
    ServiceClosed,
    Unknown,
    WrongState,
)
from server.domain.roles import Role
from server.storage import series, steps
from server.storage.base import AnyRow
from server.storage.hours import HOURS, hours_of_service
from server.storage.printers import printer_with_name
from server.storage.session import Work
from server.storage.tables import (
    IS_WAITING,
    Field,
    Period,
    PrintJob,
    PriorityClass,
    Procedure,
    Service,
    Site,
    Step,
    Ticket,
)

TOKEN_BYTES = 16

_SERVICE = (
    select(
        Service.id,
        Service.code,
        Service.prefix,
        Service.open,
        Service.daily_quota,
        Field.code.label("field"),
        Site.timezone,
        *HOURS,
    )
    .join(Field, Field.id == Service.field_id)
    .join(Site, Site.id == Service.site_id)
    .where(Service.site_id == bindparam("site"), Service.removed.is_(False))
)
_SERVICE_BY_CODE = _SERVICE.where(Service.code == bindparam("code"))
_SERVICE_OF_PROCEDURE = (
    _SERVICE.add_columns(Procedure.id.label("procedure_id"))
    .join(Procedure, Procedure.service_id == Service.id)
    .where(Procedure.code == bindparam("code"), Procedure.site_id == bindparam("site"))
    .where(Procedure.removed.is_(False))
)
_PRIORITY = select(PriorityClass.id, PriorityClass.head_start_minutes, PriorityClass.kiosk).where(
    PriorityClass.site_id == bindparam("site"),
    PriorityClass.code == bindparam("code"),
    PriorityClass.removed.is_(False),
)
_TIMEZONE = select(Site.timezone).where(Site.id == bindparam("site"))
_NEW_TICKET, _NEW_STEP, _NEW_PERIOD, _NEW_JOB = (
    insert(table) for table in (Ticket, Step, Period, PrintJob)
)
_AHEAD = select(func.count()).where(
    Step.site_id == bindparam("site"),
    Step.service_id == bindparam("service"),
    Step.day == bindparam("day"),
    IS_WAITING,
    tuple_(Step.rank_at, Step.id) < tuple_(bindparam("rank"), bindparam("step")),
)


@dataclass(frozen=True)
class IssuedTicket:
    """A ticket as it was handed out; `print_job` is None where no slip was asked for."""

    id: int
    number: str
    token: str
    service_id: int
    service: str
    field: str
    people_ahead: int
    issued_at: datetime
    print_job: int | None


@dataclass(frozen=True)
class _Line:
    """A service to wait for, and the procedure that led to it."""

    service: AnyRow
    procedure_id: int | None


def issue_ticket(
    work: Work,
    *,
    site_id: int,
    by: int,
    role: Role,
    service: str | None = None,
    procedures: Sequence[str] = (),
    priority: str | None = None,
    language: str = "vi",
    printer: str | None = None,
    printer_id: int | None = None,
) -> IssuedTicket:
    """Give out the next number of the service, or of the service of the first procedure.

    Ticket, steps, history and print job are one transaction: a number that was answered is kept.
    Further procedures become later steps of the visit. `printer_id` is the device's own printer,
    `printer` another one by name. Whoever asks, every service of the visit must be open, within its
    hours and within its daily quota: that counts each step of each visit on the day it was issued,
    cancelled ones too; what is transferred later counts nowhere. Raises `Unknown`, `ServiceClosed`,
    `OutsideHours`, `QuotaReached`, `PriorityNotAllowed`.
    """
    work.lock_site(site_id)
    lines = _lines(work, site_id, service, procedures)
    priority_id, head_start = _priority(work, site_id, role, priority)
    if printer is not None:
        printer_id = printer_with_name(work, site_id, printer)
    first = lines[0].service
    day = numbering.business_day(work.now, first.timezone)
    number = _take_number(work, site_id, day, first)
    for line in lines[1:]:
        _take_later_step(work, site_id, day, line.service)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    ticket_id = _inserted(
        work,
        _NEW_TICKET,
        site_id=site_id,
        day=day,
        number=number,
        token=token,
        priority_class_id=priority_id,
        language=language,
        issued_at=work.now,
        issued_by=by,
    )
    rank = ranking.rank_at(work.now, head_start)
    step_id = _plan(work, site_id, ticket_id, day, lines, rank=rank, by=by)
    ahead = work.execute(
        _AHEAD,
        {"site": site_id, "service": first.id, "day": day, "rank": rank, "step": step_id},
    ).scalar_one()
    job = None
    if printer_id is not None:
        job = _queue_slip(work, site_id, ticket_id, printer_id, ahead=ahead, by=by)
    work.tell(TicketIssued(site_id, ticket_id))
    return IssuedTicket(
        ticket_id, number, token, first.id, first.code, first.field, ahead, work.now, job
    )


def cancel_ticket(work: Work, *, site_id: int, ticket_id: int, by: int, reason: str) -> None:
    """Take a ticket out of the line for good; its number stays used."""
    _cancel(work, site_id, ticket_id, by=by, reason=reason)


def give_up_ticket(work: Work, *, token: str) -> int:
    """The citizen gives their turn up on the phone; answers with the ticket's id."""
    found = work.execute(
        select(Ticket.id, Ticket.site_id).where(Ticket.token == token)
    ).one_or_none()
    if found is None:
        raise Unknown("ticket")
    _cancel(work, found.site_id, found.id, by=None, reason="citizen")
    return int(found.id)


def return_ticket(work: Work, *, site_id: int, ticket_id: int, by: int, reason: str) -> None:
    """Put a held, missed, called or served ticket back into its line, at its old place.

    Raises `WrongState` also for a ticket of an earlier day: nobody would ever call it.
    """
    work.lock_site(site_id)
    step = _step_of_site(work, site_id, ticket_id)
    timezone = work.execute(_TIMEZONE, {"site": site_id}).scalar_one()
    if step.day != numbering.business_day(work.now, timezone):
        raise WrongState(state=step.state.value, day=step.day.isoformat())
    steps.move(
        work,
        step,
        Action.RETURN,
        by=by,
        counter_id=None,
        reason=reason,
        waiting_since=ranking.microseconds(work.now),
    )
    work.tell(TicketChanged(site_id, ticket_id))


def _cancel(work: Work, site_id: int, ticket_id: int, *, by: int | None, reason: str) -> None:
    work.lock_site(site_id)
    step = _step_of_site(work, site_id, ticket_id)
    steps.move(work, step, Action.CANCEL, by=by, counter_id=None, reason=reason)
    while (planned := steps.next_planned(work, ticket_id)) is not None:
        steps.move(work, planned, Action.CANCEL, by=by, reason=reason)
    work.tell(TicketChanged(site_id, ticket_id))


def _step_of_site(work: Work, site_id: int, ticket_id: int) -> steps.StepNow:
    step = steps.current_step(work, ticket_id)
    if step.site_id != site_id:
        raise Unknown("ticket")
    return step


def _lines(work: Work, site_id: int, service: str | None, procedures: Sequence[str]) -> list[_Line]:
    if service is not None:
        row = work.execute(_SERVICE_BY_CODE, {"site": site_id, "code": service}).one_or_none()
        if row is None:
            raise Unknown("service", service=service)
        lines = [_Line(row, None)]
    else:
        lines = []
        for code in procedures:
            row = work.execute(_SERVICE_OF_PROCEDURE, {"site": site_id, "code": code}).one_or_none()
            if row is None:
                raise Unknown("procedure", procedure=code)
            lines.append(_Line(row, row.procedure_id))
    for line in lines:
        _require_open(work, line.service)
    return lines


def _require_open(work: Work, service: AnyRow) -> None:
    if not service.open:
        raise ServiceClosed(service=service.code)
    hours = hours_of_service(service)
    if hours is None:
        return
    found = may_issue(hours, work.now.astimezone(ZoneInfo(service.timezone)))
    if isinstance(found, Closed):
        opens_at = found.next_opening
        raise OutsideHours(
            service=service.code,
            opens_at=None if opens_at is None else opens_at.isoformat(),
            reason=found.reason.value,
            occasion=found.occasion,
        )


def _priority(work: Work, site_id: int, role: Role, code: str | None) -> tuple[int | None, int]:
    if code is None:
        return None, 0
    row = work.execute(_PRIORITY, {"site": site_id, "code": code}).one_or_none()
    if row is None:
        raise Unknown("priority", priority=code)
    if role is Role.KIOSK and not row.kiosk:
        raise PriorityNotAllowed(priority=code)
    return row.id, row.head_start_minutes


def _take_number(work: Work, site_id: int, day: date, service: AnyRow) -> str:
    """The next number of the service; raises `QuotaReached`."""
    serial = series.next_serial(
        work, site_id=site_id, day=day, prefix=service.prefix, quota=service.daily_quota
    )
    if serial is None:
        raise QuotaReached(service=service.code, quota=service.daily_quota)
    return numbering.label(service.prefix, serial)


def _take_later_step(work: Work, site_id: int, day: date, service: AnyRow) -> None:
    """A later step takes no number, but a place within the quota; raises `QuotaReached`."""
    quota = service.daily_quota
    if quota is not None and not series.take_later_step(
        work, site_id=site_id, day=day, prefix=service.prefix, quota=quota
    ):
        raise QuotaReached(service=service.code, quota=quota)


def _plan(
    work: Work,
    site_id: int,
    ticket_id: int,
    day: date,
    lines: Sequence[_Line],
    *,
    rank: int,
    by: int,
) -> int:
    """Write the steps of the visit: the first waits, the others are planned."""
    now = ranking.microseconds(work.now)
    first = 0
    for position, line in enumerate(lines, start=1):
        state = TicketState.WAITING if position == 1 else TicketState.PLANNED
        step_id = _inserted(
            work,
            _NEW_STEP,
            ticket_id=ticket_id,
            site_id=site_id,
            day=day,
            service_id=line.service.id,
            procedure_id=line.procedure_id,
            position=position,
            current=position == 1,
            state=state.value,
            state_since=work.now,
            rank_at=rank,
            waiting_since=now,
        )
        first = first or step_id
    work.execute(
        _NEW_PERIOD,
        {
            "site_id": site_id,
            "ticket_id": ticket_id,
            "step_id": first,
            "service_id": lines[0].service.id,
            "state": TicketState.WAITING.value,
            "action": Action.ISSUE.value,
            "started_at": work.now,
            "token_id": by,
        },
    )
    return first


def _queue_slip(
    work: Work, site_id: int, ticket_id: int, printer_id: int, *, ahead: int, by: int
) -> int:
    job = _inserted(
        work,
        _NEW_JOB,
        site_id=site_id,
        printer_id=printer_id,
        ticket_id=ticket_id,
        requested_by=by,
        people_ahead=ahead,
        queued_at=work.now,
        state_since=work.now,
    )
    work.tell(PrintJobQueued(site_id, printer_id))
    return job


def _inserted(work: Work, statement: Any, **values: Any) -> int:
    """Insert one row and answer with its key."""
    key = work.execute(statement, values).inserted_primary_key
    assert key is not None
    return int(key[0])
