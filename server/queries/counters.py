"""Counters: the list for the hall, and the picture that an officer works with."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, or_, select

from server.domain.numbering import business_day
from server.domain.ranking import MICROSECONDS, microseconds, moment
from server.queries import revisions
from server.queries.tickets import ticket_view
from server.storage.base import AnyRow, in_state
from server.storage.tables import (
    IS_AT_COUNTER,
    IS_WAITING,
    Agency,
    Counter,
    CounterService,
    Hall,
    PriorityClass,
    Procedure,
    Service,
    Site,
    Staff,
    Step,
    Ticket,
)

LINE_SHOWN = 60
NO_SHOWS_SHOWN = 20
LONGEST_DAY = timedelta(days=2)

_COUNTERS = (
    select(
        Counter.id,
        Counter.number,
        Counter.name,
        Counter.state,
        Counter.officer_id,
        Staff.name.label("officer"),
        Hall.code.label("hall"),
        Hall.name.label("hall_name"),
        Agency.name.label("agency"),
    )
    .join(Hall, Hall.id == Counter.hall_id)
    .outerjoin(Agency, Agency.id == Counter.agency_id)
    .outerjoin(Staff, Staff.id == Counter.officer_id)
    .where(Counter.site_id == bindparam("site"), Counter.removed.is_(False))
    .order_by(Counter.position, Counter.id)
)
_SERVED = (
    select(CounterService.counter_id, Service.id, Service.code, Service.name, Service.prefix)
    .join(Service, Service.id == CounterService.service_id)
    .join(Counter, Counter.id == CounterService.counter_id)
    .where(Counter.site_id == bindparam("site"), Service.removed.is_(False))
    .order_by(CounterService.tier, Service.position)
)
_AT_COUNTERS = (
    select(Step.counter_id, Ticket.id, Ticket.number, Step.state)
    .join(Ticket, Ticket.id == Step.ticket_id)
    .join(Counter, Counter.id == Step.counter_id)
    .where(Counter.site_id == bindparam("site"), IS_AT_COUNTER)
)
_MINE = or_(Step.only_counter_id.is_(None), Step.only_counter_id == bindparam("counter"))
_OVERDUE = Step.waiting_since <= bindparam("overdue")
_LINE = (
    select(
        Ticket.id,
        Ticket.number,
        Service.code.label("service"),
        Service.name.label("service_name"),
        Procedure.short_name.label("procedure_short"),
        Procedure.name.label("procedure_name"),
        PriorityClass.code.label("priority"),
        Step.waiting_since,
        Step.calls,
    )
    .select_from(CounterService)
    .join(Step, Step.service_id == CounterService.service_id)
    .join(Ticket, Ticket.id == Step.ticket_id)
    .join(Service, Service.id == Step.service_id)
    .join(Site, Site.id == Step.site_id)
    .outerjoin(Procedure, Procedure.id == Step.procedure_id)
    .outerjoin(PriorityClass, PriorityClass.id == Ticket.priority_class_id)
    .where(
        CounterService.counter_id == bindparam("counter"),
        Step.site_id == bindparam("site"),
        Step.day == bindparam("day"),
        IS_WAITING,
        _MINE,
    )
    .order_by(
        # As `domain.routing` chooses: who waited too long by their wait, then by tier and rank.
        ~_OVERDUE,
        case((_OVERDUE, Step.waiting_since), else_=0),
        case((_OVERDUE, 0), else_=CounterService.tier),
        case((_OVERDUE, 0), else_=Step.rank_at),
        Step.id,
    )
    .limit(LINE_SHOWN)
)
_LINE_LENGTH = (
    select(func.count())
    .select_from(CounterService)
    .join(Step, Step.service_id == CounterService.service_id)
    .where(
        CounterService.counter_id == bindparam("counter"),
        Step.site_id == bindparam("site"),
        Step.day == bindparam("day"),
        IS_WAITING,
        _MINE,
    )
)
_ASIDE = (
    select(
        Ticket.id, Ticket.number, Service.name.label("service_name"), Step.state_since, Step.reason
    )
    .join(Step, (Step.ticket_id == Ticket.id) & Step.current)
    .join(Service, Service.id == Step.service_id)
    .where(
        Step.site_id == bindparam("site"),
        Step.counter_id == bindparam("counter"),
        Step.day == bindparam("day"),
        # What was put aside earlier is never read: an index leads from the latest backwards.
        Step.state_since > bindparam("since"),
        in_state(Step, "held", "no_show"),
    )
    .order_by(Step.state_since.desc())
    .limit(NO_SHOWS_SHOWN)
)
_HELD, _NO_SHOWS = (_ASIDE.where(in_state(Step, state)) for state in ("held", "no_show"))


def site_of_counter(connection: Connection, counter_id: int) -> int | None:
    """The site that a counter belongs to, None where there is no such counter."""
    return connection.execute(
        select(Counter.site_id).where(Counter.id == counter_id, Counter.removed.is_(False))
    ).scalar_one_or_none()


def counters(
    connection: Connection, site_id: int, *, only: int | None = None
) -> list[dict[str, Any]]:
    """The counters of a site in their order, or one of them, with the ticket at each."""
    place = {"site": site_id}
    services: dict[int, list[str]] = {}
    for row in connection.execute(_SERVED, place):
        services.setdefault(row.counter_id, []).append(row.code)
    tickets = {row.counter_id: row for row in connection.execute(_AT_COUNTERS, place)}
    statement = _COUNTERS if only is None else _COUNTERS.where(Counter.id == only)
    return [
        {
            "id": str(row.id),
            "number": row.number,
            "name": row.name,
            "state": row.state,
            "services": services.get(row.id, []),
            "ticket": _brief(tickets.get(row.id)),
            "hall": row.hall,
            "hall_name": row.hall_name,
            "agency": row.agency,
            "officer": row.officer,
        }
        for row in connection.execute(statement, place)
    ]


def counter_picture(
    connection: Connection, site_id: int, counter_id: int, *, public_url: str, now: datetime
) -> dict[str, Any] | None:
    """What an officer sees at a counter: the ticket there, the line, and what is put aside."""
    row = connection.execute(
        _COUNTERS.where(Counter.id == counter_id), {"site": site_id}
    ).one_or_none()
    if row is None:
        return None
    site = connection.execute(
        select(Site.code, Site.name, Site.timezone, Site.max_wait_minutes).where(Site.id == site_id)
    ).one()
    everyone = counters(connection, site_id)
    here = next(c for c in everyone if c["id"] == str(counter_id))
    ticket = here["ticket"]
    place = {
        "site": site_id,
        "counter": counter_id,
        "day": business_day(now, site.timezone),
        "since": now - LONGEST_DAY,
    }
    return {
        **revisions.stamp(connection, site_id, now),
        "site": {"code": site.code, "name": site.name},
        "counter": _counter_view(connection, row, site_id),
        "ticket": None
        if ticket is None
        else ticket_view(connection, int(ticket["id"]), public_url=public_url, now=now),
        "waiting": _line(connection, place, now, site.max_wait_minutes),
        "waiting_total": connection.execute(_LINE_LENGTH, place).scalar_one(),
        "held": [_aside(r) for r in connection.execute(_HELD, place)],
        "no_shows": [_aside(r) for r in connection.execute(_NO_SHOWS, place)],
        "site_services": [
            {"code": r.code, "name": r.name}
            for r in connection.execute(
                select(Service.code, Service.name)
                .where(Service.site_id == site_id, Service.removed.is_(False))
                .order_by(Service.position)
            )
        ],
        "site_counters": [
            {key: c[key] for key in ("id", "number", "name", "state", "services")} for c in everyone
        ],
    }


def _counter_view(connection: Connection, row: AnyRow, site_id: int) -> dict[str, Any]:
    officer = None
    if row.officer_id is not None:
        officer = {"id": str(row.officer_id), "name": row.officer}
    return {
        "id": str(row.id),
        "number": row.number,
        "name": row.name,
        "state": row.state,
        "hall": {"code": row.hall, "name": row.hall_name},
        "agency": row.agency,
        "officer": officer,
        "services": [
            {"code": s.code, "name": s.name, "prefix": s.prefix}
            for s in connection.execute(_SERVED, {"site": site_id})
            if s.counter_id == row.id
        ],
    }


def _line(
    connection: Connection, place: dict[str, Any], now: datetime, max_wait_minutes: int
) -> list[dict[str, Any]]:
    """The first of the line, in the order in which they would be called."""
    overdue = microseconds(now) - max_wait_minutes * 60 * MICROSECONDS
    return [
        {
            "id": str(row.id),
            "number": row.number,
            "service": row.service,
            "service_name": row.service_name,
            "procedure": row.procedure_short or row.procedure_name,
            "priority": row.priority,
            "waiting_since": moment(row.waiting_since).isoformat(),
            "returned": row.calls > 0,
        }
        for row in connection.execute(_LINE, {**place, "overdue": overdue})
    ]


def _brief(row: AnyRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"id": str(row.id), "number": row.number, "state": row.state}


def _aside(row: AnyRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "service_name": row.service_name,
        "since": row.state_since.isoformat(),
        "reason": row.reason,
    }
