"""Business days: which one a site has, and those that were not ended yet."""

from datetime import date, datetime

from sqlalchemy import Connection, select

from server.domain.numbering import business_day
from server.storage.tables import IS_UNENDED, Site, Step


def today(connection: Connection, site_id: int, now: datetime) -> date:
    """The business day that the site has at `now`: who waits since an earlier one waits no more."""
    timezone = connection.execute(select(Site.timezone).where(Site.id == site_id)).scalar_one()
    return business_day(now, timezone)


def sites_with_open_days(connection: Connection, now: datetime) -> list[int]:
    """The sites where a ticket of an earlier business day has not ended."""
    found = []
    for site in connection.execute(select(Site.id, Site.timezone)).all():
        left = connection.execute(
            select(Step.id)
            .where(
                Step.site_id == site.id,
                IS_UNENDED,
                Step.day < business_day(now, site.timezone),
            )
            .limit(1)
        ).first()
        if left is not None:
            found.append(site.id)
    return found
