"""Finding out once, when a printer is put into service, how it proves that it has printed."""

from __future__ import annotations

import time

from printers.conversation import Conversation
from printers.encoder import INIT, process_id, question
from printers.errors import Fault, PrinterError
from printers.profiles import Confirm, PrinterProfile
from printers.transports import Transport, open_transport

_PROBE = "commissioning"


def find_confirmation(
    address: str, profile: PrinterProfile, *, connect_seconds: float = 3.0, seconds: float = 1.5
) -> Confirm:
    """The best confirmation that the printer at that address really gives.

    Waits `seconds` for each kind. A printer that does not know the question may print a few
    stray letters. Raises PrinterError when it cannot be reached or cannot print now: an empty
    one would answer nothing and be taken for mute.
    """
    with open_transport(address, connect_seconds=connect_seconds, sink=_ignore) as transport:
        if transport.delivery_is_proof:
            return Confirm.NONE
        talk = Conversation(transport)
        if profile.status and not (state := talk.ask_state(seconds)).prints:
            raise PrinterError(Fault(state), "the printer must be ready to be examined")
        for kind in (Confirm.PID, Confirm.GS_R):
            if _answers(transport, talk, kind, time.monotonic() + seconds):
                return kind
        return Confirm.NONE


def _answers(transport: Transport, talk: Conversation, kind: Confirm, deadline: float) -> bool:
    asked = INIT + question(kind, _PROBE)
    if transport.write(asked, deadline) < len(asked):
        raise PrinterError(Fault.TIMEOUT, "the printer takes no bytes")
    while time.monotonic() < deadline:
        talk.listen(deadline)
        if kind is Confirm.PID and process_id(_PROBE) in talk.printed:
            return True
        if kind is Confirm.GS_R and talk.paper_answers:
            return True
    return False


def _ignore(_: bytes) -> None:
    """A sink for the virtual printer, which is not examined."""
