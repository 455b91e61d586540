"""PostgreSQL for the tests: the one that is named, or a private one from installed binaries."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from sqlalchemy import URL, NullPool, create_engine, make_url
from sqlalchemy.exc import OperationalError

from server.storage import schema

POSTGRES_STARTS_WITHIN = 30
POSTGRES_FOR_TESTS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


def _without_postgres(why: str) -> NoReturn:
    """Skip, but never where the tests must have PostgreSQL, as in CI."""
    if os.environ.get("DENLUOT_TEST_REQUIRE_POSTGRES"):
        pytest.fail(why)
    pytest.skip(why)


@dataclass(frozen=True)
class PostgresServer:
    """A server in which a test may make databases; `template` is a migrated one."""

    url: URL
    template: str = field(default_factory=lambda: f"denluot_{secrets.token_hex(4)}")

    def run(self, *statements: str) -> None:
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def address_of(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)

    def fresh_database(self, template: str) -> Iterator[str]:
        name = f"denluot_{secrets.token_hex(4)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.address_of(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The server of DENLUOT_TEST_POSTGRES_URL, or a private one; skipped where none can be had."""
    named = os.environ.get("DENLUOT_TEST_POSTGRES_URL")
    for url in [make_url(named)] if named else _private_postgres():
        server = PostgresServer(url)
        server.run(f"CREATE DATABASE {server.template}")
        schema.upgrade(server.address_of(server.template))
        yield server
        server.run(f"DROP DATABASE {server.template} WITH (FORCE)")


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    yield from postgres_server.fresh_database(postgres_server.template)


@pytest.fixture
def blank_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a PostgreSQL database without any table."""
    yield from postgres_server.fresh_database("template0")


def _private_postgres() -> Iterator[URL]:
    binaries = _postgres_binaries()
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="denluot-pg-"))
    try:
        if user:
            shutil.chown(folder, user["user"], user["group"])
        initdb = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "denluot",
                  "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"]  # fmt: skip
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **user)
        options = [f"--{name}={value}" for name, value in POSTGRES_FOR_TESTS.items()]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", folder / "data", "-k", folder, *options],
                stdout=log, stderr=log, cwd=folder, **user,
            )  # fmt: skip
        try:
            url = make_url(f"postgresql+psycopg://denluot@/postgres?host={folder}")
            _wait_for_postgres(url, server, folder / "log")
            yield url
        finally:
            server.terminate()
            server.wait()
    finally:
        shutil.rmtree(folder)


def _postgres_binaries() -> Path:
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    on_path = [Path(found).parent for name in ["initdb"] if (found := shutil.which(name))]
    for folder in (*reversed(packaged), *on_path):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    _without_postgres(
        "no PostgreSQL: it is not installed, and DENLUOT_TEST_POSTGRES_URL is not set"
    )


def _unprivileged_user() -> dict[str, Any]:
    """How to start PostgreSQL, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    _without_postgres("no PostgreSQL: it does not run as root, and there is no other user")


def _wait_for_postgres(url: URL, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + POSTGRES_STARTS_WITHIN
    while server.poll() is None and time.monotonic() < deadline:
        try:
            PostgresServer(url).run("SELECT 1")
            return
        except OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
