"""Whether each service gives out numbers now, and if not, why and from when on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from server.domain.hours import Closed, may_issue, opening_after_today
from server.domain.numbering import business_day
from server.storage import series
from server.storage.base import AnyRow
from server.storage.hours import HOURS, hours_of_service
from server.storage.tables import Service, Site

OPENING = (Service.open, Service.prefix, Service.daily_quota, Site.timezone, *HOURS)
"""What a select of services joined with field and site names for `openings`."""


class Opening(NamedTuple):
    """`because`: None while open, else the code of the refusal that a citizen would meet.

    `opens_at`: None while open, and where nobody knows.
    """

    open: bool
    because: str | None = None
    opens_at: datetime | None = None
    occasion: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The same as the menu says it."""
        return {
            "open": self.open,
            "closed_because": self.because,
            "opens_at": None if self.opens_at is None else self.opens_at.isoformat(),
            "occasion": self.occasion,
        }


OPEN = Opening(True)


def openings(
    connection: Connection, site_id: int, services: Sequence[AnyRow], now: datetime
) -> list[Opening]:
    """The opening of each service of the site, in their order."""
    counted: dict[str, int] = {}
    if any(row.daily_quota is not None for row in services):
        today = business_day(now, services[0].timezone)
        counted = series.counted_today(connection, site_id, today)
    return [_opening(row, counted.get(row.prefix, 0), now) for row in services]


def of_all(all_openings: Sequence[Opening]) -> Opening:
    """The centre as a whole: open while one service is, else the opening that comes first."""
    if any(opening.open for opening in all_openings):
        return OPEN
    known = [(opening.opens_at, n) for n, opening in enumerate(all_openings) if opening.opens_at]
    if known:
        return all_openings[min(known)[1]]
    return next(iter(all_openings), Opening(False, "service_closed"))


def _opening(row: AnyRow, counted: int, now: datetime) -> Opening:
    """In the order in which a citizen would be refused."""
    if not row.open:
        return Opening(False, "service_closed")
    hours, local_now = hours_of_service(row), now.astimezone(ZoneInfo(row.timezone))
    found = may_issue(hours, local_now)
    if isinstance(found, Closed):
        return Opening(False, "outside_hours", found.next_opening, found.occasion)
    if row.daily_quota is not None and counted >= row.daily_quota:
        return Opening(False, "quota_reached", opening_after_today(hours, local_now))
    return OPEN
