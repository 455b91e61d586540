"""A PostgreSQL that is away, busy or silent refuses in seconds; nobody waits for ever."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from server.domain.refusals import StorageUnavailable
from server.storage import postgresql, schema
from server.storage.connect import open_database
from server.storage.session import Work

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall

SILENT = """
from gevent import monkey
monkey.patch_all()
import os, signal, sys
from sqlalchemy import text
from server.domain.refusals import StorageUnavailable
from server.storage import postgresql
from server.storage.connect import open_database

postgresql.ANSWER_SECONDS = 1
database = open_database(sys.argv[1])
with database.read() as connection:
    backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
os.kill(backend, signal.SIGSTOP)
try:
    try:
        with database.read() as connection:
            connection.execute(text("SELECT 1"))
    except StorageUnavailable as refusal:
        print(refusal.facts["reason"])
    with database.read() as connection:
        print(connection.execute(text("SELECT 'goes on'")).scalar_one())
finally:
    os.kill(backend, signal.SIGCONT)
"""


def test_a_machine_that_takes_the_connection_and_says_nothing_is_unavailable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgresql, "CONNECT_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"postgresql+psycopg://somebody@127.0.0.1:{mute.getsockname()[1]}/centre"
        database = open_database(url)
        began = monotonic()
        with pytest.raises(StorageUnavailable), database.read():
            pass
        with pytest.raises(StorageUnavailable):
            database.write(lambda _work: None)
        with pytest.raises(StorageUnavailable):
            schema.revision(url)
        assert monotonic() - began < 20
        database.close()


def test_a_server_that_falls_silent_refuses_and_the_next_connection_goes_on(
    postgres_url: str,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SILENT, postgres_url], capture_output=True, text=True, check=False
    )
    if "ProcessLookupError" in done.stderr:
        pytest.skip("PostgreSQL runs on another machine")
    assert done.stdout.splitlines() == ["no answer within 1 s", "goes on"], done.stderr


def test_who_waits_too_long_for_a_site_is_refused(
    postgres_url: str,
    set_up_hall: Callable[..., SmallHall],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(postgresql, "LOCK_SECONDS", 1)
    database = open_database(postgres_url)
    hall = set_up_hall(database)
    holder = create_engine(postgres_url)
    with holder.connect() as connection:
        connection.execute(text("UPDATE site_revisions SET revision = revision"))
        with pytest.raises(StorageUnavailable, match="lock timeout"):
            hall.issue()
        connection.rollback()
    holder.dispose()
    assert hall.issue().number == "A001"
    database.close()


def test_a_statement_without_end_is_refused(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "STATEMENT_SECONDS", 1)
    database = open_database(postgres_url)
    with pytest.raises(StorageUnavailable, match="statement timeout"), database.read() as reading:
        reading.execute(text("SELECT pg_sleep(60)"))
    database.close()


def test_when_all_connections_are_in_use_the_next_is_refused(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "WRITERS", 1)
    monkeypatch.setattr(postgresql, "POOL_SECONDS", 0.1)
    database = open_database(postgres_url)

    def write_while_writing(_work: Work) -> None:
        database.write(lambda _work: None)

    with pytest.raises(StorageUnavailable):
        database.write(write_while_writing)
    database.close()


def test_a_migration_may_take_as_long_as_it_needs(postgres_url: str) -> None:
    administrator = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET statement_timeout = '50ms'")
    administrator.dispose()
    migrating = schema.engine_for(postgres_url)
    with migrating.connect() as connection:
        connection.execute(text("SELECT pg_sleep(0.2)"))
    migrating.dispose()


def test_what_the_address_says_wins() -> None:
    url = "postgresql+psycopg://a@b/c?connect_timeout=30&options=-c%20lock_timeout%3D1"
    engine = postgresql.engine_for(url, writes=True)
    _, said = engine.dialect.create_connect_args(engine.url)
    ours = postgresql.connect_arguments(url, {"lock_timeout": 8})
    assert said["connect_timeout"] == "30" and "connect_timeout" not in ours
    assert ours["options"] == "-c lock_timeout=8000 -c lock_timeout=1"
