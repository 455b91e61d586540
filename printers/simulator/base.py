"""A simulated printer at work: its thread, and what a person can do to it."""

from __future__ import annotations

import selectors
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Self

from printers.decoder import Paper, decode
from printers.simulator.mechanism import Mechanism

_AT_ONCE = 65536
_READS_PER_SECOND = 50
_ALL_CONFIRMATIONS = frozenset({"pid", "gs_r"})


class PrinterSimulator(ABC):
    """Prints into memory what arrives at its address; a context manager."""

    def __init__(
        self,
        *,
        dots: int = 576,
        speed: float = 0.0,
        confirms: frozenset[str] = _ALL_CONFIRMATIONS,
    ) -> None:
        self.dots = dots
        self._mechanism = Mechanism(speed, confirms)
        self._selector = selectors.DefaultSelector()
        self._changed = threading.Condition()
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._stopping = False
        self._reset_after: int | None = None
        self._bytes_per_second: int | None = None
        self._reads_again_at = 0.0
        self._thread = threading.Thread(target=self._serve, name="printer-simulator", daemon=True)

    @property
    @abstractmethod
    def address(self) -> str:
        """The printer address under which it is reached."""

    @abstractmethod
    def _open(self) -> None:
        """Opens the line."""

    @abstractmethod
    def _close(self) -> None:
        """Closes the line."""

    @abstractmethod
    def _read(self, limit: int) -> bytes:
        """At most `limit` bytes that have arrived; b"" for none."""

    @abstractmethod
    def _write(self, data: bytes) -> None:
        """Sends answers, if anybody listens."""

    @abstractmethod
    def _attend(self, wanted: bool) -> None:
        """Whether arriving bytes are to wake the thread."""

    @abstractmethod
    def _break(self) -> None:
        """Breaks the connection rudely."""

    def start(self) -> None:
        """Opens the line and begins to print."""
        self._open()
        self._selector.register(self._ear, selectors.EVENT_READ)
        self._thread.start()

    def stop(self) -> None:
        """Closes the line and waits for the end of the thread."""
        self._stopping = True
        self._ring()
        self._thread.join()
        self._close()
        self._selector.close()
        self._ear.close()
        self._bell.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def open_cover(self) -> None:
        """Opens the cover: printing stops."""
        self._person(cover_open=True)

    def close_cover(self) -> None:
        """Closes the cover: printing goes on."""
        self._person(cover_open=False)

    def take_paper_out(self, after_rows: int = 0) -> None:
        """Lets the paper end now or after so many dot rows."""
        self._person(rows_left=after_rows)

    def load_paper(self) -> None:
        """Puts in a fresh roll: the printer goes on where it stopped."""
        self._person(rows_left=None, near_end=False)

    def near_end(self) -> None:
        """Lets the sensor see the end of the roll come."""
        self._person(near_end=True)

    def jam_cutter(self) -> None:
        """Jams the cutter."""
        self._person(cutter_jammed=True)

    def mute(self, muted: bool = True) -> None:
        """Makes the printer print without ever answering."""
        with self._changed:
            self._mechanism.mute = muted

    def reset_after(self, count: int) -> None:
        """Breaks the connection after so many more bytes; with 0 when it next is used."""
        with self._changed:
            self._reset_after = count

    def read_slowly(self, bytes_per_second: int | None) -> None:
        """Takes bytes at that rate; 0 takes none at all, None as fast as they come."""
        with self._changed:
            self._bytes_per_second = bytes_per_second
            self._reads_again_at = 0.0
        self._ring()

    def printed(self) -> bytes:
        """The bytes that have been obeyed so far, those behind an empty roll not."""
        with self._changed:
            return bytes(self._mechanism.executed)

    def slips(self) -> list[bytes]:
        """The bytes of each slip that has been cut off."""
        with self._changed:
            return list(self._mechanism.slips)

    def papers(self) -> list[Paper]:
        """The pieces of paper that have come out so far."""
        return decode(self.printed(), self.dots)

    def wait_until(self, condition: Callable[[], bool], seconds: float = 5.0) -> bool:
        """Waits until the condition holds; False when the time is over."""
        with self._changed:
            return self._changed.wait_for(condition, seconds)

    def _person(self, **changes: object) -> None:
        with self._changed:
            for name, value in changes.items():
                setattr(self._mechanism.condition, name, value)
        self._ring()

    def _ring(self) -> None:
        self._bell.send(b"!")

    def _serve(self) -> None:
        again = self._turn()
        while not self._stopping:
            timeout = None if again is None else max(0.0, again - time.monotonic())
            for key, _ in self._selector.select(timeout):
                if key.fileobj is self._ear:
                    self._ear.recv(64)
                elif key.data is not None:
                    key.data()
            again = self._turn()

    def _turn(self) -> float | None:
        """Reads, prints, answers; returns when the next turn is due without new bytes."""
        now = time.monotonic()
        with self._changed:
            self._mechanism.receive(self._take(now))
            dues = [self._mechanism.work(now)]
            if self._mechanism.answers:
                self._write(bytes(self._mechanism.answers))
                self._mechanism.answers.clear()
            if self._reset_after == 0:
                self._reset_after = None
                self._break()
            deaf = self._bytes_per_second == 0
            pausing = not deaf and now < self._reads_again_at
            self._attend(not deaf and not pausing)
            dues.append(self._reads_again_at if pausing else None)
            self._changed.notify_all()
        return min((due for due in dues if due is not None), default=None)

    def _take(self, now: float) -> bytes:
        """What may be read now: slow readers take little and pause, faults count bytes."""
        limit, rate = _AT_ONCE, self._bytes_per_second
        if rate is not None:
            limit = max(1, rate // _READS_PER_SECOND) if rate and now >= self._reads_again_at else 0
        if self._reset_after is not None:
            limit = min(limit, self._reset_after)
        data = self._read(limit) if limit else b""
        if rate:
            self._reads_again_at = max(self._reads_again_at, now + len(data) / rate)
        if self._reset_after is not None:
            self._reset_after -= len(data)
        return data
