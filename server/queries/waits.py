"""How fast each line moves: what the estimate of a wait is made from."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from time import monotonic

from sqlalchemy import Connection, bindparam, func, select

from server.domain.estimates import WaitRange, expected_wait
from server.storage.base import in_state
from server.storage.session import Database
from server.storage.tables import Counter, CounterService, Period

LOOKS_BACK = timedelta(hours=2)
REMEMBERED = 20
LASTS_SECONDS = 1.0

_SERVED = (
    select(Period.service_id, Period.started_at, Period.ended_at)
    .where(
        Period.site_id == bindparam("site"),
        in_state(Period, "serving"),
        Period.ended_at >= bindparam("since"),
    )
    .order_by(Period.ended_at.desc())
)
_OPEN = (
    select(CounterService.service_id, func.count())
    .join(Counter, Counter.id == CounterService.counter_id)
    .where(Counter.site_id == bindparam("site"), Counter.state == "open")
    .group_by(CounterService.service_id)
)


@dataclass(frozen=True)
class Pace:
    """Recent serving times of each service, in seconds, and how many counters are open for it."""

    served_seconds: dict[int, list[float]]
    open_counters: dict[int, int]

    def wait(self, service_id: int, people_ahead: int) -> dict[str, int] | None:
        """The expected wait of somebody in that line, or None where nobody could know."""
        found = expected_wait(
            people_ahead=people_ahead,
            recent_service_seconds=self.served_seconds.get(service_id, []),
            open_counters=self.open_counters.get(service_id, 0),
        )
        return None if found is None else as_json(found)


def as_json(wait: WaitRange) -> dict[str, int]:
    """The shape of a wait in answers and pictures."""
    return {"low_minutes": wait.low_minutes, "high_minutes": wait.high_minutes}


def pace(connection: Connection, site_id: int, now: datetime) -> Pace:
    """How the site's lines move now: the last 20 served of each service within two hours."""
    served: dict[int, list[float]] = defaultdict(list)
    for service_id, began, ended in connection.execute(
        _SERVED, {"site": site_id, "since": now - LOOKS_BACK}
    ):
        if ended is not None and len(served[service_id]) < REMEMBERED:
            served[service_id].append((ended - began).total_seconds())
    return Pace(dict(served), dict(connection.execute(_OPEN, {"site": site_id}).all()))


class Paces:
    """The pace of each site, at most a second old: no line changes its speed within one, and in
    the morning's rush many citizens come in each.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[int, tuple[float, Pace]] = {}

    def of(self, site_id: int) -> Pace:
        """How the site's lines move."""
        read_at, found = self._read.get(site_id, (-inf, None))
        if found is None or monotonic() - read_at > LASTS_SECONDS:
            with self._database.read() as connection:
                found = pace(connection, site_id, self._database.clock())
            self._read[site_id] = (monotonic(), found)
        return found
