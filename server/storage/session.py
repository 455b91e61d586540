"""Transactions: one `Work` per use case, run whole by a writer or not at all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import gevent
from sqlalchemy import Connection, CursorResult, Engine, Executable, bindparam, exc, update
from sqlalchemy.orm import Session

from server.domain.facts import Fact
from server.domain.refusals import StorageUnavailable, Unknown
from server.storage.tables import SiteRevision

P = ParamSpec("P")
R = TypeVar("R")
Clock = Callable[[], datetime]
FactsListener = Callable[[list[Fact]], None]

# The last: all connections of the pool stayed busy.
_TROUBLE = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)

_BUMP_REVISION = (
    update(SiteRevision)
    .where(SiteRevision.site_id == bindparam("site"))
    .values(revision=SiteRevision.revision + 1)
    .returning(SiteRevision.revision)
)


def utc_now() -> datetime:
    """The real clock."""
    return datetime.now(UTC)


class Work:
    """One transaction: its connection, its one `now`, and the facts to tell after the commit.

    `now` is the moment when the site's turn came to this change, not when somebody asked for it.
    """

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.connection = connection
        self.now = clock()
        self._clock = clock
        self._has_turn = False
        self.facts: list[Fact] = []
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The ORM session of this transaction, made when first wanted: hot paths do without."""
        if self._session is None:
            # The writer alone commits and rolls back.
            self._session = Session(self.connection, join_transaction_mode="rollback_only")
        return self._session

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Run a Core statement; what the session holds back is written first."""
        if self._session is not None:
            self._session.flush()
        return self.connection.execute(statement, parameters or {})

    def claim(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> bool:
        """True when the conditional UPDATE changed one row: nobody else was faster."""
        return self.execute(statement, parameters).rowcount == 1

    def lock_site(self, site_id: int) -> int:
        """Lock the site and take its next revision; the first statement of every change.

        As each change takes this row first, a site's changes have one order and never deadlock.
        """
        revision = self.execute(_BUMP_REVISION, {"site": site_id}).scalar_one_or_none()
        if revision is None:
            raise Unknown("site")
        if not self._has_turn:
            # It may have waited here: earlier, and a later change would lie before this one's.
            self._has_turn, self.now = True, self._clock()
        return int(revision)

    def tell(self, fact: Fact) -> None:
        """Tell the fact when, and only when, the transaction is committed."""
        self.facts.append(fact)

    def close(self, *, keep: bool) -> None:
        """End the session, written (`keep`) or forgotten; no row outlives the use case."""
        if self._session is not None:
            if keep:
                self._session.flush()
            self._session.close()
            self._session = None


@contextmanager
def answering(seconds: float | None) -> Iterator[None]:
    """What is done in it with the database; its trouble becomes `StorageUnavailable`.

    After so many seconds the database counts as silent (on gevent; a command waits as long as its
    connection does). A connection that was cut off is not used again.
    """
    try:
        with gevent.Timeout(seconds) as patience:
            try:
                yield
            except Exception:
                # What broke because it was cut off is told as what it is.
                if seconds is None or patience.pending:
                    raise
                raise patience from None
    except gevent.Timeout as expired:
        if expired is not patience:
            raise
        raise StorageUnavailable(reason=f"no answer within {seconds} s") from None
    except _TROUBLE as error:
        raise StorageUnavailable(reason=str(getattr(error, "orig", error))) from error


class Writer(Protocol):
    """Runs a use case as one transaction and answers with its value after the commit."""

    def run(self, use_case: Callable[[Work], R]) -> R: ...

    def is_alive(self) -> bool: ...

    def close(self) -> None: ...


class TransactionPerCall:
    """A plain transaction for each use case: PostgreSQL, and commands beside a running server."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        on_facts: FactsListener,
        *,
        patience: float | None = None,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._on_facts = on_facts
        self._patience = patience

    def run(self, use_case: Callable[[Work], R]) -> R:
        with answering(self._patience), self._engine.begin() as connection:
            work = Work(connection, self._clock)
            keep = False
            try:
                answer = use_case(work)
                keep = True
            finally:
                work.close(keep=keep)
        if work.facts:
            self._on_facts(work.facts)
        return answer

    def is_alive(self) -> bool:
        return True

    def close(self) -> None:
        self._engine.dispose()


class Database:
    """Where everything is kept; the same interface on SQLite and PostgreSQL.

    `patience`: seconds for a whole read, None for as long as it takes.
    """

    def __init__(
        self,
        *,
        reader: Engine,
        writer: Writer,
        clock: Clock = utc_now,
        patience: float | None = None,
    ) -> None:
        self.reader = reader
        self.clock = clock
        self._writer = writer
        self._patience = patience

    def write(
        self,
        operation: Callable[Concatenate[Work, P], R],
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> R:
        """Run one operation as one transaction.

        Raises `Refused` as the operation raised it, and `StorageUnavailable` when the database did
        not take it; in both cases nothing was changed and no fact is told.
        """
        return self._writer.run(lambda work: operation(work, *arguments, **named))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short read-only transaction: all that is read in it is one snapshot."""
        with answering(self._patience), self.reader.connect() as connection:
            yield connection

    def expect_writer(self) -> None:
        """Raises `StorageUnavailable` when no write will succeed any more."""
        if not self._writer.is_alive():
            raise StorageUnavailable(reason="the writer has stopped")

    def close(self) -> None:
        """Finish what is being written and let go of all connections."""
        self._writer.close()
        self.reader.dispose()
