"""What makes the hours of a centre plan sound: readable, in order, long enough, never ambiguous."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from server.domain.centre import CentrePlan, ClosedDaysPlan, SitePlan, WeekPlan
from server.domain.hours import Period, day_of, periods_of

Found = Iterator[tuple[str, str]]
"""Where and what: `site.hours.mon[0]`, and plain words."""


def hour_problems(plan: CentrePlan) -> Found:
    """Every rule that the hours of the site, of fields and of services break."""
    last = plan.site.last_ticket_minutes
    yield from _site_hours(plan.site)
    for index, field in enumerate(plan.fields):
        yield from _week_problems(f"fields[{index}].hours", field.hours, last)
    for index, service in enumerate(plan.services):
        yield from _week_problems(f"services[{index}].hours", service.hours, last)


def _site_hours(site: SitePlan) -> Found:
    yield from _week_problems("site.hours", site.hours, site.last_ticket_minutes)
    for index, closed in enumerate(site.closed_days):
        yield from _closed_problems(f"site.closed_days[{index}]", closed)
    first: dict[date, str] = {}
    for index, special in enumerate(site.special_days):
        path = f"site.special_days[{index}]"
        yield from _periods_problems(f"{path}.hours", special.hours, site.last_ticket_minutes)
        yield from _date_problems(f"{path}.date", special.date)
        day = _day(special.date)
        if day is None:
            continue
        if first.setdefault(day, path) != path:
            yield f"{path}.date", f"'{special.date}' is already taken by {first[day]}"
        for place, closed in enumerate(site.closed_days):
            if _holds(closed, day):
                yield f"{path}.date", f"'{special.date}' is a closed day in closed_days[{place}]"


def _week_problems(path: str, week: WeekPlan | None, last_ticket_minutes: int) -> Found:
    if week is None:
        return
    if not week:
        yield path, "names no hours on any day; nobody would ever get a number"
    for day, texts in week.items():
        yield from _periods_problems(f"{path}.{day}", texts, last_ticket_minutes)


def _periods_problems(path: str, texts: Sequence[str], last_ticket_minutes: int) -> Found:
    """An empty text counts as reported already."""
    before: tuple[str, Period] | None = None
    for index, text in enumerate(texts):
        place = f"{path}[{index}]"
        period = _period(text)
        if period is None:
            if text:
                yield place, f"'{text}' must be a period of one day like 07:30-11:30"
            continue
        if period.end <= period.start:
            said = "ends before it begins; a period ends on its own day, at 24:00 at the latest"
            yield place, f"'{text}' {said}"
        elif period.end - period.start <= last_ticket_minutes:
            said = f"is no longer than the {last_ticket_minutes} minutes of last_ticket_minutes"
            yield place, f"'{text}' {said}; nobody would get a number"
        if before is not None and period.start < before[1].end:
            yield place, f"'{text}' begins before '{before[0]}' has ended"
        before = text, period


def _closed_problems(path: str, closed: ClosedDaysPlan) -> Found:
    given = [("date", closed.date), ("from", closed.first), ("to", closed.last)]
    keys = [key for key, text in given if text is not None]
    if keys not in (["date"], ["from", "to"]):
        yield path, "needs either date, or from and to"
    for key, text in given:
        yield from _date_problems(f"{path}.{key}", text)
    first, last = _day(closed.first), _day(closed.last)
    if first is not None and last is not None and last < first:
        yield f"{path}.to", f"'{closed.last}' is before '{closed.first}'"


def _date_problems(path: str, text: str | None) -> Found:
    if text and _day(text) is None:
        yield path, f"'{text}' must be a date like 2027-02-05"


def _holds(closed: ClosedDaysPlan, day: date) -> bool:
    first, last = (_day(closed.date or end) for end in (closed.first, closed.last))
    return first is not None and last is not None and first <= day <= last


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else day_of(text)
    except ValueError:
        return None


def _period(text: str) -> Period | None:
    try:
        return periods_of([text])[0]
    except ValueError:
        return None
