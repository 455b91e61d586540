"""What makes a centre plan sound: unique codes, references that lead somewhere, clear numbers."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from server.domain.centre import (
    LANGUAGES,
    PAPER_WIDTHS,
    STAFF_ROLES,
    CentrePlan,
    CounterPlan,
    PrinterPlan,
    ProcedurePlan,
    ServicePlan,
    SitePlan,
    StaffPlan,
)
from server.domain.hour_rules import hour_problems
from server.domain.spelling import unknown_word

PRINTER_SCHEMES = ("tcp", "serial", "device", "file", "screen")
FOOTER_LINES = 4

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PROCEDURE_CODE = re.compile(r"[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*")
_PORTAL_ID = re.compile(r"[0-9A-Za-z-]+")
# I and O look like 1 and 0 on a board; the citizen compares the number with the paper by eye.
_PREFIX = re.compile(r"[A-HJ-NP-Z]{1,2}")
_COUNTER_NUMBER = re.compile(r"[1-9][0-9]{0,2}[A-HJ-NP-Z]?")
_LOGIN = re.compile(r"[a-z][a-z0-9._-]{2,31}")

_CODE_SHAPE = "small letters without marks, digits and single hyphens, like 'dat-dai'"


class Problem(NamedTuple):
    """One thing wrong: where (`services[3].field`) and what, in plain words."""

    path: str
    text: str


def problems_in(plan: CentrePlan) -> list[Problem]:
    """Every rule the plan breaks, section by section; an empty list means it can be applied.

    An empty text or a zero in a required place counts as reported already and breaks no rule.
    """
    return [
        *_site_problems(plan.site),
        *(Problem(path, text) for path, text in hour_problems(plan)),
        *_code_problems(plan),
        *_service_problems(plan),
        *_counter_problems(plan),
        *_staff_problems(plan),
        *_printer_problems(plan),
        *_procedure_problems(plan),
        *_frequent_problems(plan),
    ]


def _site_problems(site: SitePlan) -> Iterator[Problem]:
    yield from _misshapen("site.code", site.code, _CODE, _CODE_SHAPE)
    if site.timezone not in available_timezones():
        yield Problem(
            "site.timezone", f"unknown time zone '{site.timezone}'; in Vietnam: Asia/Ho_Chi_Minh"
        )
    yield from _unknown_each("site.languages", "language", site.languages, LANGUAGES)
    if len(site.slip_footer) > FOOTER_LINES:
        yield Problem("site.slip_footer", f"has more than {FOOTER_LINES} lines")
    if not _is_portal_template(site.portal_url_template):
        yield Problem(
            "site.portal_url_template",
            "must be a web address with {portal_id} or {code} in it, and no other word in braces",
        )


def _is_portal_template(template: str) -> bool:
    try:
        words = {word for _, word, _, _ in string.Formatter().parse(template) if word is not None}
    except ValueError:
        return False
    return template.startswith(("https://", "http://")) and words in (
        {"portal_id"},
        {"code"},
        {"portal_id", "code"},
    )


def _code_problems(plan: CentrePlan) -> Iterator[Problem]:
    sections = {
        "halls": [hall.code for hall in plan.halls],
        "agencies": [agency.code for agency in plan.agencies],
        "fields": [field.code for field in plan.fields],
        "priority_classes": [priority.code for priority in plan.priority_classes],
        "services": [service.code for service in plan.services],
    }
    for section, codes in sections.items():
        for index, code in enumerate(codes):
            yield from _misshapen(f"{section}[{index}].code", code, _CODE, _CODE_SHAPE)
        yield from _repeated(section, "code", codes)


def _service_problems(plan: CentrePlan) -> Iterator[Problem]:
    fields = [field.code for field in plan.fields]
    served = {code for counter in plan.counters for code in counter.services}
    for index, service in enumerate(plan.services):
        yield from _one_service(f"services[{index}]", service, fields, served)
    yield from _repeated("services", "prefix", [service.prefix for service in plan.services])


def _one_service(
    path: str, service: ServicePlan, fields: Collection[str], served: Collection[str]
) -> Iterator[Problem]:
    yield from _unknown(f"{path}.field", "field", service.field, fields)
    yield from _misshapen(
        f"{path}.prefix",
        service.prefix,
        _PREFIX,
        "one or two capital letters A-Z, without I and O, which look like 1 and 0",
    )
    if served and service.open and service.code and service.code not in served:
        yield Problem(
            path,
            f"no counter serves '{service.code}', its tickets would never be called; "
            "name it under counters or set open: false",
        )


def _counter_problems(plan: CentrePlan) -> Iterator[Problem]:
    for index, counter in enumerate(plan.counters):
        yield from _one_counter(f"counters[{index}]", counter, plan)
    yield from _repeated("counters", "number", [counter.number for counter in plan.counters])


def _one_counter(path: str, counter: CounterPlan, plan: CentrePlan) -> Iterator[Problem]:
    yield from _misshapen(
        f"{path}.number", counter.number, _COUNTER_NUMBER, "a number like 1, 12 or 3B"
    )
    yield from _unknown(f"{path}.hall", "hall", counter.hall, [hall.code for hall in plan.halls])
    yield from _unknown_agency(path, counter.agency, plan)
    services = [service.code for service in plan.services]
    yield from _unknown_each(f"{path}.services", "service", counter.services, services)


def _staff_problems(plan: CentrePlan) -> Iterator[Problem]:
    for index, person in enumerate(plan.staff):
        yield from _one_person(f"staff[{index}]", person, plan)
    yield from _repeated("staff", "login", [person.login for person in plan.staff])


def _one_person(path: str, person: StaffPlan, plan: CentrePlan) -> Iterator[Problem]:
    yield from _misshapen(
        f"{path}.login",
        person.login,
        _LOGIN,
        "3 to 32 small letters without marks, digits, dots, hyphens or underscores, a letter first",
    )
    yield from _unknown(f"{path}.role", "role", person.role, STAFF_ROLES)
    yield from _unknown_agency(path, person.agency, plan)


def _printer_problems(plan: CentrePlan) -> Iterator[Problem]:
    halls = [hall.code for hall in plan.halls]
    for index, printer in enumerate(plan.printers):
        yield from _one_printer(f"printers[{index}]", printer, halls)
    yield from _repeated("printers", "name", [printer.name for printer in plan.printers])


def _one_printer(path: str, printer: PrinterPlan, halls: Collection[str]) -> Iterator[Problem]:
    if printer.address:
        wrong = _wrong_with_address(printer.address)
        if wrong:
            yield Problem(f"{path}.address", f"'{printer.address}': {wrong}")
    if printer.paper and printer.paper not in PAPER_WIDTHS:
        yield Problem(f"{path}.paper", f"{printer.paper} is no paper width; give 58 or 80 (mm)")
    if printer.hall is not None:
        yield from _unknown(f"{path}.hall", "hall", printer.hall, halls)


def _wrong_with_address(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in PRINTER_SCHEMES:
        return (
            "does not begin with a known way to print; known: "
            "tcp://host:9100, serial:///dev/…, device:///dev/…, file:///…, screen:"
        )
    return _SCHEME_CHECKS[parts.scheme](parts, port)


def _wrong_with_tcp(parts: SplitResult, port: int | None) -> str | None:
    sound = parts.hostname and port and not parts.path.strip("/")
    return None if sound else "write it as tcp://192.168.1.50:9100"


def _wrong_with_path(parts: SplitResult, port: int | None) -> str | None:
    sound = not parts.netloc and len(parts.path) > 1 and parts.path.startswith("/")
    return None if sound else f"write it with three strokes, as {parts.scheme}:///path"


def _wrong_with_screen(parts: SplitResult, port: int | None) -> str | None:
    return None if parts.geturl() == "screen:" else "write it as screen: and nothing else"


_SCHEME_CHECKS: dict[str, Callable[[SplitResult, int | None], str | None]] = {
    "tcp": _wrong_with_tcp,
    "serial": _wrong_with_path,
    "device": _wrong_with_path,
    "file": _wrong_with_path,
    "screen": _wrong_with_screen,
}


def _procedure_problems(plan: CentrePlan) -> Iterator[Problem]:
    fields = [field.code for field in plan.fields]
    services = [service.code for service in plan.services]
    for index, procedure in enumerate(plan.procedures):
        path = f"procedures[{index}]"
        yield from _one_procedure(path, procedure)
        yield from _unknown(f"{path}.field", "field", procedure.field, fields)
        yield from _unknown(f"{path}.service", "service", procedure.service, services)
    yield from _repeated("procedures", "code", [p.code for p in plan.procedures])


def _one_procedure(path: str, procedure: ProcedurePlan) -> Iterator[Problem]:
    yield from _misshapen(
        f"{path}.code", procedure.code, _PROCEDURE_CODE, "a code like 1.001193, without blanks"
    )
    if procedure.portal_id is not None:
        yield from _misshapen(
            f"{path}.portal_id", procedure.portal_id, _PORTAL_ID, "letters, digits and hyphens"
        )
    for index, document in enumerate(procedure.documents):
        if document.originals + document.copies == 0:
            yield Problem(f"{path}.documents[{index}]", "asks for neither an original nor a copy")


def _frequent_problems(plan: CentrePlan) -> Iterator[Problem]:
    """Services and procedures stand in one row on the kiosk, so they share its places."""
    entries: list[tuple[str, ServicePlan | ProcedurePlan]] = [
        *((f"services[{index}]", service) for index, service in enumerate(plan.services)),
        *((f"procedures[{index}]", procedure) for index, procedure in enumerate(plan.procedures)),
    ]
    places = [(path, str(entry.frequent)) for path, entry in entries if entry.frequent]
    yield from _taken_twice("frequent", places)


def _misshapen(path: str, value: str, shape: re.Pattern[str], expected: str) -> Iterator[Problem]:
    if value and not shape.fullmatch(value):
        yield Problem(path, f"'{value}' must be {expected}")


def _unknown(path: str, kind: str, value: str, known: Collection[str]) -> Iterator[Problem]:
    # An absent section is one problem, not one for each reference into it.
    if known and value and value not in known:
        yield Problem(path, unknown_word(kind, value, [word for word in known if word]))


def _unknown_agency(path: str, agency: str | None, plan: CentrePlan) -> Iterator[Problem]:
    known = [agency.code for agency in plan.agencies]
    if agency and agency not in known:
        yield Problem(f"{path}.agency", unknown_word("agency", agency, known))


def _unknown_each(
    path: str, kind: str, values: Sequence[str], known: Collection[str]
) -> Iterator[Problem]:
    for index, value in enumerate(values):
        yield from _unknown(f"{path}[{index}]", kind, value, known)
        if value and value in values[:index]:
            yield Problem(f"{path}[{index}]", f"'{value}' stands here twice")


def _repeated(section: str, key: str, values: Sequence[str]) -> Iterator[Problem]:
    places = ((f"{section}[{index}]", value) for index, value in enumerate(values) if value)
    yield from _taken_twice(key, places)


def _taken_twice(key: str, values: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """`values`: each entry's path and what stands there under the key."""
    first: dict[str, str] = {}
    for path, value in values:
        if first.setdefault(value, path) != path:
            yield Problem(f"{path}.{key}", f"'{value}' is already taken by {first[value]}")
