"""The centre as it is set up, and what of it changes during a day: which services are open."""

from typing import Any

from flask import Response

from server.operations import access
from server.operations.services import set_service_open
from server.queries import overview
from server.queries.schedule import schedule
from server.web.pages import NAVIGATION, Visit
from server.web.routes import number


def show_centre(visit: Visit) -> Response:
    """Site, halls, counters, services and people, to read."""
    site = visit.here
    with visit.database.read() as connection:
        known: dict[str, Any] = {
            "halls": overview.halls(connection, site.id),
            "agencies": overview.agencies(connection, site.id),
            "lines": overview.lines(connection, site.id, visit.now),
            "counters": overview.counters(connection, site.id),
            "serves": overview.services_of_counters(connection, site.id),
            "staff": overview.staff(connection, site.id),
            "schedule": schedule(connection, site.id, visit.now),
        }
    return visit.show("manage/centre.html", at=NAVIGATION["centre"], site=site, **known)


def open_service(visit: Visit, service: str) -> Response:
    """Let a service give out numbers again."""
    return _set_open(visit, service, True)


def close_service(visit: Visit, service: str) -> Response:
    """Stop a service from giving out numbers."""
    return _set_open(visit, service, False)


def suspend(visit: Visit, staff: str) -> Response:
    """Shut a member of staff out."""
    visit.database.write(
        access.suspend_staff,
        site_id=visit.here.id,
        staff_id=number(staff, "officer"),
        by_staff_id=visit.who.staff_id,
    )
    return visit.go(NAVIGATION["centre"], "suspended")


def reinstate(visit: Visit, staff: str) -> Response:
    """Let a member of staff in again."""
    visit.database.write(
        access.reinstate_staff, site_id=visit.here.id, staff_id=number(staff, "officer")
    )
    return visit.go(NAVIGATION["centre"], "reinstated")


def _set_open(visit: Visit, service: str, open: bool) -> Response:
    visit.database.write(set_service_open, site_id=visit.here.id, code=service, open=open)
    return visit.go(NAVIGATION["centre"], "service_open" if open else "service_closed")
