"""Printers and their jobs: what staff, kiosks and the print worker must know."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, exists, or_, select
from sqlalchemy.orm import aliased

from server.domain.lifecycle import ENDED
from server.queries.tickets import status_url
from server.storage.base import AnyRow, in_state
from server.storage.tables import (
    Counter,
    CounterService,
    Field,
    Hall,
    Printer,
    PrintJob,
    Procedure,
    Service,
    Site,
    Step,
    Ticket,
    VirtualSlip,
)

MOST_JOBS = 50

_PRINTER = select(
    Printer.id,
    Printer.name,
    Printer.address,
    Printer.profile,
    Printer.state,
    Printer.state_since,
    Hall.code.label("hall"),
    Hall.name.label("hall_name"),
    Hall.name_en.label("hall_name_en"),
).outerjoin(Hall, Hall.id == Printer.hall_id)

_WORKING = select(
    Printer.id,
    Printer.site_id,
    Printer.name,
    Printer.address,
    Printer.profile,
    Printer.state,
).where(Printer.removed.is_(False))


def printers(connection: Connection, site_id: int) -> list[dict[str, Any]]:
    """The printers of a site with the state that each said last."""
    rows = connection.execute(
        _PRINTER.where(Printer.site_id == site_id, Printer.removed.is_(False)).order_by(Printer.id)
    )
    return [_view(row) for row in rows]


def printers_in_detail(connection: Connection, site_id: int) -> list[AnyRow]:
    """The printers of a site with address and profile, as its manager sees them."""
    return list(
        connection.execute(
            _PRINTER.where(Printer.site_id == site_id, Printer.removed.is_(False)).order_by(
                Printer.id
            )
        )
    )


def printer(connection: Connection, printer_id: int) -> dict[str, Any] | None:
    """One printer as a screen sees it; None where there is none."""
    row = connection.execute(_PRINTER.where(Printer.id == printer_id)).one_or_none()
    return None if row is None else _view(row)


def working_printers(connection: Connection) -> list[AnyRow]:
    """Every printer of every site (id, site_id, name, address, profile, state)."""
    return list(connection.execute(_WORKING.order_by(Printer.id)))


def working_printer(connection: Connection, printer_id: int) -> AnyRow | None:
    """One printer as a worker needs it; None when it was removed."""
    return connection.execute(_WORKING.where(Printer.id == printer_id)).one_or_none()


def printers_with_work(connection: Connection, now: datetime) -> list[int]:
    """The printers that have a job which may be printed now."""
    statement = (
        select(PrintJob.printer_id)
        .where(
            in_state(PrintJob, "queued"),
            or_(PrintJob.try_after.is_(None), PrintJob.try_after <= now),
        )
        .distinct()
    )
    return list(connection.execute(statement).scalars())


def print_job(connection: Connection, job_id: int) -> AnyRow | None:
    """A print job with its site and who asked for it; None where there is none."""
    return connection.execute(
        select(
            PrintJob.id, PrintJob.state, PrintJob.reason, PrintJob.site_id, PrintJob.requested_by
        ).where(PrintJob.id == job_id)
    ).one_or_none()


def job_of_ticket(connection: Connection, ticket_id: int) -> dict[str, str] | None:
    """The first print job of a ticket, as the answer to issuing it shows it."""
    row = connection.execute(
        select(PrintJob.id, PrintJob.state)
        .where(PrintJob.ticket_id == ticket_id, PrintJob.copy.is_(False))
        .order_by(PrintJob.id)
        .limit(1)
    ).one_or_none()
    return None if row is None else {"id": str(row.id), "state": row.state}


def slip_facts(connection: Connection, ticket_id: int, *, public_url: str) -> dict[str, Any]:
    """All that stands on the slip of a ticket."""
    row = connection.execute(
        select(
            Ticket.number,
            Ticket.token,
            Ticket.issued_at,
            Ticket.language,
            Service.id.label("service_id"),
            Service.name.label("service"),
            Service.name_en.label("service_en"),
            Field.name.label("field"),
            Field.name_en.label("field_en"),
            Procedure.short_name,
            Procedure.name.label("procedure"),
            Site.name.label("site"),
            Site.name_en.label("site_en"),
            Site.timezone,
            Site.slip_footer,
        )
        .join(Step, (Step.ticket_id == Ticket.id) & (Step.position == 1))
        .join(Service, Service.id == Step.service_id)
        .join(Field, Field.id == Service.field_id)
        .join(Site, Site.id == Ticket.site_id)
        .outerjoin(Procedure, Procedure.id == Step.procedure_id)
        .where(Ticket.id == ticket_id)
    ).one()
    counters = connection.execute(
        select(Counter.number)
        .join(CounterService, CounterService.counter_id == Counter.id)
        .where(CounterService.service_id == row.service_id, Counter.removed.is_(False))
        .order_by(Counter.position, Counter.id)
    )
    return {
        **row._asdict(),
        "procedure": row.short_name or row.procedure,
        "counters": list(counters.scalars()),
        "status_url": status_url(public_url, row.token),
    }


def virtual_slips(connection: Connection, site_id: int, limit: int) -> list[AnyRow]:
    """The last slips that the site's virtual printers were sent, newest first."""
    return list(
        connection.execute(
            select(
                VirtualSlip.id,
                VirtualSlip.printed_at,
                Printer.name.label("printer"),
                Ticket.number,
                PrintJob.copy,
            )
            .join(Printer, Printer.id == VirtualSlip.printer_id)
            .join(PrintJob, PrintJob.id == VirtualSlip.job_id)
            .join(Ticket, Ticket.id == PrintJob.ticket_id)
            .where(Printer.site_id == site_id)
            .order_by(VirtualSlip.id.desc())
            .limit(limit)
        )
    )


def virtual_slip(connection: Connection, site_id: int, slip_id: int) -> AnyRow | None:
    """One slip of a virtual printer of the site: its bytes (data) and the printer's profile."""
    return connection.execute(
        select(VirtualSlip.data, Printer.profile)
        .join(Printer, Printer.id == VirtualSlip.printer_id)
        .where(VirtualSlip.id == slip_id, Printer.site_id == site_id)
    ).one_or_none()


def jobs_in_need(connection: Connection, site_id: int, day: date) -> list[AnyRow]:
    """Jobs of a day's tickets whose paper is missing: queued, sending, failed or unconfirmed.

    Newest first. A job gives way to a later one of its ticket, and a ticket that has been dealt
    with needs no paper.
    """
    later = aliased(PrintJob)
    asked_again = exists().where(later.ticket_id == PrintJob.ticket_id, later.id > PrintJob.id)
    return list(
        connection.execute(
            select(
                PrintJob.id,
                PrintJob.state,
                PrintJob.reason,
                PrintJob.queued_at,
                PrintJob.attempts,
                Printer.name.label("printer"),
                Ticket.id.label("ticket_id"),
                Ticket.number,
            )
            .select_from(Ticket)
            .join(PrintJob, PrintJob.ticket_id == Ticket.id)
            .join(Printer, Printer.id == PrintJob.printer_id)
            .join(Step, (Step.ticket_id == Ticket.id) & Step.current)
            .where(
                Ticket.site_id == site_id,
                Ticket.day == day,
                PrintJob.state.in_(("queued", "sending", "failed", "unconfirmed")),
                Step.state.not_in([state.value for state in ENDED]),
                ~asked_again,
            )
            .order_by(PrintJob.id.desc())
            .limit(MOST_JOBS)
        )
    )


def _view(row: AnyRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "paper": row.profile.get("paper_mm", 80),
        "state": row.state,
        "reason": None if row.state in ("ready", "unknown") else row.state,
        "hall": row.hall,
    }
