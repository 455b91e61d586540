"""A busy hall for benchmarks: the demo centre with many counters, and the server that serves it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from server import demo
from server.centre_file import read_centre
from server.domain.centre import CentrePlan, StaffPlan
from server.domain.roles import Role
from server.operations import access, centres, counters
from server.settings import read_settings
from server.storage import schema
from server.storage.connect import open_database
from server.storage.session import Database
from server.storage.tables import Counter, Staff

ROOT = Path(__file__).resolve().parents[2]
BENCH_SERVER = Path(__file__).with_name("bench_server.py")
COUNTERS = 128
STARTS_WITHIN = 30
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Desk:
    """An open counter, the token of the officer who holds it, and the line it serves first."""

    counter_id: int
    token: str
    service: str


@dataclass(frozen=True)
class Hall:
    """A site at work: every counter open and held by its own officer."""

    site: str
    site_id: int
    kiosk: str
    desks: tuple[Desk, ...]


@dataclass(frozen=True)
class Served:
    """A running server: its port, its process, and the seconds it took to answer at first."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time of all threads so far."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def megabytes(self) -> tuple[float, float]:
        """Resident memory, and its proportional share (PSS), in MB (10^6 bytes)."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        found = dict(re.findall(r"^(Rss|Pss):\s+(\d+) kB", text, re.MULTILINE))
        return int(found["Rss"]) * 1024 / 1e6, int(found["Pss"]) * 1024 / 1e6


def busy_plan() -> CentrePlan:
    """The demo centre with `COUNTERS` counters: the demo's own over and over, all numbered anew."""
    plan = read_centre(demo.CENTRE)
    numbered = range(COUNTERS)
    return replace(
        plan,
        counters=tuple(
            replace(plan.counters[i % len(plan.counters)], number=f"{i + 1}") for i in numbered
        ),
        staff=tuple(StaffPlan(f"officer-{i + 1}", f"Officer {i + 1}", "officer") for i in numbered),
    )


def set_up(database: Database) -> Hall:
    """Write the busy hall into an empty database and open all its counters."""
    plan = busy_plan()
    site_id = database.write(
        centres.apply_centre,
        plan,
        password_hashes={},
        printer_profiles={printer.name: {"paper_mm": printer.paper} for printer in plan.printers},
    ).site_id
    with database.read() as connection:
        staff = dict(connection.execute(select(Staff.login, Staff.id)).all())
        numbers = dict(connection.execute(select(Counter.number, Counter.id)).all())
    desks = []
    for officer, counter in zip(plan.staff, plan.counters, strict=True):
        counter_id = numbers[counter.number]
        token = database.write(
            access.create_token, site=plan.site.code, role=Role.OFFICER, officer=officer.login
        ).secret
        database.write(
            counters.open_counter,
            site_id=site_id,
            counter_id=counter_id,
            officer_id=staff[officer.login],
        )
        desks.append(Desk(counter_id, token, counter.services[0]))
    kiosk = database.write(access.create_token, site=plan.site.code, role=Role.KIOSK).secret
    return Hall(plan.site.code, site_id, kiosk, tuple(desks))


@contextmanager
def data_folder() -> Iterator[Path]:
    """A folder of its own that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="denluot-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def busy_hall(database_url: str | None = None) -> Iterator[tuple[Hall, Served]]:
    """The busy hall, served by a process of its own; on SQLite, or in the named empty database."""
    with data_folder() as data:
        environment = {**os.environ, "DENLUOT_DATA": str(data), "DENLUOT_DATABASE_URL": ""}
        if database_url is not None:
            environment["DENLUOT_DATABASE_URL"] = database_url
        settings = read_settings(environment)
        schema.upgrade(settings.database_url)
        database = open_database(settings.database_url)
        hall = set_up(database)
        database.close()
        with served(data, environment) as server:
            yield hall, server


@contextmanager
def served(data: Path, environment: dict[str, str]) -> Iterator[Served]:
    """The benchmark server on a free port, ready to answer; stopped and waited for afterwards."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gevent.monkey", str(BENCH_SERVER)),
        *("--data", str(data), "--port", str(port)),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT)})
    try:
        wait_until_listening(process, port)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_until_listening(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait for the server's first answer; raises RuntimeError when it does not come."""
    deadline = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.005)
    raise RuntimeError("the server did not start")
