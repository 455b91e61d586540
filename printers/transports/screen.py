"""The openly named virtual printer: hands each slip's bytes to whoever shows them."""

from __future__ import annotations

from collections.abc import Callable

from printers.transports.base import Transport

Sink = Callable[[bytes], None]


class ScreenTransport(Transport):
    """Collects a job and gives it to the sink as a whole."""

    delivery_is_proof = True

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._job = bytearray()

    def write(self, data: bytes, deadline: float) -> int:
        """Takes everything; the sink gets it by `finish`."""
        self._job += data
        return len(data)

    def read(self, deadline: float) -> bytes:
        """A screen says nothing."""
        return b""

    def finish(self, deadline: float) -> None:
        """Gives the whole job to the sink; what the sink raises comes through."""
        self._sink(bytes(self._job))
        self._job.clear()

    def close(self) -> None:
        """Drops a job that was not finished."""
        self._job.clear()
