"""Printers behind a device file of the kernel, as USB printers are (/dev/usb/lp0)."""

from __future__ import annotations

import os

from printers.errors import Fault, PrinterError
from printers.transports.descriptor import DescriptorTransport


class DeviceFileTransport(DescriptorTransport):
    """A character device, opened non-blocking for both ways, or for writing alone."""

    def __init__(self, path: str) -> None:
        descriptor, self._answers = _open(path)
        super().__init__(path, descriptor)

    def read(self, deadline: float) -> bytes:
        """What the device said; one opened for writing alone says nothing."""
        return super().read(deadline) if self._answers else b""

    def close(self) -> None:
        """Closes the device file."""
        try:
            os.close(self._descriptor)
        except OSError:
            pass  # a vanished device is as closed as it can be


def _open(path: str) -> tuple[int, bool]:
    """The descriptor and whether it can be read."""
    try:
        return os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY), True
    except PermissionError:
        pass  # some drivers and some administrators allow writing alone
    except OSError as error:
        raise PrinterError(Fault.OFFLINE, f"{path}: {error.strerror}") from None
    try:
        return os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY), False
    except PermissionError as error:
        raise PrinterError(Fault.ERROR, f"{path}: {error.strerror}") from None
    except OSError as error:
        raise PrinterError(Fault.OFFLINE, f"{path}: {error.strerror}") from None
