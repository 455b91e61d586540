"""SQLite: durable settings, and the one connection that writes for the whole server."""

import logging
import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar, cast

import gevent
from gevent.event import AsyncResult, Event
from gevent.threadpool import ThreadPool
from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from server.domain.refusals import Refused, StorageUnavailable
from server.storage.session import Clock, FactsListener, Work

R = TypeVar("R")
BATCH = 64
BUSY_SECONDS = 10
RETRY_SECONDS = 0.01
GATHER_SECONDS = 0.005
STOPPED = "the writer has stopped"

logger = logging.getLogger(__name__)


def engine_for(file: Path, *, writes: bool, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine whose transactions begin explicitly: IMMEDIATE for writers, a snapshot for readers.

    Left to itself, Python's driver begins late, and a bare SAVEPOINT would commit at its RELEASE.
    """
    engine = create_engine(
        f"sqlite:///{file}", connect_args={"timeout": busy_seconds, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -16000")
        connection.execute("PRAGMA temp_store = MEMORY")
        if not writes:
            connection.execute("PRAGMA query_only = ON")

    begin_explicitly(engine, "BEGIN IMMEDIATE" if writes else "BEGIN")
    return engine


def begin_explicitly(engine: Engine, begin: str) -> None:
    """Let the engine's transactions begin with this statement, and only so."""

    @event.listens_for(engine, "connect")
    def _no_ideas_of_its_own(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        assert isinstance(connection, sqlite3.Connection)
        connection.isolation_level = None

    def _begin(connection: Any) -> None:
        connection.execute(begin)

    # An event would do, at five times the price.
    engine.dialect.do_begin = _begin  # type: ignore[assignment, method-assign]  # meant to be replaced


@dataclass
class _Job:
    use_case: Callable[[Work], Any]
    result: "AsyncResult[Any]"
    answer: Any = None
    error: BaseException | None = None
    work: Work | None = None


class GroupWriter:
    """Commits waiting use cases together: one fsync for up to 64 of them.

    The use cases run on the hub, one after the other: their statements touch memory only, and no
    second thread competes with them for the interpreter. What waits for the disk, the COMMIT, runs
    in a native thread while the hub goes on. Each use case has its own savepoint, so a refusal
    undoes one and not its neighbours. Answers and facts leave after the COMMIT. A lost transaction
    refuses the whole batch.
    """

    def __init__(self, file: Path, clock: Clock, on_facts: FactsListener) -> None:
        self._engine = engine_for(file, writes=True, busy_seconds=0)
        self._clock = clock
        self._on_facts = on_facts
        self._waiting: deque[_Job] = deque()
        self._asked = Event()
        self._closing = False
        self._disk = ThreadPool(1)
        self._running = gevent.spawn(self._run)

    def run(self, use_case: Callable[[Work], R]) -> R:
        """Queue the use case and wait (this greenlet only) until it is on the disk.

        Raises `StorageUnavailable` after `close`.
        """
        if self._closing or not self.is_alive():
            raise StorageUnavailable(reason=STOPPED)
        job = _Job(use_case, AsyncResult())
        self._waiting.append(job)
        self._asked.set()
        return cast(R, job.result.get())

    def is_alive(self) -> bool:
        """False when nobody writes any more: then no use case will ever be run."""
        return not self._running.dead

    def close(self) -> None:
        """Write what is queued, then stop."""
        self._closing = True
        self._asked.set()
        self._running.join()
        self._disk.kill()
        self._engine.dispose()

    def _run(self) -> None:
        try:
            while self._waiting or not self._closing:
                self._asked.wait()
                self._asked.clear()
                while self._waiting:
                    self._write_some()
        finally:
            # Whatever ended the writer, nobody waits for it in vain.
            left = list(self._waiting)
            _refuse(left, STOPPED)
            self._deliver(left)

    def _write_some(self) -> None:
        batch: list[_Job] = []
        try:
            self._gather()
            batch += [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            self._write(batch)
        # Without its writer the hall stands still: only being killed may end it.
        except BaseException as error:
            _refuse(batch, type(error).__name__)
            if not isinstance(error, Exception):
                raise
            logger.exception("a batch was not written")
        finally:
            self._deliver(batch)

    def _gather(self) -> None:
        """Let requests that have arrived join the batch: its commit costs them nothing."""
        silent: Any = False
        with gevent.Timeout(GATHER_SECONDS, silent):
            gevent.idle()

    def _write(self, batch: list[_Job]) -> None:
        try:
            with self._engine.connect() as connection:
                transaction = _begun(connection)
                driver = connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                for job in batch:
                    self._attempt(connection, driver, job)
                self._disk.apply(transaction.commit)
        except (DBAPIError, sqlite3.Error) as error:
            logger.error("transaction lost: %s", error)
            _refuse(batch, str(error))

    def _attempt(self, connection: Connection, driver: sqlite3.Connection, job: _Job) -> None:
        work = job.work = Work(connection, self._clock)
        driver.execute("SAVEPOINT use_case")
        try:
            job.answer = job.use_case(work)
            work.close(keep=True)
        # Whatever goes wrong in one use case is told to its caller and must not stop the others.
        except BaseException as error:
            work.close(keep=False)
            if not driver.in_transaction:
                # The whole transaction is lost, not this use case alone.
                raise sqlite3.OperationalError(f"transaction lost: {error}") from error
            driver.execute("ROLLBACK TO use_case")
            job.error = _as_refusal(error)
        driver.execute("RELEASE use_case")

    def _deliver(self, batch: list[_Job]) -> None:
        for job in batch:
            if job.error is None:
                job.result.set(job.answer)
            else:
                job.result.set_exception(job.error)
        for job in batch:
            if job.error is None and job.work is not None and job.work.facts:
                try:
                    self._on_facts(job.work.facts)
                # What is written stays written; the sweeps find what was not told.
                except Exception:
                    logger.exception("facts were not told")


def _refuse(batch: list[_Job], reason: str) -> None:
    for job in batch:
        job.error = StorageUnavailable(reason=reason)


def _begun(connection: Connection) -> RootTransaction:
    """Begin; while a command beside the server writes, this greenlet alone waits for it."""
    patience = monotonic() + BUSY_SECONDS
    while True:
        try:
            return connection.begin()
        except OperationalError:
            if monotonic() > patience:
                raise
        gevent.sleep(RETRY_SECONDS)


def _as_refusal(error: BaseException) -> BaseException:
    """Trouble of the database itself is no fault of the use case: the caller may try again."""
    if isinstance(error, Refused) or not isinstance(error, DBAPIError):
        return error
    if isinstance(error.orig, sqlite3.OperationalError):
        return StorageUnavailable(reason=str(error.orig))
    return error
