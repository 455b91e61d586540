"""What each command does; every one opens the database itself and works beside a server."""

import argparse
import ipaddress
import json
import os
import secrets
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from printers import FontUnusable, PrinterError, PrinterProfile, check_font, parse_address
from server import backups, demo
from server.centre_file import CentreFileError, read_centre
from server.domain.centre import LONGEST_PRINTER_NAME, CentrePlan
from server.domain.refusals import Invalid, Refused, StorageUnavailable, Unknown
from server.domain.roles import Role
from server.operations import access, centres, printing
from server.operations.centres import AppliedCentre
from server.queries.access import known_logins
from server.queries.overview import sites
from server.served_lock import AlreadyServed, ServedLock
from server.settings import Settings, is_loopback, read_settings
from server.storage import schema
from server.storage.connect import open_database, sqlite_file
from server.storage.session import Database, Work
from server.web.passwords import hash_password
from server.web.problems import DETAILS

DEMO_NOTES = "demo.json"
SCREENS = ("kiosk", "display", "counter", "guide", "manage")


class CannotDo(Exception):
    """A command that cannot be done; the message says why, in one sentence."""


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen command; answers with the exit status. Raises `CannotDo`, `BadSetting`."""
    name = " ".join(filter(None, (chosen.command, getattr(chosen, "action", None))))
    try:
        return _COMMANDS[name](chosen)
    except Unknown as unknown:
        which = " ".join(str(fact) for fact in unknown.facts.values())
        raise CannotDo(f"there is no {unknown.thing} {which}".rstrip()) from unknown
    except StorageUnavailable as refusal:
        why = " ".join(str(refusal.facts.get("reason", "")).split())
        raise CannotDo(f"the database of DENLUOT_DATABASE_URL does not answer: {why}") from refusal
    except Refused as refusal:
        code = refusal.full_code
        facts = ", ".join(f"{key}={value}" for key, value in refusal.facts.items())
        raise CannotDo(f"{DETAILS.get(code, code)} ({facts or code})") from refusal
    except backups.BackupError as error:
        raise CannotDo(str(error)) from error


def _serve(chosen: argparse.Namespace) -> int:
    from server import logs
    from server.screens import bundle
    from server.serve import listen, serve

    settings = read_settings(data=chosen.data, port=chosen.port)
    if bundle.is_stale():
        raise CannotDo("the browser bundle is older than its sources: run `make build`")
    try:
        check_font()
    except FontUnusable as error:
        raise CannotDo(f"slips cannot be drawn: {error}") from None
    try:
        # Several processes may share a PostgreSQL; an SQLite file has one server.
        alone = sqlite_file(settings.database_url) is not None
        with ServedLock(settings.data) if alone else nullcontext():
            logs.start_logging()
            backups.backup_before_migrating(settings.database_url, settings.data)
            schema.upgrade(settings.database_url)
            try:
                listener = listen(chosen.host, chosen.port)
            except OSError as error:
                raise CannotDo(f"cannot listen on {chosen.host}:{chosen.port}: {error}") from None
            _say_where(settings, chosen.host, chosen.port)
            serve(settings, listener)
    except AlreadyServed:
        raise CannotDo(f"already served: {settings.data}") from None
    return 0


def _demo(chosen: argparse.Namespace) -> int:
    settings = read_settings(data=chosen.data)
    if chosen.if_empty and schema.revision(settings.database_url) not in (None, schema.head()):
        return 0  # there is data, of another version: `serve` sees to it
    plan = read_centre(demo.CENTRE)
    notes = settings.data / DEMO_NOTES
    database = _open(settings)
    try:
        with database.read() as connection:
            known = {site.code: site.id for site in sites(connection)}
        if known and not chosen.if_empty:
            raise CannotDo(f"{settings.data} is not empty")
        # Where the notes alone are missing nobody knows a password: there are new ones.
        if not known or (plan.site.code in known and not notes.exists()):
            _make_demo(database, plan, known.get(plan.site.code), notes)
    finally:
        database.close()
    return 0


def _make_demo(database: Database, plan: CentrePlan, site_id: int | None, notes: Path) -> None:
    """Centre, passwords, devices and notes, or nothing: what is cut off begins anew."""
    passwords = {person.login: _new_password() for person in plan.staff}
    hashes = {login: hash_password(text) for login, text in passwords.items()}
    part = notes.with_name(f".{notes.name}.part")

    def make(work: Work) -> None:
        site = _applied(work, plan, hashes).site_id if site_id is None else site_id
        for login, text in hashes.items():
            access.set_password(work, login=login, password_hash=text)
        told = {**_demo_devices(work, plan, site), "passwords": passwords}
        _write_private(part, json.dumps(told, ensure_ascii=False, indent=1))

    database.write(make)
    part.rename(notes)


def _demo_devices(work: Work, plan: CentrePlan, site_id: int) -> dict[str, object]:
    """The secrets of a kiosk, and of a display in each hall."""
    kiosk = access.pair_device(
        work, site_id=site_id, kind=Role.KIOSK, name="Kiosk 1",
        hall=plan.halls[0].code, printer=plan.printers[0].name,
    )  # fmt: skip
    displays = {
        hall.name: access.pair_device(
            work, site_id=site_id, kind=Role.DISPLAY, name=hall.name, hall=hall.code, printer=None
        ).secret
        for hall in plan.halls
    }
    return {"kiosk": kiosk.secret, "displays": displays}


def _centre_apply(chosen: argparse.Namespace) -> int:
    settings = read_settings(data=chosen.data)
    plan = _read_plan(chosen.file)
    database = _open(settings)
    passwords, applied = _apply(database, plan)
    database.close()
    print(f"{plan.site.code}: {applied.changes} {'change' if applied.changes == 1 else 'changes'}")
    if applied.still_in_use:
        print(f"still in use, apply again later: {', '.join(applied.still_in_use)}")
    if passwords:
        print("New people and their passwords, told only now:")
        width = max(map(len, passwords))
        print("\n".join(f"  {login:{width}}  {text}" for login, text in passwords.items()))
    return 0


def _token(chosen: argparse.Namespace) -> int:
    database = _open(read_settings(data=chosen.data))
    try:
        new = database.write(
            access.create_token, site=chosen.site, role=Role(chosen.role), officer=chosen.officer
        )
    except Invalid:
        who = f"--officer {chosen.officer}"
        raise CannotDo(f"{who} does not go with --role {chosen.role}") from None
    finally:
        database.close()
    print(new.secret)
    return 0


def _password(chosen: argparse.Namespace) -> int:
    database = _open(read_settings(data=chosen.data))
    password = _new_password()
    database.write(access.set_password, login=chosen.login, password_hash=hash_password(password))
    database.close()
    print(f"{chosen.login}  {password}")
    return 0


def _printer_add(chosen: argparse.Namespace) -> int:
    try:
        parse_address(chosen.address)
    except PrinterError as error:
        raise CannotDo(f"{chosen.address}: {error.detail}") from None
    if not 0 < len(chosen.name) <= LONGEST_PRINTER_NAME:
        raise CannotDo(f"a printer's name has 1 to {LONGEST_PRINTER_NAME} characters")
    database = _open(read_settings(data=chosen.data))
    database.write(
        printing.add_printer,
        site=chosen.site,
        name=chosen.name,
        address=chosen.address,
        profile=PrinterProfile(paper_mm=chosen.paper).to_dict(),
    )
    database.close()
    return 0


def _backup(chosen: argparse.Namespace) -> int:
    backups.backup(read_settings(data=chosen.data).database_url, chosen.file)
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    settings = read_settings(data=chosen.data)
    try:
        aside = backups.restore(chosen.file, settings.database_url, settings.data)
        if aside is not None:
            print(f"the former database is kept as {aside}")
    except AlreadyServed:
        raise CannotDo(f"a server is running on {settings.data}: stop it first") from None
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "serve": _serve,
    "demo": _demo,
    "centre apply": _centre_apply,
    "token": _token,
    "password": _password,
    "printer add": _printer_add,
    "backup": _backup,
    "restore": _restore,
}


def _open(settings: Settings) -> Database:
    """The database, created when there is none; an older one is left to `serve`."""
    if schema.revision(settings.database_url) in (None, schema.head()):
        schema.upgrade(settings.database_url)
    else:
        raise CannotDo("the database is of another version: start `denluot serve` once")
    return open_database(settings.database_url)


def _read_plan(file: Path) -> CentrePlan:
    try:
        return read_centre(file)
    except CentreFileError as error:
        raise CannotDo("\n  ".join([f"{file} is not applied:", *error.problems])) from None
    except OSError as error:
        raise CannotDo(f"{file}: {error.strerror}") from None


def _apply(database: Database, plan: CentrePlan) -> tuple[dict[str, str], AppliedCentre]:
    """Apply the plan; new staff get random passwords, told once."""
    with database.read() as connection:
        known = known_logins(connection)
    new = [person.login for person in plan.staff if person.login not in known]
    passwords = {login: _new_password() for login in new}
    hashes = {login: hash_password(text) for login, text in passwords.items()}
    applied = database.write(_applied, plan, hashes)
    return {login: passwords[login] for login in applied.new_logins}, applied


def _applied(work: Work, plan: CentrePlan, hashes: dict[str, str]) -> AppliedCentre:
    return centres.apply_centre(
        work,
        plan,
        password_hashes=hashes,
        printer_profiles={
            printer.name: PrinterProfile(paper_mm=printer.paper).to_dict()
            for printer in plan.printers
        },
    )


def _new_password() -> str:
    """Twelve letters and figures that nobody takes for one another."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(12))


def _write_private(file: Path, text: str) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(text)


def _say_where(settings: Settings, host: str, port: int) -> None:
    """Print the address of every screen; with the demo centre's links and logins."""
    base = _base(settings, host, port)
    lines = ["", f"  Đến Lượt  {base}", ""]
    notes = settings.data / DEMO_NOTES
    if notes.exists():
        lines += _demo_lines(base, json.loads(notes.read_text()))
    else:
        lines += [f"  {name:9} {base}/{name}" for name in SCREENS]
        if not _has_a_site(settings):
            lines += ["", "  There is no centre yet: denluot centre apply FILE.yaml makes one."]
    if settings.public_url_is_guessed:
        lines += ["", f"  QR codes on slips point to {settings.public_url}."]
        if is_loopback(host) or host == "localhost":
            lines += ["  Only this computer can reach this server; --host 0.0.0.0 lets others in."]
        lines += ["  Set DENLUOT_PUBLIC_URL to the address that phones can reach."]
    print("\n".join([*lines, ""]), flush=True)


def _base(settings: Settings, host: str, port: int) -> str:
    """Where the screens are: nobody can open 0.0.0.0, which only means every address."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if address.is_unspecified:
        return settings.public_url
    return f"http://[{host}]:{port}" if address.version == 6 else f"http://{host}:{port}"


def _has_a_site(settings: Settings) -> bool:
    database = open_database(settings.database_url)
    try:
        with database.read() as connection:
            return bool(sites(connection))
    finally:
        database.close()


def _demo_lines(base: str, notes: dict[str, object]) -> list[str]:
    passwords, displays = notes["passwords"], notes["displays"]
    assert isinstance(passwords, dict) and isinstance(displays, dict)
    lines = [f"  Kiosk             {base}/kiosk#token={notes['kiosk']}"]
    lines += [f"  {name:17} {base}/display#token={token}" for name, token in displays.items()]
    for role, title, page in (
        ("canbo", "Officer", "counter"),
        ("tinhnguyen", "Volunteer", "guide"),
        ("quanly", "Manager", "manage"),
    ):
        login = f"{role}1"
        lines.append(f"  {title:17} {base}/{page}   {login} / {passwords[login]}")
    return [*lines, f"  All logins are in {DEMO_NOTES} in the data folder."]
