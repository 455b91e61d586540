"""Doing a thing once, however often it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from server.domain.refusals import KeyReused, Unknown
from server.domain.roles import Role
from server.operations import tickets
from server.operations.idempotency import AlreadyDone, Key, forget_old_keys, once
from server.storage.session import Work
from server.storage.tables import IdempotencyKey, Ticket

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall

KEY = Key(scope="7", path="/tickets", key="abc", body_hash="1" * 64)


def issue_once(work: Work, key: Key, hall: SmallHall, service: str = "ho-tich") -> int:
    issued = once(
        work,
        key,
        lambda inner: tickets.issue_ticket(
            inner, site_id=hall.site_id, by=hall.kiosk.token_id, role=Role.KIOSK, service=service
        ),
        lambda ticket: str(ticket.id),
    )
    return issued.id


def count(hall: SmallHall, table: type[Ticket] | type[IdempotencyKey]) -> int:
    return int(hall.rows(select(func.count()).select_from(table))[0][0])


def test_a_repeat_names_what_the_first_request_made_and_makes_nothing(hall: SmallHall) -> None:
    ticket_id = hall.database.write(issue_once, KEY, hall)
    hall.facts.clear()
    with pytest.raises(AlreadyDone) as repeat:
        hall.database.write(issue_once, KEY, hall)
    assert repeat.value.subject == str(ticket_id)
    assert count(hall, Ticket) == 1
    assert hall.facts == []


def test_the_same_key_with_another_body_is_refused(hall: SmallHall) -> None:
    hall.database.write(issue_once, KEY, hall)
    other = Key(KEY.scope, KEY.path, KEY.key, "2" * 64)
    with pytest.raises(KeyReused):
        hall.database.write(issue_once, other, hall)
    assert count(hall, Ticket) == 1


@pytest.mark.parametrize(
    "other", [Key("8", KEY.path, "abc", "1" * 64), Key("7", "/calls", "abc", "1" * 64)]
)
def test_keys_of_others_and_of_other_calls_do_not_meet(hall: SmallHall, other: Key) -> None:
    hall.database.write(issue_once, KEY, hall)
    hall.database.write(issue_once, other, hall)
    assert count(hall, Ticket) == 2


def test_a_refused_request_leaves_its_key_free(hall: SmallHall) -> None:
    with pytest.raises(Unknown):
        hall.database.write(issue_once, KEY, hall, "thue")
    hall.database.write(issue_once, KEY, hall)
    assert count(hall, Ticket) == 1


def test_a_request_that_made_nothing_is_remembered_too(hall: SmallHall) -> None:
    def call_nobody(work: Work) -> None:
        once(work, KEY, lambda _: None, lambda _: None)

    hall.database.write(call_nobody)
    with pytest.raises(AlreadyDone) as repeat:
        hall.database.write(call_nobody)
    assert repeat.value.subject is None


def test_keys_are_kept_for_two_days_and_then_forgotten(hall: SmallHall) -> None:
    hall.database.write(issue_once, KEY, hall)
    hall.clock.advance(hours=48)
    assert hall.database.write(forget_old_keys) == 0
    hall.clock.advance(seconds=1)
    assert hall.database.write(forget_old_keys) == 1
    assert count(hall, IdempotencyKey) == 0
