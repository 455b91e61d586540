"""A fresh database for every test, on SQLite and on PostgreSQL, and a small hall to work in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select

from server.centre_file import read_centre
from server.domain.centre import CentrePlan, StaffPlan
from server.domain.facts import Fact
from server.domain.lifecycle import ENDED
from server.domain.roles import Role
from server.operations import access, calls, centres, counters, tickets
from server.storage import schema
from server.storage.base import AnyRow
from server.storage.connect import open_database
from server.storage.session import Database
from server.storage.tables import Counter, Period, Printer, Service, Staff, Step

SMALL_CENTRE = Path(__file__).with_name("small_centre.yaml")
MONDAY_MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 08:00 in the hall


@dataclass
class FakeClock:
    """A clock that stands until somebody moves it."""

    now: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> FakeClock:
    """08:00 on a Monday in Asia/Ho_Chi_Minh."""
    return FakeClock()


@pytest.fixture
def facts() -> list[Fact]:
    """What `database` told after its commits, oldest first."""
    return []


# SQLite


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    schema.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated, empty SQLite database in its own data folder."""
    folder = tmp_path / "data"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(sqlite_template, folder / "denluot.db")
    return f"sqlite:///{folder / 'denluot.db'}"


@pytest.fixture
def first_schema() -> Callable[[str], None]:
    """Brings an empty database to the first schema that ever was: one of an older version."""

    def bring(url: str) -> None:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        config.attributes["url"] = url
        command.upgrade(config, "0001")

    return bring


# Either


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated, empty database: each test runs once on either kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def database(database_url: str, clock: FakeClock, facts: list[Fact]) -> Iterator[Database]:
    """An open database with the test's clock, whose facts are kept in `facts`."""
    opened = open_database(database_url, clock=clock, on_facts=facts.extend)
    yield opened
    opened.close()


# The hall


@dataclass(frozen=True)
class Person:
    """Somebody of the centre, with a token of theirs."""

    staff_id: int
    token_id: int
    secret: str


@dataclass(frozen=True)
class SmallHall:
    """The centre of small_centre.yaml at work: Ana and Dan serve, Bo manages, Cy helps.

    Counter 1 serves `ho-tich` (A), counter 3B `dat-dai` (B) and `ho-tich`.
    """

    database: Database
    clock: FakeClock
    facts: list[Fact]
    site: str
    site_id: int
    services: dict[str, int]
    counters: dict[str, int]
    printer_id: int
    kiosk: access.NewAccess
    ana: Person
    dan: Person
    bo: Person
    cy: Person

    def issue(self, service: str | None = "ho-tich", **more: Any) -> tickets.IssuedTicket:
        """A ticket from the kiosk."""
        asked: dict[str, Any] = {"by": self.kiosk.token_id, "role": Role.KIOSK, **more}
        return self.database.write(
            tickets.issue_ticket, site_id=self.site_id, service=service, **asked
        )

    def open(self, counter: str = "1", officer: Person | None = None) -> None:
        """Ana, or another officer, opens a counter."""
        self.database.write(
            counters.open_counter,
            site_id=self.site_id,
            counter_id=self.counters[counter],
            officer_id=(officer or self.ana).staff_id,
        )

    def at_counter(
        self,
        verb: Callable[..., Any],
        *,
        counter: str = "1",
        officer: Person | None = None,
        **more: Any,
    ) -> Any:
        """What Ana, or another officer, does at a counter: one of the verbs of `calls`."""
        who = officer or self.ana
        if verb not in (calls.call_next, calls.call_chosen):
            more = {"ticket_id": None} | more
        if verb is calls.hold:
            more = {"reason": None} | more
        asked = {
            "site_id": self.site_id,
            "counter_id": self.counters[counter],
            "officer_id": who.staff_id,
            "by": who.token_id,
            **more,
        }
        return self.database.write(verb, **asked)

    def call_next(self, counter: str = "1", officer: Person | None = None) -> int | None:
        """The id of the ticket that was called, None when nobody waits."""
        called = self.at_counter(calls.call_next, counter=counter, officer=officer)
        return None if called is None else int(called.ticket_id)

    def step(self, ticket_id: int) -> AnyRow:
        """The step at which the ticket stands now."""
        return self.rows(
            select(*Step.__table__.c).where(Step.ticket_id == ticket_id, Step.current)
        )[0]

    def state(self, ticket_id: int) -> str:
        return str(self.step(ticket_id).state)

    def history(self, ticket_id: int) -> list[AnyRow]:
        """The periods of the ticket, oldest first."""
        periods = select(*Period.__table__.c).where(Period.ticket_id == ticket_id)
        return self.rows(periods.order_by(Period.id))

    def actions(self, ticket_id: int) -> list[str]:
        """What was done with the ticket, in order."""
        return [period.action for period in self.history(ticket_id)]

    def gaps(self, ticket_id: int) -> list[tuple[AnyRow, AnyRow | None]]:
        """Places where the history does not add up: none in a sound one.

        Each period of a step ends when its next begins; only the last may be open, and it is
        unless its state is an end.
        """
        steps: dict[int, list[AnyRow]] = {}
        for period in self.history(ticket_id):
            steps.setdefault(period.step_id, []).append(period)
        found: list[tuple[AnyRow, AnyRow | None]] = []
        for periods in steps.values():
            pairs = zip(periods, periods[1:], strict=False)
            found += [(was, now) for was, now in pairs if was.ended_at != now.started_at]
            last = periods[-1]
            if (last.ended_at is None) != (last.state not in ENDED):
                found.append((last, None))
        return found

    def rows(self, statement: Any) -> list[AnyRow]:
        with self.database.read() as connection:
            return list(connection.execute(statement))


@pytest.fixture(scope="session")
def small_plan() -> CentrePlan:
    """The plan of small_centre.yaml with the people of `SmallHall`."""
    people = {"ana": "officer", "dan": "officer", "bo": "manager", "cy": "volunteer"}
    staff = tuple(StaffPlan(name, name.capitalize(), role) for name, role in people.items())
    return replace(read_centre(SMALL_CENTRE), staff=staff)


@pytest.fixture
def set_up_hall(
    clock: FakeClock, facts: list[Fact], small_plan: CentrePlan
) -> Callable[..., SmallHall]:
    """How to make the small hall, or one by another plan, in a database that the test opened."""

    def set_up(database: Database, plan: CentrePlan = small_plan) -> SmallHall:
        return _small_hall(database, clock, facts, plan)

    return set_up


@pytest.fixture
def hall(database: Database, set_up_hall: Callable[[Database], SmallHall]) -> SmallHall:
    """The small centre on a Monday morning: counters closed, nobody waits, nothing told yet."""
    return set_up_hall(database)


def _small_hall(
    database: Database, clock: FakeClock, facts: list[Fact], plan: CentrePlan
) -> SmallHall:
    profiles = {printer.name: {"paper_mm": printer.paper} for printer in plan.printers}
    site_id = database.write(
        centres.apply_centre, plan, password_hashes={}, printer_profiles=profiles
    ).site_id
    kiosk = database.write(
        access.pair_device,
        site_id=site_id,
        kind=Role.KIOSK,
        name="Máy lấy số 1",
        hall="khu-cho",
        printer="Cửa vào",
    )
    with database.read() as connection:
        staff = dict(_pairs(connection, Staff.login, Staff.id))
        services = dict(_pairs(connection, Service.code, Service.id))
        places = dict(_pairs(connection, Counter.number, Counter.id))
        printer_id = connection.execute(select(Printer.id)).scalar_one()
    people = {}
    for login, staff_id in staff.items():
        token = database.write(access.open_session, staff_id=staff_id)
        people[login] = Person(staff_id, token.token_id, token.secret)
    facts.clear()
    return SmallHall(
        database, clock, facts, plan.site.code, site_id, services, places, printer_id, kiosk,
        **people,
    )  # fmt: skip


def _pairs(connection: Connection, name: Any, key: Any) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in connection.execute(select(name, key))]
