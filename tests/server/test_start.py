"""A server starts and goes on while a command beside it holds the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import gevent
import pytest
from sqlalchemy import select

from server.app import create_server
from server.operations import printing
from server.settings import Settings
from server.storage import schema, sqlite
from server.storage.connect import open_database, sqlite_file
from server.storage.tables import PrintJob

if TYPE_CHECKING:
    from tests.server.conftest import FakeClock, SmallHall


def test_a_server_whose_database_is_held_at_its_start_prints_later(
    sqlite_url: str,
    tmp_path: Path,
    clock: FakeClock,
    set_up_hall: Callable[..., SmallHall],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    before = open_database(sqlite_url, clock=clock)
    hall = set_up_hall(before)
    hall.issue(printer="Cửa vào")
    before.write(printing.claim_job, printer_id=hall.printer_id, claim="of a process that died")
    before.close()

    beside = sqlite3.connect(str(sqlite_file(sqlite_url)), isolation_level=None)
    beside.execute("BEGIN IMMEDIATE")
    schema.upgrade(sqlite_url)
    server = create_server(
        Settings(tmp_path, sqlite_url, None, "a secret of tests", "http://hall", False, 0),
        clock=clock,
    )

    def state() -> str:
        with server.database.read() as connection:
            return str(connection.execute(select(PrintJob.state)).scalar_one())

    server.start_chores()
    gevent.sleep(0.1)
    assert state() == "sending"
    beside.execute("COMMIT")
    beside.close()
    with gevent.Timeout(10):
        while state() != "unconfirmed":
            gevent.sleep(0.01)
    server.stop()
