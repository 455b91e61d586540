"""Doors for counters: sit down, call, serve, put aside, send on."""

from collections.abc import Callable
from typing import Any

from server.domain.numbering import call_key
from server.domain.refusals import CounterBusy, Unknown
from server.domain.roles import MANAGERS, SERVERS, STAFF, Role
from server.operations import calls, counters
from server.queries import counters as queries
from server.web import shapes
from server.web.bodies import CallChosen, HoldTicket, Nothing, TicketGuard, TransferTicket
from server.web.routes import Answer, Call, Routes, number
from server.web.tickets import ticket_now

routes = Routes("counters")

_CLOSERS = SERVERS | MANAGERS
_AT_COUNTER = ("counter_closed", "wrong_state", "wrong_ticket", "forbidden", "unknown_counter")


@routes.get("/sites/<site>/counters", who=STAFF, answers={200: shapes.Counters})
def list_counters(call: Call) -> Answer:
    """The counters in their order, with the ticket at each."""
    with call.database.read() as connection:
        return {"counters": queries.counters(connection, call.site_id)}


@routes.post(
    "/counters/<counter>/open",
    who=SERVERS,
    answers={200: shapes.Counter},
    refusals=("counter_taken", "unknown_counter"),
)
def open_counter(call: Call, counter: str, body: Nothing) -> Answer:
    """Sit down, or come back from a pause."""
    return _set_state(call, counter, counters.open_counter)


@routes.post(
    "/counters/<counter>/pause",
    who=SERVERS,
    answers={200: shapes.Counter},
    refusals=("counter_closed", "counter_taken", "unknown_counter"),
)
def pause_counter(call: Call, counter: str, body: Nothing) -> Answer:
    """A break: nobody is called, the counter stays held."""
    return _set_state(call, counter, counters.pause_counter)


@routes.post(
    "/counters/<counter>/close",
    who=_CLOSERS,
    answers={200: shapes.Counter},
    refusals=("counter_taken", "counter_busy", "unknown_counter"),
)
def close_counter(call: Call, counter: str, body: Nothing) -> Answer:
    """Leave the counter; a manager frees it for an absent officer."""
    counter_id, site_id = _counter_of_caller(call, counter)
    officer = call.who.staff_id if call.who.role is Role.OFFICER else None
    call.act(
        counters.close_counter,
        lambda _: counter,
        site_id=site_id,
        counter_id=counter_id,
        officer_id=officer,
    )
    return _counter_now(call, site_id, counter_id)


@routes.post(
    "/counters/<counter>/call-next",
    who=SERVERS,
    answers={200: shapes.OneCalledTicket, 204: None},
    refusals=("counter_closed", "counter_busy", "forbidden", "unknown_counter"),
)
def call_next(call: Call, counter: str, body: Nothing) -> Answer:
    """Call who is next; 204 when nobody waits."""
    return _called(call, counter, calls.call_next)


@routes.post(
    "/counters/<counter>/call",
    who=SERVERS,
    body=CallChosen,
    answers={200: shapes.OneCalledTicket},
    refusals=("counter_closed", "counter_busy", "wrong_state", "service_not_here", "forbidden",
              "unknown_ticket"),
)  # fmt: skip
def call_chosen(call: Call, counter: str, body: CallChosen) -> Answer:
    """Call one ticket of the counter's lines out of order; the reason is kept."""
    return _called(call, counter, calls.call_chosen, ticket_id=int(body.ticket), reason=body.reason)


@routes.post(
    "/counters/<counter>/recall",
    who=SERVERS,
    body=TicketGuard,
    answers={200: shapes.OneCalledTicket},
    refusals=_AT_COUNTER,
)
def recall(call: Call, counter: str, body: TicketGuard) -> Answer:
    """Call the ticket at the counter once more."""
    return _called(call, counter, calls.recall, ticket_id=_guard(body))


@routes.post(
    "/counters/<counter>/start",
    who=SERVERS,
    body=TicketGuard,
    answers={200: shapes.OneTicket},
    refusals=_AT_COUNTER,
)
def start(call: Call, counter: str, body: TicketGuard) -> Answer:
    """The citizen is at the counter."""
    return _served(call, counter, calls.start, ticket_id=_guard(body))


@routes.post(
    "/counters/<counter>/finish",
    who=SERVERS,
    body=TicketGuard,
    answers={200: shapes.OneTicket},
    refusals=_AT_COUNTER,
)
def finish(call: Call, counter: str, body: TicketGuard) -> Answer:
    """The service is done; a visit with a further step waits for it."""
    return _served(call, counter, calls.finish, ticket_id=_guard(body))


@routes.post(
    "/counters/<counter>/no-show",
    who=SERVERS,
    body=TicketGuard,
    answers={200: shapes.OneTicket},
    refusals=_AT_COUNTER,
)
def no_show(call: Call, counter: str, body: TicketGuard) -> Answer:
    """Nobody came."""
    return _served(call, counter, calls.mark_no_show, ticket_id=_guard(body))


@routes.post(
    "/counters/<counter>/hold",
    who=SERVERS,
    body=HoldTicket,
    answers={200: shapes.OneTicket},
    refusals=_AT_COUNTER,
)
def hold(call: Call, counter: str, body: HoldTicket) -> Answer:
    """Put the ticket aside; the counter is free."""
    return _served(call, counter, calls.hold, ticket_id=_guard(body), reason=body.reason)


@routes.post(
    "/counters/<counter>/transfer",
    who=SERVERS,
    body=TransferTicket,
    answers={200: shapes.OneTicket},
    refusals=(*_AT_COUNTER, "unknown_service", "service_not_here"),
)
def transfer(call: Call, counter: str, body: TransferTicket) -> Answer:
    """Send the ticket to another line or counter, at the place of its arrival."""
    return _served(
        call,
        counter,
        calls.transfer,
        ticket_id=_guard(body),
        service=body.service,
        to_counter_id=None if body.counter is None else int(body.counter),
        reason=body.reason,
    )


def _guard(body: TicketGuard | TransferTicket) -> int | None:
    return None if body.ticket is None else int(body.ticket)


def _set_state(call: Call, counter: str, operation: Callable[..., None]) -> Answer:
    counter_id, site_id = _counter_of_caller(call, counter)
    call.act(
        operation,
        lambda _: counter,
        site_id=site_id,
        counter_id=counter_id,
        officer_id=call.who.staff_id,
    )
    return _counter_now(call, site_id, counter_id)


def _called(
    call: Call,
    counter: str,
    operation: Callable[..., calls.CalledTicket | None],
    **goal: Any,
) -> Answer:
    """Run an operation that calls somebody, and answer with the ticket and its call."""
    counter_id, site_id = _counter_of_caller(call, counter)
    try:
        done = call.act(
            operation,
            _call_subject,
            site_id=site_id,
            counter_id=counter_id,
            officer_id=call.who.staff_id,
            by=call.who.token_id,
            **goal,
        )
    except CounterBusy as busy:
        busy.facts["ticket"] = ticket_now(call, int(busy.facts["ticket"]["id"]))
        raise
    subject = done.subject if done.value is None else _call_subject(done.value)
    if subject is None:
        return None, 204
    ticket_id, call_id, reason = subject.split(":")
    return {
        "ticket": {
            **ticket_now(call, int(ticket_id)),
            "call_id": call_key(int(call_id)),
            "next_because": reason,
        }
    }


def _call_subject(called: calls.CalledTicket | None) -> str | None:
    if called is None:
        return None
    return f"{called.ticket_id}:{called.call_id}:{called.next_because}"


def _served(call: Call, counter: str, operation: Callable[..., int], **goal: Any) -> Answer:
    """Run an operation on the ticket at the counter, and answer with the ticket."""
    counter_id, site_id = _counter_of_caller(call, counter)
    done = call.act(
        operation,
        str,
        site_id=site_id,
        counter_id=counter_id,
        officer_id=call.who.staff_id,
        by=call.who.token_id,
        **goal,
    )
    ticket_id = number(done.subject or "", "ticket") if done.value is None else done.value
    return {"ticket": ticket_now(call, ticket_id)}


def _counter_now(call: Call, site_id: int, counter_id: int) -> dict[str, Any]:
    with call.database.read() as connection:
        return queries.counters(connection, site_id, only=counter_id)[0]


def _counter_of_caller(call: Call, text: str) -> tuple[int, int]:
    """The counter's id and site; operations look again whether it is the caller's site."""
    counter_id = number(text, "counter")
    if call.who.site_id is not None:
        return counter_id, call.who.site_id
    with call.database.read() as connection:
        site_id = queries.site_of_counter(connection, counter_id)
    if site_id is None:
        raise Unknown("counter")
    return counter_id, site_id
