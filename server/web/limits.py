"""Limits on what strangers may ask how often; loopback has none."""

from collections import deque
from collections.abc import Hashable
from time import monotonic

from server.domain.refusals import Refused

FORGET_ABOVE = 10_000


class TooManyRequests(Refused):
    """`retry_after`: seconds until the next request may succeed."""

    code = "too_many_requests"
    kind = "too_many"


class Limit:
    """At most `count` events of one kind within `seconds`, for each key (an address, a login)."""

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._events: dict[Hashable, deque[float]] = {}

    def count(self, key: Hashable) -> None:
        """Count one event; raises `TooManyRequests` when it is one too many."""
        now = monotonic()
        events = self._events.setdefault(key, deque())
        while events and events[0] <= now - self._seconds:
            events.popleft()
        if len(events) >= self._count:
            raise TooManyRequests(retry_after=int(events[0] + self._seconds - now) + 1)
        events.append(now)
        if len(self._events) > FORGET_ABOVE:
            self._forget(now)

    def _forget(self, now: float) -> None:
        self._events = {
            key: events
            for key, events in self._events.items()
            if events and events[-1] > now - self._seconds
        }
