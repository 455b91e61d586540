"""Jobs on their way to a printer: a slow one holds nobody up and is not called lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import gevent
import pytest
from sqlalchemy import select, update

from server.operations import printing
from server.storage.base import AnyRow
from server.storage.connect import open_database
from server.storage.session import Database, Work
from server.storage.tables import Printer, PrintJob
from server.workers import print_dispatch
from server.workers.print_dispatch import PrintDispatch

if TYPE_CHECKING:
    from tests.server.conftest import FakeClock, SmallHall

DEADLINE = 10


@pytest.fixture
def database(sqlite_url: str, clock: FakeClock) -> Iterator[Database]:
    opened = open_database(sqlite_url, clock=clock, grouped=True)
    yield opened
    opened.close()


@pytest.fixture
def dispatch(hall: SmallHall) -> PrintDispatch:
    return PrintDispatch(hall.database, "http://hall", lambda work: work())


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """A file's fsync says that it has begun (first event) and waits for the second."""
    begun, go_on = threading.Event(), threading.Event()

    def fsync(_descriptor: int) -> None:
        begun.set()
        assert go_on.wait(DEADLINE)

    monkeypatch.setattr(os, "fsync", fsync)
    yield begun, go_on
    go_on.set()


def wait_until(true: Callable[[], bool]) -> None:
    with gevent.Timeout(DEADLINE):
        while not true():
            gevent.sleep(0.001)


def move_printer(hall: SmallHall, address: str) -> None:
    def move(work: Work) -> None:
        work.execute(update(Printer).values(address=address))

    hall.database.write(move)


def job(hall: SmallHall) -> AnyRow:
    return hall.rows(select(PrintJob.state, PrintJob.reason, PrintJob.state_since))[0]


def test_a_slow_disk_holds_up_its_own_printer_only(
    hall: SmallHall,
    dispatch: PrintDispatch,
    tmp_path: Path,
    slow_disk: tuple[threading.Event, threading.Event],
) -> None:
    begun, go_on = slow_disk
    move_printer(hall, f"file://{tmp_path}/slips.bin")
    hall.issue(printer="Cửa vào")
    dispatch.begin()
    dispatch.sweep()
    wait_until(begun.is_set)  # which it never would if the disk held up this very greenlet
    assert job(hall).state == "sending"
    go_on.set()
    wait_until(lambda: job(hall).state == "confirmed")


def test_a_job_that_waits_long_is_not_lost(
    hall: SmallHall,
    dispatch: PrintDispatch,
    tmp_path: Path,
    slow_disk: tuple[threading.Event, threading.Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go_on = slow_disk
    monkeypatch.setattr(print_dispatch, "RENEW_SECONDS", 0.01)
    move_printer(hall, f"file://{tmp_path}/slips.bin")
    hall.issue(printer="Cửa vào")
    dispatch.begin()
    dispatch.sweep()
    wait_until(begun.is_set)
    for _ in range(3):
        hall.clock.advance(minutes=1)
        wait_until(lambda: job(hall).state_since == hall.clock.now)
    assert hall.database.write(printing.report_lost_jobs, all_of_them=False) == 0
    go_on.set()
    wait_until(lambda: job(hall).state == "confirmed")


def test_a_pipe_with_nobody_at_its_end_is_refused_and_the_hub_goes_on(
    hall: SmallHall, dispatch: PrintDispatch, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    move_printer(hall, f"file://{tmp_path}/pipe")
    hall.issue(printer="Cửa vào")
    dispatch.begin()
    dispatch.look_at_printers()
    dispatch.sweep()
    wait_until(lambda: job(hall).state == "failed")
    assert job(hall).reason == "bad_address"


def test_nothing_is_printed_before_the_jobs_of_the_last_run_are_known(
    hall: SmallHall, dispatch: PrintDispatch
) -> None:
    move_printer(hall, "screen:")
    hall.issue(printer="Cửa vào")
    dispatch.wake(hall.printer_id)
    dispatch.sweep()
    gevent.sleep(0)
    gevent.idle()
    assert job(hall).state == "queued"
    dispatch.begin()
    dispatch.sweep()
    wait_until(lambda: job(hall).state == "confirmed")
