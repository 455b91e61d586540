"""Doors to what a centre offers: services, procedures, menu, printers, the board."""

from urllib.parse import quote

from flask import Response
from sqlalchemy import Connection

from server.domain.refusals import Forbidden, Invalid, Unknown
from server.domain.roles import BOARD_READERS, EVERY_ROLE, STAFF, Role
from server.queries import boards, catalogue, printing
from server.web import shapes
from server.web.routes import Answer, Call, Routes, number, query_text
from server.wire import ANNOUNCEMENT_HEADER

routes = Routes("centre")

MOST_PROCEDURES = 200
_LONGEST_QUESTION = 200
_LONGEST_CODE = 60


@routes.get("/sites/<site>/services", who=EVERY_ROLE, answers={200: shapes.Services})
def services(call: Call) -> Answer:
    """The services, with how many wait for each."""
    with call.database.read() as connection:
        return {"services": catalogue.services(connection, call.site_id, call.now)}


@routes.get("/sites/<site>/menu", who=EVERY_ROLE, answers={200: shapes.Menu})
def menu(call: Call) -> Answer:
    """All that a kiosk or a volunteer chooses from, in one picture."""
    with call.database.read() as connection:
        own = call.who.printer_id
        printer = None if own is None else printing.printer(connection, own)
        return catalogue.menu(connection, call.site_id, printer=printer, now=call.now)


@routes.get(
    "/sites/<site>/procedures",
    who=EVERY_ROLE,
    public="catalogue",
    answers={200: shapes.Procedures},
)
def procedures(call: Call) -> Answer:
    """Procedures by `?q=` (with or without diacritics), best match first, at most `?limit=`."""
    question = query_text("q", longest=_LONGEST_QUESTION)
    limit = _limit(query_text("limit", longest=3, default="20"))
    with call.database.read() as connection:
        return {"procedures": catalogue.find_procedures(connection, call.site_id, question, limit)}


@routes.get(
    "/sites/<site>/procedures/<code>",
    who=EVERY_ROLE,
    public="catalogue",
    answers={200: shapes.Procedure},
)
def procedure(call: Call, code: str) -> Answer:
    """One procedure with its papers, fee and time."""
    with call.database.read() as connection:
        found = catalogue.procedure(connection, call.site_id, code)
    if found is None:
        raise Unknown("procedure", procedure=code)
    return found


@routes.get("/sites/<site>/printers", who=STAFF | {Role.KIOSK}, answers={200: shapes.Printers})
def printers(call: Call) -> Answer:
    """The printers, with the state that each said last."""
    with call.database.read() as connection:
        return {"printers": printing.printers(connection, call.site_id)}


@routes.get("/sites/<site>/board", who=BOARD_READERS, public="board", answers={200: shapes.Board})
def board(call: Call) -> Answer:
    """The board of `?hall=`, or of the whole site."""
    hall = query_text("hall", longest=_LONGEST_CODE) or None
    with call.database.read() as connection:
        _require_own_hall(connection, call, hall)
        picture = boards.board(connection, call.site_id, hall=hall, now=call.now)
    if picture is None:
        raise Unknown("hall", hall=hall)
    return picture


@routes.get(
    "/sites/<site>/calls/<call_id>/voice",
    who=BOARD_READERS,
    public="board",
    answers={200: None},
    refusals=("unknown_call",),
)
def voice(call: Call, call_id: str) -> Answer:
    """The sound of a call (audio/wav); what it says stands, percent-encoded, in X-Announcement."""
    with call.database.read() as connection:
        words = boards.call_words(connection, call.site_id, number(call_id, "call"))
    if words is None:
        raise Unknown("call")
    sound = call.parts.voice(*words)
    response = Response(sound.wav, mimetype="audio/wav")
    response.headers[ANNOUNCEMENT_HEADER] = quote(sound.text)
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def _require_own_hall(connection: Connection, call: Call, hall: str | None) -> None:
    """A display that hangs in a hall reads its own hall, where the board is not public."""
    if call.site is None or call.site.board_public or call.caller is None:
        return
    own = call.caller.hall_id
    if own is not None and (hall is None or boards.hall_id(connection, call.site_id, hall) != own):
        raise Forbidden(hall=hall)


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_PROCEDURES:
        raise Invalid(errors=[{"at": "limit", "problem": f"1 to {MOST_PROCEDURES}"}])
    return int(text)
