"""Takes queued print jobs to their printers, one at a time for each, and reports how it went."""

import logging
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import gevent
from gevent.event import Event
from gevent.threadpool import ThreadPool

import printers
from printers import Delivery, Outcome, PrinterError, PrinterProfile, PrinterState
from server.domain.facts import Fact, PrintJobQueued
from server.domain.refusals import Refused, StorageUnavailable
from server.operations import printing as operations
from server.operations.printing import ClaimedJob
from server.queries import printing as queries
from server.queries.waits import pace
from server.storage.base import AnyRow
from server.storage.session import Database

CLAIM_BYTES = 8
RENEW_SECONDS = operations.RENEW_AFTER.total_seconds()
FILES_AT_ONCE = 4

T = TypeVar("T")

logger = logging.getLogger(__name__)


class PrintDispatch:
    """One greenlet for each printer that has work; rendering runs off the hub.

    A job is claimed in one transaction and reported in another; no transaction is open while paper
    moves. What reached the paper or may have is never sent again.
    """

    def __init__(
        self, database: Database, public_url: str, slow: Callable[[Callable[[], Any]], Any]
    ) -> None:
        self._database = database
        self._public_url = public_url
        self._slow = slow
        self._busy: set[int] = set()
        self._asked: set[int] = set()
        # Printers whose last job ended whole; after a start none is known to. A job that was cut
        # off would swallow the beginning of the next.
        self._whole: set[int] = set()
        self._files = ThreadPool(FILES_AT_ONCE)
        self._begun = False

    def begin(self) -> None:
        """Print from now on; what was asked before is found by the next sweep."""
        self._begun = True

    def on_fact(self, fact: Fact) -> None:
        """A job was queued: see to its printer soon; never blocks."""
        if isinstance(fact, PrintJobQueued):
            self.wake(fact.printer_id)

    def wake(self, printer_id: int) -> None:
        """Let the printer's greenlet look for work."""
        self._asked.add(printer_id)
        if self._begun and printer_id not in self._busy:
            self._busy.add(printer_id)
            gevent.spawn(self._work_off, printer_id)

    def sweep(self) -> None:
        """Find jobs that no wake-up told of, and those whose time to try again has come."""
        with self._database.read() as connection:
            waiting = queries.printers_with_work(connection, self._database.clock())
        for printer_id in waiting:
            self.wake(printer_id)

    def look_at_printers(self) -> None:
        """Ask every idle printer how it is; news is written down and logged once."""
        with self._database.read() as connection:
            rows = queries.working_printers(connection)
        for row in rows:
            if row.id not in self._busy:
                self._busy.add(row.id)
                gevent.spawn(self._look_at, row)

    def _look_at(self, row: AnyRow) -> None:
        try:
            profile = PrinterProfile.from_dict(row.profile)
            state = self._reach(row, lambda: printers.probe_state(row.address, profile))
            self._report_state(row.id, row.name, state)
        except (PrinterError, ValueError) as error:
            logger.warning("a printer cannot be asked", extra={"printer": row.name, "why": error})
        except Refused as refusal:
            logger.warning("a printer's state was not kept", extra={"code": refusal.full_code})
        finally:
            self._busy.discard(row.id)
        if row.id in self._asked:
            self.wake(row.id)

    def _work_off(self, printer_id: int) -> None:
        """Print until no job is left that may be printed now."""
        try:
            while printer_id in self._asked:
                self._asked.discard(printer_id)
                while self._print_one(printer_id):
                    pass
        except Refused as refusal:
            logger.error("printing paused", extra={"code": refusal.full_code, **refusal.facts})
        finally:
            self._busy.discard(printer_id)

    def _print_one(self, printer_id: int) -> bool:
        """True when a job was taken."""
        claim = secrets.token_hex(CLAIM_BYTES)
        job = self._database.write(operations.claim_job, printer_id=printer_id, claim=claim)
        if job is None:
            return False
        with self._database.read() as connection:
            row = queries.working_printer(connection, printer_id)
        if row is None:
            self._not_printed(job, "bad_address", retryable=False)
            return True
        sent = Event()
        gevent.spawn(self._keep_claim, job, sent)
        try:
            outcome = self._send(job, row)
        except PrinterError as error:
            self._failed(job, row, error)
        except ValueError as error:
            logger.error("a slip cannot be drawn", extra={"job_id": job.id, "why": str(error)})
            self._not_printed(job, "error", retryable=False)
        else:
            self._sent(job, row, outcome)
        finally:
            sent.set()
        return True

    def _keep_claim(self, job: ClaimedJob, sent: Event) -> None:
        """Renew the claim while the job is on its way, were it to wait for paper all morning."""
        while not sent.wait(RENEW_SECONDS):
            try:
                self._database.write(operations.renew_claim, job=job)
            except StorageUnavailable:
                pass  # a job that is lost for this is unconfirmed, as it would be without us

    def _send(self, job: ClaimedJob, row: AnyRow) -> Outcome:
        profile = PrinterProfile.from_dict(row.profile)
        with self._database.read() as connection:
            facts = queries.slip_facts(connection, job.ticket_id, public_url=self._public_url)
            moving = pace(connection, row.site_id, self._database.clock())
        wait = None if job.copy else moving.wait(facts["service_id"], job.people_ahead)
        data: bytes = self._slow(lambda: _compose(facts, job, wait, profile))
        return self._reach(
            row,
            lambda: printers.send(
                row.address,
                profile,
                data,
                after_broken_job=row.id not in self._whole,
                sink=lambda slip: self._database.write(
                    operations.keep_virtual_slip, job=job, data=slip
                ),
                on_state=lambda state: self._report_state(row.id, row.name, state, job=job),
            ),
        )

    def _reach(self, row: AnyRow, ask: Callable[[], T]) -> T:
        """Ask the printer or send to it, off the hub where the system might keep us waiting."""
        if not printers.may_block(row.address):
            return ask()
        # Raised in a thread, an error would be printed, too.
        found: T | PrinterError = self._files.apply(_caught, (ask,))
        if isinstance(found, PrinterError):
            raise found
        return found

    def _sent(self, job: ClaimedJob, row: AnyRow, outcome: Outcome) -> None:
        if outcome.state is Delivery.UNCONFIRMED:
            self._whole.discard(row.id)
            logger.warning("a slip is unconfirmed", extra={"job_id": job.id, "why": outcome.detail})
        else:
            self._whole.add(row.id)
            self._report_state(row.id, row.name, PrinterState.READY, only_from_trouble=row.state)
        reason = None if outcome.reason is None else str(outcome.reason)
        self._database.write(
            operations.report_printed, job=job, state=str(outcome.state), reason=reason
        )

    def _failed(self, job: ClaimedJob, row: AnyRow, error: PrinterError) -> None:
        reason = str(error.code)
        states = {state.value: state for state in PrinterState}
        self._report_state(row.id, row.name, states.get(reason, PrinterState.OFFLINE))
        if error.bytes_sent:
            self._whole.discard(row.id)
            self._database.write(
                operations.report_printed, job=job, state="unconfirmed", reason=reason
            )
        else:
            self._not_printed(job, reason, retryable=error.retryable)

    def _not_printed(self, job: ClaimedJob, reason: str, *, retryable: bool) -> None:
        self._database.write(
            operations.report_not_printed, job=job, reason=reason, retryable=retryable
        )

    def _report_state(
        self,
        printer_id: int,
        name: str,
        state: PrinterState,
        *,
        job: ClaimedJob | None = None,
        only_from_trouble: str | None = None,
    ) -> None:
        """Write the state down when it is news; `job` waits for it to get better."""
        if only_from_trouble is not None and PrinterState(only_from_trouble).prints:
            return
        if job is not None:
            reason = None if state.prints else state.value
            self._database.write(operations.report_waiting, job=job, reason=reason)
        news = self._database.write(
            operations.report_printer_state, printer_id=printer_id, state=state.value
        )
        if news:
            level = logging.INFO if state.prints else logging.WARNING
            logger.log(level, "a printer changed", extra={"printer": name, "state": state.value})


def _caught(ask: Callable[[], T]) -> T | PrinterError:
    try:
        return ask()
    except PrinterError as error:
        return error


def _compose(
    facts: dict[str, Any], job: ClaimedJob, wait: dict[str, int] | None, profile: PrinterProfile
) -> bytes:
    """The bytes of a ticket's slip; pure computing."""
    english = facts["language"] == "en"
    service = facts["procedure"] or facts["service"]
    slip = printers.ticket_slip(
        centre=[(facts["site_en"] if english else "") or facts["site"]],
        number=facts["number"],
        service=(facts["service_en"] if english else "") or service,
        issued_at=facts["issued_at"].astimezone(ZoneInfo(facts["timezone"])),
        field=(facts["field_en"] if english else "") or facts["field"],
        counters=facts["counters"],
        people_ahead=None if job.copy else job.people_ahead,
        wait_minutes=None if wait is None else (wait["low_minutes"], wait["high_minutes"]),
        status_url=facts["status_url"],
        footer=facts["slip_footer"] or None,
        copy=job.copy,
        language="en" if english else "vi",
    )
    return printers.compose(slip, profile, str(job.id))
