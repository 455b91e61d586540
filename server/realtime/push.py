"""Pushes: every watched picture that a commit changed, whole, and the only place that emits."""

import logging
from collections import defaultdict
from time import monotonic
from typing import Any

import gevent
from flask_socketio import SocketIO
from sqlalchemy import Connection

from server.domain.facts import Fact, TicketCalled, TicketChanged
from server.domain.refusals import Unknown
from server.queries import revisions, tickets
from server.realtime import pictures
from server.realtime.pictures import Watched
from server.storage.session import Database
from server.wire import TICKET

JOINED_SECONDS = 0.05
TICKET_SECONDS = 2.0
Drawn = tuple[Watched, dict[str, Any]]
_STAMP = ("epoch", "revision", "server_time")

logger = logging.getLogger(__name__)


class Pusher:
    """Draws what is watched at a site after it changed, and sends what looks different.

    The first change is pushed at once, those that follow within 50 ms together. A ticket's page is
    told of its own state at once and of its place in the line every two seconds.
    """

    def __init__(self, database: Database, socketio: SocketIO, public_url: str) -> None:
        self._database = database
        self._socketio = socketio
        self._public_url = public_url
        self._watched: dict[int, dict[Watched, int]] = defaultdict(dict)
        self._sent: dict[Watched, dict[str, Any]] = {}
        self._revisions: dict[int, int] = {}
        self._pending: set[int] = set()
        self._pushed_at: dict[int, float] = defaultdict(float)
        self._tickets_drawn: dict[int, tuple[float, int]] = {}
        self._moved: dict[int, set[int]] = defaultdict(set)

    def watch(self, watched: Watched) -> dict[str, Any]:
        """Count one more watcher and answer with the picture as it is now."""
        at_site = self._watched[watched.site_id]
        at_site[watched] = at_site.get(watched, 0) + 1
        with self._database.read() as connection:
            return pictures.draw(
                connection, watched, public_url=self._public_url, now=self._database.clock()
            )

    def unwatch(self, watched: Watched) -> None:
        """Count one watcher less; what nobody watches is not drawn."""
        at_site = self._watched[watched.site_id]
        left = at_site.get(watched, 0) - 1
        if left > 0:
            at_site[watched] = left
            return
        at_site.pop(watched, None)
        self._sent.pop(watched, None)
        if not at_site:
            self._watched.pop(watched.site_id, None)

    def on_fact(self, fact: Fact) -> None:
        """React to a commit; never blocks."""
        if isinstance(fact, (TicketCalled, TicketChanged)) and fact.site_id in self._watched:
            self._moved[fact.site_id].add(fact.ticket_id)
        self.wake(fact.site_id)

    def wake(self, site_id: int) -> None:
        """Something changed at the site: push soon, once."""
        if site_id not in self._watched or site_id in self._pending:
            return
        self._pending.add(site_id)
        wait = max(0.0, self._pushed_at[site_id] + JOINED_SECONDS - monotonic())
        gevent.spawn_later(wait, self._push, site_id)

    def sweep(self) -> None:
        """Find what a lost wake-up missed, what another process wrote, and pages that are due."""
        if not self._watched:
            return
        with self._database.read() as connection:
            now = revisions.revisions(connection, list(self._watched))
        for site_id, revision in now.items():
            drawn = self._tickets_drawn.get(site_id, (0.0, revision))
            if self._revisions.get(site_id) != revision or drawn[1] != revision:
                self.wake(site_id)

    def _push(self, site_id: int) -> None:
        self._pending.discard(site_id)
        self._pushed_at[site_id] = monotonic()
        moved = self._moved.pop(site_id, set())
        with self._database.read() as connection:
            revision = revisions.revisions(connection, [site_id]).get(site_id, 0)
            self._revisions[site_id] = revision
            drawn = self._draw_boards(connection, site_id)
            drawn += self._draw_tickets(connection, site_id, revision, moved)
        for watched, picture in drawn:
            self._send(watched, picture)

    def _draw_boards(self, connection: Connection, site_id: int) -> list[Drawn]:
        """The boards and counters of the site that somebody watches."""
        drawn = []
        now = self._database.clock()
        for watched in list(self._watched.get(site_id, ())):
            if watched.event == TICKET:
                continue
            try:
                picture = pictures.draw(connection, watched, public_url=self._public_url, now=now)
            except Unknown:
                logger.warning("a watched thing is gone", extra={"room": watched.room})
                continue
            drawn.append((watched, picture))
        return drawn

    def _draw_tickets(
        self, connection: Connection, site_id: int, revision: int, moved: set[int]
    ) -> list[Drawn]:
        """The watched tickets that moved; every two seconds all of them."""
        pages = {w.which for w in self._watched.get(site_id, ()) if w.event == TICKET}
        if not pages:
            self._tickets_drawn.pop(site_id, None)
            return []
        drawn_at, _ = self._tickets_drawn.get(site_id, (0.0, 0))
        if monotonic() - drawn_at >= TICKET_SECONDS:
            self._tickets_drawn[site_id] = (monotonic(), revision)
        else:
            self._tickets_drawn.setdefault(site_id, (monotonic(), 0))
            pages &= set(tickets.tokens_of(connection, moved))
        found = tickets.ticket_pictures(connection, pages, now=self._database.clock())
        return [(Watched(TICKET, site_id, token), picture) for token, picture in found.items()]

    def _send(self, watched: Watched, picture: dict[str, Any]) -> None:
        content = {key: value for key, value in picture.items() if key not in _STAMP}
        if self._sent.get(watched) != content and watched in self._watched.get(watched.site_id, ()):
            self._sent[watched] = content
            self._socketio.emit(watched.event, picture, to=watched.room)
