"""Network printers: raw bytes to port 9100, answers on the same connection."""

from __future__ import annotations

import socket
import time

from printers.errors import Fault, PrinterError
from printers.transports.base import Transport

_ANSWER_BYTES = 256


class TcpTransport(Transport):
    """One connection; cheap printers accept no second one, so it is held only for a job."""

    def __init__(self, host: str, port: int, connect_seconds: float) -> None:
        self._name = f"{host}:{port}"
        try:
            self._socket = socket.create_connection((host, port), timeout=connect_seconds)
        except TimeoutError:
            raise PrinterError(Fault.OFFLINE, f"{self._name} does not answer") from None
        except OSError as error:
            raise PrinterError(Fault.OFFLINE, f"{self._name}: {error}") from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)

    def write(self, data: bytes, deadline: float) -> int:
        """Bytes that the network layer took; a broken connection raises `offline`."""
        sent = 0
        view = memoryview(data)
        while sent < len(data):
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                sent += self._socket.send(view[sent:])
            except (TimeoutError, BlockingIOError):
                break
            except OSError as error:
                raise self._lost(str(error), sent) from None
        return sent

    def read(self, deadline: float) -> bytes:
        """The printer's bytes; raises `offline` when it has closed or reset the connection."""
        self._socket.settimeout(max(0.0, deadline - time.monotonic()))
        try:
            data = self._socket.recv(_ANSWER_BYTES)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise self._lost(str(error)) from None
        if not data:
            raise self._lost("the printer closed the connection")
        return data

    def finish(self, deadline: float) -> None:
        """The network layer delivers what it took also after the close."""

    def close(self) -> None:
        """Closes in order: with answers left unread a close would reset and lose paper."""
        try:
            self._socket.shutdown(socket.SHUT_WR)
            self._socket.settimeout(0.0)
            while self._socket.recv(_ANSWER_BYTES):
                continue
        except OSError:
            pass  # nothing is left to read, or the other side has gone already
        finally:
            self._socket.close()

    def _lost(self, reason: str, taken: int = 0) -> PrinterError:
        return PrinterError(Fault.OFFLINE, f"{self._name}: {reason}", bytes_sent=taken)
