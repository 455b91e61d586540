"""What a manager sees of a centre."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from server.domain.numbering import business_day
from server.operations import calls, printing
from server.operations.calls import finish, start
from server.queries import overview
from server.queries.overview import Line
from server.queries.printing import jobs_in_need
from server.storage.tables import PrintJob

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def lines(hall: SmallHall) -> dict[str, Line]:
    with hall.database.read() as connection:
        return {
            line.code: line for line in overview.lines(connection, hall.site_id, hall.clock.now)
        }


def missing(hall: SmallHall) -> list[tuple[str, str]]:
    """The number and the state of each job that needs somebody."""
    day = business_day(hall.clock.now, "Asia/Ho_Chi_Minh")
    with hall.database.read() as connection:
        return [(job.number, job.state) for job in jobs_in_need(connection, hall.site_id, day)]


def fail_all(hall: SmallHall) -> None:
    hall.database.write(lambda work: work.execute(update(PrintJob).values(state="failed")).rowcount)


def test_a_line_tells_how_many_wait_since_when_and_for_how_many_counters(hall: SmallHall) -> None:
    began = hall.clock.now
    hall.issue("ho-tich")
    hall.clock.advance(minutes=7)
    hall.issue("ho-tich")
    hall.open("1")
    line = lines(hall)["ho-tich"]
    assert (line.waiting, line.longest_since) == (2, began)
    assert (line.counters_open, line.counters) == (1, 2)
    empty = lines(hall)["dat-dai"]
    assert (empty.waiting, empty.longest_since, empty.counters_open) == (0, None, 0)


def test_who_was_called_waits_no_more(hall: SmallHall) -> None:
    hall.issue("ho-tich")
    hall.open("1")
    hall.call_next("1")
    assert lines(hall)["ho-tich"].waiting == 0


def test_the_expected_wait_is_that_of_somebody_who_comes_now(hall: SmallHall) -> None:
    hall.open("1")
    for _ in range(3):
        hall.issue("ho-tich")
        hall.call_next("1")
        hall.at_counter(start)
        hall.clock.advance(minutes=10)
        hall.at_counter(finish)
    for _ in range(3):
        hall.issue("ho-tich")
    assert lines(hall)["ho-tich"].wait == {"low_minutes": 20, "high_minutes": 40}


def test_a_counter_tells_its_officer_and_the_ticket_there_and_since_when(hall: SmallHall) -> None:
    hall.open("1")
    hall.clock.advance(minutes=3)
    hall.issue("ho-tich")
    hall.at_counter(calls.call_next)
    with hall.database.read() as connection:
        first, second = overview.counters(connection, hall.site_id)
    assert (first.number, first.state, first.officer) == ("1", "open", "Ana")
    assert first.state_since == hall.clock.now - timedelta(minutes=3)
    assert (first.ticket, first.ticket_state) == ("A001", "called")
    assert first.ticket_since == hall.clock.now
    assert (second.state, second.officer, second.ticket) == ("closed", None, None)


def test_people_are_listed_managers_first(hall: SmallHall) -> None:
    with hall.database.read() as connection:
        people = overview.staff(connection, hall.site_id)
    assert [person.login for person in people] == ["bo", "cy", "ana", "dan"]
    assert not any(person.has_password for person in people)


def test_a_job_needs_somebody_until_its_ticket_is_printed_again_or_dealt_with(
    hall: SmallHall,
) -> None:
    first, second = (hall.issue("ho-tich", printer="Cửa vào") for _ in range(2))
    assert missing(hall) == [("A002", "queued"), ("A001", "queued")]
    fail_all(hall)
    hall.database.write(
        printing.queue_reprint,
        site_id=hall.site_id,
        ticket_id=first.id,
        by=hall.bo.token_id,
        printer="Cửa vào",
        printer_id=None,
    )
    assert missing(hall) == [("A001", "queued"), ("A002", "failed")]
    hall.open("1")
    for _ in (first, second):
        hall.call_next("1")
        hall.at_counter(start)
        hall.at_counter(finish)
    assert missing(hall) == []


def test_a_slip_of_yesterday_needs_nobody(hall: SmallHall) -> None:
    hall.issue("ho-tich", printer="Cửa vào")
    fail_all(hall)
    hall.clock.advance(days=1)
    assert missing(hall) == []
