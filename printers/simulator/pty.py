"""A simulated serial printer behind a pseudo terminal; it knows no baud rate and no parity."""

from __future__ import annotations

import os
import selectors
import tty

from printers.simulator.base import PrinterSimulator


class PtyPrinterSimulator(PrinterSimulator):
    """Prints what is written to its terminal."""

    _ours: int | None = None
    _theirs: int | None = None
    _path = ""
    _attending = False

    @property
    def address(self) -> str:
        """serial:///dev/pts/…"""
        return f"serial://{self._path}?baud=115200"

    @property
    def device_address(self) -> str:
        """device:///dev/pts/…, for the way that USB printers take."""
        return f"device://{self._path}"

    def unplug(self) -> None:
        """Pulls the cable for good."""
        with self._changed:
            self._close()
        self._ring()

    def _open(self) -> None:
        self._ours, self._theirs = os.openpty()
        # Held open here too: a terminal that nobody holds reports an error to our side.
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self._path = os.ttyname(self._theirs)

    def _close(self) -> None:
        self._attend(False)
        for descriptor in (self._ours, self._theirs):
            if descriptor is not None:
                os.close(descriptor)
        self._ours = self._theirs = None

    def _attend(self, wanted: bool) -> None:
        if self._ours is None or wanted == self._attending:
            return
        self._attending = wanted
        if wanted:
            self._selector.register(self._ours, selectors.EVENT_READ)
        else:
            self._selector.unregister(self._ours)

    def _read(self, limit: int) -> bytes:
        if self._ours is None:
            return b""
        try:
            return os.read(self._ours, limit)
        except OSError:
            return b""

    def _write(self, data: bytes) -> None:
        if self._ours is None:
            return
        try:
            os.write(self._ours, data)
        except OSError:
            pass  # nobody reads the answers

    def _break(self) -> None:
        self._close()
