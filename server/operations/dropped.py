"""Taking out what the centre's file no longer names, unless somebody still needs it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, or_, select, update

from server.storage.base import AnyRow, Base
from server.storage.session import Work
from server.storage.tables import IS_UNENDED, Counter, CounterService, Service, Step
from server.storage.upserts import Upserts


def drop(work: Work, rows: Upserts, kind: type[Base], named: Collection[int]) -> None:
    """Remove the rows of a kind whose ids are not named: one whose rows nobody waits for."""
    for row in _dropped(work, rows, kind, named):
        _change(work, rows, kind, row.id, removed=True)


def drop_services(work: Work, rows: Upserts, named: Collection[int]) -> dict[int, str]:
    """Remove the services that are not named; answers with the codes, by id, of those in use.

    In use: somebody waits, is held or is at a counter there, or will come with a later step of
    the visit. Such a service is closed, so that its line runs dry.
    """
    in_use = {}
    for row in _dropped(work, rows, Service, named):
        if _is_any(work, Step.site_id == rows.site_id, Step.service_id == row.id, IS_UNENDED):
            in_use[row.id] = row.code
            if row.open:
                _change(work, rows, Service, row.id, open=False)
        else:
            _change(work, rows, Service, row.id, removed=True)
            work.execute(delete(CounterService).where(CounterService.service_id == row.id))
    return in_use


def drop_counters(
    work: Work, rows: Upserts, named: Collection[int], services_in_use: Collection[int]
) -> tuple[str, ...]:
    """Remove the counters that are not named; answers with the numbers of those in use.

    In use: an officer holds it, somebody waits for it alone, or it serves a line of
    `services_in_use`, which must still run dry.
    """
    in_use = []
    for row in _dropped(work, rows, Counter, named):
        expected = (
            Step.site_id == rows.site_id,
            or_(Step.counter_id == row.id, Step.only_counter_id == row.id),
            IS_UNENDED,
        )
        serves = (
            CounterService.counter_id == row.id,
            CounterService.service_id.in_(services_in_use),
        )
        if row.state != "closed" or _is_any(work, *expected) or _is_any(work, *serves):
            in_use.append(row.number)
        else:
            _change(work, rows, Counter, row.id, removed=True)
    return tuple(in_use)


def _dropped(work: Work, rows: Upserts, kind: type[Base], named: Collection[int]) -> list[AnyRow]:
    """The rows that are there still and not named, as they are once the site is locked."""
    columns = kind.__table__.c
    unnamed = (
        select(kind.__table__)
        .where(columns.site_id == rows.site_id, columns.removed.is_(False))
        .where(columns.id.not_in(named))
        .order_by(columns.id)
    )
    if not work.execute(unnamed.limit(1)).all():
        return []
    rows.lock()
    return list(work.execute(unnamed))


def _is_any(work: Work, *conditions: Any) -> bool:
    return bool(work.execute(select(1).where(*conditions).limit(1)).all())


def _change(work: Work, rows: Upserts, kind: type[Base], row_id: int, **values: Any) -> None:
    rows.change()
    work.execute(update(kind).where(kind.__table__.c.id == row_id).values(**values))
