"""The ways to a printer: network, serial line, device file, file, screen."""

from __future__ import annotations

from printers.errors import Fault, PrinterError
from printers.transports.address import Address, parse_address
from printers.transports.base import Transport
from printers.transports.file import FileTransport
from printers.transports.screen import ScreenTransport, Sink
from printers.transports.tcp import TcpTransport

__all__ = ["Address", "Sink", "Transport", "may_block", "open_transport", "parse_address"]


def may_block(address: str) -> bool:
    """Whether the system may keep its caller waiting, deadline or not, as a slow disk does.

    Such a printer belongs into a thread of its own. Raises PrinterError `bad_address`.
    """
    return parse_address(address).scheme == "file"


def open_transport(
    address: str, *, connect_seconds: float = 3.0, sink: Sink | None = None
) -> Transport:
    """An open way to the printer at that address.

    `sink` receives the slips of `screen:`. Raises PrinterError: `bad_address` for an address
    that can never work, `offline` for a printer that is not there now.
    """
    parts = parse_address(address)
    if parts.scheme == "tcp":
        return TcpTransport(parts.host, parts.port, connect_seconds)
    if parts.scheme == "file":
        return FileTransport(parts.path)
    if parts.scheme == "screen":
        if sink is None:
            raise PrinterError(Fault.BAD_ADDRESS, "screen: shows slips inside the server only")
        return ScreenTransport(sink)
    return _open_device(parts)


def _open_device(parts: Address) -> Transport:
    # These need a POSIX system; a network printer must work without.
    from printers.transports.device_file import DeviceFileTransport
    from printers.transports.serial_port import SerialTransport

    return SerialTransport(parts) if parts.scheme == "serial" else DeviceFileTransport(parts.path)
