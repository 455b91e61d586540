"""What screens tell of the lines: the order of the calls, and nobody of yesterday."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from server.domain.lifecycle import TicketState
from server.queries import boards, catalogue, counters, overview, tickets
from server.storage.session import Work
from server.storage.tables import CounterService

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall

LONGEST_WAIT = {"minutes": 90}


def line_at(hall: SmallHall, counter: str) -> list[str]:
    with hall.database.read() as connection:
        picture = counters.counter_picture(
            connection, hall.site_id, hall.counters[counter], public_url="", now=hall.clock.now
        )
    assert picture is not None
    return [ticket["number"] for ticket in picture["waiting"]]


def put_second(work: Work, counter_id: int, service_id: int) -> None:
    line = CounterService.counter_id == counter_id, CounterService.service_id == service_id
    work.execute(update(CounterService).where(*line).values(tier=2))


@pytest.mark.parametrize("microseconds", [0, 1, 600_000])
def test_the_desk_shows_first_who_has_just_waited_too_long(
    hall: SmallHall, microseconds: int
) -> None:
    hall.database.write(put_second, hall.counters["3B"], hall.services["ho-tich"])
    hall.clock.advance(microseconds=300_000)
    too_long = hall.issue("ho-tich")
    hall.issue("dat-dai")
    hall.clock.advance(**LONGEST_WAIT, microseconds=microseconds)
    late = hall.issue("dat-dai")
    assert line_at(hall, "3B") == ["A001", "B001", late.number]
    hall.open("3B")
    assert hall.call_next("3B") == too_long.id


def test_of_two_who_waited_too_long_alike_the_desk_shows_first_who_came_first(
    hall: SmallHall,
) -> None:
    hall.database.write(put_second, hall.counters["3B"], hall.services["ho-tich"])
    first = hall.issue("ho-tich")
    hall.issue("dat-dai")
    hall.clock.advance(**LONGEST_WAIT)
    assert line_at(hall, "3B") == ["A001", "B001"]
    hall.open("3B")
    assert hall.call_next("3B") == first.id


def test_after_midnight_nobody_of_yesterday_is_counted_though_the_day_is_not_closed_yet(
    hall: SmallHall,
) -> None:
    yesterday = hall.issue()
    hall.issue()
    hall.clock.advance(days=1)
    today = hall.issue()
    assert (today.number, today.people_ahead) == ("A001", 0)
    now = hall.clock.now
    with hall.database.read() as connection:
        board = boards.board(connection, hall.site_id, hall=None, now=now)
        line = overview.lines(connection, hall.site_id, now)[0]
        service = catalogue.services(connection, hall.site_id, now)[0]
        pages = tickets.ticket_pictures(connection, [today.token, yesterday.token], now=now)
        view = tickets.ticket_view(connection, today.id, public_url="", now=now)
    assert board is not None and view is not None
    assert board["waiting"] == {"ho-tich": 1, "dat-dai": 0}
    assert board["next"] == [{"service": "ho-tich", "numbers": ["A001"]}]
    assert (line.waiting, service["waiting"]) == (1, 1)
    assert pages[today.token]["people_ahead"] == view["people_ahead"] == 0
    assert pages[yesterday.token]["state"] == TicketState.WAITING
    assert line_at(hall, "1") == ["A001"]
