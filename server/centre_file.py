"""Reading a centre file: a sound centre plan, or the list of everything wrong with it."""

from __future__ import annotations

import os
from pathlib import Path

from server.domain import centre_rules
from server.domain.centre import (
    DEFAULT_MAX_WAIT_MINUTES,
    DEFAULT_PORTAL_URL,
    DEFAULT_TIMEZONE,
    LANGUAGES,
    LONGEST_PRINTER_NAME,
    AgencyPlan,
    CentrePlan,
    ClosedDaysPlan,
    CounterPlan,
    DocumentPlan,
    FieldPlan,
    HallPlan,
    PrinterPlan,
    PriorityClassPlan,
    ProcedurePlan,
    ServicePlan,
    SitePlan,
    SpecialDayPlan,
    StaffPlan,
    WeekPlan,
)
from server.domain.hours import WEEKDAYS
from server.yaml_file import Group, Report, UnreadableYaml, document

# Longest texts that still fit: codes in addresses, names on a kiosk button and a 58 mm slip.
CODE_LENGTH = 40
NAME_LENGTH = 80
TITLE_LENGTH = 1200
LINE_LENGTH = 160


class CentreFileError(Exception):
    """A centre file that cannot be applied; `problems` names everything wrong, in file order.

    Each problem reads `services[3].field: what is wrong (line 42)`; lists count from 0.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_centre(path: str | os.PathLike[str]) -> CentrePlan:
    """The plan in the YAML file at `path`, whole and checked; otherwise CentreFileError."""
    report = Report()
    try:
        root = Group(report, "", document(Path(path)))
    except UnreadableYaml as error:
        raise CentreFileError([str(error)]) from error
    plan = root.whole_by(_centre)
    for problem in centre_rules.problems_in(plan):
        report.add(problem.path, problem.text)
    if report.found:
        raise CentreFileError(report.in_file_order())
    return plan


def _centre(root: Group) -> CentrePlan:
    return CentrePlan(
        site=root.group("site", _site),
        halls=root.groups("halls", _hall, required=True),
        agencies=root.groups("agencies", _agency),
        fields=root.groups("fields", _field, required=True),
        priority_classes=root.groups("priority_classes", _priority_class),
        services=root.groups("services", _service, required=True),
        procedures=root.groups("procedures", _procedure),
        counters=root.groups("counters", _counter, required=True),
        staff=root.groups("staff", _staff),
        printers=root.groups("printers", _printer),
    )


def _site(group: Group) -> SitePlan:
    max_wait = group.optional_whole("max_wait_minutes", 1, 1440)
    return SitePlan(
        code=group.text("code", CODE_LENGTH),
        name=group.text("name", LINE_LENGTH),
        name_en=group.optional_text("name_en", LINE_LENGTH),
        address=group.optional_text("address", LINE_LENGTH),
        timezone=group.optional_text("timezone", NAME_LENGTH) or DEFAULT_TIMEZONE,
        languages=group.texts("languages", CODE_LENGTH) or LANGUAGES,
        board_public=group.flag("board_public", False),
        catalogue_public=group.flag("catalogue_public", False),
        portal_url_template=group.optional_text("portal_url_template", 400) or DEFAULT_PORTAL_URL,
        slip_footer=group.texts("slip_footer", NAME_LENGTH),
        hours=group.optional_group("hours", _week),
        closed_days=group.groups("closed_days", _closed_days),
        special_days=group.groups("special_days", _special_day),
        last_ticket_minutes=group.optional_whole("last_ticket_minutes", 0, 240) or 0,
        max_wait_minutes=DEFAULT_MAX_WAIT_MINUTES if max_wait is None else max_wait,
    )


def _week(group: Group) -> WeekPlan:
    days = {day: group.texts(day, CODE_LENGTH) for day in WEEKDAYS}
    return {day: periods for day, periods in days.items() if periods}


def _closed_days(group: Group) -> ClosedDaysPlan:
    return ClosedDaysPlan(
        name=group.text("name", NAME_LENGTH),
        date=group.optional_text("date", CODE_LENGTH),
        first=group.optional_text("from", CODE_LENGTH),
        last=group.optional_text("to", CODE_LENGTH),
    )


def _special_day(group: Group) -> SpecialDayPlan:
    return SpecialDayPlan(
        date=group.text("date", CODE_LENGTH),
        hours=group.texts("hours", CODE_LENGTH, required=True),
        name=group.text("name", NAME_LENGTH),
    )


def _hall(group: Group) -> HallPlan:
    return HallPlan(
        code=group.text("code", CODE_LENGTH),
        name=group.text("name", NAME_LENGTH),
        name_en=group.optional_text("name_en", NAME_LENGTH),
    )


def _agency(group: Group) -> AgencyPlan:
    return AgencyPlan(code=group.text("code", CODE_LENGTH), name=group.text("name", NAME_LENGTH))


def _field(group: Group) -> FieldPlan:
    return FieldPlan(
        code=group.text("code", CODE_LENGTH),
        name=group.text("name", NAME_LENGTH),
        name_en=group.optional_text("name_en", NAME_LENGTH),
        hours=group.optional_group("hours", _week),
    )


def _priority_class(group: Group) -> PriorityClassPlan:
    return PriorityClassPlan(
        code=group.text("code", CODE_LENGTH),
        name=group.text("name", NAME_LENGTH),
        name_en=group.optional_text("name_en", NAME_LENGTH),
        proof=group.text("proof", LINE_LENGTH),
        proof_en=group.optional_text("proof_en", LINE_LENGTH),
        head_start_minutes=group.whole("head_start_minutes", 0, 480),
        kiosk=group.flag("kiosk", False),
    )


def _service(group: Group) -> ServicePlan:
    return ServicePlan(
        code=group.text("code", CODE_LENGTH),
        name=group.text("name", NAME_LENGTH),
        name_en=group.optional_text("name_en", NAME_LENGTH),
        field=group.text("field", CODE_LENGTH),
        prefix=group.text("prefix", CODE_LENGTH),
        frequent=_frequent(group),
        open=group.flag("open", True),
        hours=group.optional_group("hours", _week),
        daily_quota=group.optional_whole("daily_quota", 1, 99_999),
    )


def _counter(group: Group) -> CounterPlan:
    return CounterPlan(
        number=group.text("number", CODE_LENGTH),
        name=group.text("name", NAME_LENGTH),
        hall=group.text("hall", CODE_LENGTH),
        agency=group.optional_text("agency", CODE_LENGTH),
        services=group.texts("services", CODE_LENGTH, required=True),
    )


def _staff(group: Group) -> StaffPlan:
    return StaffPlan(
        login=group.text("login", CODE_LENGTH),
        name=group.text("name", NAME_LENGTH),
        role=group.text("role", CODE_LENGTH),
        agency=group.optional_text("agency", CODE_LENGTH),
    )


def _printer(group: Group) -> PrinterPlan:
    paper = group.optional_whole("paper", 1, 999)
    return PrinterPlan(
        name=group.text("name", LONGEST_PRINTER_NAME),
        address=group.text("address", 400),
        paper=80 if paper is None else paper,
        hall=group.optional_text("hall", CODE_LENGTH),
    )


def _procedure(group: Group) -> ProcedurePlan:
    return ProcedurePlan(
        code=group.text("code", CODE_LENGTH),
        portal_id=group.optional_text("portal_id", NAME_LENGTH),
        name=group.text("name", TITLE_LENGTH),
        short_name=group.optional_text("short_name", NAME_LENGTH),
        name_en=group.optional_text("name_en", LINE_LENGTH),
        field=group.text("field", CODE_LENGTH),
        service=group.text("service", CODE_LENGTH),
        frequent=_frequent(group),
        fee=group.optional_text("fee", LINE_LENGTH),
        time=group.optional_text("time", LINE_LENGTH),
        documents=group.groups("documents", _document_plan),
    )


def _frequent(group: Group) -> int | None:
    return group.optional_whole("frequent", 1, 99)


def _document_plan(group: Group) -> DocumentPlan:
    originals = group.optional_whole("originals", 0, 99)
    return DocumentPlan(
        name=group.text("name", LINE_LENGTH),
        originals=1 if originals is None else originals,
        copies=group.optional_whole("copies", 0, 99) or 0,
        condition=group.optional_text("condition", LINE_LENGTH),
    )
