"""The stamp of a picture: by it a screen knows which of two is newer."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, true

from server.storage.tables import Instance, SiteRevision

_STAMP = (
    select(Instance.epoch, SiteRevision.revision)
    .join(SiteRevision, true())
    .where(SiteRevision.site_id == bindparam("site"))
)


def stamp(connection: Connection, site_id: int, now: datetime) -> dict[str, Any]:
    """`epoch`, `revision` and `server_time`: within an epoch the higher revision is newer."""
    row = connection.execute(_STAMP, {"site": site_id}).one()
    return {"epoch": row.epoch, "revision": row.revision, "server_time": now.isoformat()}


def revisions(connection: Connection, site_ids: Collection[int]) -> dict[int, int]:
    """The revision of each of the sites."""
    statement = select(SiteRevision.site_id, SiteRevision.revision).where(
        SiteRevision.site_id.in_(site_ids)
    )
    return dict(connection.execute(statement).all())
