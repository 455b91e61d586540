"""Devices: let a kiosk or a display in by the code it shows, see them all, shut one out."""

from typing import Any

from flask import Response

from server.operations.access import confirm_pairing, revoke_device
from server.queries import overview, printing
from server.queries.access import devices
from server.web.bodies import ConfirmPairing
from server.web.pages import NAVIGATION, Visit, checked, field
from server.web.routes import number


def show_devices(visit: Visit) -> Response:
    """The form for pairing, filled in as it was when it came back, and the paired devices."""
    site_id = visit.here.id
    with visit.database.read() as connection:
        known: dict[str, Any] = {
            "devices": devices(connection, site_id),
            "halls": overview.halls(connection, site_id),
            "printers": printing.printers_in_detail(connection, site_id),
        }
    typed = {name: field(name) for name in ("code", "name", "hall", "printer")}
    return visit.show(
        "manage/devices.html", at=NAVIGATION["devices"], now=visit.now, typed=typed, **known
    )


def pair(visit: Visit) -> Response:
    """Let in the device that shows this code."""
    body = checked(
        ConfirmPairing,
        code="".join(figure for figure in field("code") if figure.isalnum()),
        name=field("name"),
        hall=field("hall") or None,
        printer=field("printer") or None,
    )
    visit.database.write(
        confirm_pairing,
        site_id=visit.here.id,
        code=body.code,
        name=body.name,
        hall=body.hall,
        printer=body.printer,
    )
    return visit.go(NAVIGATION["devices"], "paired")


def revoke(visit: Visit, device: str) -> Response:
    """Shut a device out."""
    visit.database.write(revoke_device, site_id=visit.here.id, device_id=number(device, "device"))
    return visit.go(NAVIGATION["devices"], "revoked")
