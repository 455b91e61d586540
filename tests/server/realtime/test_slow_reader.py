"""A screen that stops reading: it holds up nobody, and what it reads later is whole or ends."""

from __future__ import annotations

import json
import socket as plain_socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import gevent
import pytest
from gevent import pywsgi, socket
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, Pong, Request, TextMessage

from server import serve
from server.app import Server, create_server
from server.domain.roles import Role
from server.operations import access
from server.realtime import whole_frames
from server.settings import Settings

WITHIN = 10.0
PICTURES = 30
LARGE = 200_000
SMALL_BUFFER = 4096


@dataclass
class Screen:
    """A screen on a real connection; a corrupted stream breaks its strict parser.

    It takes no notice of pings: those of this test last longer than it.
    """

    connection: socket.socket
    protocol: WSConnection = field(default_factory=lambda: WSConnection(ConnectionType.CLIENT))
    numbers: list[int] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    closed: bool = False
    _text: str = ""

    def watch(self, site: str, token: str) -> None:
        target = "/socket.io/?EIO=4&transport=websocket"
        self._send(self.protocol.send(Request(host="hall", target=target)))
        self.wait_for("0")
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
class Hall:
    """A server on a port, the room of its board, and a display's token."""

    server: Server
    port: int
    site: str
    room: str
    token: str
    screens: list[Screen] = field(default_factory=list)

    def screen(self, buffer: int | None = None) -> Screen:
        connection = socket.socket()
        if buffer is not None:
            connection.setsockopt(plain_socket.SOL_SOCKET, plain_socket.SO_RCVBUF, buffer)
        connection.settimeout(WITHIN)
        connection.connect(("127.0.0.1", self.port))
        screen = Screen(connection)
        self.screens.append(screen)
        screen.watch(self.site, self.token)
        return screen

    def push_large_pictures(self) -> None:
        for number in range(PICTURES):
            picture = {"number": number, "filler": "x" * LARGE}
            self.server.socketio.emit("picture", picture, to=self.room)
            gevent.sleep(0)


@pytest.fixture
def served(
    sqlite_url: str, tmp_path: Path, clock: Any, set_up_hall: Callable[[Any], Any]
) -> Iterator[Hall]:
    settings = Settings(tmp_path, sqlite_url, None, "a secret of tests", "http://hall", False, 0)
    server = create_server(settings, clock=clock)
    hall = set_up_hall(server.database)
    listener = serve.listen("127.0.0.1", 0)
    web = pywsgi.WSGIServer(listener, server.app, log=None, handler_class=serve.Handler)
    web.start()
    token = server.database.write(access.create_token, site=hall.site, role=Role.DISPLAY).secret
    room = f"board:{hall.site_id}:"
    made = Hall(server, web.server_port, hall.site, room, token)
    yield made
    for screen in made.screens:
        screen.connection.close()
    web.stop(timeout=1)
    server.stop()


def test_a_screen_that_stops_reading_neither_stalls_nor_spoils_the_others(served: Hall) -> None:
    slow = served.screen(SMALL_BUFFER)
    others = [served.screen() for _ in range(3)]
    began = monotonic()
    reading = [gevent.spawn(screen.read_all, PICTURES) for screen in others]
    served.push_large_pictures()
    gevent.joinall(reading, timeout=WITHIN, raise_error=True)
    assert [screen.numbers for screen in others] == [list(range(PICTURES))] * 3
    assert monotonic() - began < WITHIN
    assert len(slow.numbers) == 0


def test_what_a_slow_screen_reads_later_is_whole_and_in_order(served: Hall) -> None:
    slow = served.screen(SMALL_BUFFER)
    served.push_large_pictures()
    slow.read_all(PICTURES)
    assert slow.numbers == list(range(PICTURES))


def test_answers_to_pings_do_not_land_in_the_middle_of_a_picture(served: Hall) -> None:
    slow = served.screen(SMALL_BUFFER)
    served.push_large_pictures()
    for _ in range(PICTURES):
        slow.ping()
    slow.read_all(PICTURES)
    assert slow.numbers == list(range(PICTURES))


def test_a_screen_that_never_reads_is_let_go_in_the_middle_of_a_frame(
    served: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_frames, "SEND_SECONDS", 0.2)
    slow = served.screen(SMALL_BUFFER)
    sockets = served.server.socketio.server.eio.sockets
    served.push_large_pictures()
    until = monotonic() + WITHIN
    while sockets:
        assert monotonic() < until, "the socket is still open"
        gevent.sleep(0.01)
    with suppress(ConnectionResetError):
        slow.read_all(PICTURES)
        assert slow.closed
    assert slow.numbers == list(range(len(slow.numbers)))
    assert len(slow.numbers) < PICTURES


def test_a_screen_that_answers_no_ping_is_let_go(served: Hall) -> None:
    engine = served.server.socketio.server.eio
    engine.ping_interval = engine.ping_timeout = 0.1
    screen = served.screen()
    until = monotonic() + WITHIN
    while engine.sockets:
        assert monotonic() < until, "the socket is still open"
        gevent.sleep(0.01)
        served.server.sockets.sweep_silent()
    screen.read_all(1)
    assert screen.closed
    assert "2" in screen.messages
