"""Taking a number, giving it up, coming back to the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from server.domain.facts import PrintJobQueued, TicketChanged, TicketIssued
from server.domain.refusals import PriorityNotAllowed, ServiceClosed, Unknown, WrongState
from server.domain.roles import Role
from server.operations import calls, tickets
from server.storage.session import Work
from server.storage.tables import (
    Field,
    NumberSeries,
    PrintJob,
    Procedure,
    Service,
    Site,
    SiteRevision,
    Ticket,
)

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall

BIRTH = "1.001610"
MARRIAGE = "1.000894"


def tell(work: Work, statement: Any) -> int:
    return work.execute(statement).rowcount


def cancel(hall: SmallHall, ticket_id: int, reason: str = "Nhầm dịch vụ") -> None:
    hall.database.write(
        tickets.cancel_ticket,
        site_id=hall.site_id,
        ticket_id=ticket_id,
        by=hall.cy.token_id,
        reason=reason,
    )


def give_back(hall: SmallHall, ticket_id: int) -> None:
    hall.database.write(
        tickets.return_ticket,
        site_id=hall.site_id,
        ticket_id=ticket_id,
        by=hall.cy.token_id,
        reason="Đã quay lại",
    )


def test_the_first_ticket_of_the_day_is_number_one_and_waits(hall: SmallHall) -> None:
    ticket = hall.issue()
    assert (ticket.number, ticket.service, ticket.field) == ("A001", "ho-tich", "ho-tich")
    assert (ticket.people_ahead, ticket.print_job) == (0, None)
    assert ticket.issued_at == hall.clock.now
    assert len(ticket.token) >= 22, "128 bits in base 64"
    assert hall.state(ticket.id) == "waiting"
    assert hall.actions(ticket.id) == ["issue"]
    assert hall.gaps(ticket.id) == []
    assert hall.facts == [TicketIssued(hall.site_id, ticket.id)]


def test_each_prefix_counts_for_itself(hall: SmallHall) -> None:
    assert [hall.issue(s).number for s in ("ho-tich", "dat-dai", "ho-tich")] == [
        "A001",
        "B001",
        "A002",
    ]


def test_the_people_ahead_are_those_of_the_same_line(hall: SmallHall) -> None:
    assert [hall.issue(s).people_ahead for s in ("ho-tich", "dat-dai", "ho-tich", "ho-tich")] == [
        0,
        0,
        1,
        2,
    ]


def test_numbers_begin_again_with_the_business_day_of_the_hall(hall: SmallHall) -> None:
    hall.issue()
    hall.clock.advance(hours=15, minutes=59)  # 23:59 in the hall
    assert hall.issue().number == "A002"
    hall.clock.advance(minutes=1)
    assert hall.issue().number == "A001"


def test_after_a_thousand_tickets_the_number_grows_a_digit(hall: SmallHall) -> None:
    hall.issue()
    hall.database.write(tell, update(NumberSeries).values(last=999))
    assert hall.issue().number == "A1000"


def test_each_ticket_has_a_token_of_its_own(hall: SmallHall) -> None:
    assert len({hall.issue().token for _ in range(20)}) == 20


def test_a_procedure_leads_to_its_service(hall: SmallHall) -> None:
    ticket = hall.issue(None, procedures=[BIRTH])
    assert ticket.service == "ho-tich"
    assert hall.step(ticket.id).procedure_id == _procedure_id(hall, BIRTH)


def _procedure_id(hall: SmallHall, code: str) -> int:
    return int(hall.rows(select(Procedure.id).where(Procedure.code == code))[0].id)


def test_several_procedures_are_one_ticket_whose_steps_wait_in_turn(hall: SmallHall) -> None:
    ticket = hall.issue(None, procedures=[BIRTH, MARRIAGE])
    hall.open()
    assert hall.call_next() == ticket.id
    hall.clock.advance(minutes=7)
    hall.at_counter(calls.finish)
    step = hall.step(ticket.id)
    assert (step.position, step.state) == (2, "waiting")
    assert step.procedure_id == _procedure_id(hall, MARRIAGE)
    assert hall.actions(ticket.id) == ["issue", "call", "finish", "issue"]
    assert hall.gaps(ticket.id) == []
    hall.call_next()
    hall.at_counter(calls.finish)
    assert hall.state(ticket.id) == "finished"


def test_a_head_start_puts_somebody_before_who_came_a_little_earlier(hall: SmallHall) -> None:
    early = hall.issue()
    hall.clock.advance(minutes=31)
    hall.issue()
    elder = hall.issue(priority="cao-tuoi", role=Role.VOLUNTEER, by=hall.cy.token_id)
    assert elder.people_ahead == 1
    hall.open()
    assert hall.call_next() == early.id
    hall.at_counter(calls.finish)
    assert hall.call_next() == elder.id


def test_a_kiosk_cannot_grant_what_staff_must_see_proof_of(hall: SmallHall) -> None:
    with pytest.raises(PriorityNotAllowed):
        hall.issue(priority="cao-tuoi")
    assert hall.issue(priority="cao-tuoi", role=Role.OFFICER).number == "A001"


@pytest.mark.parametrize(
    ("asked", "thing"),
    [
        ({"service": "thue"}, "service"),
        ({"service": None, "procedures": ["9.999999"]}, "procedure"),
        ({"service": None, "procedures": [BIRTH, "9.999999"]}, "procedure"),
        ({"priority": "vip"}, "priority"),
        ({"printer": "Không có"}, "printer"),
    ],
)
def test_what_the_hall_does_not_know_is_refused_and_costs_no_number(
    hall: SmallHall, asked: dict[str, Any], thing: str
) -> None:
    with pytest.raises(Unknown) as refusal:
        hall.issue(**asked)
    assert refusal.value.thing == thing
    assert hall.facts == []
    assert hall.issue().number == "A001"


def test_a_closed_service_takes_nobody(hall: SmallHall) -> None:
    hall.database.write(tell, update(Service).where(Service.code == "dat-dai").values(open=False))
    with pytest.raises(ServiceClosed) as refusal:
        hall.issue("dat-dai")
    assert refusal.value.facts == {"service": "dat-dai"}
    assert hall.issue("ho-tich").number == "A001"


def test_a_removed_service_is_unknown(hall: SmallHall) -> None:
    hall.database.write(tell, update(Service).where(Service.code == "dat-dai").values(removed=True))
    with pytest.raises(Unknown):
        hall.issue("dat-dai")


def test_another_sites_service_is_unknown_and_its_numbers_are_its_own(hall: SmallHall) -> None:
    other = hall.database.write(_add_site)
    with pytest.raises(Unknown):
        hall.issue("thue")
    hall.issue("ho-tich")
    asked: dict[str, Any] = {"by": hall.kiosk.token_id, "role": Role.KIOSK, "service": "thue"}
    elsewhere = hall.database.write(tickets.issue_ticket, site_id=other, **asked)
    assert elsewhere.number == "A001"


def _add_site(work: Work) -> int:
    site = Site(code="b", name="B", timezone="UTC", languages=["vi"], slip_footer=[])
    work.session.add(site)
    work.session.flush()
    field = Field(site_id=site.id, code="thue", name="Thuế")
    work.session.add_all([field, SiteRevision(site_id=site.id)])
    work.session.flush()
    work.session.add(
        Service(site_id=site.id, field_id=field.id, code="thue", name="Thuế", prefix="A")
    )
    return site.id


def test_the_slip_is_queued_in_the_same_transaction(hall: SmallHall) -> None:
    hall.issue()
    ticket = hall.issue(printer="Cửa vào")
    (job,) = hall.rows(select(*PrintJob.__table__.c))
    assert (job.id, job.ticket_id, job.state, job.people_ahead) == (
        ticket.print_job,
        ticket.id,
        "queued",
        1,
    )
    assert job.copy is False
    assert hall.facts[-2:] == [
        PrintJobQueued(hall.site_id, hall.printer_id),
        TicketIssued(hall.site_id, ticket.id),
    ]


def test_a_device_prints_on_its_own_printer(hall: SmallHall) -> None:
    assert hall.issue(printer_id=hall.printer_id).print_job is not None


def test_a_cancelled_ticket_leaves_the_line_and_its_number_stays_used(hall: SmallHall) -> None:
    first, second = hall.issue(), hall.issue()
    hall.facts.clear()
    cancel(hall, first.id)
    assert hall.state(first.id) == "cancelled"
    assert hall.history(first.id)[-1].reason == "Nhầm dịch vụ"
    assert hall.history(first.id)[-1].token_id == hall.cy.token_id
    assert hall.gaps(first.id) == []
    assert hall.facts == [TicketChanged(hall.site_id, first.id)]
    assert hall.issue().number == "A003"
    hall.open()
    assert hall.call_next() == second.id


def test_cancelling_a_visit_cancels_its_later_steps(hall: SmallHall) -> None:
    ticket = hall.issue(None, procedures=[BIRTH, MARRIAGE])
    cancel(hall, ticket.id)
    assert [period.state for period in hall.history(ticket.id)] == [
        "waiting",
        "cancelled",
        "cancelled",
    ]
    assert hall.gaps(ticket.id) == []


def test_a_called_ticket_that_is_cancelled_frees_the_counter(hall: SmallHall) -> None:
    first, second = hall.issue(), hall.issue()
    hall.open()
    hall.call_next()
    cancel(hall, first.id)
    assert hall.call_next() == second.id


def test_who_is_served_cannot_be_cancelled(hall: SmallHall) -> None:
    ticket = hall.issue()
    hall.open()
    hall.call_next()
    hall.at_counter(calls.start)
    with pytest.raises(WrongState) as refusal:
        cancel(hall, ticket.id)
    assert refusal.value.facts == {"state": "serving", "action": "cancel"}


@pytest.mark.parametrize("verb", [cancel, give_back])
def test_an_unknown_ticket_is_refused(hall: SmallHall, verb: Any) -> None:
    with pytest.raises(Unknown) as refusal:
        verb(hall, 4711)
    assert refusal.value.thing == "ticket"


def test_a_citizen_gives_up_by_the_token_of_the_slip_and_nobody_elses(hall: SmallHall) -> None:
    ticket = hall.issue()
    with pytest.raises(Unknown):
        hall.database.write(tickets.give_up_ticket, token="guess")
    assert hall.database.write(tickets.give_up_ticket, token=ticket.token) == ticket.id
    assert hall.state(ticket.id) == "cancelled"
    last = hall.history(ticket.id)[-1]
    assert (last.reason, last.token_id) == ("citizen", None)


def test_a_ticket_of_another_site_is_unknown(hall: SmallHall) -> None:
    ticket = hall.issue()
    other = hall.database.write(_add_site)
    for verb in (tickets.cancel_ticket, tickets.return_ticket):
        with pytest.raises(Unknown):
            hall.database.write(
                verb, site_id=other, ticket_id=ticket.id, by=hall.cy.token_id, reason="x"
            )
    assert hall.state(ticket.id) == "waiting"


@pytest.mark.parametrize("verb", [None, calls.start, calls.hold, calls.mark_no_show])
def test_who_comes_back_has_the_place_of_their_arrival(hall: SmallHall, verb: Any) -> None:
    first = hall.issue()
    hall.clock.advance(minutes=1)
    hall.issue()
    hall.open()
    hall.call_next()
    if verb is not None:
        hall.at_counter(verb)
    hall.clock.advance(minutes=10)
    give_back(hall, first.id)
    step = hall.step(first.id)
    assert (step.state, step.counter_id) == ("waiting", None)
    assert hall.gaps(first.id) == []
    assert hall.call_next() == first.id


def test_who_waits_already_cannot_return(hall: SmallHall) -> None:
    ticket = hall.issue()
    with pytest.raises(WrongState):
        give_back(hall, ticket.id)


def test_every_change_moves_the_revision_of_its_site_alone(hall: SmallHall) -> None:
    other = hall.database.write(_add_site)
    revisions = select(SiteRevision.site_id, SiteRevision.revision)
    before: dict[int, int] = dict(hall.rows(revisions))
    ticket = hall.issue()
    cancel(hall, ticket.id)
    after: dict[int, int] = dict(hall.rows(revisions))
    assert after[hall.site_id] == before[hall.site_id] + 2
    assert after[other] == before[other]


def test_a_refusal_changes_nothing_and_tells_nobody(hall: SmallHall) -> None:
    before = hall.rows(select(SiteRevision.revision))
    with pytest.raises(Unknown):
        hall.issue("thue")
    assert hall.rows(select(SiteRevision.revision)) == before
    assert hall.rows(select(func.count()).select_from(Ticket))[0][0] == 0
    assert hall.facts == []
