"""Settings from the environment: read once, typed, and refused with the variable's name."""

import ipaddress
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_DATA = Path("data")
SECRET_BYTES = 32
SHORTEST_SECRET = 16


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
        folder.mkdir(parents=True, exist_ok=True)
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
    try:
        kind = make_url(text).get_backend_name()
    except ArgumentError:
        raise BadSetting("DENLUOT_DATABASE_URL is not a database address") from None
    if kind not in ("sqlite", "postgresql"):
        raise BadSetting(f"DENLUOT_DATABASE_URL: {kind} is neither sqlite nor postgresql")
    return text


def _redis_url(text: str) -> str | None:
    if text and urlsplit(text).scheme not in ("redis", "rediss", "unix"):
        raise BadSetting("DENLUOT_REDIS_URL does not begin with redis://, rediss:// or unix://")
    return text or None


def _secret_key(text: str, folder: Path) -> str:
    if text:
        if len(text) < SHORTEST_SECRET:
            raise BadSetting(f"DENLUOT_SECRET_KEY is shorter than {SHORTEST_SECRET} characters")
        return text
    file = folder / "secret.key"
    try:
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(SECRET_BYTES))
    except FileExistsError:
        pass
    return file.read_text().strip()


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise BadSetting("DENLUOT_PUBLIC_URL is not an http:// or https:// address")
    if parts.query or parts.fragment:
        raise BadSetting("DENLUOT_PUBLIC_URL must be a base address, without ? or #")
    return text


def _proxies(text: str) -> int:
    if not text:
        return 0
    if not text.isdigit():
        raise BadSetting(f"DENLUOT_TRUSTED_PROXIES={text!r} is not a number of proxies")
    return int(text)
