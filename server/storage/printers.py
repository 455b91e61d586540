"""Which printer is meant: the one of this name at the site."""

from sqlalchemy import bindparam, select

from server.domain.refusals import Unknown
from server.storage.session import Work
from server.storage.tables import Printer

_BY_NAME = select(Printer.id).where(
    Printer.site_id == bindparam("site"),
    Printer.name == bindparam("name"),
    Printer.removed.is_(False),
)


def printer_with_name(work: Work, site_id: int, name: str) -> int:
    """The id of the printer; raises `Unknown` where there is none, or no longer."""
    found = work.execute(_BY_NAME, {"site": site_id, "name": name}).scalar_one_or_none()
    if found is None:
        raise Unknown("printer", printer=name)
    return int(found)
