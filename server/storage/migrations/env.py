"""Runs the migrations; Alembic loads this file."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import create_engine

from server.storage.base import Moment
from server.storage.tables import metadata


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration is frozen: it names the type in the database, not ours, which may change."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Moment) else False


def migrate() -> None:
    """Migrate in one transaction per revision.

    On SQLite a table that is rebuilt is dropped for a moment: with foreign keys on, its children
    would be deleted with it. So they are off, and checked at the end.
    """
    url = context.config.attributes["url"]
    engine = create_engine(url)
    on_sqlite = engine.dialect.name == "sqlite"
    try:
        with engine.connect() as connection:
            if on_sqlite:
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                connection.commit()
            context.configure(
                connection=connection,
                target_metadata=metadata,
                render_as_batch=True,
                compare_type=True,
                render_item=_render,
                transaction_per_migration=True,
            )
            with context.begin_transaction():
                context.run_migrations()
            if on_sqlite:
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"foreign keys are broken after the migration: {broken}")
    finally:
        engine.dispose()


migrate()
