"""Print jobs: asked for, claimed by one worker, and reported as the paper went."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from server.domain.centre import LONGEST_PRINTER_NAME
from server.domain.facts import PrintJobQueued
from server.domain.refusals import Invalid, Unknown
from server.storage.base import in_state
from server.storage.printers import printer_with_name
from server.storage.session import Work
from server.storage.tables import Printer, PrintJob, Site, Ticket, VirtualSlip

KEPT_SLIPS = 100
RETRY_AFTER = (2, 5, 10, 20, 30)
"""Seconds before the next attempt; when they are used up, staff decide."""

RENEW_AFTER = timedelta(seconds=15)
"""How often a worker says that its job is still on the way."""

LOST_AFTER = 3 * RENEW_AFTER
"""A job `sending` that nobody renewed for so long was left behind by a process that died."""


@dataclass(frozen=True)
class ClaimedJob:
    """What a worker must know to print one slip."""

    id: int
    printer_id: int
    ticket_id: int
    copy: bool
    people_ahead: int
    claim: str
    attempts: int


def queue_reprint(
    work: Work,
    *,
    site_id: int,
    ticket_id: int,
    by: int,
    printer: str | None,
    printer_id: int | None,
) -> int:
    """Ask for the slip once more, marked as a reprint; answers with the job's id."""
    found = work.execute(
        select(Ticket.id).where(Ticket.id == ticket_id, Ticket.site_id == site_id)
    ).scalar_one_or_none()
    if found is None:
        raise Unknown("ticket")
    if printer is not None:
        printer_id = printer_with_name(work, site_id, printer)
    if printer_id is None:
        raise Invalid(detail="printer")
    key = work.execute(
        insert(PrintJob),
        {
            "site_id": site_id,
            "printer_id": printer_id,
            "ticket_id": ticket_id,
            "requested_by": by,
            "copy": True,
            "queued_at": work.now,
            "state_since": work.now,
        },
    ).inserted_primary_key
    assert key is not None
    work.tell(PrintJobQueued(site_id, printer_id))
    return int(key[0])


def claim_job(work: Work, *, printer_id: int, claim: str) -> ClaimedJob | None:
    """Take the printer's oldest waiting job; None when there is none or one is being sent.

    `claim` names the worker's attempt: only its bearer may report the outcome.
    """
    # Two workers of several processes must not both find the printer idle.
    work.execute(select(Printer.id).where(Printer.id == printer_id).with_for_update())
    busy = work.execute(
        select(func.count()).where(PrintJob.printer_id == printer_id, in_state(PrintJob, "sending"))
    ).scalar_one()
    if busy:
        return None
    job = work.execute(
        select(PrintJob.id, PrintJob.ticket_id, PrintJob.copy, PrintJob.people_ahead,
               PrintJob.attempts, PrintJob.try_after)
        .where(PrintJob.printer_id == printer_id, in_state(PrintJob, "queued"))
        .order_by(PrintJob.id)
        .limit(1)
    ).one_or_none()  # fmt: skip
    if job is None or (job.try_after is not None and job.try_after > work.now):
        return None
    taken = work.claim(
        update(PrintJob)
        .where(PrintJob.id == job.id, in_state(PrintJob, "queued"))
        .values(
            state="sending",
            reason=None,
            claim=claim,
            attempts=job.attempts + 1,
            state_since=work.now,
        )
    )
    if not taken:
        return None
    return ClaimedJob(
        job.id, printer_id, job.ticket_id, job.copy, job.people_ahead, claim, job.attempts + 1
    )


def report_printed(work: Work, *, job: ClaimedJob, state: str, reason: str | None) -> None:
    """The bytes left: `sent`, `confirmed` by the printer, or `unconfirmed` and never resent."""
    _report(work, job, state=state, reason=reason)


def report_waiting(work: Work, *, job: ClaimedJob, reason: str | None) -> None:
    """The printer keeps the job until somebody helps it: paper, an open cover; None: it goes on."""
    work.claim(
        update(PrintJob)
        .where(PrintJob.id == job.id, in_state(PrintJob, "sending"), PrintJob.claim == job.claim)
        .values(reason=reason)
    )


def renew_claim(work: Work, *, job: ClaimedJob) -> None:
    """The job is still on its way, and its worker alive."""
    _report(work, job)


def report_not_printed(work: Work, *, job: ClaimedJob, reason: str, retryable: bool) -> None:
    """Nothing reached the paper: queued again while trying can help, then `failed`."""
    if retryable and job.attempts <= len(RETRY_AFTER):
        wait = timedelta(seconds=RETRY_AFTER[job.attempts - 1])
        _report(work, job, state="queued", reason=reason, try_after=work.now + wait)
    else:
        _report(work, job, state="failed", reason=reason)


def report_lost_jobs(work: Work, *, all_of_them: bool) -> int:
    """Jobs that a dead process left in the middle become `unconfirmed`; answers with how many.

    `all_of_them`: at the start of the only server, when nobody else can be sending.
    """
    left = in_state(PrintJob, "sending")
    if not all_of_them:
        left &= PrintJob.state_since < work.now - LOST_AFTER
    return work.execute(
        update(PrintJob)
        .where(left)
        .values(state="unconfirmed", reason="server_restarted", state_since=work.now)
    ).rowcount


def report_printer_state(work: Work, *, printer_id: int, state: str) -> bool:
    """What the printer said of itself; True when that is news."""
    return work.claim(
        update(Printer)
        .where(Printer.id == printer_id, Printer.state != state)
        .values(state=state, state_since=work.now)
    )


def keep_virtual_slip(work: Work, *, job: ClaimedJob, data: bytes) -> None:
    """Keep what a virtual printer was sent; the oldest beyond a hundred are dropped."""
    work.execute(
        insert(VirtualSlip),
        {
            "printer_id": job.printer_id,
            "job_id": job.id,
            "printed_at": work.now,
            "data": data,
        },
    )
    oldest_kept = work.execute(
        select(VirtualSlip.id)
        .where(VirtualSlip.printer_id == job.printer_id)
        .order_by(VirtualSlip.id.desc())
        .offset(KEPT_SLIPS)
        .limit(1)
    ).scalar_one_or_none()
    if oldest_kept is not None:
        work.execute(
            delete(VirtualSlip).where(
                VirtualSlip.printer_id == job.printer_id, VirtualSlip.id <= oldest_kept
            )
        )


def add_printer(work: Work, *, site: str, name: str, address: str, profile: dict[str, Any]) -> int:
    """Make a printer known, or give a known one its new address; answers with its id.

    Raises `Invalid` for a name that no ticket could be issued with.
    """
    if not 0 < len(name) <= LONGEST_PRINTER_NAME:
        raise Invalid(detail="name")
    site_id = work.execute(select(Site.id).where(Site.code == site)).scalar_one_or_none()
    if site_id is None:
        raise Unknown("site", site=site)
    printer = work.session.scalars(
        select(Printer).where(Printer.site_id == site_id, Printer.name == name)
    ).one_or_none()
    if printer is None:
        printer = Printer(site_id=site_id, name=name)
        work.session.add(printer)
    printer.address, printer.profile, printer.removed = address, profile, False
    printer.state, printer.state_since = "unknown", work.now
    work.session.flush()
    return printer.id


def _report(work: Work, job: ClaimedJob, **values: Any) -> None:
    """Only the worker whose claim the job carries may change it: a late report is dropped."""
    work.claim(
        update(PrintJob)
        .where(PrintJob.id == job.id, in_state(PrintJob, "sending"), PrintJob.claim == job.claim)
        .values(state_since=work.now, **values)
    )
