"""Runs the migrations; Alembic loads this file."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from server.storage import schema
from server.storage.base import Moment
from server.storage.tables import metadata


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration is frozen: it names the type in the database, not ours, which may change."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


def migrate() -> None:
    """Migrate in one transaction: who is cut off finds the database as it was.

    On SQLite a table that is rebuilt is dropped for a moment: with foreign keys on, its children
    would be deleted with it. So they are off, and checked at the end.
    """
    engine = schema.engine_for(context.config.attributes["url"], migrates=True)
    on_sqlite = engine.dialect.name == "sqlite"
    try:
        with engine.connect() as connection:
            if on_sqlite:
                # Inside a transaction this would say yes and do nothing.
                driver = connection.connection.driver_connection
                assert driver is not None
                driver.execute("PRAGMA foreign_keys = OFF")
            context.configure(
                connection=connection,
                target_metadata=metadata,
                render_as_batch=True,
                compare_type=True,
                render_item=_render,
                transactional_ddl=True,
            )
            with context.begin_transaction():
                context.run_migrations()
                if on_sqlite:
                    _check_references(connection)
    finally:
        engine.dispose()


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"foreign keys are broken after the migration: {broken}")


migrate()
