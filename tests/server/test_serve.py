"""The server on a real socket: who is slow or silent is let go, who sends too much is told."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from gevent import pywsgi, socket

from server import serve
from server.app import LARGEST_BODY, create_server
from server.settings import Settings

WITHIN = 10
PATIENCE = 0.3


class Impatient(serve.Handler):
    """The server's own handler, which waits less long."""

    first_seconds = PATIENCE
    idle_seconds = 2 * PATIENCE


@pytest.fixture
def connect(sqlite_url: str, tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """Opens connections to a served server."""
    settings = Settings(tmp_path, sqlite_url, None, "a secret of tests", "http://hall", False, 0)
    server = create_server(settings)
    listener = serve.listen("127.0.0.1", 0)
    web = pywsgi.WSGIServer(listener, server.app, log=None, handler_class=Impatient)
    web.start()
    opened: list[Any] = []

    def open_one() -> Any:
        connection = socket.create_connection(("127.0.0.1", web.server_port), timeout=WITHIN)
        opened.append(connection)
        return connection

    yield open_one
    for connection in opened:
        connection.close()
    web.stop(timeout=1)
    server.stop()


def answer(connection: Any) -> bytes:
    """What comes until the server closes."""
    got = b""
    while part := connection.recv(65536):
        got += part
    return got


@pytest.mark.parametrize(
    "half", [b"", b"GET / HT", b"GET /healthz HTTP/1.1\r\n", b"GET /healthz HTTP/1.1\r\nHost: x"]
)
def test_who_sends_no_whole_request_is_let_go(connect: Any, half: bytes) -> None:
    connection = connect()
    connection.sendall(half)
    assert answer(connection) == b""


def test_who_sends_a_request_drop_by_drop_is_let_go_too(connect: Any) -> None:
    connection, began = connect(), monotonic()
    connection.settimeout(PATIENCE / 10)
    connection.sendall(b"GET /healthz HTTP/1.1\r\n")
    ended = None
    while ended is None and monotonic() - began < WITHIN:
        try:
            connection.sendall(b"A")
            ended = connection.recv(1)
        except TimeoutError:
            continue
        except OSError:
            ended = b""
    assert ended == b""


def test_a_body_that_never_comes_does_not_hold_the_connection(connect: Any) -> None:
    connection = connect()
    connection.sendall(
        b"POST /api/v1/session HTTP/1.1\r\nHost: hall\r\nContent-Length: 10\r\n\r\n{"
    )
    assert answer(connection).startswith(b"HTTP/1.1 400")


def test_a_kept_connection_may_be_idle_longer_than_a_first_request_takes(connect: Any) -> None:
    connection, ask = connect(), b"GET /healthz HTTP/1.1\r\nHost: hall\r\n\r\n"
    connection.sendall(ask)
    assert connection.recv(65536).startswith(b"HTTP/1.1 200")
    connection.settimeout(1.5 * PATIENCE)
    with pytest.raises(TimeoutError):  # neither an answer nor an end
        connection.recv(1)
    connection.settimeout(WITHIN)
    connection.sendall(ask)
    assert connection.recv(65536).startswith(b"HTTP/1.1 200")
    assert answer(connection) == b""


@pytest.mark.parametrize("chunks", [1, 8])
def test_a_body_in_chunks_that_is_too_large_is_told_so(connect: Any, chunks: int) -> None:
    size = (LARGEST_BODY + 8) // chunks
    chunk = f"{size:x}\r\n".encode() + b" " * size + b"\r\n"
    connection = connect()
    connection.sendall(
        b"POST /api/v1/session HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n" + chunk * chunks + b"0\r\n\r\n"
    )
    told = answer(connection)
    assert told.startswith(b"HTTP/1.1 413") and b'"too_large"' in told


def test_a_small_body_in_chunks_is_read(connect: Any) -> None:
    body = b'{"login": "x", "password": "y"}'
    connection = connect()
    connection.sendall(
        b"POST /api/v1/session HTTP/1.1\r\nHost: hall\r\nConnection: close\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
        + f"{len(body):x}\r\n".encode()
        + body
        + b"\r\n0\r\n\r\n"
    )
    assert b'"bad_login"' in answer(connection)


def test_the_server_may_hold_as_many_connections_as_the_system_allows() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, before[0]), before[1]))
    serve.allow_many_connections()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (before[1], before[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, before)
