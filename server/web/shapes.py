"""The shapes of answers, for the OpenAPI document; tests hold the answers against them."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Base of all shapes; an answer with a key that is not described fails a test."""

    model_config = ConfigDict(extra="forbid")


class WaitRange(Shape):
    low_minutes: int
    high_minutes: int


class IssuedTicket(Shape):
    id: str
    number: str
    token: str
    state: str
    service: str
    field: str
    people_ahead: int
    estimated_wait: WaitRange | None
    status_url: str
    issued_at: str


class Ticket(IssuedTicket):
    """A ticket as staff see it."""

    service_name: str
    procedure: str | None
    priority: str | None
    counter: str | None
    reason: str | None
    state_since: str
    called_at: str | None
    calls: int


class PrintJobBrief(Shape):
    id: str
    state: str


class PrintJob(PrintJobBrief):
    reason: str | None


class Issued(Shape):
    ticket: IssuedTicket
    print_job: PrintJobBrief | None


class OneTicket(Shape):
    ticket: Ticket


class CalledTicket(Ticket):
    call_id: str
    next_because: str


class OneCalledTicket(Shape):
    ticket: CalledTicket


class Tickets(Shape):
    tickets: list[Ticket]


class Reprinted(Shape):
    print_job: PrintJobBrief


class BriefTicket(Shape):
    id: str
    number: str
    state: str


class Counter(Shape):
    id: str
    number: str
    name: str
    state: Literal["closed", "open", "paused"]
    services: list[str]
    ticket: BriefTicket | None
    hall: str
    hall_name: str
    agency: str | None
    officer: str | None


class Counters(Shape):
    counters: list[Counter]


class Service(Shape):
    code: str
    name: str
    field: str
    prefix: str
    open: bool
    waiting: int


class Services(Shape):
    services: list[Service]


class FoundProcedure(Shape):
    code: str
    name: str
    official_name: str
    field: str
    field_name: str
    service: str
    service_name: str


class Procedures(Shape):
    procedures: list[FoundProcedure]


class Document(Shape):
    name: str
    originals: int
    copies: int
    condition: str | None


class Procedure(Shape):
    code: str
    name: str
    official_name: str
    field: str
    service: str
    service_name: str
    counters: list[str]
    documents: list[Document]
    fee: str | None
    time: str | None
    portal_url: str | None


class Printer(Shape):
    name: str
    paper: int
    state: str
    reason: str | None
    hall: str | None


class Printers(Shape):
    printers: list[Printer]


class Frequent(Shape):
    """What most people come for; `service` is the line it leads to, of a service its own code."""

    kind: Literal["procedure", "service"]
    code: str
    names: dict[str, str]
    service: str
    field: str


class Opening(Shape):
    """Whether numbers are given out, and if not, why and from when on (RFC 3339, or unknown).

    `occasion`: the name of today's closed or special day, in the language of the centre.
    """

    open: bool
    closed_because: Literal["service_closed", "outside_hours", "quota_reached"] | None
    opens_at: str | None
    occasion: str | None


class MenuService(Opening):
    code: str
    names: dict[str, str]
    field: str
    prefix: str
    waiting: int
    counters: list[str]
    estimated_wait: WaitRange | None


class Menu(Opening):
    """All that a kiosk or a volunteer chooses from; it is open while one service is."""

    site: dict[str, Any]
    fields: list[dict[str, Any]]
    services: list[MenuService]
    frequent: list[Frequent]
    priority_classes: list[dict[str, Any]]
    printer: Printer | None


class BoardCall(Shape):
    call_id: str
    number: str
    counter: str
    called_at: str
    recall: bool


class Serving(Shape):
    number: str
    counter: str


class NextNumbers(Shape):
    service: str
    numbers: list[str]


class Board(Shape):
    epoch: str
    revision: int
    server_time: str
    site: str
    hall: str | None
    calls: list[BoardCall]
    active_calls: list[str]
    serving: list[Serving]
    next: list[NextNumbers]
    waiting: dict[str, int]


class Named(Shape):
    code: str
    name: str


class NamedTwice(Named):
    """`names`: in each language of the screens."""

    names: dict[str, str]


class TicketPicture(Shape):
    """A ticket as its citizen sees it; never a person."""

    epoch: str
    revision: int
    server_time: str
    site: NamedTwice
    number: str
    state: str
    service: NamedTwice
    field: NamedTwice
    procedure: str | None
    people_ahead: int
    estimated_wait: WaitRange | None
    counter: str | None
    hall: str | None
    issued_at: str
    state_since: str
    serving_now: list[str]


class Person(Shape):
    id: str
    name: str
    login: str


class Device(Shape):
    id: str
    kind: str
    name: str
    hall: Named | None
    printer: str | None


class Session(Shape):
    role: str
    site: Named | None
    person: Person | None
    device: Device | None
    csrf: str | None


class AskedPairing(Shape):
    code: str
    secret: str
    expires_at: str


class Pairing(Shape):
    state: Literal["waiting", "paired"]
    token: str | None = None
    site: str | None = None
    device: Device | None = None


class PairedDevice(Shape):
    device: Device


class Health(Shape):
    status: Literal["ok"]
    version: str


class Problem(BaseModel):
    """RFC 9457, with a stable `code` and further facts."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
