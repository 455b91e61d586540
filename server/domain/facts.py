"""Facts: what a transaction made true, told after its commit; `app.py` says who reacts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """Something that is true now at a site."""

    site_id: int


@dataclass(frozen=True)
class TicketIssued(Fact):
    ticket_id: int


@dataclass(frozen=True)
class TicketCalled(Fact):
    ticket_id: int
    call_id: int


@dataclass(frozen=True)
class TicketChanged(Fact):
    """A ticket changed its state otherwise: started, finished, held, returned, transferred…"""

    ticket_id: int


@dataclass(frozen=True)
class CounterChanged(Fact):
    counter_id: int


@dataclass(frozen=True)
class CentreChanged(Fact):
    """The set-up of the site was changed by its manager."""


@dataclass(frozen=True)
class PrintJobQueued(Fact):
    printer_id: int


@dataclass(frozen=True)
class AccessRevoked(Fact):
    token_id: int
