"""Who is next at a counter: three lines that anyone in the hall can check."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.ranking import MICROSECONDS, microseconds


class Reason(StrEnum):
    """Why this one is next."""

    LONGEST_WAIT = "longest_wait"
    IN_ORDER = "in_order"


@dataclass(frozen=True)
class Candidate:
    """The head of one line; `rank_at` and `waiting_since` in microseconds."""

    step_id: int
    tier: int
    rank_at: int
    waiting_since: int


def choose_next(
    heads: Iterable[Candidate], *, now: datetime, max_wait_minutes: int
) -> tuple[Candidate, Reason] | None:
    """The candidate to call, and why; None when nobody waits.

    (a) Who waited past the maximum comes first, the longest wait before all; (b) then the tiers of
    the counter; (c) then the rank, then the id.
    """
    candidates = list(heads)
    limit = microseconds(now) - max_wait_minutes * 60 * MICROSECONDS
    overdue = [c for c in candidates if c.waiting_since <= limit]
    if overdue:
        return min(overdue, key=lambda c: (c.waiting_since, c.step_id)), Reason.LONGEST_WAIT
    if candidates:
        return min(candidates, key=lambda c: (c.tier, c.rank_at, c.step_id)), Reason.IN_ORDER
    return None
