"""How long somebody will wait: an honest range, or nothing."""

from __future__ import annotations

import pytest

from server.domain.estimates import WaitRange, expected_wait

TEN_MINUTES = [600.0, 600.0, 600.0]


def wait(ahead: int, seconds: list[float], counters: int) -> WaitRange | None:
    return expected_wait(people_ahead=ahead, recent_service_seconds=seconds, open_counters=counters)


def test_nothing_is_promised_while_no_counter_is_open() -> None:
    assert wait(3, TEN_MINUTES, 0) is None


def test_nothing_is_promised_before_three_were_served() -> None:
    assert wait(3, TEN_MINUTES[:2], 1) is None


@pytest.mark.parametrize(
    ("ahead", "counters", "low", "high"),
    [(0, 1, 0, 5), (1, 1, 5, 15), (3, 1, 20, 40), (3, 3, 5, 15), (12, 2, 45, 80)],
)
def test_the_people_ahead_share_the_open_counters(
    ahead: int, counters: int, low: int, high: int
) -> None:
    assert wait(ahead, TEN_MINUTES, counters) == WaitRange(low, high)


def test_one_long_case_does_not_frighten_the_line() -> None:
    assert wait(2, [*TEN_MINUTES, 7200.0], 1) == wait(2, TEN_MINUTES, 1)


def test_a_range_is_never_empty_and_always_in_steps_of_five() -> None:
    for ahead in range(60):
        for counters in range(1, 6):
            found = wait(ahead, [90.0, 400.0, 1300.0], counters)
            assert found is not None
            assert 0 <= found.low_minutes < found.high_minutes
            assert found.low_minutes % 5 == found.high_minutes % 5 == 0
