"""A simulated network printer: one client at a time, as cheap ones are."""

from __future__ import annotations

import selectors
import socket
import struct

from printers.simulator.base import PrinterSimulator

_RUDE = struct.pack("ii", 1, 0)


class TcpPrinterSimulator(PrinterSimulator):
    """Listens on a loopback port, a free one unless one is given.

    `receive_buffer` bytes are what the line holds while the printer reads slowly.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        receive_buffer: int = 0,
        dots: int = 576,
        speed: float = 0.0,
        confirms: frozenset[str] = frozenset({"pid", "gs_r"}),
    ) -> None:
        super().__init__(dots=dots, speed=speed, confirms=confirms)
        self._host = host
        self._port = port
        self._receive_buffer = receive_buffer
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        self._attending = False
        self._welcoming = False

    @property
    def address(self) -> str:
        """tcp://…, with the port that was free."""
        return f"tcp://{self._host}:{self._port}"

    def switch_off(self) -> None:
        """Cuts the power: connections are refused, what was not printed is forgotten."""
        with self._changed:
            self._close()
            self._mechanism.power_cut()
        self._ring()

    def switch_on(self) -> None:
        """Gives the power back, on the same port."""
        with self._changed:
            self._open()
        self._ring()

    def _open(self) -> None:
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if self._receive_buffer:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._receive_buffer)
        self._listener.bind((self._host, self._port))
        self._port = self._listener.getsockname()[1]
        self._listener.listen(4)
        self._listener.setblocking(False)
        self._welcome(True)

    def _welcome(self, wanted: bool) -> None:
        """Whether the next client is accepted; the others wait in the queue of the system."""
        if self._listener is None or wanted == self._welcoming:
            return
        self._welcoming = wanted
        if wanted:
            self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        else:
            self._selector.unregister(self._listener)

    def _close(self) -> None:
        if self._listener is not None:
            self._welcome(False)
            self._listener.close()
            self._listener = None
        self._break()

    def _accept(self) -> None:
        with self._changed:
            if self._listener is None or self._client is not None:
                return
            try:
                self._client, _ = self._listener.accept()
            except OSError:
                return
            self._client.setblocking(False)
            self._welcome(False)

    def _attend(self, wanted: bool) -> None:
        if self._client is None or wanted == self._attending:
            return
        self._attending = wanted
        if wanted:
            self._selector.register(self._client, selectors.EVENT_READ)
        else:
            self._selector.unregister(self._client)

    def _read(self, limit: int) -> bytes:
        if self._client is None:
            return b""
        try:
            data = self._client.recv(limit)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._let_go()
        return data

    def _write(self, data: bytes) -> None:
        if self._client is None:
            return
        try:
            self._client.sendall(data)
        except OSError:
            self._let_go()

    def _break(self) -> None:
        if self._client is not None:
            self._client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RUDE)
            self._let_go()

    def _let_go(self) -> None:
        """Closes the connection and is ready for the next client."""
        if self._client is None:
            return
        self._attend(False)
        self._client.close()
        self._client = None
        self._welcome(True)
