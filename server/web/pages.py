"""Pages that the server draws, and their one guard: who may come, where, from which form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar
from urllib.parse import urlencode

from flask import Flask, Response, make_response, redirect, render_template, request
from pydantic import BaseModel, ValidationError

from server.domain.refusals import BadLogin, Forbidden, Invalid, Refused, Unauthorized, Unknown
from server.domain.roles import MANAGERS, Role
from server.operations.access import NewAccess
from server.queries import overview
from server.queries.access import Caller, who_is
from server.storage.base import AnyRow
from server.storage.session import Database
from server.web import guard
from server.web.access import set_session_cookie
from server.web.problems import STATUS
from server.web.routes import Parts
from server.web.words import LANGUAGES, Words

B = TypeVar("B", bound=BaseModel)
View = Callable[..., Response]

LOGIN = "/manage/login"
NAVIGATION = {
    "now": "/manage",
    "devices": "/manage/devices",
    "printers": "/manage/printers",
    "centre": "/manage/centre",
}
LANGUAGE_COOKIE = "denluot_lang"
A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Page:
    """One door for people: its address and who may use it.

    `back`: the page to which a refused form returns, with the reason on it.
    """

    method: Literal["GET", "POST"]
    path: str
    view: View
    who: frozenset[Role] = MANAGERS
    public: bool = False
    of_site: bool = True
    back: View | None = None


class Visit:
    """One person's request for a page: who, about which site, in which language."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.caller: Caller | None = None
        self.person: str | None = None
        self.site: AnyRow | None = None
        self.problem: Refused | None = None
        self.words = Words(_language())

    @property
    def database(self) -> Database:
        return self.parts.database

    @property
    def now(self) -> datetime:
        return self.parts.database.clock()

    @property
    def here(self) -> AnyRow:
        """The site that the page is about."""
        if self.site is None:
            raise Unknown("site")
        return self.site

    @property
    def who(self) -> Caller:
        """The caller of a page that is not public."""
        if self.caller is None:
            raise Unauthorized()
        return self.caller

    def link(self, path: str, **query: str) -> str:
        """The address of a page; an admin's keeps the chosen site."""
        if self.site is not None and self.caller is not None and self.caller.site_id is None:
            query = {"site": self.site.code, **query}
        return f"{path}?{urlencode(query)}" if query else path

    def go(self, path: str, done: str | None = None) -> Response:
        """To another page, which tells what was done."""
        address = self.link(path) if done is None else self.link(path, done=done)
        return make_response(redirect(address, 303))

    def show(self, template: str, status: int = 200, *, at: str, **values: Any) -> Response:
        """A page in the visitor's language; `at`: its address, to which its links lead."""
        text = render_template(
            template,
            visit=self,
            say=self.words,
            link=self.link,
            at=at,
            csrf=None if self.caller is None else self.caller.csrf,
            notice=self._notice(),
            languages=LANGUAGES,
            navigation=NAVIGATION,
            **values,
        )
        response = Response(text, status, mimetype="text/html")
        response.headers["Cache-Control"] = "no-store"
        # With less, a browser hides even our own Origin from us, and no form would be accepted.
        response.headers["Referrer-Policy"] = "same-origin"
        if request.args.get("lang") in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, self.words.lang, max_age=A_YEAR, httponly=True, samesite="Lax"
            )
        return response

    def _notice(self) -> tuple[str, str] | None:
        """The tone and the words of what has just been done or refused."""
        if self.problem is not None:
            return "trouble", self.words.or_other(f"error.{self.problem.full_code}", "error.other")
        done = f"done.{request.args.get('done')}"
        return ("good", self.words(done)) if self.words.knows(done) else None


def hang(app: Flask, parts: Parts, pages: tuple[Page, ...]) -> None:
    """Hang the pages, each behind the guard."""
    for page in pages:
        app.add_url_rule(
            page.path,
            endpoint=f"pages.{page.method}.{page.path}",
            view_func=_guarded(page, parts),
            methods=[page.method],
            strict_slashes=False,
        )


def field(name: str) -> str:
    """What was typed into a field of the form, without spaces around it."""
    return request.form.get(name, "").strip()


def checked(model: type[B], **values: str | None) -> B:
    """The fields of a form as the body that the same act takes over HTTP; raises `Invalid`."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        wrong = [".".join(str(part) for part in e["loc"]) for e in error.errors()]
        raise Invalid(fields=wrong) from None


def begin(visit: Visit, session: NewAccess, to: str) -> Response:
    """To a page, with the cookie of a new session."""
    response = visit.go(to if to in NAVIGATION.values() else NAVIGATION["now"])
    set_session_cookie(response, session.secret)
    return response


def _guarded(page: Page, parts: Parts) -> Callable[..., Response]:
    def serve(**path: str) -> Response:
        visit = Visit(parts)
        try:
            guard.check_address()
            _admit(visit, page)
            if page.method == "POST":
                _check_form(visit, page)
            if page.of_site and not _find_site(visit):
                return _choose_site(visit)
            return page.view(visit, **path)
        except Refused as refusal:
            return _refuse(visit, page, refusal)

    return serve


def _admit(visit: Visit, page: Page) -> None:
    """Let in whom the page is for; raises `Unauthorized` or, with the role, `Forbidden`."""
    strangers = visit.parts.public_limit
    shown = guard.credentials(strangers)
    with visit.database.read() as connection:
        caller = guard.caller_with(connection, shown, visit.now, strangers)
        if caller is None or caller.csrf is None:
            if not page.public:
                raise Unauthorized()
            return
        person = who_is(connection, caller)["person"]
    visit.caller = caller
    visit.person = None if person is None else person["name"]
    if not page.public and caller.role not in page.who:
        raise Forbidden(role=caller.role.value)


def _check_form(visit: Visit, page: Page) -> None:
    """A form must come from our own page, and carry what only this session's pages know."""
    guard.check_origin(visit.parts.public_url)
    if not page.public:
        guard.check_csrf(visit.who, request.form.get("csrf"))


def _find_site(visit: Visit) -> bool:
    """Set the site of the visit; False when an admin has still to choose one."""
    code = request.args.get("site")
    with visit.database.read() as connection:
        own = visit.who.site_id
        known = [overview.site(connection, own)] if own is not None else overview.sites(connection)
    if code is not None:
        known = [row for row in known if row.code == code]
        if not known:
            raise Unknown("site")
    if len(known) != 1:
        return False
    visit.site = known[0]
    visit.words = Words(visit.words.lang, known[0].timezone)
    return True


def _choose_site(visit: Visit) -> Response:
    with visit.database.read() as connection:
        sites = overview.sites(connection)
    return visit.show("manage/sites.html", at=NAVIGATION["now"], sites=sites)


def _refuse(visit: Visit, page: Page, refusal: Refused) -> Response:
    """The page that tells the visitor why not, and what to do next."""
    if isinstance(refusal, Unauthorized):
        wanted = request.path.rstrip("/")
        query = f"?to={wanted}" if wanted in NAVIGATION.values() else ""
        return make_response(redirect(f"{LOGIN}{query}", 303))
    if isinstance(refusal, Forbidden) and "role" in refusal.facts:
        return visit.show("manage/elsewhere.html", 403, at=NAVIGATION["now"])
    visit.problem = refusal
    status = 401 if isinstance(refusal, BadLogin) else STATUS[refusal.kind]
    if page.back is not None and (visit.site is not None or not page.of_site or _find_site(visit)):
        try:
            response = page.back(visit)
            response.status_code = status
            return response
        except Refused as worse:
            visit.problem, status = worse, STATUS[worse.kind]
    return visit.show("manage/trouble.html", status, at=NAVIGATION["now"])


def _language() -> str:
    """The language asked for, now or before; Vietnamese where none was."""
    for wanted in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wanted in LANGUAGES:
            return str(wanted)
    return LANGUAGES[0]
