"""The one writer of an SQLite hall: many use cases, one commit, and nobody pays for another."""

from __future__ import annotations

import logging
import sqlite3
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gevent
import pytest
from sqlalchemy import Connection, Engine, event, func, select, text

from server.domain.facts import Fact, TicketIssued
from server.domain.refusals import Refused, StorageUnavailable, Unknown
from server.domain.roles import Role
from server.operations import tickets
from server.storage.connect import open_database, sqlite_file
from server.storage.session import Database, Work
from server.storage.sqlite import GroupWriter
from server.storage.tables import SiteRevision, Ticket

if TYPE_CHECKING:
    from tests.server.conftest import FakeClock, SmallHall

DEADLINE = 10


@pytest.fixture
def database(sqlite_url: str, clock: FakeClock, facts: list[Fact]) -> Iterator[Database]:
    opened = open_database(sqlite_url, clock=clock, on_facts=facts.extend, grouped=True)
    yield opened
    opened.close()


@pytest.fixture
def wal(sqlite_url: str) -> Path:
    file = sqlite_file(sqlite_url)
    assert file is not None
    return file.with_name(file.name + "-wal")


def commits_in(wal: Path) -> int:
    """How many transactions stand in a write-ahead log; each of them was one fsync.

    A frame that ends a transaction says how large the database is after it, others say 0
    (https://sqlite.org/fileformat2.html#walformat). A reset log begins with a new salt.
    """
    content = wal.read_bytes()
    page = int(struct.unpack(">I", content[8:12])[0])
    frames = range(32, len(content), page + 24)
    heads = [struct.unpack(">II8s", content[start + 0 : start + 16]) for start in frames]
    return sum(1 for _, size, salt in heads if size and salt == content[16:24])


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < deadline, "it never became true"
        gevent.sleep(0.001)


@contextmanager
def slow_disk() -> Iterator[tuple[threading.Event, threading.Event]]:
    """From now on a COMMIT says that it has begun (first event) and waits for the second."""
    begun, go_on = threading.Event(), threading.Event()

    def wait(_connection: Connection) -> None:
        begun.set()
        assert go_on.wait(DEADLINE)

    event.listen(Engine, "commit", wait)
    try:
        yield begun, go_on
    finally:
        go_on.set()
        event.remove(Engine, "commit", wait)


def in_one_batch(database: Database, *use_cases: Callable[[Work], Any]) -> list[Any]:
    """Let the use cases wait while the disk is busy; their answers, or what they raised."""
    with slow_disk() as (begun, go_on):
        first = gevent.spawn(database.write, lambda _work: None)
        wait_until(begun.is_set)
        waiting = [gevent.spawn(_outcome, database, use_case) for use_case in use_cases]
        gevent.sleep(0)
        go_on.set()
        gevent.joinall([first, *waiting], timeout=DEADLINE, raise_error=True)
    return [greenlet.value for greenlet in waiting]


def _outcome(database: Database, use_case: Callable[[Work], Any]) -> Any:
    try:
        return database.write(use_case)
    except (Refused, ZeroDivisionError) as error:
        return error


def issue(hall: SmallHall, service: str = "ho-tich") -> Callable[[Work], str]:
    def use_case(work: Work) -> str:
        return tickets.issue_ticket(
            work, site_id=hall.site_id, by=hall.kiosk.token_id, role=Role.KIOSK, service=service
        ).number

    return use_case


def lose_the_commit(work: Work) -> None:
    """An orphan that SQLite finds at the COMMIT only."""
    work.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    work.connection.execute(text("INSERT INTO site_revisions VALUES (4711, 0)"))


def lose_the_transaction(work: Work) -> None:
    """As SQLite does by itself when the disk is full or fails."""
    work.connection.exec_driver_sql("ROLLBACK")
    raise Unknown("ticket")


def count(hall: SmallHall) -> int:
    return int(hall.rows(select(func.count()).select_from(Ticket))[0][0])


def test_waiting_use_cases_share_one_commit(hall: SmallHall, wal: Path) -> None:
    before = commits_in(wal)
    numbers = in_one_batch(hall.database, *[issue(hall)] * 20)
    assert numbers == [f"A{serial:03}" for serial in range(1, 21)]
    # Who kept the disk busy wrote nothing.
    assert commits_in(wal) - before == 1
    assert count(hall) == 20


def test_a_single_use_case_is_a_commit_of_its_own(hall: SmallHall, wal: Path) -> None:
    before = commits_in(wal)
    for _ in range(3):
        hall.database.write(issue(hall))
    assert commits_in(wal) - before == 3


def test_a_batch_has_an_end(hall: SmallHall, wal: Path) -> None:
    before = commits_in(wal)
    in_one_batch(hall.database, *[issue(hall)] * 65)
    assert commits_in(wal) - before == 2


def test_a_refusal_in_a_batch_does_not_undo_its_neighbours(hall: SmallHall) -> None:
    (before,) = hall.rows(select(SiteRevision.revision))
    first, refused, second = in_one_batch(
        hall.database, issue(hall), issue(hall, "thue"), issue(hall)
    )
    assert (first, second) == ("A001", "A002")
    assert isinstance(refused, Unknown)
    assert hall.rows(select(SiteRevision.revision)) == [(before.revision + 2,)]
    assert [type(fact) for fact in hall.facts] == [TicketIssued, TicketIssued]


def test_a_use_case_that_breaks_after_writing_leaves_nothing_behind(hall: SmallHall) -> None:
    def write_and_break(work: Work) -> None:
        issue(hall)(work)
        work.session.add(SiteRevision(site_id=4711))
        raise ZeroDivisionError

    broken, number = in_one_batch(hall.database, write_and_break, issue(hall))
    assert isinstance(broken, ZeroDivisionError)
    assert number == "A001"
    assert count(hall) == 1
    assert len(hall.facts) == 1


def test_a_lost_commit_refuses_its_whole_batch_and_tells_nobody(
    hall: SmallHall, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        outcomes = in_one_batch(hall.database, issue(hall), lose_the_commit, issue(hall, "thue"))
    assert [type(outcome) for outcome in outcomes] == [StorageUnavailable] * 3
    assert count(hall) == 0
    assert hall.facts == []
    assert hall.database.write(issue(hall)) == "A001"


def test_a_lost_transaction_refuses_its_whole_batch(hall: SmallHall) -> None:
    outcomes = in_one_batch(hall.database, issue(hall), lose_the_transaction, issue(hall))
    assert [type(outcome) for outcome in outcomes] == [StorageUnavailable] * 3
    assert count(hall) == 0
    assert hall.database.write(issue(hall)) == "A001"


def test_trouble_of_the_database_refuses_one_use_case_only(hall: SmallHall) -> None:
    def read_what_is_not_there(work: Work) -> None:
        work.connection.execute(text("SELECT * FROM nowhere"))

    number, refused = in_one_batch(hall.database, issue(hall), read_what_is_not_there)
    assert number == "A001"
    assert isinstance(refused, StorageUnavailable)


class Ruined(MemoryError):
    """What nobody expects."""


def ruin_its_session(work: Work) -> None:
    """Leaves a session that cannot even be closed."""

    def close() -> None:
        raise Ruined

    work.session.close = close  # type: ignore[method-assign]  # as without memory
    raise ZeroDivisionError


def test_what_nobody_expects_refuses_its_batch_and_the_writer_goes_on(hall: SmallHall) -> None:
    outcomes = in_one_batch(hall.database, issue(hall), ruin_its_session, issue(hall))
    assert [type(outcome) for outcome in outcomes] == [StorageUnavailable] * 3
    assert count(hall) == 0
    assert hall.database.write(issue(hall)) == "A001"
    hall.database.expect_writer()


def test_facts_that_cannot_be_told_stop_nobody(
    sqlite_url: str, clock: FakeClock, set_up_hall: Callable[..., SmallHall]
) -> None:
    def deaf(_facts: list[Fact]) -> None:
        raise Ruined

    opened = open_database(sqlite_url, clock=clock, on_facts=deaf, grouped=True)
    hall = set_up_hall(opened)
    assert in_one_batch(opened, issue(hall), issue(hall)) == ["A001", "A002"]
    opened.close()


def test_after_closing_a_use_case_is_refused(sqlite_url: str, clock: FakeClock) -> None:
    opened = open_database(sqlite_url, clock=clock, grouped=True)
    opened.close()
    with pytest.raises(StorageUnavailable):
        opened.write(lambda _work: None)


def test_a_dead_writer_refuses_who_waits_and_who_comes(hall: SmallHall) -> None:
    with slow_disk() as (begun, go_on):
        waiting = [gevent.spawn(_outcome, hall.database, issue(hall))]
        wait_until(begun.is_set)
        waiting.append(gevent.spawn(_outcome, hall.database, issue(hall)))
        gevent.sleep(0)
        kill_writer(hall.database)
        gevent.joinall(waiting, timeout=DEADLINE, raise_error=True)
        go_on.set()
    assert [type(greenlet.value) for greenlet in waiting] == [StorageUnavailable] * 2
    with pytest.raises(StorageUnavailable):
        hall.database.write(issue(hall))
    with pytest.raises(StorageUnavailable):
        hall.database.expect_writer()


def kill_writer(database: Database) -> None:
    """Ends the writer as nothing should."""
    writer = database._writer
    assert isinstance(writer, GroupWriter)
    writer._running.kill()


def test_facts_are_told_on_the_hub_when_everybody_can_read_them(
    sqlite_url: str, clock: FakeClock, set_up_hall: Callable[..., SmallHall]
) -> None:
    seen: list[tuple[int, int]] = []

    def look(_facts: list[Fact]) -> None:
        with opened.read() as connection:
            found = connection.execute(select(func.count()).select_from(Ticket)).scalar_one()
        seen.append((threading.get_ident(), found))

    opened = open_database(sqlite_url, clock=clock, on_facts=look, grouped=True)
    hall = set_up_hall(opened)
    seen.clear()
    in_one_batch(opened, issue(hall), issue(hall))
    opened.close()
    assert seen == [(threading.get_ident(), 2)] * 2


def test_closing_writes_what_was_asked_before(
    sqlite_url: str, clock: FakeClock, set_up_hall: Callable[..., SmallHall]
) -> None:
    opened = open_database(sqlite_url, clock=clock, grouped=True)
    hall = set_up_hall(opened)
    asked = [gevent.spawn(opened.write, issue(hall)) for _ in range(5)]
    gevent.sleep(0)
    opened.close()
    gevent.joinall(asked, timeout=DEADLINE, raise_error=True)
    assert [greenlet.value for greenlet in asked] == ["A001", "A002", "A003", "A004", "A005"]


def test_the_hub_goes_on_while_the_disk_is_slow(hall: SmallHall) -> None:
    with slow_disk() as (begun, go_on):
        writing = gevent.spawn(hall.database.write, issue(hall))
        wait_until(begun.is_set)
        for _ in range(100):
            gevent.sleep(0)
        assert not writing.ready()
        go_on.set()
        assert writing.get(timeout=DEADLINE) == "A001"


def test_the_hub_goes_on_while_a_command_beside_the_server_writes(
    hall: SmallHall, sqlite_url: str
) -> None:
    beside = sqlite3.connect(str(sqlite_file(sqlite_url)), isolation_level=None)
    beside.execute("BEGIN IMMEDIATE")
    writing = gevent.spawn(hall.database.write, issue(hall))
    for _ in range(100):
        gevent.sleep(0)
    assert not writing.ready()
    beside.execute("COMMIT")
    beside.close()
    assert writing.get(timeout=DEADLINE) == "A001"
