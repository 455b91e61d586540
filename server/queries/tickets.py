"""Tickets as staff, and as their own citizen, see them."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, tuple_

from server.queries import revisions
from server.queries.days import today
from server.queries.waits import Pace, pace
from server.storage.base import AnyRow
from server.storage.tables import (
    IS_AT_COUNTER,
    IS_WAITING,
    Counter,
    Field,
    Hall,
    PriorityClass,
    Procedure,
    Service,
    Site,
    Step,
    Ticket,
)

_TICKET = (
    select(
        Ticket.id,
        Ticket.site_id,
        Ticket.day,
        Ticket.number,
        Ticket.token,
        Ticket.issued_at,
        Ticket.issued_by,
        Ticket.language,
        Step.id.label("step_id"),
        Step.state,
        Step.state_since,
        Step.rank_at,
        Step.called_at,
        Step.calls,
        Step.reason,
        Step.service_id,
        Service.code.label("service"),
        Service.name.label("service_name"),
        Service.name_en.label("service_name_en"),
        Field.code.label("field"),
        Field.name.label("field_name"),
        Field.name_en.label("field_name_en"),
        Procedure.short_name.label("procedure_short"),
        Procedure.name.label("procedure_name"),
        PriorityClass.code.label("priority"),
        Counter.number.label("counter"),
        Hall.name.label("hall_name"),
        Site.code.label("site"),
        Site.name.label("site_name"),
        Site.name_en.label("site_name_en"),
    )
    .join(Step, (Step.ticket_id == Ticket.id) & Step.current)
    .join(Service, Service.id == Step.service_id)
    .join(Field, Field.id == Service.field_id)
    .join(Site, Site.id == Ticket.site_id)
    .outerjoin(Procedure, Procedure.id == Step.procedure_id)
    .outerjoin(PriorityClass, PriorityClass.id == Ticket.priority_class_id)
    .outerjoin(Counter, Counter.id == Step.counter_id)
    .outerjoin(Hall, Hall.id == Counter.hall_id)
)
_BY_ID = _TICKET.where(Ticket.id == bindparam("ticket"))
_BY_TOKENS = _TICKET.where(Ticket.token.in_(bindparam("tokens", expanding=True)))
_BY_NUMBER = _TICKET.where(
    Ticket.site_id == bindparam("site"),
    Ticket.day == bindparam("day"),
    Ticket.number == bindparam("number"),
)
_AHEAD = select(func.count()).where(
    Step.site_id == bindparam("site"),
    Step.service_id == bindparam("service"),
    Step.day == bindparam("day"),
    IS_WAITING,
    tuple_(Step.rank_at, Step.id) < tuple_(bindparam("rank"), bindparam("step")),
)
_ORDER = (
    select(Step.id)
    .where(
        Step.site_id == bindparam("site"),
        Step.service_id == bindparam("service"),
        Step.day == bindparam("day"),
        IS_WAITING,
    )
    .order_by(Step.rank_at, Step.id)
)
_SERVING_NOW = (
    select(Ticket.number)
    .join(Step, (Step.ticket_id == Ticket.id) & Step.current)
    .where(
        Step.site_id == bindparam("site"),
        Step.counter_id.is_not(None),
        IS_AT_COUNTER,
        Step.service_id == bindparam("service"),
    )
    .order_by(Step.called_at.desc())
    .limit(6)
)
_AT_COUNTER_STATES = ("called", "serving")


def ticket_view(
    connection: Connection, ticket_id: int, *, public_url: str, now: datetime
) -> dict[str, Any] | None:
    """A ticket for staff and devices; None when there is none. Never names a person."""
    row = connection.execute(_BY_ID, {"ticket": ticket_id}).one_or_none()
    return None if row is None else _view(connection, row, public_url=public_url, now=now)


def owner_of_ticket(connection: Connection, ticket_id: int) -> tuple[int, str] | None:
    """The site and the public token of a ticket; None when there is none."""
    row = connection.execute(
        select(Ticket.site_id, Ticket.token).where(Ticket.id == ticket_id)
    ).one_or_none()
    return None if row is None else (row.site_id, row.token)


def site_of_token(connection: Connection, token: str) -> int | None:
    """The site of the ticket with this public token; None when there is none."""
    return connection.execute(
        select(Ticket.site_id).where(Ticket.token == token)
    ).scalar_one_or_none()


def tokens_of(connection: Connection, ticket_ids: Collection[int]) -> list[str]:
    """The public tokens of these tickets."""
    return list(connection.execute(select(Ticket.token).where(Ticket.id.in_(ticket_ids))).scalars())


def tickets_with_number(
    connection: Connection, site_id: int, number: str, *, public_url: str, now: datetime
) -> list[dict[str, Any]]:
    """Today's ticket with this number, as a list of none or one."""
    day = today(connection, site_id, now)
    rows = connection.execute(
        _BY_NUMBER, {"site": site_id, "day": day, "number": number.strip().upper()}
    )
    return [_view(connection, row, public_url=public_url, now=now) for row in rows.all()]


def ticket_pictures(
    connection: Connection, tokens: Collection[str], *, now: datetime
) -> dict[str, dict[str, Any]]:
    """What the citizens' own pages show, by token; unknown tokens are left out.

    However many pages watch a line, its order is read once.
    """
    lines = _Lines(connection, now)
    rows = connection.execute(_BY_TOKENS, {"tokens": list(tokens)}).all()
    return {row.token: lines.picture(row) for row in rows}


class _Lines:
    """What pictures of many tickets share, each read when it is first wanted."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self._paces: dict[int, Pace] = {}
        self._today: dict[int, date] = {}
        self._stamps: dict[int, dict[str, Any]] = {}
        self._places: dict[int, dict[int, int]] = {}
        self._serving: dict[int, list[str]] = {}

    def picture(self, row: AnyRow) -> dict[str, Any]:
        site_id, service_id = row.site_id, row.service_id
        if site_id not in self._stamps:
            self._stamps[site_id] = revisions.stamp(self._connection, site_id, self._now)
            self._paces[site_id] = pace(self._connection, site_id, self._now)
            self._today[site_id] = today(self._connection, site_id, self._now)
        line = {"site": site_id, "service": service_id}
        if service_id not in self._places:
            order = self._connection.execute(
                _ORDER, {**line, "day": self._today[site_id]}
            ).scalars()
            self._places[service_id] = {step: place for place, step in enumerate(order)}
            self._serving[service_id] = list(self._connection.execute(_SERVING_NOW, line).scalars())
        ahead = self._places[service_id].get(row.step_id, 0)
        waiting = row.state == "waiting"
        at_counter = row.state in _AT_COUNTER_STATES
        return {
            **self._stamps[site_id],
            "site": _named(row.site, row.site_name, row.site_name_en),
            "number": row.number,
            "state": row.state,
            "service": _named(row.service, row.service_name, row.service_name_en),
            "field": _named(row.field, row.field_name, row.field_name_en),
            "procedure": row.procedure_short or row.procedure_name,
            "people_ahead": ahead,
            "estimated_wait": self._paces[site_id].wait(service_id, ahead) if waiting else None,
            "counter": row.counter if at_counter else None,
            "hall": row.hall_name if at_counter else None,
            "issued_at": row.issued_at.isoformat(),
            "state_since": row.state_since.isoformat(),
            "serving_now": self._serving[service_id],
        }


def _named(code: str, name: str, name_en: str) -> dict[str, Any]:
    return {"code": code, "name": name, "names": {"vi": name, "en": name_en or name}}


def status_url(public_url: str, token: str) -> str:
    """The address of a ticket's page: what the QR on the slip holds."""
    return f"{public_url}/t/{token}"


def _people_ahead(connection: Connection, row: AnyRow) -> int:
    if row.state != "waiting":
        return 0
    return connection.execute(
        _AHEAD,
        {
            "site": row.site_id,
            "service": row.service_id,
            "day": row.day,
            "rank": row.rank_at,
            "step": row.step_id,
        },
    ).scalar_one()


def _view(connection: Connection, row: AnyRow, *, public_url: str, now: datetime) -> dict[str, Any]:
    ahead = _people_ahead(connection, row)
    wait = None
    if row.state == "waiting":
        wait = pace(connection, row.site_id, now).wait(row.service_id, ahead)
    return {
        "id": str(row.id),
        "number": row.number,
        "token": row.token,
        "state": row.state,
        "service": row.service,
        "service_name": row.service_name,
        "field": row.field,
        "procedure": row.procedure_short or row.procedure_name,
        "priority": row.priority,
        "people_ahead": ahead,
        "estimated_wait": wait,
        "counter": row.counter if row.state in _AT_COUNTER_STATES else None,
        "reason": row.reason,
        "status_url": status_url(public_url, row.token),
        "issued_at": row.issued_at.isoformat(),
        "state_since": row.state_since.isoformat(),
        "called_at": None if row.called_at is None else row.called_at.isoformat(),
        "calls": row.calls,
    }
