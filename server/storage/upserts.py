"""Bringing the rows of a site to what they should say: written only where they differ."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import select

from server.storage.base import Base
from server.storage.session import Work

T = TypeVar("T", bound=Base)


class Upserts:
    """Writes what differs at one site and counts it.

    The site is locked before the first change, so what changes nothing leaves its revision alone.
    """

    def __init__(self, work: Work, site_id: int) -> None:
        self.site_id = site_id
        self.changes = 0
        self.locked = False
        self._work = work

    def known(self, kind: type[T], key: str) -> dict[Any, T]:
        """The rows of the site by one of their columns."""
        rows = self._work.session.scalars(
            select(kind).where(kind.__table__.c.site_id == self.site_id)
        )
        return {getattr(row, key): row for row in rows}

    def keep(self, kind: type[T], found: T | None, **values: Any) -> T:
        """The row with these values: made, changed where it differs, or as it was."""
        if found is None:
            self.change()
            found = kind(site_id=self.site_id, **values)
            self._work.session.add(found)
            self._work.session.flush()
        else:
            self.update(found, values)
        return found

    def update(self, row: Base, values: Mapping[str, Any]) -> None:
        """Give a row these values where it has others."""
        differing = {name: new for name, new in values.items() if getattr(row, name) != new}
        if differing:
            self.change()
            for name, new in differing.items():
                setattr(row, name, new)
            self._work.session.flush()

    def change(self) -> None:
        """Count one change; the first one locks the site."""
        self.lock()
        self.changes += 1

    def lock(self) -> None:
        """Lock the site, once: what is read from now on is changed by nobody else."""
        if not self.locked:
            self._work.lock_site(self.site_id)
            self.locked = True
