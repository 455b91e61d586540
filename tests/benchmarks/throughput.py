"""Tickets issued and calls made per second, against a no-op of the same server in the same run."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from hall import Hall, Served
from load import Clients, Window, post

KINDS = ("no-op", "issue", "call-next", "finish")
OF_INTEREST = ("issue", "call-next")
EXPECTED = {"no-op": 200, "issue": 201, "call-next": 200, "finish": 200}


@dataclass
class Measured:
    """The windows of one kind of request, round by round, and the server's processor time."""

    windows: list[Window] = field(default_factory=list)
    cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return statistics.median(window.per_second for window in self.windows)

    @property
    def cpu_milliseconds(self) -> float:
        """Processor time of the server for one request."""
        return 1000 * self.cpu_seconds / sum(len(w.latencies) for w in self.windows)

    @property
    def slowest(self) -> float:
        """Milliseconds."""
        return 1000 * max(max(window.latencies) for window in self.windows)

    @property
    def p99(self) -> float:
        """Milliseconds."""
        every = sorted(latency for window in self.windows for latency in window.latencies)
        return 1000 * every[int(len(every) * 0.99)]

    def against(self, other: "Measured") -> float:
        """The median over the rounds of this rate as a share of the other's."""
        pairs = zip(self.windows, other.windows, strict=True)
        return statistics.median(mine.per_second / base.per_second for mine, base in pairs)


def requests(hall: Hall, number: int) -> dict[str, Sequence[bytes]]:
    """One round of each kind: each ticket for another counter's line, each call at that counter."""
    desks = hall.desks[:number]
    return {
        "no-op": [post("/benchmarks/no-op", hall.kiosk)] * number,
        "issue": [
            post(f"/sites/{hall.site}/tickets", hall.kiosk, f'{{"service":"{desk.service}"}}')
            for desk in desks
        ],
        "call-next": [post(f"/counters/{d.counter_id}/call-next", d.token) for d in desks],
        "finish": [post(f"/counters/{d.counter_id}/finish", d.token) for d in desks],
    }


def measure(
    hall: Hall, server: Served, *, clients: int, rounds: int, number: int
) -> dict[str, Measured]:
    """Interleaved rounds of `number` requests of each kind; raises RuntimeError on a refusal."""
    measured = {kind: Measured() for kind in KINDS}
    load = Clients(server.port, clients)
    everything = requests(hall, number)
    # Enough people wait before every counter, and all that is made at first use is made.
    for kind in ("issue", "issue", *KINDS):
        load.send(everything[kind])
    for _ in range(rounds):
        for kind in KINDS:
            before = server.cpu_seconds()
            window = load.send(everything[kind])
            measured[kind].cpu_seconds += server.cpu_seconds() - before
            if set(window.statuses) != {EXPECTED[kind]}:
                raise RuntimeError(f"{kind}: answers {dict(window.statuses)}")
            measured[kind].windows.append(window)
    load.close()
    return measured


def table(results: dict[int, dict[str, Measured]]) -> str:
    """The figures as a Markdown table, one row per number of clients and kind of request."""
    lines = [
        "| clients | request | per second | of the no-op | p99 ms | slowest ms | CPU ms each |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    for clients, measured in results.items():
        for kind, found in measured.items():
            share = "" if kind == "no-op" else f"{found.against(measured['no-op']):.2f}"
            lines.append(
                f"| {clients} | {kind} | {found.per_second:,.0f} | {share} | {found.p99:.0f} "
                f"| {found.slowest:.0f} | {found.cpu_milliseconds:.2f} |"
            )
    return "\n".join(lines)
