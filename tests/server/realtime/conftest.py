"""A server with its sockets: screens over test clients and real connections, slow storage."""

from __future__ import annotations

import json
import socket as plain_socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import gevent
import pytest
from gevent import pywsgi, socket
from gevent.event import Event
from sqlalchemy import Engine
from sqlalchemy.event import listen
from sqlalchemy.exc import OperationalError
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, Pong, Request, TextMessage

from server import serve
from server.app import Server, create_server
from server.domain.roles import Role
from server.operations import access
from server.settings import Settings

if TYPE_CHECKING:
    from tests.server.conftest import FakeClock, SmallHall

WITHIN = 10.0
LARGE = 200_000
DRAWING = "row_number"
"""Only a board's lines are numbered so: each such statement is one board drawn."""


def wait_until(true: Callable[[], bool], otherwise: str) -> None:
    """Let the others run until it is true; fails when it takes too long."""
    until = monotonic() + WITHIN
    while not true():
        assert monotonic() < until, otherwise
        gevent.sleep(0.005)


class Storage:
    """The edge to the database: counts what is read, holds it up, or fails it."""

    def __init__(self, engine: Engine) -> None:
        self.drawings = 0
        self.failures = 0
        self.fails_at: str | None = None
        self.held_at: str | None = None
        self.seconds = 0.0
        self.at_once = 0
        self.most_at_once = 0
        self.released = Event()
        listen(engine, "before_cursor_execute", self._read)

    def _read(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        self.drawings += DRAWING in statement
        if self.fails_at is not None and self.fails_at in statement:
            self.failures += 1
            raise OperationalError(statement, {}, OSError("the disk is gone"))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        if self.held_at is not None and self.held_at in statement:
            self.released.wait()
        if self.seconds:
            gevent.sleep(self.seconds)
        self.at_once -= 1


@dataclass
class Screen:
    """A screen at the other end of a socket."""

    client: Any
    answers: list[Any] = field(default_factory=list)
    received: list[Any] = field(default_factory=list)

    def watch(self, **subject: str) -> Any:
        return self.client.emit("watch", subject, callback=True)

    def pictures(self, event: str) -> list[Any]:
        """All pictures of one kind that have arrived so far."""
        self.received += self.client.get_received()
        return [r["args"][0] for r in self.received if r["name"] == event]

    def wait_for(self, event: str, found: Callable[[Any], bool]) -> Any:
        """The first picture that looks as wanted."""
        until = monotonic() + WITHIN
        while monotonic() < until:
            for picture in self.pictures(event):
                if found(picture):
                    return picture
            gevent.sleep(0.01)
        raise AssertionError(f"no such {event} within {WITHIN} s: {self.received}")


@dataclass
class Life:
    """A running server with its sockets, and the small hall."""

    server: Server
    hall: SmallHall
    storage: Storage

    def screen(self, secret: str | None = None) -> Screen:
        auth = None if secret is None else {"token": secret}
        return Screen(self.server.socketio.test_client(self.server.app, auth=auth))

    def token(self, role: Role, officer: str | None = None) -> access.NewAccess:
        return self.server.database.write(
            access.create_token, site=self.hall.site, role=role, officer=officer
        )


@dataclass
class RawScreen:
    """A screen on a real connection; a corrupted stream breaks its strict parser.

    It takes no notice of pings: those of this test last longer than it.
    """

    connection: socket.socket
    protocol: WSConnection = field(default_factory=lambda: WSConnection(ConnectionType.CLIENT))
    numbers: list[int] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    closed: bool = False
    _text: str = ""

    def open(self, **headers: str) -> None:
        target = "/socket.io/?EIO=4&transport=websocket"
        extra = [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()]
        self._send(self.protocol.send(Request(host="hall", target=target, extra_headers=extra)))
        self.wait_for("0")

    def watch(self, site: str, token: str) -> None:
        self.say("40" + json.dumps({"token": token}))
        self.wait_for("40")
        self.say("420" + json.dumps(["watch", {"site": site}]))
        self.wait_for("430")

    def say(self, text: str) -> None:
        self._send(self.protocol.send(TextMessage(data=text)))

    def ping(self) -> None:
        """A ping of the WebSocket itself: the library answers it from a greenlet of its own."""
        self._send(self.protocol.send(Ping()))

    def wait_for(self, kind: str) -> None:
        while not any(message.startswith(kind) for message in self.messages):
            assert not self.closed
            self.read()

    def read_to_the_end(self) -> None:
        """Read until the server has closed the connection."""
        with suppress(ConnectionResetError):
            while not self.closed:
                self.read()

    def read_all(self, count: int) -> None:
        """Read until so many pictures have come, or the stream ends."""
        while len(self.numbers) < count and not self.closed:
            self.read()

    def read(self) -> None:
        data = self.connection.recv(65536)
        self.protocol.receive_data(data or None)
        for event in self.protocol.events():
            if isinstance(event, TextMessage):
                self._text += event.data
                if event.message_finished:
                    self._take(self._text)
                    self._text = ""
            elif isinstance(event, CloseConnection):
                self.closed = True
            else:
                assert isinstance(event, (AcceptConnection, Pong))
        self.closed = self.closed or not data

    def _take(self, message: str) -> None:
        self.messages.append(message)
        if message.startswith("42"):
            name, picture = json.loads(message[2:])
            if name == "picture":
                assert picture["filler"] == "x" * LARGE
                self.numbers.append(picture["number"])

    def _send(self, data: bytes) -> None:
        self.connection.sendall(data)


@dataclass
class ServedHall:
    """A server on a port, the room of its board, and a display's token."""

    server: Server
    port: int
    site: str
    room: str
    token: str
    screens: list[RawScreen] = field(default_factory=list)

    def screen(self, buffer: int | None = None) -> RawScreen:
        """A display that watches the board."""
        screen = self.connection(buffer)
        screen.open()
        screen.watch(self.site, self.token)
        return screen

    def connection(self, buffer: int | None = None) -> RawScreen:
        """A screen that has said nothing yet."""
        connection = socket.socket()
        if buffer is not None:
            connection.setsockopt(plain_socket.SOL_SOCKET, plain_socket.SO_RCVBUF, buffer)
        connection.settimeout(WITHIN)
        connection.connect(("127.0.0.1", self.port))
        screen = RawScreen(connection)
        self.screens.append(screen)
        return screen

    def push_large_pictures(self, count: int) -> None:
        for number in range(count):
            picture = {"number": number, "filler": "x" * LARGE}
            self.server.socketio.emit("picture", picture, to=self.room)
            gevent.sleep(0)


@pytest.fixture
def trusted_proxies() -> int:
    """How many proxies stand before the server; a test may say another number."""
    return 0


@pytest.fixture
def running(
    sqlite_url: str, tmp_path: Path, clock: FakeClock, trusted_proxies: int
) -> Iterator[Server]:
    settings = Settings(
        tmp_path, sqlite_url, None, "a secret of tests", "http://hall", False, trusted_proxies
    )
    server = create_server(settings, clock=clock)
    yield server
    server.stop()


@pytest.fixture
def life(running: Server, set_up_hall: Callable[[Any], SmallHall]) -> Life:
    """The small hall, and screens of test clients: they read at once."""
    hall = set_up_hall(running.database)
    return Life(running, hall, Storage(running.database.reader))


@pytest.fixture
def served(running: Server, set_up_hall: Callable[[Any], SmallHall]) -> Iterator[ServedHall]:
    """The small hall served on a port, for screens on real connections."""
    hall = set_up_hall(running.database)
    listener = serve.listen("127.0.0.1", 0)
    web = pywsgi.WSGIServer(listener, running.app, log=None, handler_class=serve.Handler)
    web.start()
    token = running.database.write(access.create_token, site=hall.site, role=Role.DISPLAY).secret
    room = f"board:{hall.site_id}:"
    made = ServedHall(running, listener.getsockname()[1], hall.site, room, token)
    yield made
    for screen in made.screens:
        screen.connection.close()
    web.stop(timeout=1)
