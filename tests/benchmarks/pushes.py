"""How soon a call is on every screen, against a bare emit of the same size in the same run."""

import statistics
import time
from dataclasses import dataclass, field

from hall import Desk, Hall, Served
from load import Clients, post
from watchers import Screens, screens

QUIET_SECONDS = 0.08
"""Longer than the server joins pushes for: each act is then one push of its own."""


@dataclass
class Delays:
    """Milliseconds from the request until the first, the middle and the last screen had it."""

    first: list[float] = field(default_factory=list)
    middle: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    size: int = 0

    def add(self, began: float, arrivals: list[list[tuple[float, int]]]) -> None:
        """Note one event's way to all screens."""
        delays = sorted((screen[0][0] - began) * 1000 for screen in arrivals)
        self.first.append(delays[0])
        self.middle.append(statistics.median(delays))
        self.last.append(delays[-1])
        self.size = max(size for screen in arrivals for _, size in screen)

    @property
    def slowest(self) -> float:
        """The median over the rounds of the last screen's delay."""
        return statistics.median(self.last)


@dataclass
class Pushes:
    """Calls, and bare emits of the size of the call's picture, interleaved."""

    calls: Delays = field(default_factory=Delays)
    emits: Delays = field(default_factory=Delays)

    @property
    def ratio(self) -> float:
        """The median over the rounds of the last screen's delay: a call's against an emit's."""
        pairs = zip(self.calls.last, self.emits.last, strict=True)
        return statistics.median(call / emit for call, emit in pairs)


def measure(hall: Hall, server: Served, *, watching: int, rounds: int) -> Pushes:
    """Calls at one counter after the other, each followed by an emit of the same size."""
    found = Pushes()
    load = Clients(server.port, 1)
    load.send([post(f"/sites/{hall.site}/tickets", hall.kiosk, _service(d)) for d in hall.desks])
    with screens(watching, port=server.port, token=hall.desks[0].token, site=hall.site) as watchers:
        for number in range(rounds):
            desk = hall.desks[number % len(hall.desks)]
            call = post(f"/counters/{desk.counter_id}/call-next", desk.token)
            _one(load, watchers, call, found.calls)
            _one(load, watchers, _emit(hall, found.calls.size), found.emits)
            _one(load, watchers, post(f"/counters/{desk.counter_id}/finish", desk.token), None)
    load.close()
    return found


def _one(load: Clients, watchers: Screens, request: bytes, delays: Delays | None) -> None:
    """Send one request after a quiet moment and wait until every screen has its event."""
    time.sleep(QUIET_SECONDS)
    began = time.monotonic()
    window = load.send([request])
    if set(window.statuses) != {200}:
        raise RuntimeError(f"answers {dict(window.statuses)}")
    arrivals = watchers.arrivals(1)
    if delays is not None:
        delays.add(began, arrivals)


def _service(desk: Desk) -> str:
    return f'{{"service":"{desk.service}"}}'


def _emit(hall: Hall, size: int) -> bytes:
    body = f'{{"event":"board","room":"board:{hall.site_id}:","size":{size}}}'
    return post("/benchmarks/emit", hall.kiosk, body)


def table(results: dict[int, Pushes]) -> str:
    """The figures as a Markdown table, one row per number of screens."""
    lines = [
        "| screens | bytes | call: first / middle / last ms | bare emit: first / middle / last ms "
        "| last against last |",
        "|---:|---:|---:|---:|---:|",
    ]
    for watching, found in results.items():
        parts = [
            " / ".join(f"{statistics.median(v):.1f}" for v in (d.first, d.middle, d.last))
            for d in (found.calls, found.emits)
        ]
        lines.append(
            f"| {watching} | {found.calls.size:,} | {parts[0]} | {parts[1]} | {found.ratio:.2f} |"
        )
    return "\n".join(lines)
