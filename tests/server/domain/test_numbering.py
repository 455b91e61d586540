"""Business days and the numbers that citizens see."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from server.domain.numbering import business_day, call_key, label


@pytest.mark.parametrize(
    ("prefix", "serial", "shown"),
    [("A", 1, "A001"), ("A", 42, "A042"), ("BC", 999, "BC999"), ("A", 1000, "A1000")],
)
def test_a_number_has_a_prefix_and_at_least_three_digits(
    prefix: str, serial: int, shown: str
) -> None:
    assert label(prefix, serial) == shown


@pytest.mark.parametrize(
    ("utc", "zone", "day"),
    [
        (datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC), "Asia/Ho_Chi_Minh", date(2026, 3, 1)),
        (datetime(2026, 3, 1, 17, 0, tzinfo=UTC), "Asia/Ho_Chi_Minh", date(2026, 3, 2)),
        (datetime(2026, 3, 1, 17, 0, tzinfo=UTC), "UTC", date(2026, 3, 1)),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "Asia/Ho_Chi_Minh", date(2027, 1, 1)),
    ],
)
def test_the_business_day_is_the_date_on_the_wall_of_the_hall(
    utc: datetime, zone: str, day: date
) -> None:
    assert business_day(utc, zone) == day


def test_call_ids_grow_as_text_too() -> None:
    ids = [1, 9, 10, 99, 100, 12_345_678]
    assert sorted(call_key(n) for n in ids) == [call_key(n) for n in ids]
