"""What citizens may come for: the menu of the kiosk, services, procedures and their papers."""

from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, func, select

from server.domain import search
from server.queries.days import today
from server.queries.openings import OPENING, of_all, openings
from server.queries.waits import Pace, pace
from server.storage.base import AnyRow
from server.storage.tables import (
    IS_WAITING,
    Counter,
    CounterService,
    Field,
    PriorityClass,
    Procedure,
    ProcedureDocument,
    Service,
    Site,
    Step,
)

FREQUENT_SHOWN = 8


def services(connection: Connection, site_id: int, now: datetime) -> list[dict[str, Any]]:
    """The services of a site, in their order: open or not, and how many wait for each."""
    rows = _services(connection, site_id)
    waiting = _waiting(connection, site_id, today(connection, site_id, now))
    return [
        {
            "code": row.code,
            "name": row.name,
            "field": row.field,
            "prefix": row.prefix,
            "open": opening.open,
            "waiting": waiting.get(row.id, 0),
        }
        for row, opening in zip(rows, openings(connection, site_id, rows, now), strict=True)
    ]


def menu(
    connection: Connection, site_id: int, *, printer: dict[str, Any] | None, now: datetime
) -> dict[str, Any]:
    """All that a kiosk or a volunteer chooses from; `printer`: the asking device's own."""
    site = connection.execute(
        select(Site.code, Site.name, Site.name_en, Site.languages).where(Site.id == site_id)
    ).one()
    rows = _services(connection, site_id)
    waiting = _waiting(connection, site_id, today(connection, site_id, now))
    moving = pace(connection, site_id, now)
    places = _counter_numbers(connection, site_id)
    opened = openings(connection, site_id, rows, now)
    return {
        "site": {
            "code": site.code,
            "name": site.name,
            "names": _names(site),
            "languages": site.languages,
        },
        **of_all(opened).as_json(),
        "fields": _fields(connection, site_id, rows),
        "services": [
            _menu_service(row, waiting, moving, places) | opening.as_json()
            for row, opening in zip(rows, opened, strict=True)
        ],
        "frequent": _frequent(connection, site_id, rows),
        "priority_classes": _priority_classes(connection, site_id),
        "printer": printer,
    }


def find_procedures(
    connection: Connection, site_id: int, question: str, limit: int
) -> list[dict[str, Any]]:
    """Procedures that answer the question, best first; all of them, in order, for an empty one."""
    rows = connection.execute(
        select(
            Procedure.code,
            Procedure.name,
            Procedure.short_name,
            Procedure.name_en,
            Procedure.frequent,
            Field.code.label("field"),
            Field.name.label("field_name"),
            Service.code.label("service"),
            Service.name.label("service_name"),
        )
        .join(Field, Field.id == Procedure.field_id)
        .join(Service, Service.id == Procedure.service_id)
        .where(
            Procedure.site_id == site_id, Procedure.removed.is_(False), Service.removed.is_(False)
        )
        .order_by(Procedure.frequent.is_(None), Procedure.frequent, Procedure.position)
    ).all()
    if search.fold(question):
        texts = ((row, _searched(row)) for row in rows)
        rows = search.best(question, texts, limit, lambda row: row.frequent is not None)
    return [
        {
            "code": row.code,
            "name": row.short_name or row.name,
            "official_name": row.name,
            "field": row.field,
            "field_name": row.field_name,
            "service": row.service,
            "service_name": row.service_name,
        }
        for row in rows[:limit]
    ]


def procedure(connection: Connection, site_id: int, code: str) -> dict[str, Any] | None:
    """One procedure with its papers, fee and time; None where the site has none such."""
    row = connection.execute(
        select(
            Procedure.id,
            Procedure.code,
            Procedure.name,
            Procedure.short_name,
            Procedure.portal_id,
            Procedure.fee,
            Procedure.time,
            Procedure.service_id,
            Field.code.label("field"),
            Service.code.label("service"),
            Service.name.label("service_name"),
            Site.portal_url_template,
        )
        .join(Field, Field.id == Procedure.field_id)
        .join(Service, Service.id == Procedure.service_id)
        .join(Site, Site.id == Procedure.site_id)
        .where(Procedure.site_id == site_id, Procedure.code == code, Procedure.removed.is_(False))
    ).one_or_none()
    if row is None:
        return None
    documents = connection.execute(
        select(
            ProcedureDocument.name,
            ProcedureDocument.originals,
            ProcedureDocument.copies,
            ProcedureDocument.condition,
        )
        .where(ProcedureDocument.procedure_id == row.id)
        .order_by(ProcedureDocument.position)
    )
    portal = None
    if row.portal_id and row.portal_url_template:
        portal = row.portal_url_template.replace("{portal_id}", row.portal_id)
    return {
        "code": row.code,
        "name": row.short_name or row.name,
        "official_name": row.name,
        "field": row.field,
        "service": row.service,
        "service_name": row.service_name,
        "counters": _counter_numbers(connection, site_id).get(row.service_id, []),
        "documents": [document._asdict() for document in documents],
        "fee": row.fee or None,
        "time": row.time or None,
        "portal_url": portal,
    }


def _services(connection: Connection, site_id: int) -> list[AnyRow]:
    return list(
        connection.execute(
            select(
                Service.id,
                Service.code,
                Service.name,
                Service.name_en,
                Service.frequent,
                Field.code.label("field"),
                *OPENING,
            )
            .join(Field, Field.id == Service.field_id)
            .join(Site, Site.id == Service.site_id)
            .where(Service.site_id == site_id, Service.removed.is_(False))
            .order_by(Service.position, Service.id)
        )
    )


def _waiting(connection: Connection, site_id: int, day: date) -> dict[int, int]:
    statement = (
        select(Step.service_id, func.count())
        .where(Step.site_id == site_id, Step.day == day, IS_WAITING)
        .group_by(Step.service_id)
    )
    return dict(connection.execute(statement).all())


def _counter_numbers(connection: Connection, site_id: int) -> dict[int, list[str]]:
    """The numbers of the counters that serve each service."""
    numbers: dict[int, list[str]] = {}
    for service_id, number in connection.execute(
        select(CounterService.service_id, Counter.number)
        .join(Counter, Counter.id == CounterService.counter_id)
        .where(Counter.site_id == site_id, Counter.removed.is_(False))
        .order_by(Counter.position, Counter.id)
    ):
        numbers.setdefault(service_id, []).append(number)
    return numbers


def _fields(connection: Connection, site_id: int, services: list[AnyRow]) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(Field.code, Field.name, Field.name_en)
        .where(Field.site_id == site_id)
        .order_by(Field.position, Field.id)
    )
    found = [
        {
            "code": row.code,
            "names": _names(row),
            "services": [s.code for s in services if s.field == row.code],
        }
        for row in rows
    ]
    return [field for field in found if field["services"]]


def _menu_service(
    row: AnyRow, waiting: dict[int, int], moving: Pace, places: dict[int, list[str]]
) -> dict[str, Any]:
    ahead = waiting.get(row.id, 0)
    return {
        "code": row.code,
        "names": _names(row),
        "field": row.field,
        "prefix": row.prefix,
        "waiting": ahead,
        "counters": places.get(row.id, []),
        "estimated_wait": moving.wait(row.id, ahead),
    }


def _frequent(connection: Connection, site_id: int, services: list[AnyRow]) -> list[dict[str, Any]]:
    """What most people come for, by its place: whole services and single procedures."""
    placed = [
        (
            row.frequent,
            {
                "kind": "service",
                "code": row.code,
                "names": _names(row),
                "service": row.code,
                "field": row.field,
            },
        )
        for row in services
        if row.frequent is not None
    ]
    placed += _frequent_procedures(connection, site_id)
    placed.sort(key=itemgetter(0))
    return [entry for _, entry in placed[:FREQUENT_SHOWN]]


def _frequent_procedures(connection: Connection, site_id: int) -> list[tuple[int, dict[str, Any]]]:
    rows = connection.execute(
        select(
            Procedure.code,
            Procedure.name,
            Procedure.short_name,
            Procedure.name_en,
            Procedure.frequent,
            Service.code.label("service"),
            Field.code.label("field"),
        )
        .join(Service, Service.id == Procedure.service_id)
        .join(Field, Field.id == Procedure.field_id)
        .where(
            Procedure.site_id == site_id,
            Procedure.removed.is_(False),
            Procedure.frequent.is_not(None),
            Service.removed.is_(False),
        )
        .order_by(Procedure.frequent, Procedure.position)
        .limit(FREQUENT_SHOWN)
    )
    return [
        (
            row.frequent,
            {
                "kind": "procedure",
                "code": row.code,
                "names": {"vi": row.short_name or row.name, "en": row.name_en or row.name},
                "service": row.service,
                "field": row.field,
            },
        )
        for row in rows
    ]


def _priority_classes(connection: Connection, site_id: int) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(
            PriorityClass.code,
            PriorityClass.name,
            PriorityClass.name_en,
            PriorityClass.proof,
            PriorityClass.proof_en,
            PriorityClass.kiosk,
        )
        .where(PriorityClass.site_id == site_id, PriorityClass.removed.is_(False))
        .order_by(PriorityClass.position, PriorityClass.id)
    )
    return [
        {
            "code": row.code,
            "names": _names(row),
            "proof": {"vi": row.proof, "en": row.proof_en or row.proof},
            "kiosk": row.kiosk,
        }
        for row in rows
    ]


def _names(row: AnyRow) -> dict[str, str]:
    return {"vi": row.name, "en": row.name_en or row.name}


def _searched(row: AnyRow) -> list[str]:
    texts = (row.short_name, row.name, row.name_en, row.code, f"{row.field_name} {row.name}")
    return [search.fold(text) for text in texts if text]
