"""Doors for tickets: take a number, look it up, give it up, come back, print it again."""

from collections.abc import Callable
from typing import Any

from server.domain.refusals import Forbidden, Invalid, Unknown
from server.domain.roles import EVERY_ROLE, ISSUERS, STAFF, Role
from server.operations import printing as print_operations
from server.operations import tickets as operations
from server.queries import printing as print_queries
from server.queries import tickets as queries
from server.web import shapes
from server.web.bodies import CancelTicket, IssueTicket, Reprint, WithReason
from server.web.routes import Answer, Call, Routes, number, query_text

routes = Routes("tickets")

_PRINT_READERS = STAFF | {Role.KIOSK, Role.PRINTER}


@routes.post(
    "/sites/<site>/tickets",
    who=ISSUERS,
    body=IssueTicket,
    answers={201: shapes.Issued, 200: shapes.Issued},
    refusals=("service_closed", "outside_hours", "quota_reached", "already_holding",
              "priority_not_allowed", "unknown_service", "unknown_procedure", "unknown_printer",
              "unknown_priority"),
)  # fmt: skip
def issue(call: Call, body: IssueTicket) -> Answer:
    """Take a number. A failing printer still gives a ticket."""
    done = call.act(
        operations.issue_ticket,
        lambda ticket: str(ticket.id),
        site_id=call.site_id,
        by=call.who.token_id,
        role=call.who.role,
        service=body.service,
        procedures=body.all_procedures,
        priority=body.priority,
        language=body.language,
        printer=body.printer,
        printer_id=call.who.printer_id,
    )
    if done.value is None:
        return _issued_before(call, number(done.subject or "", "ticket")), 200
    ticket = done.value
    moving = call.parts.paces.of(call.site_id)
    job = None
    if ticket.print_job is not None:
        job = {"id": str(ticket.print_job), "state": "queued"}
    return {
        "ticket": {
            "id": str(ticket.id),
            "number": ticket.number,
            "token": ticket.token,
            "state": "waiting",
            "service": ticket.service,
            "field": ticket.field,
            "people_ahead": ticket.people_ahead,
            "estimated_wait": moving.wait(ticket.service_id, ticket.people_ahead),
            "status_url": queries.status_url(call.public_url, ticket.token),
            "issued_at": ticket.issued_at.isoformat(),
        },
        "print_job": job,
    }, 201


@routes.get("/sites/<site>/tickets", who=STAFF, answers={200: shapes.Tickets})
def find(call: Call) -> Answer:
    """Today's ticket with the number `?number=A014`, as a list of none or one."""
    text = query_text("number", longest=16)
    if not text:
        raise Invalid(errors=[{"at": "number", "problem": "give a number such as A014"}])
    with call.database.read() as connection:
        found = queries.tickets_with_number(
            connection, call.site_id, text, public_url=call.public_url, now=call.now
        )
    return {"tickets": found}


@routes.get(
    "/tickets/<token>", public="always", who=EVERY_ROLE, answers={200: shapes.TicketPicture}
)
def status(call: Call, token: str) -> Answer:
    """A ticket as its citizen sees it, by the unguessable token."""
    with call.database.read() as connection:
        pictures = queries.ticket_pictures(connection, [token], now=call.now)
    if token not in pictures:
        raise Unknown("ticket")
    return pictures[token]


@routes.post(
    "/tickets/<ticket>/cancel",
    public="always",
    who=EVERY_ROLE,
    body=CancelTicket,
    answers={200: shapes.OneTicket | shapes.TicketPicture},
    refusals=("wrong_state", "unknown_ticket", "forbidden"),
)
def cancel(call: Call, ticket: str, body: CancelTicket) -> Answer:
    """Staff cancel by id, with a reason; the citizen by the public token, without one."""
    if not _is_id(ticket):
        call.act(operations.give_up_ticket, str, token=ticket)
        return status(call, ticket)
    if call.who.role not in STAFF:
        raise Forbidden(role=call.who.role.value)
    if not body.reason:
        raise Invalid(errors=[{"at": "reason", "problem": "a reason is needed"}])
    return _changed(call, operations.cancel_ticket, ticket, body.reason)


@routes.post(
    "/tickets/<ticket>/return",
    who=STAFF,
    body=WithReason,
    answers={200: shapes.OneTicket},
    refusals=("wrong_state", "unknown_ticket"),
)
def return_to_line(call: Call, ticket: str, body: WithReason) -> Answer:
    """Back into its line, at its old place."""
    return _changed(call, operations.return_ticket, ticket, body.reason)


@routes.post(
    "/tickets/<ticket>/reprint",
    who=STAFF,
    body=Reprint,
    answers={201: shapes.Reprinted, 200: shapes.Reprinted},
    refusals=("unknown_ticket", "unknown_printer"),
)
def reprint(call: Call, ticket: str, body: Reprint) -> Answer:
    """The slip once more, marked BẢN IN LẠI, at a printer by name or at the device's own."""
    ticket_id, site_id = _ticket_of_caller(call, ticket)
    done = call.act(
        print_operations.queue_reprint,
        str,
        site_id=site_id,
        ticket_id=ticket_id,
        by=call.who.token_id,
        printer=body.printer,
        printer_id=call.who.printer_id,
    )
    job_id = number(done.subject or "", "print_job") if done.value is None else done.value
    with call.database.read() as connection:
        job = print_queries.print_job(connection, job_id)
    assert job is not None
    answer = {"print_job": {"id": str(job.id), "state": job.state}}
    return answer, 200 if done.repeated else 201


@routes.get("/print-jobs/<job>", who=_PRINT_READERS, answers={200: shapes.PrintJob})
def print_job(call: Call, job: str) -> Answer:
    """How far a slip is; a kiosk sees those that it asked for."""
    with call.database.read() as connection:
        found = print_queries.print_job(connection, number(job, "print_job"))
    who = call.who
    if found is None or who.site_id not in (None, found.site_id):
        raise Unknown("print_job")
    if who.role is Role.KIOSK and found.requested_by != who.token_id:
        raise Unknown("print_job")
    return {"id": str(found.id), "state": found.state, "reason": found.reason}


def ticket_now(call: Call, ticket_id: int) -> dict[str, Any]:
    """The ticket as staff see it, read after the change."""
    with call.database.read() as connection:
        view = queries.ticket_view(connection, ticket_id, public_url=call.public_url, now=call.now)
    if view is None:
        raise Unknown("ticket")
    return view


def _changed(call: Call, operation: Callable[..., None], ticket: str, reason: str) -> Answer:
    """Run an operation on a ticket wherever it stands, and answer with the ticket."""
    ticket_id, site_id = _ticket_of_caller(call, ticket)
    call.act(
        operation,
        lambda _: ticket,
        site_id=site_id,
        ticket_id=ticket_id,
        by=call.who.token_id,
        reason=reason,
    )
    return {"ticket": ticket_now(call, ticket_id)}


def _issued_before(call: Call, ticket_id: int) -> dict[str, Any]:
    """The answer to a repeated request: the same ticket as it stands now."""
    view = ticket_now(call, ticket_id)
    with call.database.read() as connection:
        job = print_queries.job_of_ticket(connection, ticket_id)
    return {
        "ticket": {key: view[key] for key in shapes.IssuedTicket.model_fields},
        "print_job": job,
    }


def _is_id(text: str) -> bool:
    """An id is short and all digits; a token is longer."""
    return text.isascii() and text.isdigit() and len(text) <= 18


def _ticket_of_caller(call: Call, text: str) -> tuple[int, int]:
    """The ticket's id and site; unknown when it is another site's."""
    ticket_id = number(text, "ticket")
    with call.database.read() as connection:
        owner = queries.owner_of_ticket(connection, ticket_id)
    if owner is None or call.who.site_id not in (None, owner[0]):
        raise Unknown("ticket")
    return ticket_id, owner[0]
