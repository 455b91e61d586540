"""Letting people and devices in, and out again."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from server.domain.facts import AccessRevoked
from server.domain.refusals import NotConfirmable, PairingExpired, Unknown
from server.domain.roles import DEVICE_ROLES, Role
from server.storage.session import Work
from server.storage.tables import (
    AccessToken,
    Device,
    Hall,
    Pairing,
    Printer,
    Site,
    Staff,
)

SESSION_LASTS = timedelta(hours=14)
PAIRING_LASTS = timedelta(minutes=15)
SECRET_BYTES = 32


def fingerprint(secret: str) -> str:
    """What is kept of a secret: its SHA-256, in hex. Secrets are random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True)
class NewAccess:
    """A fresh secret, told once; `csrf` only for a browser session."""

    token_id: int
    secret: str
    csrf: str | None = None


@dataclass(frozen=True)
class AskedPairing:
    """What a new screen shows (`code`) and what it keeps to itself (`secret`)."""

    code: str
    secret: str
    lasts: timedelta


def open_session(work: Work, *, staff_id: int) -> NewAccess:
    """A browser session for somebody whose password was found right."""
    staff = work.session.get_one(Staff, staff_id)
    return _new_access(
        work,
        Role(staff.role),
        staff.site_id,
        staff_id=staff_id,
        csrf=secrets.token_urlsafe(24),
        lasts=SESSION_LASTS,
    )


def revoke(work: Work, *, token_id: int) -> None:
    """End a session or token; its sockets are closed."""
    site_id = work.execute(
        select(AccessToken.site_id).where(AccessToken.id == token_id)
    ).scalar_one_or_none()
    work.execute(
        update(AccessToken)
        .where(AccessToken.id == token_id, AccessToken.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )
    work.tell(AccessRevoked(site_id or 0, token_id))


def create_token(work: Work, *, site: str, role: Role, officer: str | None = None) -> NewAccess:
    """A token for a program or device of the site.

    An officer's belongs to the officer named by login, or to a new one made for it.
    """
    site_id = work.execute(select(Site.id).where(Site.code == site)).scalar_one_or_none()
    if site_id is None:
        raise Unknown("site", site=site)
    if role in DEVICE_ROLES:
        device = Device(site_id=site_id, kind=role.value, name=role.value, paired_at=work.now)
        work.session.add(device)
        work.session.flush()
        return _new_access(work, role, site_id, device_id=device.id)
    if officer is not None:
        staff = work.session.scalars(
            select(Staff).where(Staff.login == officer, Staff.site_id == site_id, Staff.active)
        ).one_or_none()
        if staff is None:
            raise Unknown("officer", officer=officer)
        role = Role(staff.role)
    else:
        login = f"{role.value}-{secrets.token_hex(4)}"
        staff = Staff(
            site_id=None if role is Role.ADMIN else site_id,
            login=login,
            name=login,
            role=role.value,
        )
        work.session.add(staff)
        work.session.flush()
    return _new_access(work, role, staff.site_id, staff_id=staff.id)


def set_password(work: Work, *, login: str, password_hash: str) -> None:
    """Give somebody a new password; their open sessions end."""
    staff = work.session.scalars(select(Staff).where(Staff.login == login)).one_or_none()
    if staff is None:
        raise Unknown("officer", officer=login)
    staff.password_hash = password_hash
    end_access(work, staff_id=staff.id, sessions_only=True)


def end_access(work: Work, *, staff_id: int, sessions_only: bool = False) -> None:
    """Revoke every session and token of somebody; `sessions_only` spares tokens of programs."""
    tokens = select(AccessToken.id).where(
        AccessToken.staff_id == staff_id, AccessToken.revoked_at.is_(None)
    )
    if sessions_only:
        tokens = tokens.where(AccessToken.csrf.is_not(None))
    for token_id in list(work.execute(tokens).scalars()):
        revoke(work, token_id=token_id)


def revoke_device(work: Work, *, site_id: int, device_id: int) -> None:
    """Shut a paired device out: all its tokens end, and one it has not fetched yet is not given."""
    found = work.execute(
        select(Device.id).where(Device.id == device_id, Device.site_id == site_id)
    ).scalar_one_or_none()
    if found is None:
        raise Unknown("device")
    work.execute(delete(Pairing).where(Pairing.device_id == device_id))
    tokens = select(AccessToken.id).where(
        AccessToken.device_id == device_id, AccessToken.revoked_at.is_(None)
    )
    for token_id in list(work.execute(tokens).scalars()):
        revoke(work, token_id=token_id)


def ask_pairing(work: Work, *, kind: Role) -> AskedPairing:
    """A new screen asks to be let in; asks that nobody answered are forgotten."""
    work.execute(delete(Pairing).where(Pairing.expires_at < work.now))
    taken = set(work.execute(select(Pairing.code)).scalars())
    code = _new_code()
    while code in taken:
        code = _new_code()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    work.session.add(
        Pairing(
            code=code,
            secret_hash=fingerprint(secret),
            kind=kind.value,
            created_at=work.now,
            expires_at=work.now + PAIRING_LASTS,
        )
    )
    return AskedPairing(code, secret, PAIRING_LASTS)


def confirm_pairing(
    work: Work, *, site_id: int, code: str, name: str, hall: str | None, printer: str | None
) -> int:
    """The manager lets the screen with this code in; answers with the device's id."""
    pairing = work.session.scalars(
        select(Pairing).where(Pairing.code == "".join(code.split()))
    ).one_or_none()
    if pairing is None:
        raise Unknown("pairing")
    if pairing.expires_at < work.now:
        raise PairingExpired()
    if pairing.device_id is not None:
        raise NotConfirmable()
    device = Device(
        site_id=site_id,
        kind=pairing.kind,
        name=name,
        hall_id=_hall_id(work, site_id, hall),
        printer_id=_printer_id(work, site_id, printer),
        paired_at=work.now,
    )
    work.session.add(device)
    work.session.flush()
    pairing.device_id = device.id
    return device.id


def claim_pairing(work: Work, *, secret: str) -> NewAccess | None:
    """The screen asks whether it was let in; None while it was not. The token is told once."""
    pairing = work.session.scalars(
        select(Pairing).where(Pairing.secret_hash == fingerprint(secret))
    ).one_or_none()
    if pairing is None:
        raise Unknown("pairing")
    if pairing.device_id is None:
        if pairing.expires_at < work.now:
            raise PairingExpired()
        return None
    if pairing.claimed_at is not None:
        raise PairingExpired()
    pairing.claimed_at = work.now
    device = work.session.get_one(Device, pairing.device_id)
    return _new_access(work, Role(device.kind), device.site_id, device_id=device.id)


def pair_device(
    work: Work, *, site_id: int, kind: Role, name: str, hall: str | None, printer: str | None
) -> NewAccess:
    """A device that is let in at once: the demo centre's pre-paired links."""
    device = Device(
        site_id=site_id,
        kind=kind.value,
        name=name,
        hall_id=_hall_id(work, site_id, hall),
        printer_id=_printer_id(work, site_id, printer),
        paired_at=work.now,
    )
    work.session.add(device)
    work.session.flush()
    return _new_access(work, kind, site_id, device_id=device.id)


def _hall_id(work: Work, site_id: int, code: str | None) -> int | None:
    if code is None:
        return None
    found = work.execute(
        select(Hall.id).where(Hall.site_id == site_id, Hall.code == code)
    ).scalar_one_or_none()
    if found is None:
        raise Unknown("hall", hall=code)
    return int(found)


def _printer_id(work: Work, site_id: int, name: str | None) -> int | None:
    if name is None:
        return None
    found = work.execute(
        select(Printer.id).where(Printer.site_id == site_id, Printer.name == name)
    ).scalar_one_or_none()
    if found is None:
        raise Unknown("printer", printer=name)
    return int(found)


def _new_code() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"


def _new_access(
    work: Work,
    role: Role,
    site_id: int | None,
    *,
    staff_id: int | None = None,
    device_id: int | None = None,
    csrf: str | None = None,
    lasts: timedelta | None = None,
) -> NewAccess:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    token = AccessToken(
        hash=fingerprint(secret),
        role=role.value,
        site_id=site_id,
        staff_id=staff_id,
        device_id=device_id,
        csrf=csrf,
        created_at=work.now,
        expires_at=None if lasts is None else work.now + lasts,
    )
    work.session.add(token)
    work.session.flush()
    return NewAccess(token.id, secret, csrf)
