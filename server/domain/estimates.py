"""How long somebody will wait, as an honest range in steps of five minutes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

STEP_MINUTES = 5
ENOUGH_SERVED = 3


@dataclass(frozen=True)
class WaitRange:
    """A wait between two numbers of minutes, both multiples of five."""

    low_minutes: int
    high_minutes: int


def expected_wait(
    *, people_ahead: int, recent_service_seconds: Sequence[float], open_counters: int
) -> WaitRange | None:
    """The range for somebody with `people_ahead` before them; None when nobody could know.

    Each open counter takes one ticket per median service time, so the wait is the share of the
    people ahead that falls to one counter. Nothing is said while no counter is open, or before
    three tickets were finished: a wrong promise is worse than none.
    """
    if open_counters < 1 or len(recent_service_seconds) < ENOUGH_SERVED:
        return None
    minutes = people_ahead / open_counters * median(recent_service_seconds) / 60
    low = math.floor(minutes * 0.8 / STEP_MINUTES) * STEP_MINUTES
    high = max(math.ceil(minutes * 1.3 / STEP_MINUTES) * STEP_MINUTES, low + STEP_MINUTES)
    return WaitRange(low, high)
