"""WebSocket frames that leave whole, however slowly the other side reads.

simple-websocket 1.1 hands a frame to `send`, which on a full buffer takes a part of it and loses
the rest; and two greenlets may send at the same time. Both corrupt the stream. See
docs/decisions/0001-websocket-library.md.
"""

import socket
from contextlib import suppress
from typing import Any

import gevent.event
import gevent.lock
import gevent.selectors
import simple_websocket
from engineio.async_drivers.gevent import Thread
from flask_socketio import SocketIO

SEND_SECONDS = 10.0


class _WholeSends:
    """A socket whose `send` sends all of it, one sender at a time, or ends the connection."""

    def __init__(self, plain: Any) -> None:
        plain.settimeout(SEND_SECONDS)
        self._plain = plain
        self._turn = gevent.lock.RLock()

    def send(self, data: bytes) -> int:
        with self._turn:
            try:
                self._plain.sendall(data)
            except TimeoutError:
                # A part of the frame is out: nothing that followed could be read.
                self._plain.shutdown(socket.SHUT_RDWR)
                raise
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)


class WholeFrameSocket(simple_websocket.Server):  # type: ignore[misc]  # the library is untyped
    """The library's server side of a WebSocket, on a socket that sends whole frames."""

    sock: Any

    def handshake(self) -> None:
        self.sock = _WholeSends(self.sock)
        super().handshake()


class _WebSocket:
    """What Engine.IO expects of a WebSocket on gevent."""

    def __init__(self, handler: Any, server: Any) -> None:
        self._handler = handler
        self._socket: WholeFrameSocket | None = None
        self._cut = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self._handler.__self__.connection = self  # by it `cut` finds what carries the socket
        self._socket = WholeFrameSocket(
            environ,
            thread_class=Thread,
            event_class=gevent.event.Event,
            selector_class=gevent.selectors.DefaultSelector,
        )
        return self._handler(self)

    def send(self, message: str | bytes) -> None:
        assert self._socket is not None
        try:
            self._socket.send(message)
        except simple_websocket.ConnectionClosed:
            raise OSError("the connection is closed") from None

    def wait(self) -> str | bytes | None:
        assert self._socket is not None
        if self._cut:
            return None  # what it sent before is not heard
        try:
            message: str | bytes | None = self._socket.receive()
        except simple_websocket.ConnectionClosed:
            return None
        return message

    def close(self) -> None:
        if self._socket is not None and self._socket.connected:
            with suppress(OSError, simple_websocket.ConnectionClosed):  # it is gone already
                self._socket.close()

    def cut(self) -> None:
        self._cut = True
        if self._socket is not None:
            with suppress(OSError):  # it is gone already
                self._socket.sock.shutdown(socket.SHUT_RDWR)


def cut(engine_socket: Any) -> None:
    """End the connection below a closed Engine.IO socket now.

    Left to itself it ends when everything is written, and a reader may make that last for minutes.
    """
    connection: _WebSocket | None = getattr(engine_socket, "connection", None)
    if connection is not None:
        connection.cut()


def use_whole_frames(socketio: SocketIO) -> None:
    """Let this server's WebSockets send whole frames."""
    engine = socketio.server.eio
    engine._async = {**engine._async, "websocket": _WebSocket}
