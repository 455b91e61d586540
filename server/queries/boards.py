"""The board: what the hall sees of calls, counters and lines."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from server.domain.numbering import call_key
from server.queries import days, revisions
from server.storage.base import AnyRow, in_state
from server.storage.tables import (
    IS_AT_COUNTER,
    IS_WAITING,
    Call,
    Counter,
    CounterService,
    Hall,
    Service,
    Site,
    Step,
    Ticket,
)

LISTED_FOR = timedelta(minutes=10)
LISTED_AT_LEAST = 50
NEXT_SHOWN = 10

_AT_THE_BOARD = or_(bindparam("hall") == 0, Counter.hall_id == bindparam("hall"))

_CALLS = (
    select(Call.id, Call.number, Call.counter_number, Call.called_at, Call.recall, Call.hall_id)
    .where(Call.site_id == bindparam("site"))
    .order_by(Call.id.desc())
)
_CALLS_OF_HALL = _CALLS.where(Call.hall_id == bindparam("hall"))
_SERVING = (
    select(Ticket.number, Counter.number.label("counter"))
    .join(Step, Step.ticket_id == Ticket.id)
    .join(Counter, Counter.id == Step.counter_id)
    .where(
        Counter.site_id == bindparam("site"),
        IS_AT_COUNTER,
        in_state(Step, "serving"),
        _AT_THE_BOARD,
    )
    .order_by(Counter.position, Counter.id)
)
_ACTIVE_CALLS = (
    select(Call.id)
    .join(Step, Step.id == Call.step_id)
    .join(Counter, Counter.id == Step.counter_id)
    .where(
        Counter.site_id == bindparam("site"),
        IS_AT_COUNTER,
        in_state(Step, "called"),
        Call.counter_id == Step.counter_id,
        Call.called_at >= Step.called_at,
        _AT_THE_BOARD,
    )
    .order_by(Call.id)
)
_HALL_SERVICES = (
    select(CounterService.service_id)
    .join(Counter, Counter.id == CounterService.counter_id)
    .where(Counter.hall_id == bindparam("hall"), Counter.removed.is_(False))
)
_SERVICES = (
    select(Service.id, Service.code)
    .where(
        Service.site_id == bindparam("site"),
        Service.removed.is_(False),
        or_(bindparam("hall") == 0, Service.id.in_(_HALL_SERVICES)),
    )
    .order_by(Service.position, Service.id)
)
_COUNTS = (
    select(Step.service_id, func.count())
    .where(Step.site_id == bindparam("site"), Step.day == bindparam("day"), IS_WAITING)
    .group_by(Step.service_id)
)
_RANKED = (
    select(
        Step.service_id,
        Step.ticket_id,
        func.row_number()
        .over(partition_by=Step.service_id, order_by=(Step.rank_at, Step.id))
        .label("place"),
    )
    .where(Step.site_id == bindparam("site"), Step.day == bindparam("day"), IS_WAITING)
    .subquery()
)
_NEXT = (
    select(_RANKED.c.service_id, Ticket.number)
    .join(Ticket, Ticket.id == _RANKED.c.ticket_id)
    .where(_RANKED.c.place <= NEXT_SHOWN)
    .order_by(_RANKED.c.service_id, _RANKED.c.place)
)


def hall_id(connection: Connection, site_id: int, code: str) -> int | None:
    """The id of a hall by its code, None where the site has no such hall."""
    return connection.execute(
        select(Hall.id).where(Hall.site_id == site_id, Hall.code == code)
    ).scalar_one_or_none()


def board(
    connection: Connection, site_id: int, *, hall: str | None, now: datetime
) -> dict[str, Any] | None:
    """The board of a hall, or of the whole site; None where the site has no such hall."""
    found = 0
    if hall is not None:
        known = hall_id(connection, site_id, hall)
        if known is None:
            return None
        found = known
    place = {"site": site_id, "hall": found}
    today = {"site": site_id, "day": days.today(connection, site_id, now)}
    services = dict(connection.execute(_SERVICES, place).all())
    counts = dict(connection.execute(_COUNTS, today).all())
    upcoming: dict[int, list[str]] = defaultdict(list)
    for service_id, number in connection.execute(_NEXT, today):
        upcoming[service_id].append(number)
    return {
        **revisions.stamp(connection, site_id, now),
        "site": connection.execute(select(Site.code).where(Site.id == site_id)).scalar_one(),
        "hall": hall,
        "calls": [_call_view(row) for row in _listed_calls(connection, place, now)],
        "active_calls": [call_key(i) for i in connection.execute(_ACTIVE_CALLS, place).scalars()],
        "serving": [row._asdict() for row in connection.execute(_SERVING, place)],
        "next": [
            {"service": code, "numbers": upcoming[service_id]}
            for service_id, code in services.items()
            if service_id in upcoming
        ],
        "waiting": {code: counts.get(service_id, 0) for service_id, code in services.items()},
    }


def call_words(connection: Connection, site_id: int, call_id: int) -> tuple[str, str] | None:
    """The number and the counter that a call names; None where the site had no such call."""
    row = connection.execute(
        select(Call.number, Call.counter_number).where(Call.id == call_id, Call.site_id == site_id)
    ).one_or_none()
    return None if row is None else (row.number, row.counter_number)


def _listed_calls(connection: Connection, place: dict[str, int], now: datetime) -> list[AnyRow]:
    """All calls of the last ten minutes, and at least the last fifty; oldest first."""
    statement = _CALLS_OF_HALL if place["hall"] else _CALLS
    since = now - LISTED_FOR
    rows: list[AnyRow] = []
    wanted = LISTED_AT_LEAST
    while True:
        rows = list(connection.execute(statement.limit(wanted), place))
        if len(rows) < wanted or rows[-1].called_at < since:
            break
        wanted *= 4
    listed = [r for i, r in enumerate(rows) if i < LISTED_AT_LEAST or r.called_at >= since]
    return listed[::-1]


def _call_view(row: AnyRow) -> dict[str, Any]:
    return {
        "call_id": call_key(row.id),
        "number": row.number,
        "counter": row.counter_number,
        "called_at": row.called_at.isoformat(),
        "recall": row.recall,
    }
