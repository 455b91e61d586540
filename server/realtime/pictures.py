"""What can be watched: boards, counters and tickets, each as one picture."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from server.domain.refusals import Forbidden, Invalid, Unauthorized, Unknown
from server.domain.roles import BOARD_READERS, Role
from server.queries import boards, counters, tickets
from server.queries.access import Caller, site_door
from server.wire import BOARD, COUNTER, TICKET

COUNTER_WATCHERS = frozenset({Role.OFFICER, Role.MANAGER, Role.ADMIN})


@dataclass(frozen=True)
class Watched:
    """One thing that screens watch: the event's name, its site, and which one it is."""

    event: str
    site_id: int
    which: str

    @property
    def room(self) -> str:
        """The name of the room of those who watch it."""
        return f"{self.event}:{self.site_id}:{self.which}"


def wanted(connection: Connection, caller: Caller | None, subject: Any) -> Watched:
    """What a `watch` message asks for, when the caller may see it.

    Raises `Invalid`, `Unknown`, `Forbidden`, `Unauthorized`.
    """
    if not isinstance(subject, dict) or not all(
        isinstance(v, str) and len(v) < 100 and "\x00" not in v
        for v in subject.values()
        if v is not None
    ):
        raise Invalid()
    if "ticket" in subject:
        return _wanted_ticket(connection, subject["ticket"])
    if "counter" in subject:
        return _wanted_counter(connection, caller, subject["counter"])
    if "site" in subject:
        return _wanted_board(connection, caller, subject["site"], subject.get("hall"))
    raise Invalid()


def draw(
    connection: Connection, watched: Watched, *, public_url: str, now: datetime
) -> dict[str, Any]:
    """The picture as it is now; raises `Unknown` when the thing is no more."""
    picture: dict[str, Any] | None
    if watched.event == BOARD:
        picture = boards.board(connection, watched.site_id, hall=watched.which or None, now=now)
    elif watched.event == COUNTER:
        picture = counters.counter_picture(
            connection, watched.site_id, int(watched.which), public_url=public_url, now=now
        )
    else:
        found = tickets.ticket_pictures(connection, [watched.which], now=now)
        picture = found.get(watched.which)
    if picture is None:
        raise Unknown(watched.event)
    return picture


def _wanted_ticket(connection: Connection, token: str | None) -> Watched:
    site_id = tickets.site_of_token(connection, token or "")
    if site_id is None:
        raise Unknown("ticket")
    return Watched(TICKET, site_id, token or "")


def _wanted_counter(connection: Connection, caller: Caller | None, text: str | None) -> Watched:
    if caller is None:
        raise Unauthorized()
    if caller.role not in COUNTER_WATCHERS:
        raise Forbidden(role=caller.role.value)
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Unknown("counter")
    site_id = counters.site_of_counter(connection, int(text))
    if site_id is None or caller.site_id not in (None, site_id):
        raise Unknown("counter")
    return Watched(COUNTER, site_id, str(int(text)))


def _wanted_board(
    connection: Connection, caller: Caller | None, code: str | None, hall: str | None
) -> Watched:
    door = site_door(connection, code or "")
    if door is None or (caller is not None and caller.site_id not in (None, door.id)):
        raise Unknown("site")
    hall_id = None if hall is None else boards.hall_id(connection, door.id, hall)
    if hall is not None and hall_id is None:
        raise Unknown("hall")
    if not door.board_public:
        if caller is None:
            raise Unauthorized()
        if caller.role not in BOARD_READERS:
            raise Forbidden(role=caller.role.value)
        if caller.hall_id is not None and caller.hall_id != hall_id:
            raise Forbidden(hall=hall)  # a display reads its own hall
    return Watched(BOARD, door.id, hall or "")
