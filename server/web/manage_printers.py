"""Printers: how they are, slips that are missing, and the paper of virtual printers as pictures."""

from flask import Response

from server.domain.numbering import business_day
from server.domain.refusals import Unknown
from server.operations.printing import queue_reprint
from server.queries import printing
from server.storage.base import AnyRow
from server.web.bodies import Reprint
from server.web.pages import NAVIGATION, Visit, checked, field
from server.web.routes import number

SLIPS_SHOWN = 12
VIRTUAL = "screen:"


def show_printers(visit: Visit) -> Response:
    """Every printer, the slips that are not printed, and the last slips of virtual printers."""
    site, now = visit.here, visit.now
    with visit.database.read() as connection:
        printers = printing.printers_in_detail(connection, site.id)
        jobs = printing.jobs_in_need(connection, site.id, business_day(now, site.timezone))
        slips = printing.virtual_slips(connection, site.id, SLIPS_SHOWN)
    virtual = any(_is_virtual(printer) for printer in printers)
    return visit.show(
        "manage/printers.html",
        at=NAVIGATION["printers"],
        now=now,
        printers=printers,
        is_virtual=_is_virtual,
        jobs=jobs,
        slips=slips if slips or virtual else None,
    )


def reprint(visit: Visit, ticket: str) -> Response:
    """Print a ticket's slip once more, on the chosen printer."""
    body = checked(Reprint, printer=field("printer"))
    visit.database.write(
        queue_reprint,
        site_id=visit.here.id,
        ticket_id=number(ticket, "ticket"),
        by=visit.who.token_id,
        printer=body.printer,
        printer_id=None,
    )
    return visit.go(NAVIGATION["printers"], "reprint")


def show_slip(visit: Visit, slip: str) -> Response:
    """The paper of one slip (image/png), as a virtual printer would have printed it."""
    with visit.database.read() as connection:
        found = printing.virtual_slip(connection, visit.here.id, number(slip, "slip"))
    if found is None:
        raise Unknown("slip")
    picture: bytes = visit.parts.slow(lambda: visit.parts.slip_picture(found.data, found.profile))
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _is_virtual(printer: AnyRow) -> bool:
    return bool(printer.address.startswith(VIRTUAL))
