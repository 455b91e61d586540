"""Business days that were not ended yet."""

from datetime import datetime

from sqlalchemy import Connection, select

from server.domain.numbering import business_day
from server.storage.tables import IS_UNENDED, Site, Step


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
