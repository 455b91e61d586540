"""Bringing a database to the schema of this version: created, backed up, migrated."""

import secrets
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, select, update

from server.storage.tables import Instance

EPOCH_BYTES = 8
MIGRATION_LOCK = 0x64656E6C  # any number that is ours: "denl"


def upgrade(url: str) -> None:
    """Create the schema, or migrate an older one; does nothing to a current one."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                # Of several processes that start together one migrates, the others wait for it.
                connection.exec_driver_sql(f"SELECT pg_advisory_lock({MIGRATION_LOCK})")
            if _revision(connection) == head():
                return
            connection.commit()
            command.upgrade(_config(url), "head")
            if connection.execute(select(Instance.id)).first() is None:
                connection.execute(insert(Instance).values(id=1, epoch=_new_epoch()))
            connection.commit()
    finally:
        engine.dispose()


def revision(url: str) -> str | None:
    """The schema revision of a database; None for an empty one."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return _revision(connection)
    finally:
        engine.dispose()


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
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(update(Instance).values(epoch=_new_epoch()))
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
