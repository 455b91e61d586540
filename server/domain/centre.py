"""A centre as its file describes it: the site, its halls, services, counters and people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.roles import Role

LANGUAGES = ("vi", "en")
STAFF_ROLES = (Role.OFFICER, Role.VOLUNTEER, Role.MANAGER)
PAPER_WIDTHS = (58, 80)
LONGEST_PRINTER_NAME = 60
DEFAULT_TIMEZONE = "Asia/Ho_Chi_Minh"
DEFAULT_MAX_WAIT_MINUTES = 90
DEFAULT_PORTAL_URL = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/{portal_id}"


WeekPlan = Mapping[str, tuple[str, ...]]
"""Periods such as `07:30-11:30` by weekday (`mon` … `sun`); a day that is not named is closed."""


@dataclass(frozen=True, slots=True)
class ClosedDaysPlan:
    """One date, or all from the first to the last, on which nobody gets a number; as written."""

    name: str
    date: str | None = None
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class SpecialDayPlan:
    """A date with other hours than its day of the week, such as a make-up day; as written."""

    date: str
    hours: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class SitePlan:
    """One centre; `languages` begins with the one its screens start in.

    Without `hours` it gives out numbers around the clock. `last_ticket_minutes`: how long before
    the end of each period the last number is given out. `max_wait_minutes`: who has waited longer
    is called before everybody else.
    """

    code: str
    name: str
    name_en: str | None = None
    address: str | None = None
    timezone: str = DEFAULT_TIMEZONE
    languages: tuple[str, ...] = LANGUAGES
    board_public: bool = False
    catalogue_public: bool = False
    portal_url_template: str = DEFAULT_PORTAL_URL
    slip_footer: tuple[str, ...] = ()
    hours: WeekPlan | None = None
    closed_days: tuple[ClosedDaysPlan, ...] = ()
    special_days: tuple[SpecialDayPlan, ...] = ()
    last_ticket_minutes: int = 0
    max_wait_minutes: int = DEFAULT_MAX_WAIT_MINUTES


@dataclass(frozen=True, slots=True)
class HallPlan:
    """A waiting area with its displays and counters."""

    code: str
    name: str
    name_en: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyPlan:
    """Who staffs counters."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """A group of procedures and services; their order is the kiosk's order.

    `hours` replace the week of the site.
    """

    code: str
    name: str
    name_en: str | None = None
    hours: WeekPlan | None = None


@dataclass(frozen=True, slots=True)
class PriorityClassPlan:
    """Who is called earlier, by how many minutes, and what the officer asks to see.

    With `kiosk` a citizen may choose it without staff; otherwise only staff grant it.
    """

    code: str
    name: str
    proof: str
    head_start_minutes: int
    name_en: str | None = None
    proof_en: str | None = None
    kiosk: bool = False


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """A line that citizens join; its numbers begin with `prefix`.

    `frequent` is its place among what the kiosk shows first, procedures included. `hours` replace
    the week of its field and of the site; `daily_quota` is how many numbers it gives out in a day.
    """

    code: str
    name: str
    field: str
    prefix: str
    name_en: str | None = None
    frequent: int | None = None
    open: bool = True
    hours: WeekPlan | None = None
    daily_quota: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentPlan:
    """One paper to bring; with `condition`, only citizens to whom it applies bring it."""

    name: str
    originals: int = 1
    copies: int = 0
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class ProcedurePlan:
    """What a citizen wants done.

    `name` is the official title and `short_name` what people call it; `frequent` is its place
    among what the kiosk shows first, services included.
    """

    code: str
    name: str
    field: str
    service: str
    portal_id: str | None = None
    short_name: str | None = None
    name_en: str | None = None
    frequent: int | None = None
    fee: str | None = None
    time: str | None = None
    documents: tuple[DocumentPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class CounterPlan:
    """A numbered place of service; the first of its services is its own trade."""

    number: str
    name: str
    hall: str
    services: tuple[str, ...]
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Somebody who works at the centre; `role` is one of `STAFF_ROLES`."""

    login: str
    name: str
    role: str
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class PrinterPlan:
    """A slip printer; `paper` is its roll's width in millimetres."""

    name: str
    address: str
    paper: int = 80
    hall: str | None = None


@dataclass(frozen=True, slots=True)
class CentrePlan:
    """Everything a centre file says, in the file's order."""

    site: SitePlan
    halls: tuple[HallPlan, ...]
    agencies: tuple[AgencyPlan, ...]
    fields: tuple[FieldPlan, ...]
    priority_classes: tuple[PriorityClassPlan, ...]
    services: tuple[ServicePlan, ...]
    procedures: tuple[ProcedurePlan, ...]
    counters: tuple[CounterPlan, ...]
    staff: tuple[StaffPlan, ...]
    printers: tuple[PrinterPlan, ...]
