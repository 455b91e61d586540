"""The numbers of a day: the next one of a series, and how many a daily quota has left."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from server.storage.session import Work
from server.storage.tables import NumberSeries

WITHOUT_QUOTA = 2**62
"""More numbers than a day can have."""

_SERIES: dict[str, Any] = {
    "site_id": bindparam("site"),
    "day": bindparam("day"),
    "prefix": bindparam("prefix"),
}
_COUNTED = NumberSeries.last + NumberSeries.later_steps


def _counting(dialect: Any, column: str, **first: int) -> Any:
    """Counts one more in the column and answers with it; with no row where the quota is used up."""
    return (
        dialect.insert(NumberSeries)
        .values(**_SERIES, band="", **first)
        .on_conflict_do_update(
            index_elements=["site_id", "day", "prefix", "band"],
            set_={column: getattr(NumberSeries, column) + 1},
            where=_COUNTED < bindparam("quota"),
        )
        .returning(getattr(NumberSeries, column))
    )


_DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}
_NEXT_SERIAL = {
    name: _counting(dialect, "last", last=1, later_steps=0) for name, dialect in _DIALECTS.items()
}
_LATER_STEP = {
    name: _counting(dialect, "later_steps", last=0, later_steps=1)
    for name, dialect in _DIALECTS.items()
}


def next_serial(
    work: Work, *, site_id: int, day: date, prefix: str, quota: int | None
) -> int | None:
    """The next number of the series, from 1 on every day; None where the quota is used up.

    One statement decides, so that the quota is exact however many ask at once.
    """
    return _count(work, _NEXT_SERIAL, site_id, day, prefix, quota)


def take_later_step(work: Work, *, site_id: int, day: date, prefix: str, quota: int) -> bool:
    """Take a place within the quota without a number: for a visit that comes to this line later."""
    return _count(work, _LATER_STEP, site_id, day, prefix, quota) is not None


def counted_today(connection: Connection, site_id: int, day: date) -> dict[str, int]:
    """How many of that day a quota counts, by the prefix of the service."""
    rows = connection.execute(
        select(NumberSeries.prefix, _COUNTED).where(
            NumberSeries.site_id == site_id, NumberSeries.day == day, NumberSeries.band == ""
        )
    )
    return {prefix: counted for prefix, counted in rows}


def _count(
    work: Work,
    statements: Mapping[str, Any],
    site_id: int,
    day: date,
    prefix: str,
    quota: int | None,
) -> int | None:
    values = {
        "site": site_id,
        "day": day,
        "prefix": prefix,
        "quota": WITHOUT_QUOTA if quota is None else quota,
    }
    found = work.execute(statements[work.connection.dialect.name], values).scalar_one_or_none()
    return None if found is None else int(found)
