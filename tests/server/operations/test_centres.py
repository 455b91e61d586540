"""Applying a centre's file: everything it says, only what differs, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from server import demo
from server.centre_file import read_centre
from server.domain.centre import (
    CentrePlan,
    ClosedDaysPlan,
    DocumentPlan,
    SpecialDayPlan,
    StaffPlan,
)
from server.domain.facts import AccessRevoked, CentreChanged, Fact
from server.domain.refusals import LoginTaken
from server.operations import access
from server.operations.centres import AppliedCentre, apply_centre
from server.storage.session import Database
from server.storage.tables import (
    AccessToken,
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

if TYPE_CHECKING:
    from tests.server.conftest import FakeClock


def apply(database: Database, plan: CentrePlan, **hashes: str) -> AppliedCentre:
    profiles = {printer.name: {"paper_mm": printer.paper} for printer in plan.printers}
    return database.write(apply_centre, plan, password_hashes=hashes, printer_profiles=profiles)


def count(database: Database, kind: Any) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(kind)).scalar_one())


def values(database: Database, *columns: Any) -> list[tuple[Any, ...]]:
    with database.read() as connection:
        rows = connection.execute(select(*columns).order_by(columns[0].class_.id))
        return [tuple(row) for row in rows]


def revision(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(SiteRevision.revision)).scalar_one())


def test_a_new_centre_holds_everything_its_file_says(
    database: Database, small_plan: CentrePlan, facts: list[Fact]
) -> None:
    applied = apply(database, small_plan, ana="a hash")
    assert applied.changes > 0
    assert applied.new_logins == ("ana", "dan", "bo", "cy")
    assert facts == [CentreChanged(applied.site_id)]
    assert values(database, Site.code, Site.languages, Site.slip_footer) == [
        ("an-lanh", ["vi", "en"], [])
    ]
    assert values(database, Field.code, Field.position) == [("ho-tich", 0), ("dat-dai", 1)]
    assert values(database, Service.code, Service.prefix, Service.position) == [
        ("ho-tich", "A", 0),
        ("dat-dai", "B", 1),
    ]
    assert values(database, Counter.number, Counter.state, Counter.position) == [
        ("1", "closed", 0),
        ("3B", "closed", 1),
    ]
    assert count(database, CounterService) == 3
    assert values(database, Staff.login, Staff.role, Staff.password_hash)[:2] == [
        ("ana", "officer", "a hash"),
        ("dan", "officer", ""),
    ]
    assert values(database, Printer.name, Printer.profile) == [("Cửa vào", {"paper_mm": 58})]
    assert values(database, PriorityClass.code, PriorityClass.head_start_minutes) == [
        ("cao-tuoi", 30)
    ]
    assert values(
        database, ProcedureDocument.name, ProcedureDocument.position, ProcedureDocument.condition
    ) == [("Giấy chứng sinh", 0, None), ("Học bạ", 1, "Nếu có")]


@pytest.mark.parametrize("file", [demo.CENTRE, demo.COMMUNE])
def test_every_shipped_centre_can_be_applied_twice(database: Database, file: Any) -> None:
    plan = read_centre(file)
    apply(database, plan)
    assert count(database, Procedure) == len(plan.procedures)
    assert apply(database, plan).changes == 0


def test_the_same_file_twice_changes_nothing(
    database: Database, small_plan: CentrePlan, facts: list[Fact]
) -> None:
    first = apply(database, small_plan)
    before = revision(database)
    facts.clear()
    again = apply(database, small_plan, ana="another hash")
    assert again == AppliedCentre(first.site_id, 0, ())
    assert revision(database) == before
    assert facts == []
    assert values(database, Staff.password_hash)[0] == ("",)


def test_a_changed_file_changes_only_what_differs(
    database: Database, small_plan: CentrePlan, facts: list[Fact]
) -> None:
    site_id = apply(database, small_plan).site_id
    before = revision(database)
    facts.clear()
    first, *others = small_plan.services
    closed = replace(small_plan, services=(replace(first, open=False), *others))
    assert apply(database, closed).changes == 1
    assert values(database, Service.code, Service.open) == [("ho-tich", False), ("dat-dai", True)]
    assert revision(database) == before + 1
    assert facts == [CentreChanged(site_id)]


def test_a_service_gains_and_loses_its_place_among_the_frequent(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    first, *others = small_plan.services
    placed = replace(small_plan, services=(replace(first, frequent=3), *others))
    assert [apply(database, placed).changes for _ in range(2)] == [1, 0]
    assert values(database, Service.code, Service.frequent) == [("ho-tich", 3), ("dat-dai", None)]
    assert apply(database, small_plan).changes == 1
    assert values(database, Service.frequent) == [(None,), (None,)]


def test_a_service_that_was_removed_comes_back_with_its_file(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    with_a_gap = database.write(_remove_service, "dat-dai")
    assert with_a_gap == 1
    assert apply(database, small_plan).changes == 1
    assert values(database, Service.removed) == [(False,), (False,)]


def _remove_service(work: Any, code: str) -> int:
    service = work.session.scalars(select(Service).where(Service.code == code)).one()
    service.removed = True
    return 1


def test_a_counter_serves_what_its_line_in_the_file_says(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    first, second = small_plan.counters
    other = replace(small_plan, counters=(first, replace(second, services=("dat-dai",))))
    assert apply(database, other).changes == 1
    assert count(database, CounterService) == 2


def test_the_papers_of_a_procedure_follow_the_file(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    birth, *others = small_plan.procedures
    papers = (DocumentPlan("Căn cước", copies=1), *birth.documents)
    changed = replace(small_plan, procedures=(replace(birth, documents=papers), *others))
    assert apply(database, changed).changes == 1
    assert values(database, ProcedureDocument.name, ProcedureDocument.position) == [
        ("Căn cước", 0),
        ("Giấy chứng sinh", 1),
        ("Học bạ", 2),
    ]
    assert apply(database, changed).changes == 0


def test_a_printer_keeps_its_tuned_profile_until_its_paper_changes(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    (printer,) = small_plan.printers

    def applied(profile: dict[str, Any]) -> int:
        return database.write(
            apply_centre, small_plan, password_hashes={}, printer_profiles={printer.name: profile}
        ).changes

    assert applied({"paper_mm": 58, "speed": 90.0}) == 0
    assert applied({"paper_mm": 80}) == 1
    assert values(database, Printer.profile) == [({"paper_mm": 80},)]


def test_a_printer_at_a_new_address_must_say_anew_how_it_is(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    (printer,) = small_plan.printers
    database.write(_say_ready)
    moved = replace(small_plan, printers=(replace(printer, address="tcp://10.0.0.9:9100"),))
    assert apply(database, moved).changes == 1
    assert values(database, Printer.address, Printer.state) == [("tcp://10.0.0.9:9100", "unknown")]


def _say_ready(work: Any) -> None:
    work.session.scalars(select(Printer)).one().state = "ready"


def test_a_login_of_another_centre_is_refused_and_nothing_is_changed(
    database: Database, small_plan: CentrePlan
) -> None:
    apply(database, small_plan)
    other = replace(small_plan, site=replace(small_plan.site, code="binh-an"))
    with pytest.raises(LoginTaken) as refusal:
        apply(database, other)
    assert refusal.value.facts == {"login": "ana"}
    assert count(database, Site) == 1


def test_two_centres_may_use_the_same_codes(database: Database, small_plan: CentrePlan) -> None:
    apply(database, small_plan)
    other = replace(small_plan, site=replace(small_plan.site, code="binh-an"), staff=())
    assert apply(database, other).changes > 0
    for kind in (Hall, Agency):
        assert count(database, kind) == 2
    assert apply(database, other).changes == apply(database, small_plan).changes == 0


def test_who_gets_another_role_must_sign_in_again(
    database: Database, small_plan: CentrePlan, facts: list[Fact], clock: FakeClock
) -> None:
    site_id = apply(database, small_plan).site_id
    ((staff_id,),) = values(database, Staff.id)[2:3]
    session = database.write(access.open_session, staff_id=staff_id)
    facts.clear()
    demoted = replace(small_plan, staff=(StaffPlan("bo", "Bo", "officer"),))
    assert apply(database, demoted).changes == 1
    assert facts == [AccessRevoked(site_id, session.token_id), CentreChanged(site_id)]
    assert values(database, AccessToken.revoked_at) == [(clock.now,)]


def test_hours_and_quotas_are_kept_as_the_file_says_and_go_when_it_no_longer_does(
    database: Database, small_plan: CentrePlan
) -> None:
    office = {"mon": ("07:30-11:30", "13:30-17:00"), "sat": ("07:30-11:30",)}
    days = (ClosedDaysPlan("Quốc khánh", date="2026-09-02"),)
    days += (ClosedDaysPlan("Tết", first="2027-02-05", last="2027-02-11"),)
    special = (SpecialDayPlan("2027-02-14", ("08:00-12:00",), "Làm bù"),)
    site = replace(small_plan.site, hours=office, closed_days=days, special_days=special)
    site = replace(site, last_ticket_minutes=15, max_wait_minutes=45)
    civil, land = small_plan.services
    plan = replace(
        small_plan,
        site=site,
        fields=(small_plan.fields[0], replace(small_plan.fields[1], hours={"tue": ()})),
        services=(replace(civil, daily_quota=40), replace(land, hours={"wed": ("08:00-11:00",)})),
    )
    apply(database, plan)
    assert values(database, Site.hours, Site.closed_days) == [
        (
            {"mon": ["07:30-11:30", "13:30-17:00"], "sat": ["07:30-11:30"]},
            [
                {"from": "2026-09-02", "to": "2026-09-02", "name": "Quốc khánh"},
                {"from": "2027-02-05", "to": "2027-02-11", "name": "Tết"},
            ],
        )
    ]
    assert values(database, Site.special_days, Site.last_ticket_minutes, Site.max_wait_minutes) == [
        ([{"date": "2027-02-14", "hours": ["08:00-12:00"], "name": "Làm bù"}], 15, 45)
    ]
    assert values(database, Field.hours) == [(None,), ({"tue": []},)]
    assert values(database, Service.daily_quota, Service.hours) == [
        (40, None),
        (None, {"wed": ["08:00-11:00"]}),
    ]
    assert apply(database, plan).changes == 0
    assert apply(database, small_plan).changes == 4, "the site, a field and both services"
    assert values(database, Site.hours, Site.closed_days) == [(None, [])]
    assert values(database, Service.daily_quota, Service.hours) == [(None, None)] * 2
