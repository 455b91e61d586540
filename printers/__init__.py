"""Everything about paper: slips, ESC/POS, printers and their faults; nothing about queues."""

from printers.commissioning import find_confirmation
from printers.decoder import Paper, decode
from printers.delivery import Delivery, Outcome, Patience, probe_state, send
from printers.errors import Fault, PrinterError
from printers.fonts import FontUnusable, check_font
from printers.printing import compose, print_slip
from printers.profiles import Confirm, Mode, PrinterProfile
from printers.slip import Slip
from printers.status import PrinterState
from printers.ticket import ticket_slip
from printers.transports import may_block, open_transport, parse_address
from printers.trial import trial_page

__all__ = [
    "Confirm",
    "Delivery",
    "Fault",
    "FontUnusable",
    "Mode",
    "Outcome",
    "Paper",
    "Patience",
    "PrinterError",
    "PrinterProfile",
    "PrinterState",
    "Slip",
    "check_font",
    "compose",
    "decode",
    "find_confirmation",
    "may_block",
    "open_transport",
    "parse_address",
    "print_slip",
    "probe_state",
    "send",
    "ticket_slip",
    "trial_page",
]
