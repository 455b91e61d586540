"""The hours and quotas of a centre, as its manager reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from server.domain.hours import WEEKDAYS, day_of
from server.domain.numbering import business_day
from server.queries.openings import OPENING, Opening, openings
from server.storage import series
from server.storage.hours import SITE_HOURS
from server.storage.tables import Field, Service, Site


class Days(NamedTuple):
    """Days of the week that follow each other with the same periods; without any they are off."""

    first: str
    last: str
    periods: tuple[str, ...]


class ClosedDays(NamedTuple):
    """Dates, the last included, on which the whole centre is closed."""

    first: date
    last: date
    name: str


class SpecialDay(NamedTuple):
    """A date with hours of its own."""

    day: date
    periods: tuple[str, ...]
    name: str


class OwnWeek(NamedTuple):
    """A field or a service that does not follow the week of the site."""

    name: str
    name_en: str
    week: list[Days]


class ServiceToday(NamedTuple):
    """`counted`: how many of today's quota are given out."""

    opening: Opening
    quota: int | None
    counted: int


@dataclass(frozen=True)
class Schedule:
    """`week` is None where numbers are given out around the clock; past dates are left out."""

    week: list[Days] | None
    closed: list[ClosedDays]
    special: list[SpecialDay]
    last_ticket_minutes: int
    own: list[OwnWeek]
    services: dict[str, ServiceToday]


def schedule(connection: Connection, site_id: int, now: datetime) -> Schedule:
    """When the site gives out numbers, and how each service, by its code, stands today."""
    site = connection.execute(select(Site.timezone, *SITE_HOURS).where(Site.id == site_id)).one()
    today = now.astimezone(ZoneInfo(site.timezone)).date()
    closed = [
        ClosedDays(day_of(day["from"]), day_of(day["to"]), day["name"]) for day in site.closed_days
    ]
    special = [
        SpecialDay(day_of(day["date"]), tuple(day["hours"]), day["name"])
        for day in site.special_days
    ]
    return Schedule(
        None if site.hours is None else grouped(site.hours),
        sorted(days for days in closed if days.last >= today),
        sorted(special_day for special_day in special if special_day.day >= today),
        site.last_ticket_minutes,
        _own_weeks(connection, site_id),
        _services_today(connection, site_id, now),
    )


def grouped(week: Mapping[str, Sequence[str]]) -> list[Days]:
    """The seven days of a week, those that follow each other with the same periods as one."""
    days = [(day, tuple(week.get(day, ()))) for day in WEEKDAYS]
    found = []
    for periods, run in groupby(days, key=lambda day: day[1]):
        names = [name for name, _ in run]
        found.append(Days(names[0], names[-1], periods))
    return found


def _own_weeks(connection: Connection, site_id: int) -> list[OwnWeek]:
    fields = select(Field.name, Field.name_en, Field.hours).where(Field.site_id == site_id)
    services = select(Service.name, Service.name_en, Service.hours).where(
        Service.site_id == site_id, Service.removed.is_(False)
    )
    rows = [
        *connection.execute(fields.order_by(Field.position, Field.id)),
        *connection.execute(services.order_by(Service.position, Service.id)),
    ]
    return [
        OwnWeek(row.name, row.name_en, grouped(row.hours)) for row in rows if row.hours is not None
    ]


def _services_today(connection: Connection, site_id: int, now: datetime) -> dict[str, ServiceToday]:
    rows = connection.execute(
        select(Service.code, *OPENING)
        .join(Field, Field.id == Service.field_id)
        .join(Site, Site.id == Service.site_id)
        .where(Service.site_id == site_id, Service.removed.is_(False))
    ).all()
    if not rows:
        return {}
    today = business_day(now, rows[0].timezone)
    counted = series.counted_today(connection, site_id, today)
    return {
        row.code: ServiceToday(opening, row.daily_quota, counted.get(row.prefix, 0))
        for row, opening in zip(rows, openings(connection, site_id, rows, now), strict=True)
    }
