"""Opening the database that the settings name."""

from pathlib import Path

from sqlalchemy import make_url

from server.domain.facts import Fact
from server.storage import postgresql, sqlite
from server.storage.session import (
    Clock,
    Database,
    FactsListener,
    TransactionPerCall,
    Writer,
    utc_now,
)


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite address, None for another database."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        return None
    return Path(address.database or "")


def ignore_facts(_facts: list[Fact]) -> None:
    """For commands beside a server: its sweep finds what they wrote."""


def open_database(
    url: str,
    *,
    clock: Clock = utc_now,
    on_facts: FactsListener = ignore_facts,
    grouped: bool = False,
) -> Database:
    """The database at a SQLAlchemy URL; `grouped`: with the server's group-commit writer.

    Facts are given to `on_facts` after each commit; it must not block.
    """
    file = sqlite_file(url)
    writer: Writer
    if file is None:
        patience = postgresql.ANSWER_SECONDS
        engine = postgresql.engine_for(url, writes=True)
        writer = TransactionPerCall(engine, clock, on_facts, patience=patience)
        reader = postgresql.engine_for(url, writes=False)
        return Database(reader=reader, writer=writer, clock=clock, patience=patience)
    if grouped:
        writer = sqlite.GroupWriter(file, clock, on_facts)
    else:
        writer = TransactionPerCall(sqlite.engine_for(file, writes=True), clock, on_facts)
    return Database(reader=sqlite.engine_for(file, writes=False), writer=writer, clock=clock)
