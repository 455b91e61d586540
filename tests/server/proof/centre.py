"""A small centre as rows, made anew for each random day, and the same centre by its rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import insert

from server.domain.hours import WEEKDAYS
from server.domain.roles import Role
from server.storage.base import Base
from server.storage.session import Database, Work
from server.storage.tables import (
    AccessToken,
    Counter,
    CounterService,
    Field,
    PriorityClass,
    Procedure,
    Service,
    Site,
    SiteRevision,
    Staff,
)
from server.storage.tables import Hall as HallRow
from tests.server.proof.model import Hall, Place

SERVICES = {"ho-tich": "A", "dat-dai": "B", "chung-thuc": "CT"}
PROCEDURES = {
    "khai-sinh": "ho-tich",
    "ket-hon": "ho-tich",
    "so-do": "dat-dai",
    "sao-y": "chung-thuc",
}
HOURS = {"chung-thuc": (time(7, 30), time(17))}
CLASSES = {"cao-tuoi": 30, "khuyet-tat": 15}
AT_KIOSK = frozenset({"khuyet-tat"})
HALLS = ("dong", "tay")
# Number, hall, and the tiers of what it serves; nobody is served at the fourth.
COUNTERS = (
    ("1", "dong", {"ho-tich": 1}),
    ("2", "dong", {"dat-dai": 1, "ho-tich": 2}),
    ("3", "tay", {"ho-tich": 2, "dat-dai": 2, "chung-thuc": 1}),
    ("4", "tay", {}),
)
OFFICERS = ("ana", "dan")
PEOPLE = {"ana": Role.OFFICER, "dan": Role.OFFICER, "cy": Role.VOLUNTEER, "kiosk": Role.KIOSK}


@dataclass(frozen=True)
class Centre:
    """The keys of a centre's rows by their names."""

    code: str
    site_id: int
    services: dict[str, int]
    counters: dict[str, int]
    staff: dict[str, int]
    tokens: dict[str, int]


def open_centre(
    database: Database, code: str, max_wait_minutes: int, quotas: dict[str, int]
) -> Centre:
    """A new site of the given code: all counters closed, nobody there."""
    return database.write(_make, code, max_wait_minutes, quotas)


def rules_of_centre(now: datetime, max_wait_minutes: int, quotas: dict[str, int]) -> Hall:
    """The same centre by its rules alone."""
    return Hall(
        prefixes=dict(SERVICES),
        procedures=dict(PROCEDURES),
        head_starts={name: timedelta(minutes=minutes) for name, minutes in CLASSES.items()},
        kiosk_classes=AT_KIOSK,
        places={number: Place(number, hall, dict(tiers)) for number, hall, tiers in COUNTERS},
        max_wait=timedelta(minutes=max_wait_minutes),
        quotas=quotas,
        hours=HOURS,
        now=now,
        open_services=set(SERVICES),
    )


def _make(work: Work, code: str, max_wait_minutes: int, quotas: dict[str, int]) -> Centre:
    site_id = _row(
        work,
        Site,
        code=code,
        name=code,
        timezone="Asia/Ho_Chi_Minh",
        languages=["vi"],
        slip_footer=[],
        max_wait_minutes=max_wait_minutes,
    )
    work.execute(insert(SiteRevision), {"site_id": site_id})
    field_id = _row(work, Field, site_id=site_id, code="chung", name="Chung")
    halls = {name: _row(work, HallRow, site_id=site_id, code=name, name=name) for name in HALLS}
    services = {
        name: _row(
            work, Service, site_id=site_id, field_id=field_id, code=name, name=name,
            prefix=prefix, position=position, daily_quota=quotas.get(name), hours=_week(name),
        )
        for position, (name, prefix) in enumerate(SERVICES.items())
    }  # fmt: skip
    for name, service in PROCEDURES.items():
        _row(
            work, Procedure, site_id=site_id, field_id=field_id, code=name, name=name,
            service_id=services[service],
        )  # fmt: skip
    for name, minutes in CLASSES.items():
        _row(
            work, PriorityClass, site_id=site_id, code=name, name=name,
            head_start_minutes=minutes, kiosk=name in AT_KIOSK,
        )  # fmt: skip
    staff, tokens = _people(work, site_id, code)
    counters = _counters(work, site_id, halls, services)
    return Centre(code, site_id, services, counters, staff, tokens)


def _week(service: str) -> dict[str, list[str]] | None:
    if service not in HOURS:
        return None
    begins, ends = HOURS[service]
    return {day: [f"{begins:%H:%M}-{ends:%H:%M}"] for day in WEEKDAYS}


def _counters(
    work: Work, site_id: int, halls: dict[str, int], services: dict[str, int]
) -> dict[str, int]:
    counters = {}
    for position, (number, hall, tiers) in enumerate(COUNTERS):
        counters[number] = _row(
            work, Counter, site_id=site_id, hall_id=halls[hall], number=number, name=number,
            position=position,
        )  # fmt: skip
        for service, tier in tiers.items():
            row = {"counter_id": counters[number], "service_id": services[service], "tier": tier}
            work.execute(insert(CounterService), row)
    return counters


def _people(work: Work, site_id: int, code: str) -> tuple[dict[str, int], dict[str, int]]:
    staff, tokens = {}, {}
    for name, role in PEOPLE.items():
        if role is not Role.KIOSK:
            staff[name] = _row(
                work, Staff, site_id=site_id, login=f"{name}.{code}", name=name, role=role.value
            )
        tokens[name] = _row(
            work, AccessToken, site_id=site_id, hash=f"{name}.{code}", role=role.value,
            staff_id=staff.get(name), created_at=work.now,
        )  # fmt: skip
    return staff, tokens


def _row(work: Work, table: type[Base], **values: object) -> int:
    key = work.execute(insert(table), values).inserted_primary_key
    assert key is not None
    return int(key[0])
