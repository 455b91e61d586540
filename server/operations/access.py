"""Letting people and devices in, and out again."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

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
from server.storage.printers import printer_with_name
from server.storage.session import Work
from server.storage.tables import (
    AccessToken,
    Device,
    Hall,
    Pairing,
    Site,
    Staff,
)

SESSION_LASTS = timedelta(hours=14)
PAIRING_LASTS = timedelta(minutes=15)
SECRET_BYTES = 32
MOST_ASKING = 200
"""Screens that may wait for a manager at once: more than a province has, and strangers can ask."""

_HOW_MANY_ASK = select(func.count()).select_from(Pairing).where(Pairing.device_id.is_(None))


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

    An officer's belongs to the officer named by login, or to a new one made for it. Raises
    `Invalid` when the one who is named has another role, or when a device is asked for.
    """
    site_id = work.execute(select(Site.id).where(Site.code == site)).scalar_one_or_none()
    if site_id is None:
        raise Unknown("site", site=site)
    if role in DEVICE_ROLES:
        if officer is not None:
            raise Invalid(detail="officer")
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
        if staff.role != role:
            raise Invalid(detail="officer")
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


def suspend_staff(work: Work, *, site_id: int, staff_id: int, by_staff_id: int | None) -> None:
    """Shut somebody of the site out at once: no log-in, every session and token ended.

    What they did stays in the history. Raises `Forbidden` for one's own account, so that a centre
    is not left without a manager by a slip of the hand.
    """
    if staff_id == by_staff_id:
        raise Forbidden(reason="own account")
    _set_active(work, site_id, staff_id, False)
    end_access(work, staff_id=staff_id)


def reinstate_staff(work: Work, *, site_id: int, staff_id: int) -> None:
    """Let somebody of the site log in again, with the password of before; old tokens stay ended."""
    _set_active(work, site_id, staff_id, True)


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


def new_secret() -> str:
    """A secret that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)


def ask_pairing(work: Work, *, kind: Role, secret: str | None = None) -> AskedPairing:
    """A new screen asks to be let in; it keeps the secret (a fresh one) and shows the code.

    Asks that nobody answered are forgotten. Raises `TooManyAttempts` while very many wait.
    """
    secret = secret or new_secret()
    work.execute(delete(Pairing).where(Pairing.expires_at < work.now))
    if work.execute(_HOW_MANY_ASK).scalar_one() >= MOST_ASKING:
        raise TooManyAttempts(retry_after=60)
    asked = {
        "secret_hash": fingerprint(secret),
        "kind": kind.value,
        "created_at": work.now,
        "expires_at": work.now + PAIRING_LASTS,
    }
    code = _new_code()
    while work.execute(_ask(work, {"code": code, **asked})).one_or_none() is None:
        code = _new_code()
    return AskedPairing(code, secret, PAIRING_LASTS)


def confirm_pairing(
    work: Work, *, site_id: int, code: str, name: str, hall: str | None, printer: str | None
) -> int:
    """The manager lets the screen with this code in; answers with the device's id.

    From now the screen has a quarter of an hour to fetch its token. Of several who confirm at once
    one succeeds; raises `Unknown`, `PairingExpired`, `NotConfirmable`.
    """
    pairing = work.execute(
        select(Pairing.id, Pairing.kind, Pairing.expires_at, Pairing.device_id).where(
            Pairing.code == "".join(code.split())
        )
    ).one_or_none()
    if pairing is None:
        raise Unknown("pairing")
    if pairing.device_id is None and pairing.expires_at < work.now:
        raise PairingExpired()
    device_id = _new_device(work, site_id, Role(pairing.kind), name, hall, printer)
    confirmed = work.claim(
        update(Pairing)
        .where(Pairing.id == pairing.id, Pairing.device_id.is_(None))
        .values(device_id=device_id, expires_at=work.now + PAIRING_LASTS)
    )
    if not confirmed:
        raise NotConfirmable()
    return device_id


def claim_pairing(work: Work, *, secret: str) -> NewAccess | None:
    """The screen asks whether it was let in; None while it was not.

    The token follows from the secret, so that whoever asks again, or twice at once, gets the same
    one: an answer that was lost costs nothing. Raises `Unknown`, and `PairingExpired` a quarter of
    an hour after the manager confirmed, or when the token has ended since.
    """
    pairing = work.execute(
        select(Pairing.id, Pairing.device_id, Pairing.expires_at).where(
            Pairing.secret_hash == fingerprint(secret)
        )
    ).one_or_none()
    if pairing is None:
        raise Unknown("pairing")
    if pairing.expires_at < work.now:
        raise PairingExpired()
    if pairing.device_id is None:
        return None
    token = _token_of_pairing(secret)
    first = work.claim(
        update(Pairing)
        .where(Pairing.id == pairing.id, Pairing.claimed_at.is_(None))
        .values(claimed_at=work.now)
    )
    if first:
        device = work.session.get_one(Device, pairing.device_id)
        role = Role(device.kind)
        return _new_access(work, role, device.site_id, device_id=device.id, secret=token)
    known = work.execute(
        select(AccessToken.id).where(
            AccessToken.hash == fingerprint(token), AccessToken.revoked_at.is_(None)
        )
    ).scalar_one_or_none()
    if known is None:
        raise PairingExpired()
    return NewAccess(known, token)


def pair_device(
    work: Work, *, site_id: int, kind: Role, name: str, hall: str | None, printer: str | None
) -> NewAccess:
    """A device that is let in at once: the demo centre's pre-paired links."""
    device_id = _new_device(work, site_id, kind, name, hall, printer)
    return _new_access(work, kind, site_id, device_id=device_id)


def _ask(work: Work, values: dict[str, Any]) -> Any:
    """Inserts the pairing and answers with its id; with no row where the code is taken."""
    dialect = {"sqlite": sqlite, "postgresql": postgresql}[work.connection.dialect.name]
    return (
        dialect.insert(Pairing)
        .values(**values)
        .on_conflict_do_nothing(index_elements=["code"])
        .returning(Pairing.id)
    )


def _token_of_pairing(secret: str) -> str:
    digest = hmac.digest(secret.encode(), b"the token of a paired device", "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _new_device(
    work: Work, site_id: int, kind: Role, name: str, hall: str | None, printer: str | None
) -> int:
    device = Device(
        site_id=site_id,
        kind=kind.value,
        name=name,
        hall_id=None if hall is None else _hall_id(work, site_id, hall),
        printer_id=None if printer is None else printer_with_name(work, site_id, printer),
        paired_at=work.now,
    )
    work.session.add(device)
    work.session.flush()
    return device.id


def _set_active(work: Work, site_id: int, staff_id: int, active: bool) -> None:
    known = work.claim(
        update(Staff).where(Staff.id == staff_id, Staff.site_id == site_id).values(active=active)
    )
    if not known:
        raise Unknown("officer")


def _hall_id(work: Work, site_id: int, code: str) -> int:
    found = work.execute(
        select(Hall.id).where(Hall.site_id == site_id, Hall.code == code)
    ).scalar_one_or_none()
    if found is None:
        raise Unknown("hall", hall=code)
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
    secret: str | None = None,
) -> NewAccess:
    secret = secret or new_secret()
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
