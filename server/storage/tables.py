"""Every table by name: importing this module makes the schema complete."""

from server.storage.base import Base
from server.storage.centre import (
    Agency,
    Counter,
    CounterService,
    Field,
    Hall,
    Instance,
    PriorityClass,
    Service,
    Site,
    SiteRevision,
)
from server.storage.idempotency import IdempotencyKey
from server.storage.people import AccessToken, Device, Pairing, Staff
from server.storage.printing import Printer, PrintJob, VirtualSlip
from server.storage.procedures import Procedure, ProcedureDocument
from server.storage.tickets import (
    IS_AT_COUNTER,
    IS_UNENDED,
    IS_WAITING,
    Call,
    NumberSeries,
    Period,
    Step,
    Ticket,
)

metadata = Base.metadata

__all__ = [
    "IS_AT_COUNTER",
    "IS_UNENDED",
    "IS_WAITING",
    "AccessToken",
    "Agency",
    "Call",
    "Counter",
    "CounterService",
    "Device",
    "Field",
    "Hall",
    "IdempotencyKey",
    "Instance",
    "NumberSeries",
    "Pairing",
    "Period",
    "PrintJob",
    "Printer",
    "PriorityClass",
    "Procedure",
    "ProcedureDocument",
    "Service",
    "Site",
    "SiteRevision",
    "Staff",
    "Step",
    "Ticket",
    "VirtualSlip",
    "metadata",
]
