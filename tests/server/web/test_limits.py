"""Limits: who counts as one, and how much is remembered."""

from __future__ import annotations

import pytest

from server.web import limits
from server.web.limits import Limit, TooManyRequests, network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_household_counts_as_one(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_a_limit_remembers_only_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_KEYS", 100)
    limit = Limit(1, 60)
    for key in range(1000):
        limit.count(key)
    assert len(limit._events) == 100
    with pytest.raises(TooManyRequests):
        limit.count(999)


def test_who_has_been_quiet_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr(limits, "MOST_KEYS", 2)
    monkeypatch.setattr(limits, "monotonic", lambda: clock[0])
    limit = Limit(2, 60)
    limit.count("steady")
    limit.count("quiet")
    clock[0] = 59.0
    limit.count("steady")
    clock[0] = 61.0
    limit.count("new")
    limit.count("steady")
    with pytest.raises(TooManyRequests):
        limit.count("steady")
