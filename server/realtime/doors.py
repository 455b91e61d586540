"""The socket's doors: connect, watch, unwatch. Sockets carry no commands."""

import logging
from collections import defaultdict
from typing import Any

import gevent
from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO, join_room, leave_room

from server.domain.facts import AccessRevoked, Fact
from server.domain.refusals import Refused
from server.operations.access import fingerprint
from server.queries.access import Caller, bearer, revoked_tokens
from server.realtime import pictures
from server.realtime.pictures import Watched
from server.realtime.push import Pusher
from server.storage.session import Database
from server.wire import SESSION_COOKIE, UNWATCH, WATCH, own_origin

MOST_WATCHES = 50
MOST_UNREAD = 64
"""Pictures that a socket may leave unread before it is closed; it will ask again, whole."""

logger = logging.getLogger(__name__)


class Sockets:
    """The sockets of this process: who is behind each, and what each watches."""

    def __init__(
        self, socketio: SocketIO, database: Database, pusher: Pusher, public_url: str
    ) -> None:
        self._socketio = socketio
        self._database = database
        self._pusher = pusher
        self._public_url = public_url
        self._callers: dict[str, Caller | None] = {}
        self._watches: dict[str, set[Watched]] = defaultdict(set)
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
        pile up.
        """
        for socket in list(self._socketio.server.eio.sockets.values()):
            if socket.closed:
                continue
            if socket.queue.qsize() > MOST_UNREAD:
                logger.warning("a socket does not read", extra={"sid": socket.sid})
                gevent.spawn(socket.close, wait=False, abort=True)
            else:
                socket.check_ping_timeout()

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
        secret = auth.get("token") if isinstance(auth, dict) else None
        cookie = request.cookies.get(SESSION_COOKIE)
        if secret is None and cookie is None:
            self._callers[_sid()] = None
            return
        if secret is not None and not isinstance(secret, str):
            raise ConnectionRefusedError("unauthorized")
        with self._database.read() as connection:
            caller = bearer(connection, fingerprint(secret or cookie or ""), self._database.clock())
        if secret is None and caller is not None and not self._own_page():
            raise ConnectionRefusedError("forbidden")
        if secret is not None and (caller is None or caller.csrf is not None):
            raise ConnectionRefusedError("unauthorized")
        self._callers[_sid()] = caller

    def _own_page(self) -> bool:
        """A foreign page must not ride on the cookie of ours."""
        return own_origin(request.headers.get("Origin"), request.host, self._public_url)

    def _disconnect(self, _reason: Any = None) -> None:
        self._callers.pop(_sid(), None)
        for watched in self._watches.pop(_sid(), set()):
            self._pusher.unwatch(watched)

    def _watch(self, subject: Any = None) -> dict[str, Any]:
        sid = _sid()
        try:
            with self._database.read() as connection:
                watched = pictures.wanted(connection, self._callers.get(sid), subject)
            mine = self._watches[sid]
            if watched not in mine and len(mine) >= MOST_WATCHES:
                return {"ok": False, "code": "too_many_watches"}
            # In the room before the picture is read: a change between the two is not missed.
            join_room(watched.room)
            if watched in mine:
                self._pusher.unwatch(watched)
            mine.add(watched)
            return {"ok": True, watched.event: self._pusher.watch(watched)}
        except Refused as refusal:
            return {"ok": False, "code": refusal.full_code}

    def _unwatch(self, subject: Any = None) -> dict[str, Any]:
        sid = _sid()
        try:
            with self._database.read() as connection:
                watched = pictures.wanted(connection, self._callers.get(sid), subject)
        except Refused as refusal:
            return {"ok": False, "code": refusal.full_code}
        if watched in self._watches[sid]:
            self._watches[sid].discard(watched)
            leave_room(watched.room)
            self._pusher.unwatch(watched)
        return {"ok": True}


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]  # Flask-SocketIO adds it
    return sid
