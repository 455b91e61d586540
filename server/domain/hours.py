"""When a centre gives out numbers: its week, its closed days, its days with other hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any, NamedTuple

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD_DAYS = 366
MIDNIGHT = 24 * 60

_PERIOD = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

Week = Mapping[str, Sequence[str]]
"""Periods such as `07:30-11:30` by weekday (`mon` … `sun`); a day that is not named is closed."""


class Period(NamedTuple):
    """A part of one day, in minutes after its midnight; the end is no longer part of it."""

    start: int
    end: int


class Why(StrEnum):
    """Why no number is given out."""

    CLOSED_DAY = "closed_day"  # the centre is closed on this date
    DAY_OFF = "day_off"  # no hours on this day of the week
    NOT_YET = "not_yet"  # before the first period of the day
    BREAK = "break"  # between two periods, or past the last number before the break
    DAY_OVER = "day_over"  # past the last number of the day


@dataclass(frozen=True, slots=True)
class Open:
    """Numbers are given out."""


@dataclass(frozen=True, slots=True)
class Closed:
    """No numbers now. `next_opening`: local and aware, None when none is known within a year.

    `occasion`: the name of today's closed or special day, such as Tết.
    """

    next_opening: datetime | None
    reason: Why
    occasion: str | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours that hold for one service; `periods_on` is the order of precedence.

    `week` is None where numbers are given out around the clock. `closed`: first and last day, and
    a name. `special`: the periods of one date, and a name.
    """

    week: Week | None
    closed: tuple[tuple[date, date, str], ...] = ()
    special: Mapping[date, tuple[tuple[Period, ...], str]] | None = None
    last_ticket_minutes: int = 0

    def periods_on(self, day: date) -> tuple[Period, ...]:
        """When numbers are given out on a date: a closed day wins over a special one over the week.

        Each period ends with its last number, `last_ticket_minutes` before its own end.
        """
        if self.closed_on(day) is not None:
            return ()
        if self.special and day in self.special:
            periods = self.special[day][0]
        elif self.week is None:
            return (Period(0, MIDNIGHT),)
        else:
            periods = periods_of(self.week.get(WEEKDAYS[day.weekday()], ()))
        shortened = (Period(start, end - self.last_ticket_minutes) for start, end in periods)
        return tuple(period for period in shortened if period.start < period.end)

    def closed_on(self, day: date) -> str | None:
        """The name of the closed days that hold this date, None when it is none of them."""
        return next((name for first, last, name in self.closed if first <= day <= last), None)

    def occasion_on(self, day: date) -> str | None:
        """The name of the closed or special day, None for an ordinary one."""
        special = (self.special or {}).get(day)
        return self.closed_on(day) or (special[1] if special else None)


def hours_of(
    *,
    week: Week | None,
    closed_days: Sequence[Mapping[str, Any]],
    special_days: Sequence[Mapping[str, Any]],
    last_ticket_minutes: int,
) -> Hours | None:
    """The hours as the centre file writes them; None when it says nothing: open always.

    `closed_days`: from, to, name. `special_days`: date, hours, name.
    """
    if week is None and not closed_days and not special_days:
        return None
    return Hours(
        week,
        tuple((day_of(day["from"]), day_of(day["to"]), day["name"]) for day in closed_days),
        {day_of(day["date"]): (periods_of(day["hours"]), day["name"]) for day in special_days},
        last_ticket_minutes,
    )


def may_issue(hours: Hours | None, local_now: datetime) -> Open | Closed:
    """Whether a number may be given out at this moment of the centre's own clock.

    Moments are compared, not the hands of clocks: where the clock is put back, a period does not
    come twice. No hours at all means open always.
    """
    if hours is None:
        return Open()
    today, zone, now = local_now.date(), local_now.tzinfo, local_now.astimezone(UTC)
    periods = hours.periods_on(today)
    for period in periods:
        if _at(today, period.start, zone) <= now < _at(today, period.end, zone):
            return Open()
    openings = (opening for opening in _openings(hours, today, zone) if opening > now)
    opening = next(openings, None)
    return Closed(
        None if opening is None else opening.astimezone(zone),
        _why(hours, today, [_at(today, period.start, zone) > now for period in periods]),
        hours.occasion_on(today),
    )


def opening_after_today(hours: Hours | None, local_now: datetime) -> datetime | None:
    """The first opening of a later day; None when no hours are given or none comes in a year."""
    if hours is None:
        return None
    tomorrow = local_now.date() + timedelta(days=1)
    opening = next(_openings(hours, tomorrow, local_now.tzinfo), None)
    return None if opening is None else opening.astimezone(local_now.tzinfo)


def periods_of(texts: Sequence[str]) -> tuple[Period, ...]:
    """The periods written as `07:30-11:30`; raises ValueError for anything else."""
    return tuple(_period(text) for text in texts)


def day_of(text: str) -> date:
    """The date written as `2027-02-05`; raises ValueError for anything else."""
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _period(text: str) -> Period:
    found = _PERIOD.fullmatch(text)
    if found is None:
        raise ValueError(text)
    numbers = [int(number) for number in found.groups()]
    period = Period(numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3])
    if max(period) > MIDNIGHT:
        raise ValueError(text)
    return period


def _why(hours: Hours, today: date, still_to_come: list[bool]) -> Why:
    """`still_to_come`: of each period of today, whether it has not begun."""
    if hours.closed_on(today) is not None:
        return Why.CLOSED_DAY
    if not still_to_come:
        return Why.DAY_OFF
    if all(still_to_come):
        return Why.NOT_YET
    return Why.BREAK if any(still_to_come) else Why.DAY_OVER


def _openings(hours: Hours, first: date, zone: tzinfo | None) -> Iterator[datetime]:
    """Every opening from the first day on, in order, as moments in UTC."""
    for days in range(LOOK_AHEAD_DAYS + 1):
        day = first + timedelta(days=days)
        for period in hours.periods_on(day):
            yield _at(day, period.start, zone)


def _at(day: date, minutes: int, zone: tzinfo | None) -> datetime:
    """The moment when the clock of the zone shows these minutes after midnight, in UTC."""
    if minutes == MIDNIGHT:
        day, minutes = day + timedelta(days=1), 0
    local = datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=zone)
    return local.astimezone(UTC)
