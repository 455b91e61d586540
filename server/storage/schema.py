"""Bringing a database to the schema of this version: created, backed up, migrated."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, insert, make_url, select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from server.domain.refusals import StorageUnavailable
from server.storage import postgresql
from server.storage.sqlite import begin_explicitly
from server.storage.tables import Instance

EPOCH_BYTES = 8
MIGRATION_LOCK = 0x64656E6C  # any number that is ours: "denl"


def engine_for(url: str, *, migrates: bool = False) -> Engine:
    """An engine for work on the schema: it may take long, and what is cut off is undone whole."""
    if make_url(url).get_backend_name() == "postgresql":
        return postgresql.engine_for_schema(url)
    engine = create_engine(url)
    begin_explicitly(engine, "BEGIN IMMEDIATE" if migrates else "BEGIN")
    return engine


def upgrade(url: str) -> None:
    """Create the schema, or migrate an older one; does nothing to a current one.

    Raises `StorageUnavailable` when the database cannot be reached.
    """
    with _connection(url) as connection:
        if connection.dialect.name == "postgresql":
            # Of several processes that start together one migrates, the others wait for it.
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
        current = _revision(connection)
        connection.commit()
        if current != head():
            command.upgrade(_config(url), "head")
        # Also where an earlier start was cut off between the two.
        if connection.execute(select(Instance.id)).first() is None:
            connection.execute(insert(Instance).values(id=1, epoch=_new_epoch()))
        connection.commit()


def revision(url: str) -> str | None:
    """The schema revision of a database; None for an empty one. Raises as `upgrade` does."""
    with _connection(url) as connection:
        return _revision(connection)


def head() -> str:
    """The schema revision of this version."""
    found = ScriptDirectory.from_config(_config("")).get_current_head()
    assert found is not None
    return found


def is_known(revision: str) -> bool:
    """True for a schema revision that this version can bring up to its own."""
    scripts = ScriptDirectory.from_config(_config("")).walk_revisions()
    return revision in {script.revision for script in scripts}


def begin_new_epoch(url: str) -> None:
    """After a restore: screens must accept older revisions again."""
    with _connection(url) as connection:
        connection.execute(update(Instance).values(epoch=_new_epoch()))
        connection.commit()


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine = engine_for(url)
    try:
        try:
            connection = engine.connect()
        except (OperationalError, InterfaceError) as error:
            raise StorageUnavailable(reason=str(error.orig)) from error
        with connection:
            yield connection
    finally:
        engine.dispose()


def _new_epoch() -> str:
    return secrets.token_hex(EPOCH_BYTES)


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = url
    return config
