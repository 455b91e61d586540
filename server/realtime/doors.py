"""The socket's doors: connect, watch, unwatch. Sockets carry no commands."""

import logging
from collections.abc import Callable
from typing import Any

import gevent
from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO, join_room, leave_room

from server.domain.facts import AccessRevoked, Fact
from server.domain.refusals import Refused, Unauthorized
from server.operations.access import fingerprint
from server.queries.access import Caller, bearer, revoked_tokens
from server.realtime import pictures
from server.realtime.allowance import Patience
from server.realtime.pictures import Watched
from server.realtime.push import Pusher
from server.realtime.whole_frames import cut
from server.storage.session import Database
from server.wire import SESSION_COOKIE, UNWATCH, WATCH, own_origin

MOST_WATCHES = 50
MOST_UNREAD = 64
"""Pictures that a socket may leave unread before it is closed; it will ask again, whole."""

PATIENCE = "denluot.patience"
TOO_MANY_REQUESTS = "too_many_requests"

logger = logging.getLogger(__name__)


class Sockets:
    """The sockets of this process: who is behind each, and what each watches.

    `count_stranger` is told the address of each stranger who comes, and raises `Refused` when that
    address asks too often.
    """

    def __init__(
        self,
        socketio: SocketIO,
        database: Database,
        pusher: Pusher,
        public_url: str,
        count_stranger: Callable[[str | None], None],
    ) -> None:
        self._socketio = socketio
        self._database = database
        self._pusher = pusher
        self._public_url = public_url
        self._count_stranger = count_stranger
        self._callers: dict[str, Caller | None] = {}
        self._watches: dict[str, set[Watched]] = {}
        socketio.on_event("connect", self._connect)
        socketio.on_event("disconnect", self._disconnect)
        socketio.on_event(WATCH, self._watch)
        socketio.on_event(UNWATCH, self._unwatch)

    def on_fact(self, fact: Fact) -> None:
        """Close the sockets of a session or token that was revoked; never blocks."""
        if isinstance(fact, AccessRevoked):
            self._close_those_of({fact.token_id})

    def sweep_silent(self) -> None:
        """Close sockets that answer no ping, and those that do not read: what they miss must not
        pile up. One that was closed while it was being written to is not written to any longer.
        """
        for socket in list(self._socketio.server.eio.sockets.values()):
            if not socket.closed and socket.queue.qsize() > MOST_UNREAD:
                logger.warning("a socket does not read", extra={"sid": socket.sid})
                socket.close(wait=False, abort=True)
            if socket.closed or not socket.check_ping_timeout():
                cut(socket)

    def sweep_revoked(self) -> None:
        """Close sockets whose token ended elsewhere: in another process, or by its age."""
        known = {c.token_id for c in self._callers.values() if c is not None}
        if known:
            with self._database.read() as connection:
                ended = revoked_tokens(connection, known, self._database.clock())
            self._close_those_of(ended)

    def _close_those_of(self, token_ids: set[int]) -> None:
        for sid, caller in list(self._callers.items()):
            if caller is not None and caller.token_id in token_ids:
                gevent.spawn(self._socketio.server.disconnect, sid)

    def _connect(self, auth: Any = None) -> None:
        sid = _sid()
        if not self._has_patience(sid):
            raise ConnectionRefusedError(TOO_MANY_REQUESTS)
        secret = auth.get("token") if isinstance(auth, dict) else None
        try:
            caller = self._caller(secret)
            if caller is None:
                self._count_stranger(request.remote_addr)
            if caller is None and secret is not None:
                raise Unauthorized()
        except Refused as refusal:
            raise ConnectionRefusedError(refusal.full_code) from None
        if not self._socketio.server.get_environ(sid):
            raise ConnectionRefusedError("gone")  # while we read; nobody would tell us again
        self._callers[sid] = caller
        self._watches[sid] = set()

    def _caller(self, secret: Any) -> Caller | None:
        """Who connects, by token or session cookie; None for a stranger."""
        cookie = request.cookies.get(SESSION_COOKIE)
        if secret is None and cookie is None:
            return None
        if secret is not None and not isinstance(secret, str):
            return None
        with self._database.read() as connection:
            caller = bearer(connection, fingerprint(secret or cookie or ""), self._database.clock())
        if secret is None and caller is not None and not self._own_page():
            raise ConnectionRefusedError("forbidden")
        if secret is not None and caller is not None and caller.csrf is not None:
            return None  # a session's secret has no business outside its cookie
        return caller

    def _own_page(self) -> bool:
        """A foreign page must not ride on the cookie of ours."""
        return own_origin(request.headers.get("Origin"), request.host_url, self._public_url)

    def _disconnect(self, _reason: Any = None) -> None:
        self._callers.pop(_sid(), None)
        mine = self._watches.pop(_sid(), set())
        while mine:
            self._pusher.unwatch(mine.pop())

    def _has_patience(self, sid: str) -> bool:
        """Count one event of this connection; one that never stops asking is let go.

        The count is the connection's, not the session's: coming again on it is an event, too.
        """
        patience: Patience = request.environ.setdefault(PATIENCE, Patience())
        if patience.asking.take():
            return True
        if not patience.refused.take():
            server = self._socketio.server
            socket = server.eio.sockets.get(server.manager.eio_sid_from_sid(sid, "/"))
            if socket is not None and not socket.closed:
                logger.warning("a socket asks without end", extra={"sid": socket.sid})
                socket.close(wait=False, abort=True)
                cut(socket)
        return False

    def _watch(self, subject: Any = None) -> dict[str, Any]:
        sid = _sid()
        if not self._has_patience(sid):
            return _refusal(TOO_MANY_REQUESTS)
        try:
            watched = self._wanted(sid, subject)
            mine = self._watches.get(sid)
            if mine is None:
                return _refusal("gone")  # while we read: there is nobody to answer
            if watched not in mine and len(mine) >= MOST_WATCHES:
                return _refusal("too_many_watches")
            self._join(watched, mine)
            return {"ok": True, watched.event: self._picture(watched, mine)}
        except Refused as refusal:
            return _refusal(refusal.full_code)

    def _unwatch(self, subject: Any = None) -> dict[str, Any]:
        sid = _sid()
        if not self._has_patience(sid):
            return _refusal(TOO_MANY_REQUESTS)
        try:
            watched = self._wanted(sid, subject)
        except Refused as refusal:
            return _refusal(refusal.full_code)
        self._leave(watched, self._watches.get(sid, set()))
        return {"ok": True}

    def _wanted(self, sid: str, subject: Any) -> Watched:
        with self._database.read() as connection:
            return pictures.wanted(connection, self._callers.get(sid), subject)

    def _join(self, watched: Watched, mine: set[Watched]) -> None:
        if watched not in mine:
            # In the room before the picture is read: a change between the two is not missed.
            join_room(watched.room)
            mine.add(watched)
            self._pusher.watch(watched)

    def _leave(self, watched: Watched, mine: set[Watched]) -> None:
        if watched in mine:
            mine.discard(watched)
            leave_room(watched.room)
            self._pusher.unwatch(watched)

    def _picture(self, watched: Watched, mine: set[Watched]) -> dict[str, Any]:
        try:
            return self._pusher.picture(watched)
        except Refused:
            self._leave(watched, mine)
            raise


def _refusal(code: str) -> dict[str, Any]:
    return {"ok": False, "code": code}


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO adds it
    return sid
