"""Random days at a centre, done by the server and by the rules alone: they never differ.

`make test` does a few dozen days, always the same; `--hypothesis-seed=N` chooses others, and
DENLUOT_PROOF_EXAMPLES=10000 does as many, new ones each time (some five in a second on SQLite; one
database alone with `-k sqlite`). A failure is shrunk to the shortest day that still shows it.
What each verb did is told at the end with `-rP`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS
from hypothesis.stateful import run_state_machine_as_test

from tests.server.proof.day import Morning
from tests.server.proof.machine import HallDay

if TYPE_CHECKING:
    from server.domain.facts import Fact
    from server.storage.session import Database
    from tests.server.conftest import FakeClock

# Left to itself, Hypothesis makes five of six days by repeating parts of the one before.
EACH_DAY_ANEW = "each-day-anew"
AVAILABLE_PROVIDERS[EACH_DAY_ANEW] = "hypothesis.internal.conjecture.providers.HypothesisProvider"

FEW = {"sqlite": 60, "postgresql": 20}
STEPS = 30
DAYS = int(os.environ.get("DENLUOT_PROOF_EXAMPLES", "0"))


@pytest.mark.timeout(0 if DAYS else 600)
def test_every_day_goes_by_the_rules(
    database: Database,
    clock: FakeClock,
    facts: list[Fact],
    request: pytest.FixtureRequest,
) -> None:
    morning = Morning(database, clock, facts)
    seeded = request.config.getoption("--hypothesis-seed", default=None) is not None
    run_state_machine_as_test(
        lambda: HallDay(morning),
        settings=settings(
            max_examples=DAYS or FEW[database.reader.dialect.name],
            stateful_step_count=STEPS,
            derandomize=not DAYS and not seeded,
            backend=EACH_DAY_ANEW,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print_done(morning)


def print_done(morning: Morning) -> None:
    for outcome, times in sorted(morning.done.items()):
        print(f"{times:8} {outcome}")  # noqa: T201 -- the figures of a long proof
