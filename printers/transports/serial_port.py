"""Serial printers, opened by pyserial for this program alone."""

from __future__ import annotations

import termios
import time

import serial

from printers.errors import Fault, PrinterError
from printers.transports.address import Address
from printers.transports.descriptor import DescriptorTransport

#: pyserial lets termios.error through, which is no OSError.
_SERIAL_ERRORS = (OSError, serial.SerialException, termios.error, ValueError)


#: How often the kernel's output queue is looked at.
_DRAIN_PAUSE = 0.02


class SerialTransport(DescriptorTransport):
    """A serial line; writing goes past pyserial, which does not tell how much of a late write left.

    Needs a POSIX system.
    """

    empty_read_means_gone = True

    def __init__(self, address: Address) -> None:
        options = address.options
        try:
            self._port = serial.Serial(
                address.path,
                baudrate=int(options["baud"]),
                parity=options["parity"],
                stopbits=int(options["stop"]),
                rtscts=options["flow"] == "rtscts",
                xonxoff=options["flow"] == "xonxoff",
                dsrdtr=options["flow"] == "dsrdtr",
                timeout=0,
                write_timeout=0,
                exclusive=True,
            )
        except _SERIAL_ERRORS as error:
            raise PrinterError(Fault.OFFLINE, f"{address.path}: {error}") from None
        super().__init__(address.path, self._port.fileno())

    def finish(self, deadline: float) -> None:
        """Waits until the line has carried everything."""
        try:
            while self._port.out_waiting and time.monotonic() < deadline:
                time.sleep(_DRAIN_PAUSE)
        except _SERIAL_ERRORS as error:
            raise PrinterError(Fault.OFFLINE, f"{self._name}: {error}") from None

    def close(self) -> None:
        """Closes the port, also one whose device has vanished.

        Bytes still waiting are dropped: the kernel would hold the close for up to 30 seconds.
        """
        try:
            self._port.reset_output_buffer()
        except _SERIAL_ERRORS:
            pass  # a vanished device has no buffer
        try:
            self._port.close()
        except _SERIAL_ERRORS:
            pass  # a vanished device is as closed as it can be
