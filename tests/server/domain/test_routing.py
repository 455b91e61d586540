"""Who is next: past the maximum wait first, then the tiers, then the rank."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from server.domain.ranking import microseconds, rank_at
from server.domain.routing import Candidate, Reason, choose_next

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LONGEST = 90


def waiting(step_id: int, minutes: float, tier: int = 1, head_start: int = 0) -> Candidate:
    """Somebody who has waited so many minutes."""
    arrived = NOW - timedelta(minutes=minutes)
    return Candidate(step_id, tier, rank_at(arrived, head_start), microseconds(arrived))


def chosen(*heads: Candidate) -> tuple[int, Reason] | None:
    choice = choose_next(heads, now=NOW, max_wait_minutes=LONGEST)
    return None if choice is None else (choice[0].step_id, choice[1])


def test_nobody_waits() -> None:
    assert chosen() is None


def test_who_came_first_is_next() -> None:
    assert chosen(waiting(1, 5), waiting(2, 6)) == (2, Reason.IN_ORDER)


def test_who_came_at_the_same_moment_is_called_by_number() -> None:
    assert chosen(waiting(2, 5), waiting(1, 5)) == (1, Reason.IN_ORDER)


def test_a_head_start_is_worth_its_minutes_and_no_more() -> None:
    assert chosen(waiting(1, 20), waiting(2, 0, head_start=30)) == (2, Reason.IN_ORDER)
    assert chosen(waiting(1, 31), waiting(2, 0, head_start=30)) == (1, Reason.IN_ORDER)


def test_a_lower_tier_comes_before_a_longer_wait() -> None:
    assert chosen(waiting(1, 80, tier=2), waiting(2, 1, tier=1)) == (2, Reason.IN_ORDER)


def test_past_the_maximum_neither_tier_nor_head_start_counts() -> None:
    heads = waiting(1, 90, tier=2), waiting(2, 89, tier=1, head_start=60)
    assert chosen(*heads) == (1, Reason.LONGEST_WAIT)


def test_of_two_past_the_maximum_the_longer_wait_is_next() -> None:
    heads = waiting(1, 91, tier=1, head_start=60), waiting(2, 95, tier=3)
    assert chosen(*heads) == (2, Reason.LONGEST_WAIT)


def test_just_below_the_maximum_the_order_is_the_usual_one() -> None:
    heads = waiting(1, 89.99, tier=2), waiting(2, 1, tier=1)
    assert chosen(*heads) == (2, Reason.IN_ORDER)


def test_below_the_maximum_nobody_is_called_while_somebody_is_past_it() -> None:
    chance = random.Random(1)
    for _ in range(500):
        heads = [
            waiting(n, chance.randrange(0, 120), chance.randrange(1, 4), chance.choice([0, 30]))
            for n in range(chance.randrange(1, 8))
        ]
        choice = choose_next(heads, now=NOW, max_wait_minutes=LONGEST)
        assert choice is not None
        limit = microseconds(NOW - timedelta(minutes=LONGEST))
        if any(head.waiting_since <= limit for head in heads):
            assert choice[0].waiting_since == min(head.waiting_since for head in heads)


def test_the_order_of_the_lines_does_not_matter() -> None:
    chance = random.Random(2)
    heads = [waiting(n, chance.randrange(0, 100), chance.randrange(1, 3)) for n in range(8)]
    expected = chosen(*heads)
    for _ in range(50):
        chance.shuffle(heads)
        assert chosen(*heads) == expected
