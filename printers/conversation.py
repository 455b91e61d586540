"""Talking with a printer over an open transport: questions, answers, the state they tell."""

from __future__ import annotations

import time
from collections.abc import Callable

from printers.errors import Fault, PrinterError
from printers.status import (
    QUESTIONS,
    AutomaticStatus,
    PaperStatus,
    Printed,
    PrinterState,
    RealTimeStatus,
    Reply,
    ReplyReader,
    ask,
    state_of,
)
from printers.transports import Transport

OnState = Callable[[PrinterState], None]


class Conversation:
    """What has been heard from one printer on one connection.

    `printed` holds the process ids that came back, `paper_answers` counts answers to GS r.
    `on_state` hears every change of the state, the first one included.
    """

    def __init__(self, transport: Transport, on_state: OnState | None = None) -> None:
        self._transport = transport
        self._on_state = on_state
        self._reader = ReplyReader()
        self._answers: list[int] = []
        self.state: PrinterState | None = None
        self.printed: set[bytes] = set()
        self.paper_answers = 0

    def listen(self, deadline: float) -> None:
        """Takes in what the printer says next, until the deadline at most."""
        for reply in self._reader.feed(self._transport.read(deadline)):
            self._note(reply)

    def ask_state(self, seconds: float) -> PrinterState:
        """The state by DLE EOT 1, 2 and 4, waiting no longer than that.

        A printer that never answered is unknown; one that falls silent keeps the state it told.
        """
        self.listen(0.0)
        self._answers.clear()
        deadline = time.monotonic() + seconds
        for asked, question in enumerate(QUESTIONS, start=1):
            if not self._asked(question, deadline):
                break
            while len(self._answers) < asked and time.monotonic() < deadline:
                self.listen(deadline)
        if self._answers or self.state is None:
            self._change_to(state_of(self._answers))
        return self.state or PrinterState.UNKNOWN

    def _asked(self, question: int, deadline: float) -> bool:
        taken = self._transport.write(ask(question), deadline)
        if 0 < taken < len(ask(question)):
            # The next bytes would be read as the question's end.
            raise PrinterError(Fault.TIMEOUT, "the printer took half a question")
        return taken > 0

    def _note(self, reply: Reply) -> None:
        match reply:
            case RealTimeStatus(byte):
                self._answers.append(byte)
            case AutomaticStatus():
                self._change_to(reply.state)
            case PaperStatus():
                self.paper_answers += 1
            case Printed(process_id):
                self.printed.add(process_id)

    def _change_to(self, state: PrinterState) -> None:
        if state is not self.state:
            self.state = state
            if self._on_state is not None:
                self._on_state(state)
