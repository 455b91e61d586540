"""A printer's address in parts, refused clearly when it is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from printers.errors import Fault, PrinterError

TCP_PORT = 9100

_SERIAL_DEFAULTS = {"baud": "115200", "parity": "N", "stop": "1", "flow": "none"}
_SERIAL_CHOICES = {
    "parity": ("N", "E", "O"),
    "stop": ("1", "2"),
    "flow": ("none", "rtscts", "xonxoff", "dsrdtr"),
}
BAUD_RATES = (2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600)


@dataclass(frozen=True, slots=True)
class Address:
    """`scheme` is tcp, serial, device, file or screen; `path` is a device or file."""

    scheme: str
    host: str = ""
    port: int = 0
    path: str = ""
    options: dict[str, str] = field(default_factory=dict)


def parse_address(address: str) -> Address:
    """The address in parts; raises PrinterError `bad_address` saying what is wrong with it."""
    try:
        parts = urlsplit(address)
        read = _READERS[parts.scheme]
    except (KeyError, ValueError):
        raise _bad(address, "begin with tcp://, serial://, device://, file:// or screen:") from None
    return read(address, parts)


def _bad(address: str, advice: str) -> PrinterError:
    return PrinterError(Fault.BAD_ADDRESS, f"{address!r}: {advice}")


def _tcp(address: str, parts: SplitResult) -> Address:
    try:
        port = TCP_PORT if parts.port is None else parts.port
    except ValueError:
        raise _bad(address, "the port must be a number from 1 to 65535") from None
    if not parts.hostname or port == 0:
        raise _bad(address, "write tcp://HOST:9100")
    if parts.path.strip("/") or parts.query or parts.username:
        raise _bad(address, "nothing may follow the port")
    return Address("tcp", host=parts.hostname, port=port)


def _serial(address: str, parts: SplitResult) -> Address:
    device = _local_path(address, parts, "serial:///dev/ttyUSB0?baud=115200")
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := set(given) - set(_SERIAL_DEFAULTS):
        raise _bad(address, f"unknown option {min(unknown)}")
    options = _SERIAL_DEFAULTS | given
    if options["baud"] not in map(str, BAUD_RATES):
        raise _bad(address, f"baud is one of {', '.join(map(str, BAUD_RATES))}")
    for name, choices in _SERIAL_CHOICES.items():
        if options[name] not in choices:
            raise _bad(address, f"{name} is one of {', '.join(choices)}")
    return Address("serial", path=device, options=options)


def _device(address: str, parts: SplitResult) -> Address:
    return Address("device", path=_local_path(address, parts, "device:///dev/usb/lp0"))


def _file(address: str, parts: SplitResult) -> Address:
    return Address("file", path=_local_path(address, parts, "file:///path"))


def _screen(address: str, parts: SplitResult) -> Address:
    if address != "screen:":
        raise _bad(address, "write screen: and nothing else")
    return Address("screen")


def _local_path(address: str, parts: SplitResult, example: str) -> str:
    path = unquote(parts.path)
    if parts.netloc or not path.startswith("/") or "\0" in path or path.endswith("/"):
        raise _bad(address, f"write {example}, with three slashes")
    return path


_READERS = {"tcp": _tcp, "serial": _serial, "device": _device, "file": _file, "screen": _screen}
