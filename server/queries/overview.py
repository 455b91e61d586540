"""What a manager sees of a centre: its lines and counters now, its places, services and people."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from server.domain.ranking import moment
from server.queries.days import today
from server.queries.waits import pace
from server.storage.base import AnyRow
from server.storage.tables import (
    IS_AT_COUNTER,
    IS_WAITING,
    Agency,
    Counter,
    CounterService,
    Field,
    Hall,
    Service,
    Site,
    Staff,
    Step,
    Ticket,
)

_SITE = select(
    Site.id,
    Site.code,
    Site.name,
    Site.name_en,
    Site.address,
    Site.timezone,
    Site.max_wait_minutes,
)


@dataclass(frozen=True)
class Line:
    """A service and who waits for it; `halls` are those in which a counter serves it.

    `longest_since`: when the one who has waited longest began to; `wait`: what somebody who comes
    now may expect, None where nobody could know.
    """

    code: str
    name: str
    name_en: str
    field: str
    field_en: str
    prefix: str
    open: bool
    waiting: int
    longest_since: datetime | None
    wait: dict[str, int] | None
    counters: int
    counters_open: int
    halls: frozenset[int]


def sites(connection: Connection) -> list[AnyRow]:
    """All sites (id, code, name, name_en, address, timezone, max_wait_minutes) by their names."""
    return list(connection.execute(_SITE.order_by(Site.name, Site.id)))


def site(connection: Connection, site_id: int) -> AnyRow:
    """One site, with the same columns."""
    return connection.execute(_SITE.where(Site.id == site_id)).one()


def halls(connection: Connection, site_id: int) -> list[AnyRow]:
    """The halls of a site (id, code, name, name_en) in their order."""
    return list(
        connection.execute(
            select(Hall.id, Hall.code, Hall.name, Hall.name_en)
            .where(Hall.site_id == site_id)
            .order_by(Hall.position, Hall.id)
        )
    )


def agencies(connection: Connection, site_id: int) -> list[AnyRow]:
    """The agencies of a site (name) in their order."""
    return list(
        connection.execute(
            select(Agency.name)
            .where(Agency.site_id == site_id)
            .order_by(Agency.position, Agency.id)
        )
    )


def lines(connection: Connection, site_id: int, now: datetime) -> list[Line]:
    """Every line of a site as it stands now, in the order of the services."""
    waiting = {
        row.service_id: row
        for row in connection.execute(
            select(
                Step.service_id,
                func.count().label("people"),
                func.min(Step.waiting_since).label("longest"),
            )
            .where(Step.site_id == site_id, Step.day == today(connection, site_id, now), IS_WAITING)
            .group_by(Step.service_id)
        )
    }
    served = _counters_by_service(connection, site_id)
    moving = pace(connection, site_id, now)
    found = []
    for row in _services(connection, site_id):
        line = waiting.get(row.id)
        people = 0 if line is None else line.people
        places = served.get(row.id, [])
        found.append(
            Line(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                field=row.field,
                field_en=row.field_en,
                prefix=row.prefix,
                open=row.open,
                waiting=people,
                longest_since=None if line is None else moment(line.longest),
                wait=moving.wait(row.id, people),
                counters=len(places),
                counters_open=sum(place.state == "open" for place in places),
                halls=frozenset(place.hall_id for place in places),
            )
        )
    return found


def counters(connection: Connection, site_id: int) -> list[AnyRow]:
    """The counters of a site in their order, each with its officer and the ticket there.

    Columns: id, number, name, state, state_since, hall_id, agency, officer, ticket (its number),
    ticket_state, ticket_since.
    """
    return list(
        connection.execute(
            select(
                Counter.id,
                Counter.number,
                Counter.name,
                Counter.state,
                Counter.state_since,
                Counter.hall_id,
                Agency.name.label("agency"),
                Staff.name.label("officer"),
                Ticket.number.label("ticket"),
                Step.state.label("ticket_state"),
                Step.state_since.label("ticket_since"),
            )
            .outerjoin(Agency, Agency.id == Counter.agency_id)
            .outerjoin(Staff, Staff.id == Counter.officer_id)
            .outerjoin(Step, (Step.counter_id == Counter.id) & IS_AT_COUNTER)
            .outerjoin(Ticket, Ticket.id == Step.ticket_id)
            .where(Counter.site_id == site_id, Counter.removed.is_(False))
            .order_by(Counter.position, Counter.id)
        )
    )


def services_of_counters(connection: Connection, site_id: int) -> dict[int, list[AnyRow]]:
    """The services (name, name_en) that each counter serves, its main work first."""
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for row in connection.execute(
        select(CounterService.counter_id, Service.name, Service.name_en)
        .join(Service, Service.id == CounterService.service_id)
        .where(Service.site_id == site_id, Service.removed.is_(False))
        .order_by(CounterService.tier, Service.position)
    ):
        found[row.counter_id].append(row)
    return dict(found)


def staff(connection: Connection, site_id: int) -> list[AnyRow]:
    """The people of a site, managers first, who is shut out last.

    Columns: id, login, name, role, agency, active, has_password.
    """
    order = ("manager", "volunteer", "officer")
    rows = connection.execute(
        select(
            Staff.id,
            Staff.active,
            Staff.login,
            Staff.name,
            Staff.role,
            Agency.name.label("agency"),
            (Staff.password_hash != "").label("has_password"),
        )
        .outerjoin(Agency, Agency.id == Staff.agency_id)
        .where(Staff.site_id == site_id)
        .order_by(Staff.active.desc(), Staff.id)
    )
    rank = {role: place for place, role in enumerate(order)}
    return sorted(rows, key=lambda row: (not row.active, rank.get(row.role, 0)))


def _services(connection: Connection, site_id: int) -> list[AnyRow]:
    return list(
        connection.execute(
            select(
                Service.id,
                Service.code,
                Service.name,
                Service.name_en,
                Service.prefix,
                Service.open,
                Field.name.label("field"),
                Field.name_en.label("field_en"),
            )
            .join(Field, Field.id == Service.field_id)
            .where(Service.site_id == site_id, Service.removed.is_(False))
            .order_by(Service.position, Service.id)
        )
    )


def _counters_by_service(connection: Connection, site_id: int) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for row in connection.execute(
        select(CounterService.service_id, Counter.state, Counter.hall_id)
        .join(Counter, Counter.id == CounterService.counter_id)
        .where(Counter.site_id == site_id, Counter.removed.is_(False))
    ):
        found[row.service_id].append(row)
    return found
