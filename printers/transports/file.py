"""A file instead of a printer: the bytes of every slip are appended to it."""

from __future__ import annotations

import errno
import os
import stat

from printers.errors import Fault, PrinterError
from printers.transports.base import Transport


class FileTransport(Transport):
    """Collects a job and appends it in one piece, so that slips of several writers never mix."""

    delivery_is_proof = True

    def __init__(self, path: str) -> None:
        self._path = path
        self._job = bytearray()
        self._descriptor = _open(path)

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


def check_file(path: str) -> None:
    """Raises PrinterError when slips cannot be appended there; opens nothing."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        folder = os.path.dirname(path)
        if not os.path.isdir(folder):
            raise PrinterError(Fault.OFFLINE, f"{path}: there is no such folder") from None
        path = folder
    except OSError as error:
        raise PrinterError(Fault.OFFLINE, f"{path}: {error.strerror}") from None
    else:
        if not stat.S_ISREG(found.st_mode):
            raise _no_file(path)
    if not os.access(path, os.W_OK):
        raise PrinterError(Fault.OFFLINE, f"{path}: {os.strerror(errno.EACCES)}")


def _open(path: str) -> int:
    """A descriptor of a regular file: a pipe or a device would let its writer wait for ever."""
    # Windows knows neither of these two, nor what they guard against.
    careful = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | careful, 0o644)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.EISDIR):
            raise _no_file(path) from None
        raise PrinterError(Fault.OFFLINE, f"{path}: {error.strerror}") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _no_file(path)
    return descriptor


def _no_file(path: str) -> PrinterError:
    return PrinterError(Fault.BAD_ADDRESS, f"{path}: is not an ordinary file")
