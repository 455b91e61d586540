"""Setting up a centre as its file describes it, and bringing it up to date."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import delete, insert, select

from server.domain.centre import (
    CentrePlan,
    CounterPlan,
    DocumentPlan,
    ProcedurePlan,
    SitePlan,
    WeekPlan,
)
from server.domain.facts import CentreChanged
from server.domain.refusals import LoginTaken
from server.operations import access
from server.operations.dropped import drop, drop_counters, drop_services
from server.storage.base import Base
from server.storage.session import Work
from server.storage.tables import (
    Agency,
    Counter,
    CounterService,
    Field,
    Hall,
    Printer,
    PriorityClass,
    Procedure,
    ProcedureDocument,
    Service,
    Site,
    SiteRevision,
    Staff,
)
from server.storage.upserts import Upserts

T = TypeVar("T", bound=Base)
Ids = dict[str, int]


@dataclass(frozen=True)
class AppliedCentre:
    """What applying a centre's file did; `changes` is 0 where the site was so already.

    `still_in_use`: what the file no longer names and people still need, such as `counter 3B`.
    """

    site_id: int
    changes: int
    new_logins: tuple[str, ...]
    still_in_use: tuple[str, ...] = ()


def apply_centre(
    work: Work,
    plan: CentrePlan,
    *,
    password_hashes: Mapping[str, str],
    printer_profiles: Mapping[str, dict[str, Any]],
) -> AppliedCentre:
    """Create the site of the plan, or change what differs from it.

    What is matched by its code, number, login or name is brought up to date. Services, counters,
    procedures and priority classes that the plan no longer names are removed, their history kept;
    a service or counter that people still need is not, and the service is closed. New staff get
    the password hash given for their login; without one they cannot log in yet. Passwords that
    exist stay, and so do people and printers. `printer_profiles`: by the printer's name; a known
    printer keeps its own while its paper is the same. Raises `LoginTaken`.
    """
    rows = _keep_site(work, plan.site)
    halls, agencies, fields = _keep_places(rows, plan)
    services = _keep_services(rows, plan, fields)
    lines = drop_services(work, rows, set(services.values()))
    drop(work, rows, PriorityClass, _keep_priority_classes(rows, plan))
    counters = _keep_counters(work, rows, plan, halls, agencies, services, lines)
    places = drop_counters(work, rows, counters, lines)
    new_logins = _keep_staff(work, rows, plan, agencies, password_hashes)
    _keep_printers(work, rows, plan, halls, printer_profiles)
    drop(work, rows, Procedure, _keep_procedures(work, rows, plan, fields, services))
    if rows.locked:
        work.tell(CentreChanged(rows.site_id))
    in_use = [f"service {code}" for code in lines.values()]
    in_use += [f"counter {number}" for number in places]
    return AppliedCentre(rows.site_id, rows.changes, new_logins, tuple(in_use))


def _site_values(plan: SitePlan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "name_en": plan.name_en or "",
        "address": plan.address or "",
        "timezone": plan.timezone,
        "languages": list(plan.languages),
        "board_public": plan.board_public,
        "catalogue_public": plan.catalogue_public,
        "portal_url_template": plan.portal_url_template,
        "slip_footer": list(plan.slip_footer),
        "max_wait_minutes": plan.max_wait_minutes,
        "hours": _week(plan.hours),
        "closed_days": [
            {"from": day.date or day.first, "to": day.date or day.last, "name": day.name}
            for day in plan.closed_days
        ],
        "special_days": [
            {"date": day.date, "hours": list(day.hours), "name": day.name}
            for day in plan.special_days
        ],
        "last_ticket_minutes": plan.last_ticket_minutes,
    }


def _week(plan: WeekPlan | None) -> dict[str, list[str]] | None:
    return None if plan is None else {day: list(periods) for day, periods in plan.items()}


def _keep_site(work: Work, plan: SitePlan) -> Upserts:
    values = _site_values(plan)
    site = work.session.scalars(select(Site).where(Site.code == plan.code)).one_or_none()
    if site is not None:
        rows = Upserts(work, site.id)
        rows.update(site, values)
        return rows
    site = Site(code=plan.code, **values)
    work.session.add(site)
    work.session.flush()
    work.execute(insert(SiteRevision), {"site_id": site.id})
    rows = Upserts(work, site.id)
    rows.change()
    return rows


def _keep_all(
    rows: Upserts, kind: type[T], key: str, wanted: Sequence[tuple[str, dict[str, Any]]]
) -> dict[str, T]:
    """Bring the rows of one kind up to date; `wanted` pairs each key with the other values."""
    known = rows.known(kind, key)
    return {
        name: rows.keep(kind, known.get(name), **{key: name}, **values) for name, values in wanted
    }


def _keep_places(rows: Upserts, plan: CentrePlan) -> tuple[Ids, Ids, Ids]:
    """The ids of halls, agencies and fields by their codes."""
    halls = [
        (h.code, {"name": h.name, "name_en": h.name_en or "", "position": n})
        for n, h in enumerate(plan.halls)
    ]
    agencies = [(a.code, {"name": a.name, "position": n}) for n, a in enumerate(plan.agencies)]
    fields = [
        (
            f.code,
            {"name": f.name, "name_en": f.name_en or "", "position": n, "hours": _week(f.hours)},
        )
        for n, f in enumerate(plan.fields)
    ]
    return (
        {code: row.id for code, row in _keep_all(rows, Hall, "code", halls).items()},
        {code: row.id for code, row in _keep_all(rows, Agency, "code", agencies).items()},
        {code: row.id for code, row in _keep_all(rows, Field, "code", fields).items()},
    )


def _keep_services(rows: Upserts, plan: CentrePlan, fields: Ids) -> Ids:
    wanted = [
        (
            service.code,
            {
                "name": service.name,
                "name_en": service.name_en or "",
                "field_id": fields[service.field],
                "prefix": service.prefix,
                "frequent": service.frequent,
                "open": service.open,
                "hours": _week(service.hours),
                "daily_quota": service.daily_quota,
                "removed": False,
                "position": position,
            },
        )
        for position, service in enumerate(plan.services)
    ]
    return {code: row.id for code, row in _keep_all(rows, Service, "code", wanted).items()}


def _keep_priority_classes(rows: Upserts, plan: CentrePlan) -> set[int]:
    wanted = [
        (
            priority.code,
            {
                "name": priority.name,
                "name_en": priority.name_en or "",
                "proof": priority.proof,
                "proof_en": priority.proof_en or "",
                "head_start_minutes": priority.head_start_minutes,
                "kiosk": priority.kiosk,
                "removed": False,
                "position": position,
            },
        )
        for position, priority in enumerate(plan.priority_classes)
    ]
    return {row.id for row in _keep_all(rows, PriorityClass, "code", wanted).values()}


def _keep_counters(
    work: Work,
    rows: Upserts,
    plan: CentrePlan,
    halls: Ids,
    agencies: Ids,
    services: Ids,
    lines_in_use: Collection[int],
) -> set[int]:
    wanted = [
        (
            counter.number,
            {
                "name": counter.name,
                "hall_id": halls[counter.hall],
                "agency_id": agencies[counter.agency] if counter.agency else None,
                "removed": False,
                "position": position,
            },
        )
        for position, counter in enumerate(plan.counters)
    ]
    kept = _keep_all(rows, Counter, "number", wanted)
    for counter in plan.counters:
        _keep_lines(work, rows, kept[counter.number].id, counter, services, lines_in_use)
    return {row.id for row in kept.values()}


def _keep_lines(
    work: Work,
    rows: Upserts,
    counter_id: int,
    plan: CounterPlan,
    services: Ids,
    lines_in_use: Collection[int],
) -> None:
    """The lines that the counter serves; one that it keeps also keeps its tier.

    It goes on serving those that the file dropped while people still wait there.
    """
    mine = CounterService.counter_id == counter_id
    known = set(work.execute(select(CounterService.service_id).where(mine)).scalars())
    wanted = {services[code] for code in plan.services} | known.intersection(lines_in_use)
    if known == wanted:
        return
    rows.change()
    work.execute(delete(CounterService).where(mine, CounterService.service_id.in_(known - wanted)))
    for service_id in sorted(wanted - known):
        work.execute(
            insert(CounterService), {"counter_id": counter_id, "service_id": service_id, "tier": 1}
        )


def _keep_staff(
    work: Work, rows: Upserts, plan: CentrePlan, agencies: Ids, password_hashes: Mapping[str, str]
) -> tuple[str, ...]:
    """The logins of those who are new. Who changes their role must come in anew."""
    logins = [person.login for person in plan.staff]
    known = {
        staff.login: staff
        for staff in work.session.scalars(select(Staff).where(Staff.login.in_(logins)))
    }
    for person in plan.staff:
        found = known.get(person.login)
        values: dict[str, Any] = {
            "name": person.name,
            "role": person.role,
            "agency_id": agencies[person.agency] if person.agency else None,
        }
        if found is None:
            values["password_hash"] = password_hashes.get(person.login, "")
        elif found.site_id != rows.site_id:
            raise LoginTaken(login=person.login)
        new_role = found is not None and found.role != person.role
        kept = rows.keep(Staff, found, login=person.login, **values)
        if new_role:
            access.end_access(work, staff_id=kept.id)
    return tuple(login for login in logins if login not in known)


def _keep_printers(
    work: Work,
    rows: Upserts,
    plan: CentrePlan,
    halls: Ids,
    profiles: Mapping[str, dict[str, Any]],
) -> None:
    known = rows.known(Printer, "name")
    for printer in plan.printers:
        found, profile = known.get(printer.name), profiles[printer.name]
        values: dict[str, Any] = {
            "address": printer.address,
            "hall_id": halls[printer.hall] if printer.hall else None,
            "removed": False,
        }
        if found is None or found.profile.get("paper_mm") != profile.get("paper_mm"):
            values["profile"] = profile
        if found is not None and found.address != printer.address:
            # What the printer at the old address said does not hold for another one.
            values |= {"state": "unknown", "state_since": work.now}
        rows.keep(Printer, found, name=printer.name, **values)


def _keep_procedures(
    work: Work, rows: Upserts, plan: CentrePlan, fields: Ids, services: Ids
) -> set[int]:
    known, ids = rows.known(Procedure, "code"), set()
    papers = _papers(work, rows.site_id)
    for position, procedure in enumerate(plan.procedures):
        found = known.get(procedure.code)
        kept = rows.keep(
            Procedure,
            found,
            code=procedure.code,
            field_id=fields[procedure.field],
            service_id=services[procedure.service],
            position=position,
            removed=False,
            **_procedure_values(procedure),
        )
        ids.add(kept.id)
        if papers.get(kept.id, ()) != procedure.documents:
            rows.change()
            _replace_papers(work, kept.id, procedure.documents)
    return ids


def _procedure_values(plan: ProcedurePlan) -> dict[str, Any]:
    return {
        "portal_id": plan.portal_id or "",
        "name": plan.name,
        "short_name": plan.short_name or "",
        "name_en": plan.name_en or "",
        "frequent": plan.frequent,
        "fee": plan.fee or "",
        "time": plan.time or "",
    }


def _papers(work: Work, site_id: int) -> dict[int, tuple[DocumentPlan, ...]]:
    """The papers of each procedure of the site, in their order."""
    found: dict[int, tuple[DocumentPlan, ...]] = {}
    for row in work.session.scalars(
        select(ProcedureDocument)
        .join(Procedure, Procedure.id == ProcedureDocument.procedure_id)
        .where(Procedure.site_id == site_id)
        .order_by(ProcedureDocument.procedure_id, ProcedureDocument.position)
    ):
        paper = DocumentPlan(row.name, row.originals, row.copies, row.condition)
        found[row.procedure_id] = (*found.get(row.procedure_id, ()), paper)
    return found


def _replace_papers(work: Work, procedure_id: int, papers: Sequence[DocumentPlan]) -> None:
    work.execute(delete(ProcedureDocument).where(ProcedureDocument.procedure_id == procedure_id))
    for position, paper in enumerate(papers):
        work.execute(
            insert(ProcedureDocument),
            {
                "procedure_id": procedure_id,
                "position": position,
                "name": paper.name,
                "originals": paper.originals,
                "copies": paper.copies,
                "condition": paper.condition,
            },
        )
