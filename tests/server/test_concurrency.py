"""Many at once: every number once, every ticket called once, on every way to write."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gevent
import pytest
from sqlalchemy import func, select, update

from server.domain.centre import CentrePlan, CounterPlan
from server.domain.facts import TicketCalled, TicketIssued
from server.domain.refusals import CounterBusy, CounterTaken, QuotaReached, Refused, WrongState
from server.domain.roles import Role
from server.operations import calls, counters, printing, tickets
from server.operations.idempotency import AlreadyDone, Key, once
from server.storage.connect import open_database
from server.storage.session import Work
from server.storage.tables import (
    Call,
    CounterService,
    NumberSeries,
    Period,
    Procedure,
    Service,
    Step,
    Ticket,
)

if TYPE_CHECKING:
    from server.domain.facts import Fact
    from server.storage.session import Database
    from tests.server.conftest import FakeClock, SmallHall

DEADLINE = 60
PLACES = 20


class Crowd:
    """Runs things at the same time: in threads, or in greenlets before the group writer."""

    def __init__(self, in_greenlets: bool) -> None:
        self._in_greenlets = in_greenlets

    def at_once(self, *acts: Callable[[], Any]) -> list[Any]:
        """What each act answered, or the refusal that it met."""
        if self._in_greenlets:
            crowd = [gevent.spawn(_outcome, act) for act in acts]
            gevent.joinall(crowd, timeout=DEADLINE, raise_error=True)
            return [member.value for member in crowd]
        together = threading.Barrier(len(acts))

        def start(act: Callable[[], Any]) -> Any:
            together.wait(DEADLINE)
            return _outcome(act)

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(start, acts, timeout=DEADLINE))


def _outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (Refused, AlreadyDone) as refusal:
        return refusal


@pytest.fixture(params=["sqlite", "sqlite-grouped", "postgresql"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def crowd(way: str) -> Crowd:
    return Crowd(in_greenlets=way == "sqlite-grouped")


@pytest.fixture
def database(
    way: str, request: pytest.FixtureRequest, clock: FakeClock, facts: list[Fact]
) -> Iterator[Database]:
    url = request.getfixturevalue("postgres_url" if way == "postgresql" else "sqlite_url")
    grouped = way == "sqlite-grouped"
    opened = open_database(url, clock=clock, on_facts=facts.extend, grouped=grouped)
    yield opened
    opened.close()


@pytest.fixture
def big_hall(
    database: Database, small_plan: CentrePlan, set_up_hall: Callable[..., SmallHall]
) -> SmallHall:
    """Twenty open counters for one line."""
    places = tuple(
        CounterPlan(str(number), "Hộ tịch", "khu-cho", ("ho-tich", "dat-dai"))
        for number in range(1, PLACES + 1)
    )
    made = set_up_hall(database, replace(small_plan, counters=places))
    for number in made.counters:
        made.open(number)
    made.facts.clear()
    return made


def count(hall: SmallHall, table: Any) -> int:
    return int(hall.rows(select(func.count()).select_from(table))[0][0])


def test_fifty_citizens_at_once_get_fifty_numbers_without_a_gap(
    hall: SmallHall, crowd: Crowd
) -> None:
    issued = crowd.at_once(*[hall.issue] * 50)
    assert sorted(ticket.number for ticket in issued) == [f"A{n:03}" for n in range(1, 51)]
    assert len({ticket.token for ticket in issued}) == 50
    assert sorted(ticket.people_ahead for ticket in issued) == list(range(50))
    assert hall.rows(select(NumberSeries.last)) == [(50,)]
    assert sorted(fact.ticket_id for fact in hall.facts if isinstance(fact, TicketIssued)) == (
        sorted(ticket.id for ticket in issued)
    )


def test_a_refused_citizen_leaves_no_gap_between_the_others(hall: SmallHall, crowd: Crowd) -> None:
    def ask_for_a_missing_printer() -> Any:
        return hall.issue(printer="Không có")

    outcomes = crowd.at_once(*[hall.issue, ask_for_a_missing_printer] * 15)
    numbers = sorted(o.number for o in outcomes if not isinstance(o, Refused))
    assert numbers == [f"A{n:03}" for n in range(1, 16)]
    assert len(hall.facts) == 15


def test_a_quota_is_exact_under_parallel_issue(hall: SmallHall, crowd: Crowd) -> None:
    hall.database.write(_change_services, hall.services.values(), daily_quota=20)
    hall.database.write(_lead, "1.000894", hall.services["dat-dai"])

    def visit_both() -> Any:
        return hall.issue(None, procedures=["1.001610", "1.000894"])

    outcomes = crowd.at_once(*[hall.issue, visit_both] * 20, *[lambda: hall.issue("dat-dai")] * 20)
    issued = [outcome for outcome in outcomes if not isinstance(outcome, Refused)]
    assert {type(o) for o in outcomes if isinstance(o, Refused)} == {QuotaReached}
    steps: dict[int, int] = dict(
        hall.rows(select(Step.service_id, func.count(Step.id)).group_by(Step.service_id))
    )
    assert steps == dict.fromkeys(hall.services.values(), 20)
    for prefix in "AB":
        numbers = sorted(ticket.number for ticket in issued if ticket.number[0] == prefix)
        assert numbers == [f"{prefix}{n:03}" for n in range(1, len(numbers) + 1)]


def test_twenty_counters_never_call_the_same_ticket(big_hall: SmallHall, crowd: Crowd) -> None:
    waiting = {big_hall.issue().id for _ in range(10)}
    big_hall.facts.clear()
    acts = [lambda number=number: big_hall.call_next(number) for number in big_hall.counters]
    answers = crowd.at_once(*acts)
    assert answers.count(None) == 10
    assert {answer for answer in answers if answer is not None} == waiting
    assert count(big_hall, Call) == 10
    assert [type(fact) for fact in big_hall.facts] == [TicketCalled] * 10
    for ticket_id in waiting:
        assert big_hall.actions(ticket_id) == ["issue", "call"]
        assert big_hall.gaps(ticket_id) == []


def test_one_counter_pressed_ten_times_calls_one_ticket(hall: SmallHall, crowd: Crowd) -> None:
    first = [hall.issue().id for _ in range(10)][0]
    hall.open()
    answers = crowd.at_once(*[hall.call_next] * 10)
    assert answers.count(first) == 1
    assert [type(a) for a in answers if a != first] == [CounterBusy] * 9


def test_calls_and_new_tickets_at_once_lose_nobody(big_hall: SmallHall, crowd: Crowd) -> None:
    presses = [lambda number=number: big_hall.call_next(number) for number in big_hall.counters]
    crowd.at_once(*presses, *[big_hall.issue] * 20)
    by_state = select(Step.state, func.count(Step.id)).group_by(Step.state)
    states: dict[str, int] = dict(big_hall.rows(by_state))
    assert sum(states.values()) == 20
    assert states.get("called", 0) == count(big_hall, Call)
    open_periods = select(func.count(Period.id)).where(Period.ended_at.is_(None))
    assert big_hall.rows(open_periods)[0][0] == 20


def test_of_two_officers_one_gets_the_counter(hall: SmallHall, crowd: Crowd) -> None:
    people = [hall.ana, hall.dan, hall.bo, hall.cy]
    acts = [lambda person=person: hall.open("1", person) for person in people]
    outcomes = crowd.at_once(*acts)
    assert outcomes.count(None) == 1
    assert [type(o) for o in outcomes if o is not None] == [CounterTaken] * 3


def test_a_ticket_is_finished_once(hall: SmallHall, crowd: Crowd) -> None:
    ticket = hall.issue()
    hall.open()
    hall.call_next()

    def finish() -> Any:
        return hall.at_counter(calls.finish, ticket_id=ticket.id)

    outcomes = crowd.at_once(*[finish] * 8)
    assert outcomes.count(ticket.id) == 1
    assert [type(o) for o in outcomes if o != ticket.id] == [WrongState] * 7
    assert hall.actions(ticket.id) == ["issue", "call", "finish"]


def test_a_citizen_who_gives_up_while_being_called_is_either_called_or_gone(
    hall: SmallHall, crowd: Crowd
) -> None:
    hall.open()
    for _ in range(5):
        ticket = hall.issue()

        def give_up(token: str = ticket.token) -> Any:
            return hall.database.write(tickets.give_up_ticket, token=token)

        crowd.at_once(give_up, hall.call_next)
        assert hall.state(ticket.id) == "cancelled"
        assert hall.gaps(ticket.id) == []
        assert hall.actions(ticket.id)[0] == "issue"
        assert hall.actions(ticket.id)[-1] == "cancel"


def test_one_key_makes_one_ticket_however_often_it_is_sent(hall: SmallHall, crowd: Crowd) -> None:
    key = Key("7", "/tickets", "abc", "1" * 64)

    def issue_once(work: Work) -> int:
        made = once(
            work,
            key,
            lambda inner: tickets.issue_ticket(
                inner,
                site_id=hall.site_id,
                by=hall.kiosk.token_id,
                role=Role.KIOSK,
                service="ho-tich",
            ),
            lambda ticket: str(ticket.id),
        )
        return made.id

    outcomes = crowd.at_once(*[lambda: hall.database.write(issue_once)] * 10)
    (ticket_id,) = [o for o in outcomes if not isinstance(o, AlreadyDone)]
    assert {o.subject for o in outcomes if isinstance(o, AlreadyDone)} == {str(ticket_id)}
    assert count(hall, Ticket) == 1


def test_two_workers_never_send_to_one_printer(hall: SmallHall, crowd: Crowd) -> None:
    for _ in range(5):
        hall.issue(printer="Cửa vào")

    def claim() -> Any:
        return hall.database.write(
            printing.claim_job, printer_id=hall.printer_id, claim=threading.current_thread().name
        )

    for _ in range(3):
        outcomes = crowd.at_once(*[claim] * 8)
        (job,) = [outcome for outcome in outcomes if outcome is not None]
        hall.database.write(printing.report_printed, job=job, state="sent", reason=None)


def test_closing_a_counter_while_it_calls_leaves_nobody_standing(
    hall: SmallHall, crowd: Crowd
) -> None:
    def close() -> Any:
        return hall.database.write(
            counters.close_counter,
            site_id=hall.site_id,
            counter_id=hall.counters["1"],
            officer_id=hall.ana.staff_id,
        )

    for _ in range(5):
        ticket = hall.issue()
        hall.open()
        closed, answer = crowd.at_once(close, hall.call_next)
        if isinstance(closed, CounterBusy):
            assert answer == ticket.id
            hall.at_counter(calls.finish)
        else:
            assert isinstance(answer, Refused)
            assert hall.state(ticket.id) == "waiting"
            hall.database.write(tickets.give_up_ticket, token=ticket.token)


def _change_services(work: Work, services: Iterable[int], **columns: Any) -> None:
    work.execute(update(Service).where(Service.id.in_(services)).values(**columns))


def _lead(work: Work, procedure: str, service_id: int) -> None:
    work.execute(update(Procedure).where(Procedure.code == procedure).values(service_id=service_id))


def order_of_a_day(hall: SmallHall, seed: int) -> list[str]:
    """The numbers in the order in which two counters call them, on a day drawn by `seed`."""
    chance = random.Random(seed)
    hall.database.write(_second_tier, hall.counters["3B"], hall.services["ho-tich"])
    hall.open("1")
    hall.open("3B", hall.dan)
    called = []
    for _ in range(60):
        hall.clock.advance(seconds=chance.choice([0, 0, 30, 600, 1200]))
        if chance.random() < 0.55:
            hall.issue(
                chance.choice(["ho-tich", "dat-dai"]),
                priority=chance.choice([None, None, "cao-tuoi"]),
                role=Role.VOLUNTEER,
            )
            continue
        counter, officer = chance.choice([("1", hall.ana), ("3B", hall.dan)])
        ticket_id = hall.call_next(counter, officer)
        if ticket_id is not None:
            called.append(hall.rows(select(Ticket.number).where(Ticket.id == ticket_id))[0][0])
            verb = chance.choice([calls.finish, calls.finish, calls.transfer])
            more = {"service": "dat-dai"} if verb is calls.transfer else {}
            hall.at_counter(verb, counter=counter, officer=officer, **more)
    return called


def _second_tier(work: Work, counter_id: int, service_id: int) -> None:
    line = CounterService.counter_id == counter_id, CounterService.service_id == service_id
    work.execute(update(CounterService).where(*line).values(tier=2))


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_a_day_is_the_same_on_both_databases(
    seed: int,
    sqlite_url: str,
    postgres_url: str,
    clock: FakeClock,
    set_up_hall: Callable[..., SmallHall],
) -> None:
    morning, orders = clock.now, []
    for url in (sqlite_url, postgres_url):
        clock.now = morning
        opened = open_database(url, clock=clock)
        orders.append(order_of_a_day(set_up_hall(opened), seed))
        opened.close()
    assert orders[0] == orders[1]
    assert len(orders[0]) > 10
