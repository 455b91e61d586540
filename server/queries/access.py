"""Who asks: the bearer of a token or of a browser session."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, or_, select

from server.domain.roles import Role
from server.storage.base import AnyRow
from server.storage.tables import AccessToken, Device, Hall, Pairing, Printer, Site, Staff


@dataclass(frozen=True)
class Caller:
    """Somebody or something that showed a valid token; `site` None: an admin of all sites."""

    token_id: int
    role: Role
    site_id: int | None
    site: str | None
    staff_id: int | None
    device_id: int | None
    hall_id: int | None
    printer_id: int | None
    csrf: str | None


_BEARER = (
    select(
        AccessToken.id,
        AccessToken.role,
        AccessToken.site_id,
        Site.code.label("site"),
        AccessToken.staff_id,
        AccessToken.device_id,
        Device.hall_id,
        Device.printer_id,
        AccessToken.csrf,
        AccessToken.expires_at,
        AccessToken.revoked_at,
        Staff.active,
    )
    .outerjoin(Site, Site.id == AccessToken.site_id)
    .outerjoin(Device, Device.id == AccessToken.device_id)
    .outerjoin(Staff, Staff.id == AccessToken.staff_id)
    .where(AccessToken.hash == bindparam("hash"))
)


def bearer(connection: Connection, token_hash: str, now: datetime) -> Caller | None:
    """The caller whose token has this SHA-256; None when unknown, expired or revoked."""
    row = connection.execute(_BEARER, {"hash": token_hash}).one_or_none()
    if row is None or row.revoked_at is not None or row.active is False:
        return None
    if row.expires_at is not None and row.expires_at <= now:
        return None
    return Caller(
        row.id,
        Role(row.role),
        row.site_id,
        row.site,
        row.staff_id,
        row.device_id,
        row.hall_id,
        row.printer_id,
        row.csrf,
    )


def revoked_tokens(connection: Connection, token_ids: Collection[int], now: datetime) -> set[int]:
    """Those of the tokens that no longer open a door."""
    valid = select(AccessToken.id).where(
        AccessToken.id.in_(token_ids),
        AccessToken.revoked_at.is_(None),
        or_(AccessToken.expires_at.is_(None), AccessToken.expires_at > now),
    )
    return set(token_ids) - set(connection.execute(valid).scalars())


def who_is(connection: Connection, caller: Caller) -> dict[str, Any]:
    """What a screen must know of itself: its role, site, person or device."""
    site = person = device = None
    if caller.site_id is not None:
        row = connection.execute(
            select(Site.code, Site.name).where(Site.id == caller.site_id)
        ).one()
        site = row._asdict()
    if caller.staff_id is not None:
        who = connection.execute(
            select(Staff.id, Staff.name, Staff.login).where(Staff.id == caller.staff_id)
        ).one()
        person = {"id": str(who.id), "name": who.name, "login": who.login}
    if caller.device_id is not None:
        device = device_view(connection, caller.device_id)
    return {
        "role": caller.role.value,
        "site": site,
        "person": person,
        "device": device,
        "csrf": caller.csrf,
    }


def device_view(connection: Connection, device_id: int) -> dict[str, Any]:
    """A paired device: its kind, name, hall and printer."""
    row = connection.execute(
        select(
            Device.id,
            Device.kind,
            Device.name,
            Hall.code.label("hall"),
            Hall.name.label("hall_name"),
            Printer.name.label("printer"),
        )
        .outerjoin(Hall, Hall.id == Device.hall_id)
        .outerjoin(Printer, Printer.id == Device.printer_id)
        .where(Device.id == device_id)
    ).one()
    return {
        "id": str(row.id),
        "kind": row.kind,
        "name": row.name,
        "hall": None if row.hall is None else {"code": row.hall, "name": row.hall_name},
        "printer": row.printer,
    }


def devices(connection: Connection, site_id: int) -> list[AnyRow]:
    """The devices that are let in, the last paired first.

    Columns: id, kind, name, hall, hall_en, printer, paired_at, and `arrived`: whether it has
    fetched its token.
    """
    token = exists().where(AccessToken.device_id == Device.id, AccessToken.revoked_at.is_(None))
    promised = exists().where(Pairing.device_id == Device.id, Pairing.claimed_at.is_(None))
    return list(
        connection.execute(
            select(
                Device.id,
                Device.kind,
                Device.name,
                Hall.name.label("hall"),
                Hall.name_en.label("hall_en"),
                Printer.name.label("printer"),
                Device.paired_at,
                token.label("arrived"),
            )
            .outerjoin(Hall, Hall.id == Device.hall_id)
            .outerjoin(Printer, Printer.id == Device.printer_id)
            .where(Device.site_id == site_id, or_(token, promised))
            .order_by(Device.paired_at.desc(), Device.id.desc())
        )
    )


def asked_pairing(connection: Connection, secret_hash: str) -> AnyRow | None:
    """The code and expires_at of the pairing with this secret; None where there is none."""
    return connection.execute(
        select(Pairing.code, Pairing.expires_at).where(Pairing.secret_hash == secret_hash)
    ).one_or_none()


def password_of(connection: Connection, login: str) -> tuple[int, str] | None:
    """The id and password hash of an active member of staff; None where there is none."""
    row = connection.execute(
        select(Staff.id, Staff.password_hash).where(
            Staff.login == login, Staff.active, Staff.password_hash != ""
        )
    ).one_or_none()
    return None if row is None else (row.id, row.password_hash)


def known_logins(connection: Connection) -> set[str]:
    """The logins of all staff there ever were."""
    return set(connection.execute(select(Staff.login)).scalars())


@dataclass(frozen=True)
class SiteDoor:
    """What decides who may look in: a site's id and what of it is public."""

    id: int
    code: str
    name: str
    board_public: bool
    catalogue_public: bool


_DOOR = select(Site.id, Site.code, Site.name, Site.board_public, Site.catalogue_public).where(
    Site.code == bindparam("code")
)


def site_door(connection: Connection, code: str) -> SiteDoor | None:
    """The site with this code, None where there is none."""
    row = connection.execute(_DOOR, {"code": code}).one_or_none()
    return None if row is None else SiteDoor(*row)
