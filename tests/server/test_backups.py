"""Backups are whole and made in use; a restore never loses what was there before."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from server import backups
from server.backups import BackupError
from server.served_lock import AlreadyServed, ServedLock
from server.storage import schema
from server.storage.connect import open_database, sqlite_file
from server.storage.tables import Instance, Ticket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from server.storage.session import Database
    from tests.server.conftest import SmallHall

HOLDER = """
import sys
from pathlib import Path
from server.served_lock import ServedLock
with ServedLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def tickets_in(url: str) -> list[str]:
    database = open_database(url)
    with database.read() as connection:
        numbers = list(connection.execute(select(Ticket.number).order_by(Ticket.id)).scalars())
    database.close()
    return numbers


def epoch_of(url: str) -> str:
    database = open_database(url)
    with database.read() as connection:
        epoch = connection.execute(select(Instance.epoch)).scalar_one()
    database.close()
    return epoch


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder, in which `sqlite_url` puts its database."""
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def served_elsewhere(data: Path) -> Iterator[None]:
    """Another process serves the data folder."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.kill()


def test_a_backup_of_a_hall_at_work_holds_all_its_tickets(
    hall: SmallHall, database_url: str, tmp_path: Path
) -> None:
    hall.issue()
    hall.issue()
    copy = tmp_path / "backup"
    backups.backup(database_url, copy)
    hall.issue()
    assert copy.stat().st_size > 0
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []
    if sqlite_file(database_url):
        assert tickets_in(f"sqlite:///{copy}") == ["A001", "A002"]


def test_a_backup_never_overwrites_a_file(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "kept"
    file.write_text("precious")
    with pytest.raises(BackupError, match="exists already"):
        backups.backup(database_url, file)
    assert file.read_text() == "precious"


def test_a_backup_of_nothing_leaves_no_file(data: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError):
        backups.backup(f"sqlite:///{data / 'denluot.db'}", tmp_path / "backup")
    assert list(tmp_path.iterdir()) == [data]


def test_a_restored_hall_is_as_it_was_in_a_new_epoch_and_the_old_one_is_kept(
    sqlite_url: str, data: Path, tmp_path: Path, set_up_hall: Callable[[Database], SmallHall]
) -> None:
    database = open_database(sqlite_url)
    hall = set_up_hall(database)
    hall.issue()
    backups.backup(sqlite_url, tmp_path / "backup.db")
    hall.issue()
    database.close()
    epoch = epoch_of(sqlite_url)
    aside = backups.restore(tmp_path / "backup.db", sqlite_url, data)
    assert tickets_in(sqlite_url) == ["A001"]
    assert epoch_of(sqlite_url) != epoch
    assert aside is not None and aside.name.startswith("denluot.db.before-restore-")
    assert tickets_in(f"sqlite:///{aside}") == ["A001", "A002"]


def test_a_restore_into_an_empty_folder_makes_the_database(sqlite_url: str, tmp_path: Path) -> None:
    backups.backup(sqlite_url, tmp_path / "backup.db")
    fresh = tmp_path / "fresh"
    url = f"sqlite:///{fresh / 'denluot.db'}"
    assert backups.restore(tmp_path / "backup.db", url, fresh) is None
    assert schema.revision(url) == schema.head()
    assert sorted(file.name for file in fresh.iterdir()) == ["denluot.db", "served.lock"]


@pytest.mark.usefixtures("served_elsewhere")
def test_a_served_hall_is_never_restored_over(sqlite_url: str, data: Path, tmp_path: Path) -> None:
    backups.backup(sqlite_url, tmp_path / "backup.db")
    epoch = epoch_of(sqlite_url)
    with pytest.raises(AlreadyServed, match="already served"):
        backups.restore(tmp_path / "backup.db", sqlite_url, data)
    assert epoch_of(sqlite_url) == epoch


@pytest.mark.usefixtures("served_elsewhere")
def test_a_second_server_on_the_same_data_folder_is_refused(data: Path) -> None:
    with pytest.raises(AlreadyServed), ServedLock(data):
        pass


def test_a_server_that_died_leaves_its_data_folder_free(data: Path) -> None:
    with ServedLock(data):
        pass
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        holder.kill()
    with ServedLock(data):
        pass


@pytest.mark.parametrize("content", [b"", b"not a database" * 100])
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_changed(
    content: bytes, sqlite_url: str, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "backup.db").write_bytes(content)
    before = sorted(file.name for file in data.iterdir() if not file.name.startswith("served"))
    with pytest.raises(BackupError):
        backups.restore(tmp_path / "backup.db", sqlite_url, data)
    after = sorted(file.name for file in data.iterdir() if not file.name.startswith("served"))
    assert before == after


def test_a_damaged_backup_is_refused(sqlite_url: str, data: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    backups.backup(sqlite_url, copy)
    with copy.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)
    with pytest.raises(BackupError):
        backups.restore(copy, sqlite_url, data)


def test_a_backup_with_broken_references_is_refused(
    sqlite_url: str, data: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "backup.db"
    backups.backup(sqlite_url, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("INSERT INTO site_revisions VALUES (77, 1)")
        connection.commit()
    with pytest.raises(BackupError, match="damaged"):
        backups.restore(copy, sqlite_url, data)


def test_a_backup_of_a_newer_version_is_refused(
    sqlite_url: str, data: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "backup.db"
    backups.backup(sqlite_url, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(BackupError, match="newer version"):
        backups.restore(copy, sqlite_url, data)


def test_a_backup_on_a_read_only_medium_can_be_restored(
    sqlite_url: str, data: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "backup.db"
    backups.backup(sqlite_url, copy)
    copy.chmod(0o444)
    assert backups.restore(copy, sqlite_url, data) is not None


def test_a_postgresql_hall_is_restored_into_a_new_database(
    postgres_url: str,
    blank_postgres_url: str,
    data: Path,
    tmp_path: Path,
    set_up_hall: Callable[[Database], SmallHall],
) -> None:
    database = open_database(postgres_url)
    set_up_hall(database).issue()
    database.close()
    backups.backup(postgres_url, tmp_path / "backup")
    backups.restore(tmp_path / "backup", blank_postgres_url, data)
    assert tickets_in(blank_postgres_url) == ["A001"]
    assert epoch_of(blank_postgres_url) != epoch_of(postgres_url)
    with pytest.raises(BackupError, match="not empty"):
        backups.restore(tmp_path / "backup", postgres_url, data)


def test_a_postgresql_backup_that_is_none_is_refused(
    blank_postgres_url: str, data: Path, tmp_path: Path
) -> None:
    (tmp_path / "backup").write_text("not a dump")
    with pytest.raises(BackupError, match="pg_restore"):
        backups.restore(tmp_path / "backup", blank_postgres_url, data)
    assert schema.revision(blank_postgres_url) is None


def test_a_current_or_absent_database_is_not_backed_up_before_serving(
    sqlite_url: str, data: Path, tmp_path: Path
) -> None:
    assert backups.backup_before_migrating(sqlite_url, data) is None
    absent = tmp_path / "absent"
    assert backups.backup_before_migrating(f"sqlite:///{absent / 'denluot.db'}", absent) is None
    assert not absent.exists()


def test_an_older_database_is_backed_up_before_it_is_migrated(
    first_schema: Callable[[str], None], data: Path
) -> None:
    sqlite_url = f"sqlite:///{data / 'denluot.db'}"
    first_schema(sqlite_url)
    file = backups.backup_before_migrating(sqlite_url, data)
    again = backups.backup_before_migrating(sqlite_url, data)
    assert file is not None and again is not None and file != again
    assert file.parent == data / "backups"
    assert file.name.startswith(f"before-{schema.head()}-")
    assert schema.revision(f"sqlite:///{file}") == "0001"
