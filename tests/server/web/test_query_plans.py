"""However long the history, a day's work looks into indexes and never through a whole table."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, event

from server.queries import boards, counters, days, revisions, tickets, waits
from server.workers.housekeeping import Housekeeping

if TYPE_CHECKING:
    from tests.server.web.conftest import Doors

GROWING = "steps|tickets|periods|calls|print_jobs|idempotency_keys"
# Indexes over what is under way: they stay small, so that reading one from end to end is cheap.
SMALL = (
    "ix_steps_line|ix_steps_longest|uq_steps_at_counter|ix_steps_unended"
    "|ix_print_jobs_queue|ix_print_jobs_sending"
)
WHOLE_TABLE = re.compile(rf"SCAN ({GROWING})(_\d+)?\b(?! USING (COVERING )?INDEX ({SMALL})\b)")


@pytest.fixture
def whole_tables() -> Iterator[set[str]]:
    """The statements, run so far, that read a growing table from end to end."""
    found: set[str] = set()

    def explain(_c: Any, cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
            return
        database: sqlite3.Connection = cursor.connection
        plan = database.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        found.update(f"{detail}: {statement}" for *_, detail in plan if WHOLE_TABLE.search(detail))

    event.listen(Engine, "before_cursor_execute", explain)
    yield found
    event.remove(Engine, "before_cursor_execute", explain)


def issue(doors: Doors, **more: Any) -> Any:
    path = f"/sites/{doors.hall.site}/tickets"
    return doors.post(path, {"service": "ho-tich", **more}, doors.cy).json["ticket"]


def test_a_visit_from_the_kiosk_to_the_end_reads_no_whole_table(
    doors: Doors, whole_tables: set[str]
) -> None:
    def at_counter(verb: str, body: Any = None) -> Any:
        answer = doors.post(doors.counter("1", verb), body, doors.ana)
        assert answer.status_code == 200, answer.json
        return answer.json

    at_counter("open")
    for _ in range(5):
        issue(doors, printer="Cửa vào")
    called = at_counter("call-next")["ticket"]
    for verb in ("recall", "start", "hold"):
        at_counter(verb)
    doors.post(f"/tickets/{called['id']}/return", {"reason": "papers"}, doors.cy)
    at_counter("call", {"ticket": called["id"], "reason": "papers"})
    at_counter("transfer", {"service": "dat-dai"})
    at_counter("call-next")
    at_counter("no-show")
    at_counter("call-next")
    at_counter("finish")
    doors.post(f"/tickets/{called['id']}/cancel", {"reason": "gone"}, doors.cy)
    doors.post(f"/tickets/{issue(doors)['token']}/cancel")
    at_counter("close")
    assert whole_tables == set()


def test_every_picture_of_the_hall_reads_no_whole_table(
    doors: Doors, whole_tables: set[str]
) -> None:
    hall = doors.hall
    doors.post(doors.counter("1", "open"), None, doors.ana)
    ticket = issue(doors)
    issue(doors)
    doors.post(doors.counter("1", "call-next"), None, doors.ana)
    doors.get(f"/sites/{hall.site}/services", doors.cy)
    doors.get(f"/sites/{hall.site}/menu", doors.cy)
    doors.get(f"/sites/{hall.site}/counters", doors.cy)
    doors.get(f"/sites/{hall.site}/tickets?number={ticket['number']}", doors.cy)
    doors.get(f"/tickets/{ticket['token']}")
    now = doors.server.database.clock()
    with doors.server.database.read() as connection:
        boards.board(connection, hall.site_id, hall=None, now=now)
        boards.board(connection, hall.site_id, hall="khu-cho", now=now)
        counters.counter_picture(
            connection, hall.site_id, hall.counters["1"], public_url="http://hall", now=now
        )
        tickets.ticket_pictures(connection, [ticket["token"]], now=now)
        waits.pace(connection, hall.site_id, now)
        revisions.revisions(connection, [hall.site_id])
        days.sites_with_open_days(connection, now)
    assert whole_tables == set()


def test_the_chores_read_no_whole_table(doors: Doors, whole_tables: set[str]) -> None:
    issue(doors)
    keeping = Housekeeping(doors.server.database)
    for chore in (
        keeping.after_restart,
        keeping.close_days,
        keeping.find_lost_jobs,
        keeping.forget_old_keys,
    ):
        chore()
    assert whole_tables == set()
