"""Chores go on through an outage of the database, and say so in one line."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import gevent
import pytest

from server.domain.refusals import StorageUnavailable
from server.workers.loops import Loops


@pytest.fixture
def loops() -> Iterator[Loops]:
    running = Loops()
    yield running
    running.stop()


class Outcomes:
    """A chore that fails as told, turn by turn, and is fine ever after."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.turns = 0

    def chore(self) -> None:
        self.turns += 1
        if self.failures:
            raise self.failures.pop(0)


def wait_until(true: Callable[[], bool]) -> None:
    with gevent.Timeout(10):
        while not true():
            gevent.sleep(0.001)


def test_an_outage_is_one_line_when_it_begins_and_one_when_it_ends(
    loops: Loops, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    away = [StorageUnavailable(reason="connection refused") for _ in range(5)]
    outcomes = Outcomes(*away)
    loops.every(0.001, outcomes.chore)
    wait_until(lambda: outcomes.turns > 7)
    assert [record.message for record in caplog.records] == [
        "a chore waits for the database",
        "a chore goes on",
    ]
    assert not any(record.exc_info for record in caplog.records)


def test_what_is_not_the_databases_fault_keeps_its_traceback(
    loops: Loops, caplog: pytest.LogCaptureFixture
) -> None:
    outcomes = Outcomes(ZeroDivisionError(), ZeroDivisionError())
    loops.every(0.001, outcomes.chore)
    wait_until(lambda: outcomes.turns > 3)
    assert [bool(record.exc_info) for record in caplog.records] == [True, True]


def test_what_must_be_done_once_is_tried_until_it_succeeds(loops: Loops) -> None:
    outcomes = Outcomes(StorageUnavailable(), ZeroDivisionError())
    other = Outcomes()
    loops.until_done(0.001, outcomes.chore)
    loops.every(0.001, other.chore)
    wait_until(lambda: other.turns > 10)
    assert outcomes.turns == 3
