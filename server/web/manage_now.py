"""The manager's first page: every line and counter as it is now, and what needs somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Response
from sqlalchemy import Connection

from server.domain.numbering import business_day
from server.operations.counters import free_counter
from server.queries import overview, printing
from server.queries.overview import Line
from server.storage.base import AnyRow
from server.web.pages import NAVIGATION, Visit
from server.web.routes import number

QUIET_PRINTERS = frozenset({"ready", "unknown"})


@dataclass(frozen=True)
class Place:
    """A hall with its lines and counters; without `hall`: the lines that no counter serves."""

    hall: AnyRow | None
    lines: list[Line]
    counters: list[AnyRow]


@dataclass(frozen=True)
class Figures:
    """The centre in four figures."""

    waiting: int
    at_counters: int
    counters_open: int
    counters: int
    longest: timedelta | None


def show_now(visit: Visit) -> Response:
    """Lines and counters by hall, renewed every few seconds."""
    site, now = visit.here, visit.now
    with visit.database.read() as connection:
        lines = overview.lines(connection, site.id, now)
        counters = overview.counters(connection, site.id)
        halls = overview.halls(connection, site.id)
        troubles = _line_troubles(visit, lines)
        printer_troubles = _printer_troubles(visit, connection)
    return visit.show(
        "manage/now.html",
        at=NAVIGATION["now"],
        now=now,
        figures=_figures(visit, lines, counters),
        places=_places(halls, lines, counters),
        troubles=troubles,
        printer_troubles=printer_troubles,
    )


def close(visit: Visit, counter: str) -> Response:
    """Free a counter whose officer is away; who is there waits again at the old place."""
    visit.database.write(
        free_counter,
        site_id=visit.here.id,
        counter_id=number(counter, "counter"),
        by=visit.who.token_id,
    )
    return visit.go(NAVIGATION["now"], "closed")


def _places(
    halls: Sequence[AnyRow], lines: Sequence[Line], counters: Sequence[AnyRow]
) -> list[Place]:
    places = [
        Place(
            hall,
            [line for line in lines if hall.id in line.halls],
            [counter for counter in counters if counter.hall_id == hall.id],
        )
        for hall in halls
    ]
    unserved = [line for line in lines if not line.halls]
    return [*places, Place(None, unserved, [])] if unserved else places


def _figures(visit: Visit, lines: Sequence[Line], counters: Sequence[AnyRow]) -> Figures:
    longest = min((line.longest_since for line in lines if line.longest_since), default=None)
    return Figures(
        waiting=sum(line.waiting for line in lines),
        at_counters=sum(counter.ticket is not None for counter in counters),
        counters_open=sum(counter.state == "open" for counter in counters),
        counters=len(counters),
        longest=None if longest is None else visit.now - longest,
    )


def _line_troubles(visit: Visit, lines: Sequence[Line]) -> list[str]:
    """Lines in which people wait for nobody, or have waited too long."""
    say, limit = visit.words, timedelta(minutes=visit.here.max_wait_minutes)
    found = []
    unserved = [
        f"{say.name(line)} ({line.waiting})"
        for line in lines
        if line.waiting and not line.counters_open
    ]
    if unserved:
        found.append(say("now.attention.no_counter", lines=" · ".join(unserved)))
    for line in lines:
        name = say.name(line)
        if line.longest_since is not None and visit.now - line.longest_since > limit:
            time = say.span(visit.now - line.longest_since)
            found.append(say("now.attention.too_long", line=name, time=time, limit=say.span(limit)))
    return found


def _printer_troubles(visit: Visit, connection: Connection) -> list[str]:
    """Printers that somebody must see to, and how many slips are missing."""
    say, site = visit.words, visit.here
    found = [
        say("now.attention.printer", printer=row.name, state=say(f"printer.{row.state}").lower())
        for row in printing.printers_in_detail(connection, site.id)
        if row.state not in QUIET_PRINTERS
    ]
    day = business_day(visit.now, site.timezone)
    jobs = [
        job
        for job in printing.jobs_in_need(connection, site.id, day)
        if job.state in ("failed", "unconfirmed")
    ]
    if jobs:
        found.append(say("now.attention.jobs", count=len(jobs)))
    return found
