"""PostgreSQL: the engines of a server process."""

from sqlalchemy import Engine, create_engine

POOL = 20


def engine_for(url: str, *, writes: bool) -> Engine:
    """An engine for plain transactions, or one whose reads are whole snapshots."""
    return create_engine(
        url,
        pool_size=POOL,
        max_overflow=POOL,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
    )
