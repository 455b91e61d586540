"""Ranks in microseconds: exact, the same on every database, a head start and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain.ranking import last_rank, microseconds, moment, rank_at

ARRIVED = datetime(2026, 3, 2, 1, 0, 0, 123_457, tzinfo=UTC)


@pytest.mark.parametrize(
    "when",
    [
        ARRIVED,
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ],
)
def test_a_moment_survives_to_the_microsecond(when: datetime) -> None:
    assert moment(microseconds(when)) == when


def test_the_same_moment_in_another_zone_is_the_same_number() -> None:
    assert microseconds(ARRIVED.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))) == microseconds(ARRIVED)


def test_without_a_head_start_the_rank_is_the_arrival() -> None:
    assert rank_at(ARRIVED, 0) == microseconds(ARRIVED) == last_rank(ARRIVED)


def test_a_head_start_is_an_earlier_arrival() -> None:
    assert rank_at(ARRIVED, 30) == microseconds(ARRIVED - timedelta(minutes=30))


def test_a_microsecond_decides() -> None:
    assert rank_at(ARRIVED, 0) < rank_at(ARRIVED + timedelta(microseconds=1), 0)
