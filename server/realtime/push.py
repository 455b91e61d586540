"""Pushes: every watched picture that a commit changed, whole, and the only place that emits."""

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import gevent
from flask_socketio import SocketIO
from gevent.lock import BoundedSemaphore
from sqlalchemy import Connection

from server.domain.facts import Fact, TicketCalled, TicketChanged
from server.domain.refusals import StorageUnavailable, Unknown
from server.queries import revisions, tickets
from server.realtime import pictures
from server.realtime.pictures import Watched
from server.storage.session import Database
from server.wire import BOARD, TICKET

JOINED_SECONDS = 0.05
TICKET_SECONDS = 2.0
FRESH_FOR = timedelta(seconds=1)
"""How long a board that was drawn answers newcomers: time alone takes a call off its list."""

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
        self._boards: dict[Watched, dict[str, Any]] = {}
        self._revisions: dict[int, int] = {}
        self._pending: set[int] = set()
        self._failing: set[int] = set()
        self._pushed_at: dict[int, float] = defaultdict(float)
        self._tickets_drawn: dict[int, tuple[float, int]] = {}
        self._moved: dict[int, set[int]] = defaultdict(set)
        # One draws at a site at a time, so what is drawn later is never older.
        self._turns: dict[int, BoundedSemaphore] = defaultdict(BoundedSemaphore)

    def watch(self, watched: Watched) -> None:
        """Count one more watcher."""
        at_site = self._watched[watched.site_id]
        at_site[watched] = at_site.get(watched, 0) + 1

    def unwatch(self, watched: Watched) -> None:
        """Count one watcher less; what nobody watches is not drawn."""
        at_site = self._watched[watched.site_id]
        left = at_site.get(watched, 0) - 1
        if left > 0:
            at_site[watched] = left
            return
        at_site.pop(watched, None)
        self._sent.pop(watched, None)
        self._boards.pop(watched, None)
        if not at_site:
            self._watched.pop(watched.site_id, None)
            self._moved.pop(watched.site_id, None)

    def picture(self, watched: Watched) -> dict[str, Any]:
        """The picture as it is now, for one who begins to watch.

        Many who come together, as after a restart, get the one board that was drawn. Raises
        `Unknown` when the thing is no more, `StorageUnavailable`.
        """
        with self._turns[watched.site_id], self._database.read() as connection:
            now = self._database.clock()
            picture = self._drawn_board(connection, watched, now)
            if picture is None:
                picture = pictures.draw(connection, watched, public_url=self._public_url, now=now)
                self._remember(watched, picture)
                if self._sent.get(watched) != _content(picture):
                    # Not all see the same now: the next push is for all, whatever it shows.
                    self._sent.pop(watched, None)
            return picture

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
        """Show what changed; what could not be read stays to be shown, and the sweep comes back."""
        with self._turns[site_id]:
            # From here on a wake-up means another push: it waits for the end of this one.
            self._pending.discard(site_id)
            self._pushed_at[site_id] = monotonic()
            moved = self._moved.pop(site_id, set())
            try:
                self._show(site_id, moved)
            except StorageUnavailable as trouble:
                self._moved[site_id] |= moved
                if site_id not in self._failing:
                    extra = {"site": site_id, "why": trouble.facts.get("reason")}
                    logger.warning("pictures cannot be drawn; the sweep goes on", extra=extra)
                self._failing.add(site_id)
                return
        if site_id in self._failing:
            self._failing.discard(site_id)
            logger.info("pictures are drawn again", extra={"site": site_id})

    def _show(self, site_id: int, moved: set[int]) -> None:
        """Draw in one snapshot, send, and only then remember what was shown."""
        drawn_at, _ = self._tickets_drawn.get(site_id, (0.0, 0))
        due = monotonic() - drawn_at >= TICKET_SECONDS
        with self._database.read() as connection:
            revision = revisions.revisions(connection, [site_id]).get(site_id, 0)
            drawn = self._draw_boards(connection, site_id)
            drawn += self._draw_tickets(connection, site_id, None if due else moved)
        for watched, picture in drawn:
            self._send(watched, picture)
        self._revisions[site_id] = revision
        if not any(w.event == TICKET for w in self._watched.get(site_id, ())):
            self._tickets_drawn.pop(site_id, None)
        elif due:
            self._tickets_drawn[site_id] = (monotonic(), revision)

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
        self, connection: Connection, site_id: int, moved: set[int] | None
    ) -> list[Drawn]:
        """The watched tickets that moved; all of them for None."""
        pages = {w.which for w in self._watched.get(site_id, ()) if w.event == TICKET}
        if pages and moved is not None:
            pages &= set(tickets.tokens_of(connection, moved))
        if not pages:
            return []
        found = tickets.ticket_pictures(connection, pages, now=self._database.clock())
        return [(Watched(TICKET, site_id, token), picture) for token, picture in found.items()]

    def _send(self, watched: Watched, picture: dict[str, Any]) -> None:
        self._remember(watched, picture)
        content = _content(picture)
        if self._sent.get(watched) != content and watched in self._watched.get(watched.site_id, ()):
            self._socketio.emit(watched.event, picture, to=watched.room)
            self._sent[watched] = content

    def _remember(self, watched: Watched, picture: dict[str, Any]) -> None:
        if watched.event == BOARD and watched in self._watched.get(watched.site_id, ()):
            self._boards[watched] = picture

    def _drawn_board(
        self, connection: Connection, watched: Watched, now: datetime
    ) -> dict[str, Any] | None:
        """The board as it was drawn a moment ago, when nothing has changed since."""
        board = self._boards.get(watched)
        if board is None or abs(now - datetime.fromisoformat(board["server_time"])) > FRESH_FOR:
            return None
        stamp = revisions.stamp(connection, watched.site_id, now)
        same = all(board[key] == stamp[key] for key in ("epoch", "revision"))
        return {**board, **stamp} if same else None


def _content(picture: dict[str, Any]) -> dict[str, Any]:
    """What is to be seen, without the stamp that differs each time."""
    return {key: value for key, value in picture.items() if key not in _STAMP}
