"""Everything about paper: slips, ESC/POS, printers and their faults; nothing about queues."""

from printers.delivery import Delivery, Outcome, Patience, probe_state, send
from printers.errors import Fault, PrinterError
from printers.printing import compose, print_slip
from printers.profiles import Confirm, Mode, PrinterProfile
from printers.slip import Slip
from printers.status import PrinterState
from printers.ticket_slip import ticket_slip
from printers.transports import open_transport, parse_address

__all__ = [
    "Confirm",
    "Delivery",
    "Fault",
    "Mode",
    "Outcome",
    "Patience",
    "PrinterError",
    "PrinterProfile",
    "PrinterState",
    "Slip",
    "compose",
    "open_transport",
    "parse_address",
    "print_slip",
    "probe_state",
    "send",
    "ticket_slip",
]
