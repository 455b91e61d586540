"""Copies of the database: made while it is in use, put back into a stopped one."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import NullPool, create_engine, inspect, make_url

from server.served_lock import ServedLock
from server.storage import schema
from server.storage.connect import sqlite_file

BUSY_SECONDS = 10
SIDE_FILES = ("-wal", "-shm", "-journal")


class BackupError(Exception):
    """A backup or restore that was not done; the message says why, and nothing was changed."""


def backup(url: str, file: Path) -> None:
    """Write the whole database at `url`, which may be in use, to a new file.

    The file appears when it is complete. Raises `BackupError` for a file that exists already.
    """
    if file.exists():
        raise BackupError(f"{file} exists already")
    if not file.parent.is_dir():
        raise BackupError(f"there is no folder {file.parent}")
    database = sqlite_file(url)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        if database is None:
            _run("pg_dump", "--format=custom", f"--file={part}", url=url)
        else:
            _copy_sqlite(database, part)
        _flush_to_disk(part)
        part.rename(file)
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path, url: str, data: Path) -> Path | None:
    """Put a backup in the place of the database at `url`, as a new epoch.

    An SQLite database is moved aside first, and its new path is the answer; a PostgreSQL database
    must be empty. Raises `BackupError`, and `AlreadyServed` while a server holds the data folder.
    """
    if not file.is_file():
        raise BackupError(f"there is no file {file}")
    database = sqlite_file(url)
    with ServedLock(data):
        if database is None:
            _restore_postgresql(file, url)
            return None
        return _restore_sqlite(file, database)


def backup_before_migrating(url: str, data: Path) -> Path | None:
    """Back up an SQLite database whose schema is older than ours; None where there is no need."""
    database = sqlite_file(url)
    if database is None or not database.exists():
        return None
    revision = schema.revision(url)
    if revision in (None, schema.head()) or not schema.is_known(str(revision)):
        return None
    folder = data / "backups"
    folder.mkdir(exist_ok=True)
    file = _unused(folder / f"before-{schema.head()}-{_timestamp()}.db")
    backup(url, file)
    return file


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with closing(_open_sqlite(source)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
    except sqlite3.Error as error:
        raise BackupError(f"{source}: {error}") from error


def _open_sqlite(file: Path) -> sqlite3.Connection:
    """Open a database that exists; a backup on a read-only medium can be read as well."""
    mode = "rw" if os.access(file, os.W_OK) else "ro"
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode={mode}", uri=True, timeout=BUSY_SECONDS)


def _restore_sqlite(file: Path, database: Path) -> Path | None:
    """All that can fail happens beside the old database, which is moved aside at the very end."""
    part = database.with_name(f".{database.name}.part")
    url = f"sqlite:///{part}"
    database.parent.mkdir(parents=True, exist_ok=True)
    _remove(part)
    try:
        _copy_sqlite(file, part)
        _check_sqlite(part, file)
        _check_revision(schema.revision(url), file)
        _renew(url)
        _flush_to_disk(part)
        aside = _move_aside(database)
        part.rename(database)
    finally:
        _remove(part)
    return aside


def _check_sqlite(copy: Path, file: Path) -> None:
    with closing(_open_sqlite(copy)) as connection:
        found = connection.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
    if found != "ok" or orphans:
        raise BackupError(f"{file} is damaged: {found if found != 'ok' else orphans}")


def _check_revision(revision: str | None, file: Path) -> None:
    if revision is None:
        raise BackupError(f"{file} is no backup of Đến Lượt")
    if not schema.is_known(revision):
        raise BackupError(f"{file} was made by a newer version (schema {revision})")


def _renew(url: str) -> None:
    schema.upgrade(url)
    schema.begin_new_epoch(url)


def _move_aside(database: Path) -> Path | None:
    if not database.exists():
        return None
    aside = _unused(database.with_name(f"{database.name}.before-restore-{_timestamp()}"))
    # The side files go first: they belong to the old database and would spoil the new one.
    for end in SIDE_FILES:
        side = database.with_name(database.name + end)
        if side.exists():
            side.rename(aside.with_name(aside.name + end))
    database.rename(aside)
    return aside


def _restore_postgresql(file: Path, url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    if inspect(engine).get_table_names():
        raise BackupError("the PostgreSQL database is not empty; restore into a new one")
    kept = _run("pg_restore", "--data-only", "--table=alembic_version", "--file=-", str(file))
    _check_revision(_revision_in(kept), file)
    plain = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", *plain, str(file), url=url)
    _renew(url)


def _revision_in(dump: str) -> str | None:
    """The schema revision in the text of a dump of `alembic_version`."""
    lines = iter(dump.splitlines())
    for line in lines:
        if line.startswith("COPY ") and "alembic_version" in line:
            return next(lines, "").strip() or None
    return None


def _run(program: str, *arguments: str, url: str | None = None) -> str:
    """Run a program of PostgreSQL; its password never stands in the list of processes."""
    environment = dict(os.environ)
    target: list[str] = []
    if url is not None:
        address = make_url(url)
        if address.password is not None:
            environment["PGPASSWORD"] = str(address.password)
        bare = address.set(drivername="postgresql", password=None).render_as_string()
        target = [f"--dbname={bare}"]
    done = subprocess.run(
        [_program(program), *target, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}")
    return done.stdout


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(f"{name} is not installed; it comes with the PostgreSQL client programs")
    return found


def _flush_to_disk(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _remove(database: Path) -> None:
    for end in ("", *SIDE_FILES):
        database.with_name(database.name + end).unlink(missing_ok=True)


def _timestamp() -> str:
    return datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")


def _unused(file: Path) -> Path:
    """The path itself, or with a number where two were made within one second."""
    taken = 1
    found = file
    while found.exists():
        taken += 1
        found = file.with_name(f"{file.stem}-{taken}{file.suffix}")
    return found
