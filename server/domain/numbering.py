"""Business days and the numbers that citizens see."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

SERIAL_WIDTH = 3


def business_day(now: datetime, timezone: str) -> date:
    """The site's local date at `now` (aware); numbers restart with it."""
    return now.astimezone(ZoneInfo(timezone)).date()


def label(prefix: str, serial: int) -> str:
    """`A007`: the prefix and at least three digits."""
    return f"{prefix}{serial:0{SERIAL_WIDTH}d}"


def call_key(call_id: int) -> str:
    """A call's id as screens see it: of one width, so that it grows as text as well."""
    return f"{call_id:012d}"
