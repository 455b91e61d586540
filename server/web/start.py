"""The first page of the server: which centre this is, and the way to each screen."""

from flask import Response

from server.domain.refusals import Unknown
from server.queries import overview
from server.web.pages import Visit

SCREENS = ("kiosk", "display", "counter", "guide", "manage")


def show_start(visit: Visit) -> Response:
    """The centres' names and a link to each screen."""
    with visit.database.read() as connection:
        sites = overview.sites(connection)
    return visit.show("start.html", at="/", sites=sites, screens=SCREENS)


def show_nothing(visit: Visit, path: str) -> Response:
    """There is no such page."""
    raise Unknown("address")
