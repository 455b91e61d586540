"""Printing a slip: composing its bytes takes computing, sending them takes patience."""

from __future__ import annotations

from printers.conversation import OnState
from printers.delivery import Outcome, Patience, send
from printers.encoder import picture_job
from printers.layout import render
from printers.plain_text import text_job
from printers.profiles import Mode, PrinterProfile
from printers.slip import Slip
from printers.transports import Sink


def compose(slip: Slip, profile: PrinterProfile, job_id: str) -> bytes:
    """The job's bytes, in 10 to 40 ms of pure computing; belongs into a thread.

    `job_id` goes into the question by which the printer confirms this job.
    Raises ValueError when a QR code cannot fit on the paper.
    """
    if profile.mode is Mode.TEXT:
        return text_job(slip, profile, job_id)
    return picture_job(render(slip, profile.dots), profile, job_id)


def print_slip(
    address: str,
    profile: PrinterProfile,
    slip: Slip,
    job_id: str,
    *,
    after_broken_job: bool = False,
    patience: Patience | None = None,
    sink: Sink | None = None,
    on_state: OnState | None = None,
) -> Outcome:
    """Composes and sends a slip; see `compose` and `send`."""
    return send(
        address,
        profile,
        compose(slip, profile, job_id),
        after_broken_job=after_broken_job,
        patience=patience,
        sink=sink,
        on_state=on_state,
    )
