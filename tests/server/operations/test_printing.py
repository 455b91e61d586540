"""Print jobs: asked for, claimed by one worker, and reported as the paper went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from server.domain.facts import PrintJobQueued
from server.domain.refusals import Invalid, Unknown
from server.operations import printing
from server.operations.printing import ClaimedJob
from server.storage.base import AnyRow
from server.storage.tables import Printer, PrintJob, SiteRevision, VirtualSlip

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def job(hall: SmallHall, job_id: int | None) -> AnyRow:
    return hall.rows(select(*PrintJob.__table__.c).where(PrintJob.id == job_id))[0]


def claim(hall: SmallHall, name: str = "worker") -> ClaimedJob | None:
    return hall.database.write(printing.claim_job, printer_id=hall.printer_id, claim=name)


def claimed(hall: SmallHall, name: str = "worker") -> ClaimedJob:
    found = claim(hall, name)
    assert found is not None
    return found


def queue(hall: SmallHall) -> int:
    queued = hall.issue(printer="Cửa vào").print_job
    assert queued is not None
    return queued


def reprint(hall: SmallHall, ticket_id: int, **more: Any) -> int:
    return hall.database.write(
        printing.queue_reprint,
        site_id=hall.site_id,
        ticket_id=ticket_id,
        by=hall.cy.token_id,
        **({"printer": None, "printer_id": None} | more),
    )


def test_a_reprint_is_a_new_job_marked_as_a_copy(hall: SmallHall) -> None:
    ticket = hall.issue()
    hall.facts.clear()
    for goal in ({"printer": "Cửa vào"}, {"printer_id": hall.printer_id}):
        again = job(hall, reprint(hall, ticket.id, **goal))
        assert (again.copy, again.state, again.ticket_id) == (True, "queued", ticket.id)
        assert again.requested_by == hall.cy.token_id
    assert hall.facts == [PrintJobQueued(hall.site_id, hall.printer_id)] * 2


def test_a_reprint_needs_a_ticket_and_a_printer_of_the_hall(hall: SmallHall) -> None:
    ticket = hall.issue()
    with pytest.raises(Unknown) as refusal:
        reprint(hall, 4711, printer="Cửa vào")
    assert refusal.value.thing == "ticket"
    with pytest.raises(Unknown) as refusal:
        reprint(hall, ticket.id, printer="Không có")
    assert refusal.value.thing == "printer"
    with pytest.raises(Invalid):
        reprint(hall, ticket.id)


def test_jobs_are_claimed_in_order_and_one_at_a_time(hall: SmallHall) -> None:
    first, second = queue(hall), queue(hall)
    one = claimed(hall)
    assert (one.id, one.attempts, one.people_ahead) == (first, 1, 0)
    assert job(hall, first).state == "sending"
    assert claim(hall, "another worker") is None
    hall.database.write(printing.report_printed, job=one, state="confirmed", reason=None)
    assert claimed(hall).id == second


def test_an_idle_printer_has_no_job(hall: SmallHall) -> None:
    assert claim(hall) is None


@pytest.mark.parametrize("state", ["sent", "confirmed", "unconfirmed"])
def test_what_left_for_the_paper_is_never_sent_again(hall: SmallHall, state: str) -> None:
    queue(hall)
    hall.database.write(printing.report_printed, job=claimed(hall), state=state, reason=None)
    hall.clock.advance(hours=1)
    assert claim(hall) is None


def test_a_job_that_did_not_print_is_tried_again_later_and_later_and_then_given_to_staff(
    hall: SmallHall,
) -> None:
    queued = queue(hall)
    waits = []
    while job(hall, queued).state == "queued":
        waited = 0
        while (attempt := claim(hall)) is None:
            hall.clock.advance(seconds=1)
            waited += 1
        waits.append(waited)
        hall.database.write(
            printing.report_not_printed, job=attempt, reason="offline", retryable=True
        )
    assert waits == [0, 2, 5, 10, 20, 30]
    assert (job(hall, queued).state, job(hall, queued).reason) == ("failed", "offline")
    assert claim(hall) is None


def test_where_trying_again_cannot_help_staff_decide_at_once(hall: SmallHall) -> None:
    queued = queue(hall)
    hall.database.write(
        printing.report_not_printed, job=claimed(hall), reason="error", retryable=False
    )
    assert job(hall, queued).state == "failed"


def test_a_late_report_of_a_lost_worker_is_dropped(hall: SmallHall) -> None:
    queued = queue(hall)
    lost = claimed(hall, "lost")
    hall.database.write(printing.report_not_printed, job=lost, reason="timeout", retryable=True)
    hall.clock.advance(seconds=2)
    claimed(hall, "new")
    hall.database.write(printing.report_printed, job=lost, state="confirmed", reason=None)
    assert (job(hall, queued).state, job(hall, queued).claim) == ("sending", "new")


def test_jobs_of_a_dead_process_are_unconfirmed_and_not_printed_twice(hall: SmallHall) -> None:
    queued = queue(hall)
    claimed(hall)
    assert hall.database.write(printing.report_lost_jobs, all_of_them=False) == 0
    hall.clock.advance(minutes=6)
    assert hall.database.write(printing.report_lost_jobs, all_of_them=False) == 1
    found = job(hall, queued)
    assert (found.state, found.reason) == ("unconfirmed", "server_restarted")


def test_a_job_whose_worker_lives_is_never_lost_and_one_whose_worker_died_is_soon(
    hall: SmallHall,
) -> None:
    queue(hall)
    queue(hall)
    waits_for_paper = claimed(hall)
    for _ in range(30):
        hall.clock.advance(seconds=30)
        hall.database.write(printing.renew_claim, job=waits_for_paper)
        assert hall.database.write(printing.report_lost_jobs, all_of_them=False) == 0
    hall.clock.advance(seconds=46)
    assert hall.database.write(printing.report_lost_jobs, all_of_them=False) == 1
    hall.database.write(printing.renew_claim, job=waits_for_paper)
    assert job(hall, waits_for_paper.id).state == "unconfirmed"
    assert claimed(hall).id != waits_for_paper.id


def test_at_the_start_of_the_only_server_every_job_on_the_way_is_lost(hall: SmallHall) -> None:
    queue(hall)
    claimed(hall)
    assert hall.database.write(printing.report_lost_jobs, all_of_them=True) == 1


def test_print_progress_moves_no_picture(hall: SmallHall) -> None:
    queue(hall)
    before = hall.rows(select(SiteRevision.revision))
    hall.database.write(printing.report_printed, job=claimed(hall), state="sent", reason=None)
    assert hall.rows(select(SiteRevision.revision)) == before


def test_a_printers_state_is_news_once(hall: SmallHall) -> None:
    def say(state: str) -> bool:
        return hall.database.write(
            printing.report_printer_state, printer_id=hall.printer_id, state=state
        )

    hall.clock.advance(minutes=1)
    since = hall.clock.now
    assert say("paper_out")
    hall.clock.advance(minutes=1)
    assert not say("paper_out")
    (printer,) = hall.rows(select(Printer.state, Printer.state_since))
    assert printer == ("paper_out", since)


def test_a_virtual_printer_keeps_its_last_hundred_slips(hall: SmallHall) -> None:
    queue(hall)
    one = claimed(hall)
    for number in range(103):
        hall.database.write(printing.keep_virtual_slip, job=one, data=b"%d" % number)
    (kept,) = hall.rows(select(func.count(), func.min(VirtualSlip.id), func.max(VirtualSlip.id)))
    assert kept[0] == kept[2] - kept[1] + 1 == 100
    (oldest,) = hall.rows(select(VirtualSlip.data).order_by(VirtualSlip.id).limit(1))
    assert oldest.data == b"3"


def test_a_printer_is_added_once_and_moved_by_its_name(hall: SmallHall) -> None:
    def add(address: str) -> int:
        return hall.database.write(
            printing.add_printer,
            site=hall.site,
            name="Tầng 2",
            address=address,
            profile={"paper_mm": 80},
        )

    assert add("screen:") == add("tcp://10.0.0.8:9100")
    (printer,) = hall.rows(select(Printer.address).where(Printer.name == "Tầng 2"))
    assert printer.address == "tcp://10.0.0.8:9100"
    assert hall.issue(printer="Tầng 2").print_job is not None


def test_a_printers_name_is_as_long_as_a_ticket_may_name(hall: SmallHall) -> None:
    def add(name: str) -> int:
        return hall.database.write(
            printing.add_printer, site=hall.site, name=name, address="screen:", profile={}
        )

    add("Ă" * 60)
    for name in ("", "Ă" * 61):
        with pytest.raises(Invalid):
            add(name)


def test_a_printer_of_an_unknown_site_is_refused(hall: SmallHall) -> None:
    with pytest.raises(Unknown) as refusal:
        hall.database.write(printing.add_printer, site="x", name="P", address="screen:", profile={})
    assert refusal.value.thing == "site"
