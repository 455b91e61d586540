"""Routes and their one guard: who may call, in which site, with which body, and only once."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Concatenate, Generic, Literal, ParamSpec, Protocol, TypeVar

from flask import Flask, Response, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from server.domain.refusals import Forbidden, Invalid, Refused, Unauthorized, Unknown
from server.domain.roles import Role
from server.operations import idempotency
from server.queries.access import Caller, SiteDoor, site_door
from server.queries.waits import Paces
from server.storage.session import Database, Work
from server.web import guard
from server.web.bodies import Nothing
from server.web.limits import Limit
from server.wire import API, CSRF_HEADER, IDEMPOTENCY_HEADER

P = ParamSpec("P")
R = TypeVar("R")
Public = Literal["no", "always", "board", "catalogue"]
Answer = Response | dict[str, Any] | tuple[dict[str, Any] | None, int]

Answers = Mapping[int, Any]
"""The shape of the answer by status: a pydantic model, a union of them, or None for no body."""

_KEY = re.compile(r"[\x20-\x7e]{1,200}")


class Malformed(Refused):
    """The body is not JSON at all."""

    code = "malformed"
    kind = "malformed"


class Sound(Protocol):
    """A sound and the sentence that it says."""

    @property
    def wav(self) -> bytes: ...

    @property
    def text(self) -> str: ...


@dataclass
class Parts:
    """What the doors lead to: made once per server process by `app.py`."""

    database: Database
    public_url: str
    slow: Callable[[Callable[[], Any]], Any]
    """Runs something that takes the processor for long (hashing, drawing) off the hub."""
    voice: Callable[[str, str], Sound]
    """The sound of a call, by number and counter."""
    slip_picture: Callable[[bytes, Mapping[str, Any]], bytes]
    """A PNG of the paper that a printer of this profile makes of these bytes."""
    public_limit: Limit = field(default_factory=lambda: Limit(600, 60))
    login_limit: Limit = field(default_factory=lambda: Limit(10, 60))
    """Tries of one login from one address."""
    address_limit: Limit = field(default_factory=lambda: Limit(30, 60))
    """Tries of any logins from one address."""
    pairing_limit: Limit = field(default_factory=lambda: Limit(10, 60))

    def __post_init__(self) -> None:
        self.paces = Paces(self.database)


@dataclass(frozen=True)
class Done(Generic[R]):
    """What became of an act: its value, or, when it was asked for again, what it was about."""

    value: R | None
    repeated: bool = False
    subject: str | None = None


@dataclass
class Call:
    """One request that passed the guard."""

    parts: Parts
    caller: Caller | None
    site: SiteDoor | None
    document: Any = None
    """The JSON that came with it."""

    @property
    def database(self) -> Database:
        return self.parts.database

    @property
    def public_url(self) -> str:
        return self.parts.public_url

    @property
    def now(self) -> datetime:
        return self.parts.database.clock()

    @property
    def who(self) -> Caller:
        """The caller of a route that is not public."""
        if self.caller is None:
            raise Unauthorized()
        return self.caller

    @property
    def site_id(self) -> int:
        """The site of the path, or the caller's own."""
        if self.site is not None:
            return self.site.id
        if self.who.site_id is None:
            raise Unknown("site")
        return self.who.site_id

    @property
    def key(self) -> idempotency.Key | None:
        """The Idempotency-Key of the request; raises `Invalid` for one that is not well-formed."""
        text = request.headers.get(IDEMPOTENCY_HEADER)
        if text is None:
            return None
        if _KEY.fullmatch(text) is None:
            problem = "1 to 200 printable ASCII characters"
            raise Invalid(errors=[{"at": IDEMPOTENCY_HEADER, "problem": problem}])
        scope = "public" if self.caller is None else f"t{self.caller.token_id}"
        return idempotency.Key(scope, request.path, text, _hash(self.document))

    def act(
        self,
        operation: Callable[Concatenate[Work, P], R],
        subject: Callable[[R], str | None],
        /,
        *arguments: P.args,
        **named: P.kwargs,
    ) -> Done[R]:
        """Run an operation; with an Idempotency-Key at most once.

        `subject`: the id by which a repeat finds what the first request made.
        """
        key = self.key
        if key is None:
            return Done(self.database.write(operation, *arguments, **named))
        try:
            value = self.database.write(
                idempotency.once, key, lambda work: operation(work, *arguments, **named), subject
            )
        except idempotency.AlreadyDone as done:
            return Done(None, repeated=True, subject=done.subject)
        return Done(value)


@dataclass(frozen=True)
class Route:
    """One door: its address, who may use it, and what it takes and gives."""

    method: str
    path: str
    view: Callable[..., Answer]
    who: frozenset[Role]
    public: Public
    body: type[BaseModel] | None
    answers: Answers
    refusals: tuple[str, ...]


class Routes:
    """The routes of one feature, as a list that guards, documents and tests all read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.all: list[Route] = []

    def get(
        self,
        path: str,
        *,
        who: frozenset[Role] = frozenset(),
        public: Public = "no",
        answers: Answers,
        refusals: tuple[str, ...] = (),
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """A route that changes nothing."""
        return self._add("GET", path, who, public, None, answers, refusals)

    def post(
        self,
        path: str,
        *,
        who: frozenset[Role] = frozenset(),
        public: Public = "no",
        body: type[BaseModel] = Nothing,
        answers: Answers,
        refusals: tuple[str, ...] = (),
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """A route that does one thing."""
        return self._add("POST", path, who, public, body, answers, refusals)

    def _add(
        self,
        method: str,
        path: str,
        who: frozenset[Role],
        public: Public,
        body: type[BaseModel] | None,
        answers: Answers,
        refusals: tuple[str, ...],
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        def remember(view: Callable[..., Answer]) -> Callable[..., Answer]:
            self.all.append(Route(method, path, view, who, public, body, answers, refusals))
            return view

        return remember

    def register(self, app: Flask, parts: Parts) -> None:
        """Hang the doors, each behind the guard."""
        for route in self.all:
            app.add_url_rule(
                API + route.path,
                endpoint=f"{self.name}.{route.method}.{route.path}",
                view_func=_guarded(route, parts),
                methods=[route.method],
            )


def number(text: str, thing: str) -> int:
    """The id in a path; raises `Unknown` where it cannot be one."""
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise Unknown(thing)
    return int(text)


def query_text(name: str, *, longest: int, default: str = "") -> str:
    """What the address says after `?name=`; raises `Invalid` where it is overlong or has a NUL."""
    text = request.args.get(name, default)
    if len(text) > longest or "\x00" in text:
        problem = f"at most {longest} characters, none of them NUL"
        raise Invalid(errors=[{"at": name, "problem": problem}])
    return text


def _guarded(route: Route, parts: Parts) -> Callable[..., Response]:
    def serve(**path: Any) -> Response:
        guard.check_address()
        shown = guard.credentials(parts.public_limit)
        code = path.pop("site", None)
        with parts.database.read() as connection:
            now = parts.database.clock()
            caller = guard.caller_with(connection, shown, now, parts.public_limit)
            door = None if code is None else site_door(connection, code)
        _admit(route, caller, code, door)
        if route.method != "GET":
            guard.check_origin(parts.public_url)
            if caller is not None:
                guard.check_csrf(caller, request.headers.get(CSRF_HEADER))
        call = Call(parts, caller, door)
        if route.body is not None:
            call.document = _document()
            path["body"] = _body(route.body, call.document)
        return respond(route.view(call, **path))

    return serve


def _admit(route: Route, caller: Caller | None, code: str | None, door: SiteDoor | None) -> None:
    """Let the caller pass to the site of the path, or refuse."""
    at_home = door is None or caller is None or caller.site_id in (None, door.id)
    allowed = caller is not None and at_home and caller.role in route.who
    if code is not None and door is None and (caller is not None or route.public != "no"):
        raise Unknown("site", site=code)
    if allowed or _is_public(route, door):
        return
    if caller is None:
        raise Unauthorized()
    if not at_home:
        raise Unknown("site", site=code)
    raise Forbidden(role=caller.role.value)


def _is_public(route: Route, door: SiteDoor | None) -> bool:
    if route.public == "board":
        return door is not None and door.board_public
    if route.public == "catalogue":
        return door is not None and door.catalogue_public
    return route.public == "always"


def _document() -> Any:
    """The JSON of the request; an empty body is an empty object."""
    data = request.get_data(cache=True)
    if request.content_length is None and len(data) == request.max_content_length:
        raise RequestEntityTooLarge()  # in chunks: what is too much was cut off without a word
    try:
        return json.loads(data) if data.strip() else {}
    except (ValueError, RecursionError):
        raise Malformed() from None


def _body(model: type[BaseModel], document: Any) -> BaseModel:
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise Invalid(
            errors=[
                {"at": ".".join(str(part) for part in e["loc"]), "problem": e["msg"]}
                for e in error.errors()
            ]
        ) from None


def _hash(document: Any) -> str:
    """The same for the same JSON, however it was written."""
    canonical = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def respond(answer: Answer) -> Response:
    """A view's answer as a response."""
    if isinstance(answer, Response):
        return answer
    document, status = answer if isinstance(answer, tuple) else (answer, 200)
    if document is None:
        return Response(status=status)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
