"""A load client that costs little itself: kept-alive sockets in one loop, requests made ready."""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hall import HOST

ANSWERS_WITHIN = 30
_LENGTH = b"content-length:"


@dataclass
class Window:
    """What came of one burst of requests: its length in seconds, and each request's own."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds


def post(path: str, token: str, body: str = "{}") -> bytes:
    """A whole POST, ready to be sent."""
    return (
        f"POST /api/v1{path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


class _Connection:
    """One client: a request on its way, and the answer as far as it has come."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=ANSWERS_WITHIN)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._sent_at = 0.0
        self._answer = b""

    def send(self, request: bytes) -> None:
        self._answer = b""
        self._sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> tuple[int, float] | None:
        """The status and the seconds it took; None while the answer is not whole."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server closed the connection")
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found:
            return None
        status = int(head[9:12])
        if status != 204 and len(body) < _content_length(head):
            return None
        return status, time.perf_counter() - self._sent_at


class Clients:
    """A number of clients at one server; each sends its next request when its last is answered."""

    def __init__(self, port: int, count: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._connections = [_Connection(port) for _ in range(count)]
        for connection in self._connections:
            self._selector.register(connection.socket, selectors.EVENT_READ, connection)

    def send(self, requests: Sequence[bytes]) -> Window:
        """Send all requests, each by the first client that is free, and wait for all answers."""
        window = Window()
        left = list(reversed(requests))
        began = time.perf_counter()
        under_way = 0
        for connection in self._connections[: len(left)]:
            connection.send(left.pop())
            under_way += 1
        while under_way:
            ready = self._selector.select(ANSWERS_WITHIN)
            if not ready:
                raise TimeoutError(f"no answer within {ANSWERS_WITHIN} s")
            for key, _ in ready:
                answer = key.data.receive()
                if answer is None:
                    continue
                window.statuses[answer[0]] += 1
                window.latencies.append(answer[1])
                if left:
                    key.data.send(left.pop())
                else:
                    under_way -= 1
        window.seconds = time.perf_counter() - began
        return window

    def close(self) -> None:
        """Hang up."""
        self._selector.close()
        for connection in self._connections:
            connection.socket.close()


def _content_length(head: bytes) -> int:
    lower = head.lower()
    start = lower.index(_LENGTH) + len(_LENGTH)
    return int(lower[start:].split(b"\r\n", 1)[0])
