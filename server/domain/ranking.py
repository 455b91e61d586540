"""Who is next: ranks in microseconds, so that priority is a head start and nothing else."""

from datetime import UTC, datetime, timedelta

MICROSECONDS = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970 UTC of an aware moment; exact, as databases keep them."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment(value: int) -> datetime:
    """The aware UTC moment of `microseconds`."""
    return _EPOCH + timedelta(microseconds=value)


def rank_at(arrived: datetime, head_start_minutes: int) -> int:
    """The rank of a ticket: its arrival minus the head start of its priority class."""
    return microseconds(arrived) - head_start_minutes * 60 * MICROSECONDS


def last_rank(now: datetime) -> int:
    """The rank that puts a step behind everybody who waits now without a head start."""
    return microseconds(now)
