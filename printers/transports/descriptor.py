"""Devices that are file descriptors: non-blocking, polled, each byte counted."""

from __future__ import annotations

import os
import select
import time

from printers.errors import Fault, PrinterError
from printers.transports.base import Transport

_ANSWER_BYTES = 256
_LARGEST_WRITE = 4096

#: usblp reports readiness and then reads nothing; ask again after this many seconds.
_EMPTY_READ_PAUSE = 0.02


class DescriptorTransport(Transport):
    """Reads and writes an open non-blocking descriptor; a subclass opens and closes it."""

    #: Whether a read of nothing means that the device was unplugged.
    empty_read_means_gone = False

    def __init__(self, name: str, descriptor: int) -> None:
        self._name = name
        self._descriptor = descriptor

    def write(self, data: bytes, deadline: float) -> int:
        """Bytes that the driver took until the deadline."""
        sent = 0
        while sent < len(data) and self._ready(select.POLLOUT, deadline, sent):
            try:
                sent += os.write(self._descriptor, data[sent : sent + _LARGEST_WRITE])
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._lost(error, sent) from None
        return sent

    def read(self, deadline: float) -> bytes:
        """What the device said; b"" when the deadline passes."""
        while self._ready(select.POLLIN, deadline):
            try:
                data = os.read(self._descriptor, _ANSWER_BYTES)
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._lost(error) from None
            if data:
                return data
            if self.empty_read_means_gone:
                raise PrinterError(Fault.OFFLINE, f"{self._name}: unplugged")
            if time.monotonic() + _EMPTY_READ_PAUSE >= deadline:
                break
            time.sleep(_EMPTY_READ_PAUSE)
        return b""

    def finish(self, deadline: float) -> None:
        """Waits until the driver has handed its last piece on; a close would drop it."""
        self._ready(select.POLLOUT, deadline)

    def _ready(self, event: int, deadline: float, sent: int = 0) -> bool:
        """Whether the descriptor is ready for `event` before the deadline."""
        poll = select.poll()
        try:
            poll.register(self._descriptor, event)
            found = poll.poll(max(0, round((deadline - time.monotonic()) * 1000)))
        except (OSError, ValueError) as error:
            raise self._lost(error, sent) from None
        if found and found[0][1] & select.POLLNVAL:
            raise self._lost("closed", sent)
        return bool(found)

    def _lost(self, reason: object, taken: int = 0) -> PrinterError:
        return PrinterError(Fault.OFFLINE, f"{self._name}: {reason}", bytes_sent=taken)
