"""Screens that watch the board: a process of their own with raw WebSockets in one loop.

A library would spend more on a picture than the server does; so frames are read by hand here. Run
as a program it tells, for every line on standard input, what has arrived since the last one.
"""

import json
import os
import selectors
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
ANSWERS_WITHIN = 30
PING, PONG = b"2", b"3"


class Watcher:
    """One screen: connected, watching, and answering pings; keeps when each event came."""

    def __init__(self, port: int, token: str, site: str) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=ANSWERS_WITHIN)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.arrivals: list[tuple[float, int]] = []
        self._buffer = b""
        self.socket.sendall(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hall\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        while b"\r\n\r\n" not in self._buffer:
            self._read()
        self._buffer = self._buffer.partition(b"\r\n\r\n")[2]
        self._wait_for(b"0")
        self._send(b"40" + json.dumps({"token": token}).encode())
        self._wait_for(b"40")
        self._send(b"420" + json.dumps(["watch", {"site": site}]).encode())
        self._wait_for(b"430")

    def receive(self) -> None:
        """Take what has come: pings are answered, events noted with the time."""
        self._read()
        now = time.monotonic()
        for message in self._messages():
            if message == PING:
                self._send(PONG)
            elif message.startswith(b"42"):
                self.arrivals.append((now, len(message)))

    def _wait_for(self, kind: bytes) -> None:
        while True:
            for message in self._messages():
                if message.startswith(kind):
                    return
            self._read()

    def _read(self) -> None:
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError("the server closed the socket")
        self._buffer += data

    def _messages(self) -> Iterator[bytes]:
        """The payloads of whole frames (RFC 6455, section 5.2; servers do not mask)."""
        while len(self._buffer) >= 2:
            length, start = self._buffer[1] & 0x7F, 2
            if length == 126:
                length, start = int.from_bytes(self._buffer[2:4], "big"), 4
            elif length == 127:
                length, start = int.from_bytes(self._buffer[2:10], "big"), 10
            if len(self._buffer) < start + length:
                return
            message = self._buffer[start : start + length]
            self._buffer = self._buffer[start + length :]
            yield message

    def _send(self, payload: bytes) -> None:
        """One short masked text frame; the mask is zero, which leaves the payload as it is."""
        length = len(payload)
        head = (
            bytes([0x81, 0x80 | length])
            if length < 126
            else struct.pack(">BBH", 0x81, 0xFE, length)
        )
        self.socket.sendall(head + bytes(4) + payload)


class Screens:
    """The watching process, seen from the benchmark."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def arrivals(self, events: int) -> list[list[tuple[float, int]]]:
        """Wait until each screen has got so many events more; when, and how long each was."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{events}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or "null")
        if answer is None:
            raise RuntimeError("the watchers are gone")
        return [[(at, size) for at, size in screen] for screen in answer]


@contextmanager
def screens(count: int, *, port: int, token: str, site: str) -> Iterator[Screens]:
    """So many screens, each in the room before this returns."""
    command = [sys.executable, str(Path(__file__)), str(count), str(port), site]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DENLUOT_BENCH_TOKEN": token},
    )
    try:
        found = Screens(process)
        found.arrivals(0)
        yield found
    finally:
        process.terminate()
        process.communicate()


def main() -> None:
    """Watch; for a line with a number, wait for so many events at each screen and tell them."""
    count, port, site = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    token = os.environ["DENLUOT_BENCH_TOKEN"]
    watchers = [Watcher(port, token, site) for _ in range(count)]
    selector = selectors.DefaultSelector()
    for watcher in watchers:
        selector.register(watcher.socket, selectors.EVENT_READ, watcher)
    selector.register(sys.stdin, selectors.EVENT_READ)
    wanted: int | None = None
    while True:
        for key, _ in selector.select():
            if key.data is not None:
                key.data.receive()
                continue
            line = sys.stdin.readline()
            if not line:
                return
            wanted = int(line)
        if wanted is not None and all(len(w.arrivals) >= wanted for w in watchers):
            print(json.dumps([w.arrivals for w in watchers]), flush=True)
            for watcher in watchers:
                watcher.arrivals = []
            wanted = None


if __name__ == "__main__":
    main()
