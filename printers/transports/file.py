"""A file instead of a printer: the bytes of every slip are appended to it."""

from __future__ import annotations

import os

from printers.errors import Fault, PrinterError
from printers.transports.base import Transport


class FileTransport(Transport):
    """Collects a job and appends it in one piece, so that slips of several writers never mix."""

    delivery_is_proof = True

    def __init__(self, path: str) -> None:
        self._path = path
        self._job = bytearray()
        try:
            self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        except OSError as error:
            raise PrinterError(Fault.OFFLINE, f"{path}: {error.strerror}") from None

    def write(self, data: bytes, deadline: float) -> int:
        """Takes everything; the file is written by `finish`."""
        self._job += data
        return len(data)

    def read(self, deadline: float) -> bytes:
        """A file says nothing."""
        return b""

    def finish(self, deadline: float) -> None:
        """Appends the job and makes it safe against a power cut."""
        written = 0
        try:
            while written < len(self._job):
                written += os.write(self._descriptor, self._job[written:])
            os.fsync(self._descriptor)
        except OSError as error:
            detail = f"{self._path}: {error.strerror}"
            raise PrinterError(Fault.ERROR, detail, bytes_sent=written) from None
        self._job.clear()

    def close(self) -> None:
        """Closes the file."""
        os.close(self._descriptor)
