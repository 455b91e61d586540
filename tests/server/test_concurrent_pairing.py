"""Many at once at the door: one device for one code, one token for one secret."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from server.domain.refusals import NotConfirmable
from server.domain.roles import Role
from server.operations import access
from server.storage.tables import AccessToken, Device
from tests.server.test_concurrency import Crowd, count, crowd, database, way

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall

__all__ = ["crowd", "database", "way"]

ROUNDS = 5


def ask(hall: SmallHall) -> access.AskedPairing:
    return hall.database.write(access.ask_pairing, kind=Role.DISPLAY)


def confirm(hall: SmallHall, code: str) -> int:
    return hall.database.write(
        access.confirm_pairing, site_id=hall.site_id, code=code, name="Màn hình", hall=None,
        printer=None,
    )  # fmt: skip


def claim(hall: SmallHall, secret: str) -> access.NewAccess | None:
    return hall.database.write(access.claim_pairing, secret=secret)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_a_screen_that_claims_six_times_at_once_gets_one_token(
    hall: SmallHall, crowd: Crowd, _: int
) -> None:
    asked = ask(hall)
    device_id = confirm(hall, asked.code)
    given = crowd.at_once(*[partial(claim, hall, asked.secret)] * 6)
    assert len({one.secret for one in given}) == 1
    tokens = hall.rows(select(AccessToken.id).where(AccessToken.device_id == device_id))
    assert {one.token_id for one in given} == {tokens[0].id} and len(tokens) == 1


@pytest.mark.parametrize("_", range(ROUNDS))
def test_a_code_that_two_managers_confirm_at_once_lets_one_device_in(
    hall: SmallHall, crowd: Crowd, _: int
) -> None:
    asked, before = ask(hall), count(hall, Device)
    outcomes = crowd.at_once(*[partial(confirm, hall, asked.code)] * 6)
    assert sum(isinstance(one, NotConfirmable) for one in outcomes) == 5
    assert count(hall, Device) == before + 1


def test_screens_that_ask_at_once_show_different_codes(hall: SmallHall, crowd: Crowd) -> None:
    asked = crowd.at_once(*[partial(ask, hall)] * 20)
    assert len({one.code for one in asked}) == len({one.secret for one in asked}) == 20


def test_a_device_that_is_shut_out_while_it_claims_has_no_token(
    hall: SmallHall, crowd: Crowd
) -> None:
    def shut_out() -> None:
        hall.database.write(access.revoke_device, site_id=hall.site_id, device_id=device_id)

    for _ in range(ROUNDS):
        asked = ask(hall)
        device_id = confirm(hall, asked.code)
        crowd.at_once(partial(claim, hall, asked.secret), shut_out)
        alive = select(func.count()).where(
            AccessToken.device_id == device_id, AccessToken.revoked_at.is_(None)
        )
        assert hall.rows(alive)[0][0] == 0
