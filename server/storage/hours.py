"""The hours of a service as its row, its field's and its site's say together."""

from server.domain.hours import Hours, hours_of
from server.storage.base import AnyRow
from server.storage.tables import Field, Service, Site

HOURS = (
    Service.hours.label("service_hours"),
    Field.hours.label("field_hours"),
    *(Site.hours.label("site_hours"), Site.closed_days, Site.special_days),
    Site.last_ticket_minutes,
)
"""What a select of services joined with field and site names for `hours_of_service`."""

SITE_HOURS = (Site.hours, Site.closed_days, Site.special_days, Site.last_ticket_minutes)
"""What a select of sites names for `hours_of_site`."""


def hours_of_service(row: AnyRow) -> Hours | None:
    """The service's own week, else its field's, else the site's; the site's days always count."""
    weeks = (row.service_hours, row.field_hours, row.site_hours)
    return hours_of(
        week=next((week for week in weeks if week is not None), None),
        closed_days=row.closed_days,
        special_days=row.special_days,
        last_ticket_minutes=row.last_ticket_minutes,
    )


def hours_of_site(row: AnyRow) -> Hours | None:
    """The site's own hours, None where it is open always."""
    return hours_of(
        week=row.hours,
        closed_days=row.closed_days,
        special_days=row.special_days,
        last_ticket_minutes=row.last_ticket_minutes,
    )
