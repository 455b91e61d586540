"""Many changes of one site wait for each other: each happens at the moment of its turn."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import text

from server.operations import calls
from server.storage.connect import open_database

if TYPE_CHECKING:
    from server.storage.session import Work
    from tests.server.conftest import FakeClock, SmallHall

DEADLINE = 30
WAITING_FOR_A_ROW = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_who_waited_for_another_change_comes_after_it_in_history(
    postgres_url: str, clock: FakeClock, set_up_hall: Callable[..., SmallHall]
) -> None:
    database = open_database(postgres_url, clock=clock)
    hall = set_up_hall(database)
    ticket = hall.issue()
    hall.open()
    has_site, may_go_on = threading.Event(), threading.Event()

    def slow_change(work: Work) -> None:
        work.lock_site(hall.site_id)
        has_site.set()
        assert may_go_on.wait(DEADLINE)

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(database.write, slow_change)
        assert has_site.wait(DEADLINE)
        call = pool.submit(hall.at_counter, calls.call_next)
        wait_until(lambda: hall.rows(WAITING_FOR_A_ROW)[0][0] == 1)
        clock.advance(seconds=5)
        may_go_on.set()
        slow.result(DEADLINE)
        assert call.result(DEADLINE).ticket_id == ticket.id
    assert hall.step(ticket.id).called_at == clock.now
    assert hall.history(ticket.id)[-1].started_at == clock.now
    database.close()
