"""Browsers at the pages of the small hall, and what they find there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from server.domain.roles import Role
from server.operations import access
from server.screens import bundle
from server.settings import Settings
from server.storage.connect import open_database
from server.storage.session import Database, Work
from server.storage.tables import Site, Staff, metadata
from server.wire import SESSION_COOKIE


class Browser:
    """Somebody's browser at the pages of the small hall, logged in or not."""

    def __init__(self, doors: Any, session: access.NewAccess | None = None) -> None:
        self.doors = doors
        self.csrf = "" if session is None else session.csrf
        self.client = doors.server.app.test_client()
        if session is not None:
            self.client.set_cookie(SESSION_COOKIE, session.secret)

    def get(self, path: str) -> TestResponse:
        answer: TestResponse = self.client.get(path)
        return answer

    def post(self, path: str, *, origin: str = "http://localhost", **form: str) -> TestResponse:
        """Send a form of our own page, or of the page at `origin`."""
        filled = {"csrf": self.csrf, **form}
        answer: TestResponse = self.client.post(path, data=filled, headers={"Origin": origin})
        return answer


@pytest.fixture(scope="session", autouse=True)
def fresh_bundle() -> None:
    """The style and the script that the pages name."""
    bundle.build_if_stale()


@pytest.fixture
def browser_of(doors: Any) -> Callable[[int], Browser]:
    """The browser of a member of staff, logged in."""

    def log_in(staff_id: int) -> Browser:
        return Browser(doors, doors.server.database.write(access.open_session, staff_id=staff_id))

    return log_in


@pytest.fixture
def manager(doors: Any, browser_of: Callable[[int], Browser]) -> Browser:
    """Bo's browser."""
    return browser_of(doors.hall.bo.staff_id)


@pytest.fixture
def admin(doors: Any, browser_of: Callable[[int], Browser]) -> Browser:
    """The browser of an admin, who belongs to no site."""
    doors.server.database.write(access.create_token, site=doors.hall.site, role=Role.ADMIN)
    ((staff_id,),) = doors.hall.rows(select(Staff.id).where(Staff.role == "admin"))
    return browser_of(staff_id)


@pytest.fixture
def stranger(doors: Any) -> Browser:
    """A browser in which nobody has logged in."""
    return Browser(doors)


@pytest.fixture
def second_site(doors: Any) -> str:
    """The code of another centre on the same server, in which nothing is set up yet."""

    def add(work: Work) -> str:
        work.execute(
            insert(Site),
            {
                "code": "ben-song",
                "name": "Trung tâm xã Bến Sông",
                "timezone": "Asia/Ho_Chi_Minh",
                "languages": ["vi"],
                "slip_footer": [],
            },
        )
        return "ben-song"

    code: str = doors.server.database.write(add)
    return code


@pytest.fixture
def everything(doors: Any) -> Callable[[], dict[str, list[Any]]]:
    """How to read all rows of all tables."""

    def read() -> dict[str, list[Any]]:
        with doors.server.database.read() as connection:
            return {
                table.name: list(connection.execute(select(table)))
                for table in metadata.sorted_tables
            }

    return read


@pytest.fixture
def quiet(settings: Settings, clock: Any) -> Iterator[Database]:
    """The same database, whose facts nobody hears: no worker takes the jobs of a test."""
    opened = open_database(settings.database_url, clock=clock, on_facts=lambda facts: None)
    yield opened
    opened.close()
