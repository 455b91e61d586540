"""PostgreSQL: the engines of a server process."""

from sqlalchemy import Engine, create_engine

READERS = 16
WRITERS = 4
"""A site's changes go one after the other anyway. More at once would only wait for its row inside
the database, and the one that holds it would wait among them for its turn on the hub.
"""


def engine_for(url: str, *, writes: bool) -> Engine:
    """An engine for plain transactions, or one whose reads are whole snapshots."""
    return create_engine(
        url,
        pool_size=WRITERS if writes else READERS,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
    )
