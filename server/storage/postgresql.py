"""PostgreSQL: the engines of a server process, none of which waits for ever."""

from typing import Any

from sqlalchemy import Engine, create_engine, make_url

READERS = 16
WRITERS = 4
"""A site's changes go one after the other anyway. More at once would only wait for its row inside
the database, and the one that holds it would wait among them for its turn on the hub.
"""

POOL_SECONDS = 5
CONNECT_SECONDS = 5
LOCK_SECONDS = 8
"""A site's changes queue behind its row: under load the last of a crowd waits some seconds."""

STATEMENT_SECONDS = 10
SILENT_SECONDS = 10
"""After this time a peer that acknowledges nothing is gone."""

ANSWER_SECONDS = 12
"""For a whole transaction: a server that takes bytes and says nothing is noticed by us alone."""


def engine_for(url: str, *, writes: bool) -> Engine:
    """An engine for plain transactions, or one whose reads are whole snapshots."""
    limits = {"statement_timeout": STATEMENT_SECONDS, "lock_timeout": LOCK_SECONDS}
    return create_engine(
        url,
        pool_size=WRITERS if writes else READERS,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
        connect_args=connect_arguments(url, limits),
    )


def engine_for_schema(url: str) -> Engine:
    """An engine for migrations, which may take as long as they need, but not to connect."""
    limits = {"statement_timeout": 0, "lock_timeout": 0}
    return create_engine(url, connect_args=connect_arguments(url, limits))


def connect_arguments(url: str, limits: dict[str, int]) -> dict[str, Any]:
    """Parameters of libpq and of the session; what the address itself says wins.

    https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
    """
    said = make_url(url).query
    options = [f"-c {name}={seconds * 1000}" for name, seconds in limits.items()]
    if "options" in said:
        options.append(str(said["options"]))
    ours = {
        "connect_timeout": CONNECT_SECONDS,
        "keepalives": 1,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": SILENT_SECONDS * 1000,
    }
    kept = {name: value for name, value in ours.items() if name not in said}
    return {**kept, "options": " ".join(options)}
