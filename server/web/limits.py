"""Limits on what strangers may ask how often; loopback has none."""

import ipaddress
from collections import deque
from collections.abc import Hashable
from time import monotonic

from server.domain.refusals import Refused
from server.settings import is_loopback

MOST_KEYS = 10_000
FORGET_EVERY = 1.0
"""Seconds: looking through all keys at each request would be an attack by itself."""

_IPV6_OF_ONE = 64
"""Bits that a provider gives to one customer, who has all addresses below them."""


class TooManyRequests(Refused):
    """`retry_after`: seconds until the next request may succeed."""

    code = "too_many_requests"
    kind = "too_many"


def network_of(address: str | None) -> str:
    """What one household or office has: its IPv4 address, or its IPv6 network (/64)."""
    try:
        found = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _IPV6_OF_ONE), strict=False))


class Limit:
    """At most `count` events of one kind within `seconds`, for each key (an address, a login).

    It remembers `MOST_KEYS` keys; a further one takes the place of the one known longest.
    """

    def __init__(self, count: int, seconds: float) -> None:
        self._count = count
        self._seconds = seconds
        self._events: dict[Hashable, deque[float]] = {}
        self._forgot_at = monotonic()

    def count(self, key: Hashable) -> None:
        """Count one event; raises `TooManyRequests` when it is one too many."""
        now = monotonic()
        events = self._events.get(key)
        if events is None:
            self._make_room(now)
            events = self._events[key] = deque()
        while events and events[0] <= now - self._seconds:
            events.popleft()
        if len(events) >= self._count:
            raise TooManyRequests(retry_after=int(events[0] + self._seconds - now) + 1)
        events.append(now)

    def _make_room(self, now: float) -> None:
        if len(self._events) < MOST_KEYS:
            return
        if now - self._forgot_at >= FORGET_EVERY:
            self._forgot_at = now
            self._events = {
                key: events
                for key, events in self._events.items()
                if events and events[-1] > now - self._seconds
            }
        while len(self._events) >= MOST_KEYS:
            del self._events[next(iter(self._events))]


def count_address(limit: Limit, address: str | None, *more: str) -> None:
    """Count one event of this address (and of `more`), unless it is this computer's own."""
    if not is_loopback(address):
        limit.count((network_of(address), *more))
