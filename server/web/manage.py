"""The table of the pages that the server draws: the start page and the manager's pages."""

from flask import Flask

from server.domain.roles import STAFF
from server.web import manage_centre as centre
from server.web import manage_devices as devices
from server.web import manage_login as login
from server.web import manage_now as now
from server.web import manage_printers as printers
from server.web import start
from server.web.pages import LOGIN, NAVIGATION, Page, hang
from server.web.routes import Parts

PAGES: tuple[Page, ...] = (
    Page("GET", "/", start.show_start, public=True, of_site=False),
    Page("GET", LOGIN, login.show_login, public=True, of_site=False),
    Page("POST", LOGIN, login.log_in, public=True, of_site=False, back=login.show_login),
    Page("POST", "/manage/logout", login.log_out, who=STAFF, of_site=False),
    Page("GET", NAVIGATION["now"], now.show_now),
    Page("POST", "/manage/counters/<counter>/close", now.close, back=now.show_now),
    Page("GET", NAVIGATION["devices"], devices.show_devices),
    Page("POST", NAVIGATION["devices"], devices.pair, back=devices.show_devices),
    Page("POST", "/manage/devices/<device>/revoke", devices.revoke, back=devices.show_devices),
    Page("GET", NAVIGATION["printers"], printers.show_printers),
    Page("POST", "/manage/tickets/<ticket>/reprint", printers.reprint, back=printers.show_printers),
    Page("GET", "/manage/slips/<slip>.png", printers.show_slip),
    Page("GET", NAVIGATION["centre"], centre.show_centre),
    Page("POST", "/manage/services/<service>/open", centre.open_service, back=centre.show_centre),
    Page("POST", "/manage/services/<service>/close", centre.close_service, back=centre.show_centre),
    Page("POST", "/manage/staff/<staff>/suspend", centre.suspend, back=centre.show_centre),
    Page("POST", "/manage/staff/<staff>/reinstate", centre.reinstate, back=centre.show_centre),
    Page("GET", "/manage/<path:path>", start.show_nothing, of_site=False),
)
"""Every page with who may use it; a GET changes nothing."""


def register_pages(app: Flask, parts: Parts) -> None:
    """Hang the start page and the manager's pages."""
    hang(app, parts, PAGES)
