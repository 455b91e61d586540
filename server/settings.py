"""Settings from the environment: read once, typed, and refused with the variable's name."""

import ipaddress
import os
import secrets
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_DATA = Path("data")
SECRET_BYTES = 32
SHORTEST_SECRET = 16
SECRET_FILE = "secret.key"
DRIVERS = {"sqlite": "pysqlite", "postgresql": "psycopg"}


class BadSetting(Exception):
    """A setting that the server cannot start with; the message names the variable."""


@dataclass(frozen=True)
class Settings:
    """`public_url` has no slash at its end; `trusted_proxies`: how many stand before the server."""

    data: Path
    database_url: str
    redis_url: str | None
    secret_key: str
    public_url: str
    public_url_is_guessed: bool
    trusted_proxies: int


def read_settings(
    environment: Mapping[str, str] = os.environ, *, data: Path | None = None, port: int = 8080
) -> Settings:
    """The settings of this process; makes the data folder and, at first, its secret key.

    `data` (from the command line) wins over `DENLUOT_DATA`. Raises `BadSetting`.
    """
    folder = (data or Path(environment.get("DENLUOT_DATA") or DEFAULT_DATA)).resolve()
    try:
        # People's names and password hashes are in it.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"DENLUOT_DATA: cannot make the folder {folder}: {error}") from None
    public_url = environment.get("DENLUOT_PUBLIC_URL", "").rstrip("/")
    return Settings(
        data=folder,
        database_url=_database_url(environment.get("DENLUOT_DATABASE_URL", ""), folder),
        redis_url=_redis_url(environment.get("DENLUOT_REDIS_URL", "")),
        secret_key=_secret_key(environment.get("DENLUOT_SECRET_KEY", ""), folder),
        public_url=_public_url(public_url) if public_url else f"http://{lan_address()}:{port}",
        public_url_is_guessed=not public_url,
        trusted_proxies=_proxies(environment.get("DENLUOT_TRUSTED_PROXIES", "")),
    )


def lan_address() -> str:
    """The first address by which this machine is known on its network; loopback without one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: connecting a datagram socket only chooses a route.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def is_loopback(address: str | None) -> bool:
    """True for a caller on this very machine."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _database_url(text: str, folder: Path) -> str:
    if not text:
        return f"sqlite:///{folder / 'denluot.db'}"
    name = "DENLUOT_DATABASE_URL"
    try:
        address = make_url(text)
    except (ArgumentError, ValueError):
        raise BadSetting(f"{name} is not a database address") from None
    kind, _, driver = address.drivername.partition("+")
    if kind not in DRIVERS:
        raise BadSetting(f"{name}: {kind} is neither sqlite nor postgresql")
    if driver not in ("", DRIVERS[kind]):
        raise BadSetting(f"{name}: write {kind}+{DRIVERS[kind]}:// for {address.drivername}://")
    if kind == "sqlite" and address.database in (None, "", ":memory:"):
        raise BadSetting(f"{name} names no file; write sqlite:////folder/denluot.db")
    whole = address.set(drivername=f"{kind}+{DRIVERS[kind]}")
    return whole.render_as_string(hide_password=False)


def _redis_url(text: str) -> str | None:
    if not text:
        return None
    scheme = urlsplit(_sound_address("DENLUOT_REDIS_URL", text)).scheme
    if scheme not in ("redis", "rediss", "unix"):
        raise BadSetting("DENLUOT_REDIS_URL does not begin with redis://, rediss:// or unix://")
    return text


def _sound_address(name: str, text: str) -> str:
    """The text, whose host and port can be read."""
    try:
        # Reading the port checks it.
        _ = urlsplit(text).port
    except ValueError as error:
        raise BadSetting(f"{name} is not an address: {error}") from None
    return text


def _secret_key(text: str, folder: Path) -> str:
    if text:
        if len(text) < SHORTEST_SECRET:
            raise BadSetting(f"DENLUOT_SECRET_KEY is shorter than {SHORTEST_SECRET} characters")
        return text
    file = folder / SECRET_FILE
    try:
        if not file.exists():
            _make_secret(file)
        kept = file.read_text().strip()
    except OSError as error:
        raise BadSetting(f"DENLUOT_DATA: {file}: {error.strerror}") from None
    if len(kept) < SHORTEST_SECRET:
        raise BadSetting(f"DENLUOT_DATA: {file} is damaged; delete it for a new one")
    return kept


def _make_secret(file: Path) -> None:
    """The file is there whole or not at all, and of several who make it at once one does."""
    descriptor, part = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with open(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(SECRET_BYTES))
            new.flush()
            os.fsync(descriptor)
        _appear(part, file)
    finally:
        Path(part).unlink(missing_ok=True)


def _appear(part: str, file: Path) -> None:
    """Let the file be there, unless somebody else was faster."""
    try:
        os.link(part, file)
    except FileExistsError:
        pass
    except OSError:
        os.rename(part, file)  # a disk without hard links


def _public_url(text: str) -> str:
    parts = urlsplit(_sound_address("DENLUOT_PUBLIC_URL", text))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting("DENLUOT_PUBLIC_URL is not an http:// or https:// address")
    if parts.query or parts.fragment:
        raise BadSetting("DENLUOT_PUBLIC_URL must be a base address, without ? or #")
    return text


def _proxies(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()):
        raise BadSetting(f"DENLUOT_TRUSTED_PROXIES={text!r} is not a number of proxies")
    return int(text)
