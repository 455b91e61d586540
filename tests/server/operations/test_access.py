"""Letting people and devices in, and out again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, update

from server.domain.facts import AccessRevoked
from server.domain.refusals import (
    Forbidden,
    Invalid,
    NotConfirmable,
    PairingExpired,
    TooManyAttempts,
    Unknown,
)
from server.domain.roles import DEVICE_ROLES, Role
from server.operations import access
from server.storage.base import AnyRow
from server.storage.tables import AccessToken, Device, Pairing, Printer, Staff

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def token(hall: SmallHall, token_id: int) -> AnyRow:
    return hall.rows(select(*AccessToken.__table__.c).where(AccessToken.id == token_id))[0]


def create(hall: SmallHall, role: Role, **more: Any) -> AnyRow:
    made = hall.database.write(access.create_token, **({"site": hall.site, "role": role} | more))
    found = token(hall, made.token_id)
    assert found.hash == access.fingerprint(made.secret)
    return found


# Sessions and tokens


def test_a_session_lasts_a_working_day_and_only_its_fingerprint_is_kept(hall: SmallHall) -> None:
    session = hall.database.write(access.open_session, staff_id=hall.ana.staff_id)
    kept = token(hall, session.token_id)
    assert kept.hash == access.fingerprint(session.secret) != session.secret
    assert kept.csrf == session.csrf is not None
    assert kept.expires_at - hall.clock.now == timedelta(hours=14)
    assert (kept.role, kept.site_id, kept.staff_id) == (
        "officer",
        hall.site_id,
        hall.ana.staff_id,
    )


def test_revoking_is_told_so_that_sockets_close(hall: SmallHall) -> None:
    hall.clock.advance(minutes=5)
    hall.database.write(access.revoke, token_id=hall.ana.token_id)
    assert token(hall, hall.ana.token_id).revoked_at == hall.clock.now
    assert hall.facts == [AccessRevoked(hall.site_id, hall.ana.token_id)]


def test_an_officers_token_belongs_to_a_new_officer_each_time(hall: SmallHall) -> None:
    first, second = create(hall, Role.OFFICER), create(hall, Role.OFFICER)
    assert first.staff_id != second.staff_id
    assert first.csrf is None and first.expires_at is None


def test_a_named_officers_token_is_theirs(hall: SmallHall) -> None:
    assert create(hall, Role.OFFICER, officer="ana").staff_id == hall.ana.staff_id


def test_a_named_persons_token_is_never_of_another_role(hall: SmallHall) -> None:
    assert create(hall, Role.VOLUNTEER, officer="cy").role == "volunteer"
    for role in (Role.OFFICER, Role.MANAGER, Role.KIOSK):
        with pytest.raises(Invalid):
            create(hall, role, officer="cy")


@pytest.mark.parametrize("role", sorted(DEVICE_ROLES))
def test_a_devices_token_belongs_to_a_new_device(hall: SmallHall, role: Role) -> None:
    kept = create(hall, role)
    (device,) = hall.rows(select(Device.kind).where(Device.id == kept.device_id))
    assert device.kind == role
    assert kept.staff_id is None


def test_an_admin_belongs_to_no_site(hall: SmallHall) -> None:
    kept = create(hall, Role.ADMIN)
    assert kept.site_id is None
    (staff,) = hall.rows(select(Staff.site_id).where(Staff.id == kept.staff_id))
    assert staff.site_id is None


def test_tokens_of_unknown_sites_and_officers_are_refused(hall: SmallHall) -> None:
    with pytest.raises(Unknown) as refusal:
        create(hall, Role.KIOSK, site="x")
    assert refusal.value.thing == "site"
    with pytest.raises(Unknown) as refusal:
        create(hall, Role.OFFICER, officer="nobody")
    assert refusal.value.thing == "officer"


def test_a_new_password_ends_sessions_but_not_programs(hall: SmallHall) -> None:
    program = create(hall, Role.OFFICER, officer="ana")
    hall.database.write(access.set_password, login="ana", password_hash="new")
    (staff,) = hall.rows(select(Staff.password_hash).where(Staff.login == "ana"))
    assert staff.password_hash == "new"
    assert token(hall, hall.ana.token_id).revoked_at == hall.clock.now
    assert token(hall, program.id).revoked_at is None
    assert hall.facts == [AccessRevoked(hall.site_id, hall.ana.token_id)]


def test_a_password_of_nobody_is_refused(hall: SmallHall) -> None:
    with pytest.raises(Unknown):
        hall.database.write(access.set_password, login="nobody", password_hash="new")


# Suspending


def suspend(hall: SmallHall, staff_id: int, site_id: int | None = None) -> None:
    hall.database.write(
        access.suspend_staff,
        site_id=site_id or hall.site_id,
        staff_id=staff_id,
        by_staff_id=hall.bo.staff_id,
    )


def active(hall: SmallHall, staff_id: int) -> bool:
    return bool(hall.rows(select(Staff.active).where(Staff.id == staff_id))[0][0])


def test_a_suspended_person_loses_every_session_and_token(hall: SmallHall) -> None:
    program = create(hall, Role.OFFICER, officer="ana")
    suspend(hall, hall.ana.staff_id)
    assert not active(hall, hall.ana.staff_id)
    ended = {AccessRevoked(hall.site_id, id) for id in (hall.ana.token_id, program.id)}
    assert set(hall.facts) == ended
    with pytest.raises(Unknown):
        create(hall, Role.OFFICER, officer="ana")


def test_a_reinstated_person_is_let_in_again_but_not_with_an_old_token(hall: SmallHall) -> None:
    suspend(hall, hall.ana.staff_id)
    hall.database.write(access.reinstate_staff, site_id=hall.site_id, staff_id=hall.ana.staff_id)
    assert active(hall, hall.ana.staff_id)
    assert token(hall, hall.ana.token_id).revoked_at is not None
    create(hall, Role.OFFICER, officer="ana")


def test_nobody_suspends_themselves_or_somebody_of_another_site(hall: SmallHall) -> None:
    with pytest.raises(Forbidden):
        suspend(hall, hall.bo.staff_id)
    with pytest.raises(Unknown):
        suspend(hall, hall.ana.staff_id, hall.site_id + 1)
    assert active(hall, hall.bo.staff_id) and active(hall, hall.ana.staff_id)


# Pairing


def ask(hall: SmallHall, kind: Role = Role.DISPLAY) -> access.AskedPairing:
    return hall.database.write(access.ask_pairing, kind=kind)


def confirm(hall: SmallHall, code: str, /, **more: Any) -> int:
    named = {"name": "Màn hình 1", "hall": "khu-cho", "printer": None} | more
    return hall.database.write(access.confirm_pairing, site_id=hall.site_id, code=code, **named)


def claim(hall: SmallHall, secret: str) -> access.NewAccess | None:
    return hall.database.write(access.claim_pairing, secret=secret)


def test_a_screen_is_let_in_by_the_code_that_it_shows(hall: SmallHall) -> None:
    asked = ask(hall)
    assert len(asked.code) == 6 and asked.code.isdigit()
    assert claim(hall, asked.secret) is None
    device_id = confirm(hall, f"{asked.code[:3]} {asked.code[3:]}")
    given = claim(hall, asked.secret)
    assert given is not None
    kept = token(hall, given.token_id)
    assert (kept.role, kept.device_id, kept.site_id) == ("display", device_id, hall.site_id)
    assert kept.hash == access.fingerprint(given.secret)


def test_a_paired_kiosk_has_its_hall_and_printer(hall: SmallHall) -> None:
    device_id = confirm(hall, ask(hall, Role.KIOSK).code, printer="Cửa vào")
    (device,) = hall.rows(select(*Device.__table__.c).where(Device.id == device_id))
    assert device.printer_id == hall.printer_id
    assert device.hall_id is not None


def test_a_lost_answer_is_told_again_with_the_same_token(hall: SmallHall) -> None:
    asked = ask(hall)
    device_id = confirm(hall, asked.code)
    first = claim(hall, asked.secret)
    hall.clock.advance(minutes=14)
    assert claim(hall, asked.secret) == first
    assert len(hall.rows(select(AccessToken.id).where(AccessToken.device_id == device_id))) == 1


def test_the_token_is_told_for_a_quarter_of_an_hour_after_the_manager_confirmed(
    hall: SmallHall,
) -> None:
    asked = ask(hall)
    hall.clock.advance(minutes=14)
    confirm(hall, asked.code)
    hall.clock.advance(minutes=14)
    assert claim(hall, asked.secret) is not None
    hall.clock.advance(minutes=2)
    with pytest.raises(PairingExpired):
        claim(hall, asked.secret)


def test_a_token_that_ended_is_not_told_again(hall: SmallHall) -> None:
    asked = ask(hall)
    confirm(hall, asked.code)
    given = claim(hall, asked.secret)
    assert given is not None
    hall.database.write(access.revoke, token_id=given.token_id)
    with pytest.raises(PairingExpired):
        claim(hall, asked.secret)


def test_a_screen_is_not_tied_to_a_printer_that_was_removed(hall: SmallHall) -> None:
    asked = ask(hall, Role.KIOSK)
    hall.database.write(lambda work: work.execute(update(Printer).values(removed=True)))
    with pytest.raises(Unknown):
        confirm(hall, asked.code, printer="Cửa vào")


def test_only_so_many_screens_may_ask_at_once(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "MOST_ASKING", 3)
    asked = [ask(hall) for _ in range(3)]
    with pytest.raises(TooManyAttempts):
        ask(hall)
    confirm(hall, asked[0].code)
    ask(hall)
    hall.clock.advance(minutes=16)
    ask(hall)


def test_a_code_that_is_taken_is_not_given_twice(
    hall: SmallHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([7, 7, 7, 8])
    monkeypatch.setattr(access.secrets, "randbelow", lambda _: next(drawn))
    assert [ask(hall).code, ask(hall).code] == ["000007", "000008"]


def test_a_code_is_confirmed_once(hall: SmallHall) -> None:
    asked = ask(hall)
    confirm(hall, asked.code)
    with pytest.raises(NotConfirmable):
        confirm(hall, asked.code)


def test_a_code_is_good_for_a_quarter_of_an_hour(hall: SmallHall) -> None:
    asked = ask(hall)
    hall.clock.advance(minutes=15, seconds=1)
    with pytest.raises(PairingExpired):
        confirm(hall, asked.code)
    with pytest.raises(PairingExpired):
        claim(hall, asked.secret)


def test_asks_that_nobody_answered_are_forgotten(hall: SmallHall) -> None:
    ask(hall)
    hall.clock.advance(minutes=16)
    ask(hall)
    assert hall.rows(select(func.count()).select_from(Pairing))[0][0] == 1


def test_what_nobody_asked_for_is_unknown(hall: SmallHall) -> None:
    with pytest.raises(Unknown):
        confirm(hall, "000000")
    with pytest.raises(Unknown):
        claim(hall, "guess")


@pytest.mark.parametrize(
    ("place", "thing"), [({"hall": "x"}, "hall"), ({"printer": "x"}, "printer")]
)
def test_a_screen_is_not_put_where_nothing_is(
    hall: SmallHall, place: dict[str, str], thing: str
) -> None:
    asked = ask(hall)
    with pytest.raises(Unknown) as refusal:
        confirm(hall, asked.code, **place)
    assert refusal.value.thing == thing
    assert confirm(hall, asked.code) > 0
