"""Sending a job to a printer and finding out whether it is on paper."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum

from printers.commands import paper_rows
from printers.conversation import Conversation, OnState
from printers.encoder import AFTER_BROKEN_JOB, asked_by
from printers.errors import Fault, PrinterError
from printers.profiles import PrinterProfile
from printers.status import PrinterState
from printers.transports import Sink, Transport, open_transport, parse_address
from printers.transports.file import check_file
from printers.type_scale import DOTS_PER_MM

#: Between two looks at the printer while it takes a job.
_LOOK_SECONDS = 0.5
_PIECE = 9216

#: How long after the paper's own time the process id is still preferred to the paper status.
_FOR_THE_BETTER_ANSWER = 1.0

_WAITS_FOR_A_PERSON = (PrinterState.PAPER_OUT, PrinterState.COVER_OPEN)


class Delivery(StrEnum):
    """How a job ended, once its first byte had left."""

    CONFIRMED = "confirmed"
    SENT = "sent"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`confirmed`: on paper. `sent`: taken by a printer that confirms nothing.

    `unconfirmed`: perhaps on paper, perhaps later, perhaps never, for `reason`; a machine must
    never send it again, a person may ask for a reprint.
    """

    state: Delivery
    reason: Fault | None = None
    detail: str = ""
    bytes_sent: int = 0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection, an answer, progress, the confirmation, a person.

    `confirm` begins when the paper should be out by its length and the printer's speed;
    `person` is how long paper or an open cover may keep a job waiting; `stall` is how long
    a printer may take no byte.
    """

    connect: float = 3.0
    status: float = 0.3
    stall: float = 30.0
    confirm: float = 5.0
    person: float = 60.0


def send(
    address: str,
    profile: PrinterProfile,
    data: bytes,
    *,
    after_broken_job: bool = False,
    patience: Patience | None = None,
    sink: Sink | None = None,
    on_state: OnState | None = None,
) -> Outcome:
    """Sends the bytes of one job and waits for the paper.

    `after_broken_job` clears away a picture that an earlier job left half sent. `on_state`
    hears the printer's state whenever it changes, also while the job waits for paper.
    Raises PrinterError when not one byte of the job has left: only then trying again is safe.
    """
    patience = patience or Patience()
    job = AFTER_BROKEN_JOB + data if after_broken_job else data
    with open_transport(address, connect_seconds=patience.connect, sink=sink) as transport:
        if transport.delivery_is_proof:
            transport.write(job, 0.0)
            transport.finish(0.0)
            return Outcome(Delivery.CONFIRMED, bytes_sent=len(job))
        return _Sending(transport, profile, job, patience, on_state).run()


def probe_state(
    address: str, profile: PrinterProfile, *, patience: Patience | None = None
) -> PrinterState:
    """The printer's state now, for a look between jobs; prints nothing.

    `unknown` is a printer that is there and does not tell. A file is looked at, not opened.
    Raises PrinterError `bad_address`.
    """
    patience = patience or Patience()
    try:
        parts = parse_address(address)
        if parts.scheme == "file":
            check_file(parts.path)
            return PrinterState.READY
        with open_transport(address, connect_seconds=patience.connect, sink=_ignore) as transport:
            if transport.delivery_is_proof:
                return PrinterState.READY
            if not profile.status:
                return PrinterState.UNKNOWN
            return Conversation(transport).ask_state(patience.status)
    except PrinterError as error:
        if error.code is Fault.BAD_ADDRESS:
            raise
        return PrinterState.ERROR if error.code is Fault.ERROR else PrinterState.OFFLINE


class _Sending:
    """One job on one connection."""

    def __init__(
        self,
        transport: Transport,
        profile: PrinterProfile,
        job: bytes,
        patience: Patience,
        on_state: OnState | None,
    ) -> None:
        self._transport = transport
        self._talk = Conversation(transport, on_state)
        self._profile = profile
        self._job = job
        self._patience = patience
        self._asked = asked_by(job)
        self._sent = 0
        self._paper_due = 0.0

    def run(self) -> Outcome:
        """The outcome; raises PrinterError when nothing of the job has left."""
        try:
            self._look_first()
            self._write_all()
            return self._wait_for_paper()
        except PrinterError as error:
            sent = self._sent + error.bytes_sent
            if sent == 0:
                raise
            return Outcome(Delivery.UNCONFIRMED, error.code, error.detail, sent)

    def _look_first(self) -> None:
        if not self._profile.status:
            self._talk.listen(0.0)
            return
        state = self._talk.ask_state(self._patience.status)
        if not state.prints:
            raise PrinterError(Fault(state), "the printer said so before the job")

    def _write_all(self) -> None:
        last_progress = time.monotonic()
        while self._sent < len(self._job):
            self._talk.listen(0.0)
            piece = self._job[self._sent : self._sent + _PIECE]
            taken = self._transport.write(piece, time.monotonic() + _LOOK_SECONDS)
            self._sent += taken
            now = time.monotonic()
            if taken:
                last_progress = now
            elif now - last_progress > self._stall_allowed():
                raise PrinterError(self._reason(), "the printer takes no more bytes")

    def _stall_allowed(self) -> float:
        waits = self._talk.state in _WAITS_FOR_A_PERSON
        return self._patience.person if waits else self._patience.stall

    def _wait_for_paper(self) -> Outcome:
        paper_time = paper_rows(self._job) / DOTS_PER_MM / self._profile.speed
        usual = paper_time + self._patience.confirm
        self._transport.finish(time.monotonic() + usual)
        deadline = time.monotonic() + usual
        self._paper_due = time.monotonic() + paper_time + _FOR_THE_BETTER_ANSWER
        waiting = False
        self._look()
        while not self._is_done():
            waits = self._talk.state in _WAITS_FOR_A_PERSON
            if waits is not waiting:
                waiting = waits
                deadline = time.monotonic() + (self._patience.person if waits else usual)
            now = time.monotonic()
            if now >= deadline:
                detail = "no confirmation came"
                return Outcome(Delivery.UNCONFIRMED, self._reason(), detail, self._sent)
            self._talk.listen(min(deadline, now + _LOOK_SECONDS))
            if not self._is_done():
                self._look()
        self._tell_relief()
        state = Delivery.CONFIRMED if self._confirms else Delivery.SENT
        return Outcome(state, bytes_sent=self._sent)

    def _tell_relief(self) -> None:
        """Lets the state follow when the confirmation came quicker than the next look."""
        if self._talk.state in _WAITS_FOR_A_PERSON:
            try:
                self._look()
            except PrinterError:
                pass  # the slip is on paper all the same

    @property
    def _confirms(self) -> bool:
        return self._asked.process_id is not None or self._asked.paper_status

    def _is_done(self) -> bool:
        if self._asked.process_id in self._talk.printed:
            return True
        if self._asked.paper_status and self._talk.paper_answers:
            # Asked for both, a printer may answer the lesser question while the paper moves.
            return self._asked.process_id is None or time.monotonic() >= self._paper_due
        return not self._confirms and (self._talk.state is None or self._talk.state.prints)

    def _look(self) -> None:
        """Asks a printer that answers questions; of the others hears whether they are there."""
        if self._talk.state in (None, PrinterState.UNKNOWN):
            self._talk.listen(0.0)
        else:
            self._talk.ask_state(self._patience.status)

    def _reason(self) -> Fault:
        state = self._talk.state
        return Fault.TIMEOUT if state is None or state.prints else Fault(state)


def _ignore(_: bytes) -> None:
    """A sink for a look at the virtual printer, which prints nothing."""
