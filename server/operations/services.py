"""Opening and closing a line for new citizens."""

from sqlalchemy import update

from server.domain.facts import CentreChanged
from server.domain.refusals import Unknown
from server.storage.session import Work
from server.storage.tables import Service


def set_service_open(work: Work, *, site_id: int, code: str, open: bool) -> None:
    """Let the service give out numbers, or stop it; who waits already is served all the same."""
    work.lock_site(site_id)
    found = work.claim(
        update(Service)
        .where(Service.site_id == site_id, Service.code == code, Service.removed.is_(False))
        .values(open=open)
    )
    if not found:
        raise Unknown("service", service=code)
    work.tell(CentreChanged(site_id))
