"""Shutting a paired device out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from server.domain.facts import AccessRevoked
from server.domain.refusals import Unknown
from server.domain.roles import Role
from server.operations import access
from server.queries.access import bearer, devices
from server.storage.tables import AccessToken, Device

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def device_of(hall: SmallHall, token_id: int) -> int:
    rows = hall.rows(select(AccessToken.device_id).where(AccessToken.id == token_id))
    return int(rows[0].device_id)


def names(hall: SmallHall) -> list[str]:
    with hall.database.read() as connection:
        return [row.name for row in devices(connection, hall.site_id)]


def test_a_revoked_device_is_nobody_any_more_and_its_sockets_close(hall: SmallHall) -> None:
    device_id = device_of(hall, hall.kiosk.token_id)
    hall.database.write(access.revoke_device, site_id=hall.site_id, device_id=device_id)
    assert hall.facts == [AccessRevoked(hall.site_id, hall.kiosk.token_id)]
    with hall.database.read() as connection:
        found = bearer(connection, access.fingerprint(hall.kiosk.secret), hall.clock.now)
    assert found is None
    assert names(hall) == []


def test_a_device_is_revoked_once(hall: SmallHall) -> None:
    device_id = device_of(hall, hall.kiosk.token_id)
    for _ in range(2):
        hall.database.write(access.revoke_device, site_id=hall.site_id, device_id=device_id)
    assert len(hall.facts) == 1


def test_a_let_in_device_is_listed_before_it_has_fetched_its_token(hall: SmallHall) -> None:
    asked = hall.database.write(access.ask_pairing, kind=Role.DISPLAY)
    hall.clock.advance(minutes=1)
    hall.database.write(
        access.confirm_pairing,
        site_id=hall.site_id,
        code=asked.code,
        name="Màn hình",
        hall="khu-cho",
        printer=None,
    )
    assert names(hall) == ["Màn hình", "Máy lấy số 1"]


def test_a_device_of_another_site_is_unknown(hall: SmallHall) -> None:
    device_id = device_of(hall, hall.kiosk.token_id)
    with pytest.raises(Unknown):
        hall.database.write(access.revoke_device, site_id=hall.site_id + 1, device_id=device_id)
    assert hall.facts == [] and len(hall.rows(select(Device.id))) == 1
