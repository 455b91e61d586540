"""The one small interface behind which every way to a printer hides."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Transport(ABC):
    """An open way to a printer. Deadlines are instants of `time.monotonic()`.

    Every method raises PrinterError and nothing else when the way is broken.
    """

    #: True where what has been written is by that fact delivered, as in a file.
    delivery_is_proof = False

    @abstractmethod
    def write(self, data: bytes, deadline: float) -> int:
        """Hands over bytes until the deadline; returns how many were taken, maybe not all."""

    @abstractmethod
    def read(self, deadline: float) -> bytes:
        """What the printer said, as soon as it says something; b"" when the deadline passes."""

    @abstractmethod
    def close(self) -> None:
        """Lets the printer go; never raises. What was written stays written."""

    @abstractmethod
    def finish(self, deadline: float) -> None:
        """Makes what was written final: called once after a whole job."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
