"""A served demo centre in a process of its own, and a printer on the network."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
import requests

from printers.simulator import TcpPrinterSimulator
from server.screens import bundle

STARTS_WITHIN = 30.0
API = "/api/v1"


def wait_until(condition: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first true answer of the condition; fails when there is none in time."""
    until = monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert monotonic() < until, "waited in vain"
        sleep(0.02)


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Centre:
    """The demo centre, served by `denluot serve` on a free port of this machine."""

    data: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    said: list[str] = field(default_factory=list)

    wait_until = staticmethod(wait_until)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *arguments: str, data: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `denluot` command on the centre's data folder."""
        where = ["--data", str(self.data)] if data else []
        return subprocess.run(
            [sys.executable, "-m", "server.cli", *arguments, *where],
            capture_output=True, text=True, check=False, env={**os.environ, **self.environment},
        )  # fmt: skip

    def token(self, role: str, *more: str) -> str:
        done = self.command("token", "--site", "demo", "--role", role, *more)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def serve(self) -> None:
        """Start the server and wait until it answers."""
        log = open(self.data / "server.log", "a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "serve", "--data", str(self.data),
             "--port", str(self.port)],
            stdout=subprocess.PIPE, stderr=log, text=True,
            env={**os.environ, "DENLUOT_PUBLIC_URL": self.address, **self.environment},
        )  # fmt: skip
        log.close()
        wait_until(self._answers, STARTS_WITHIN)

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise AssertionError((self.data / "server.log").read_text())
        try:
            return requests.get(f"{self.address}/healthz", timeout=2).ok
        except requests.ConnectionError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the server; SIGKILL is the pulled plug."""
        assert self.process is not None
        self.process.send_signal(how)
        status = self.process.wait(20)
        assert self.process.stdout is not None
        self.said.append(self.process.stdout.read())
        self.process.stdout.close()
        self.process = None
        return status

    def post(self, path: str, token: str, body: Any = None, **headers: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}", **headers}
        return requests.post(self.address + API + path, json=body, headers=headers, timeout=20)

    def get(self, path: str, token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get(self.address + API + path, headers=headers, timeout=20)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    """The demo centre, served."""
    bundle.build_if_stale()
    centre = Centre(tmp_path / "data", find_free_port())
    made = centre.command("demo")
    assert made.returncode == 0, made.stderr
    try:
        centre.serve()
        yield centre
    finally:
        if centre.process is not None:
            centre.stop()


@pytest.fixture
def free_port() -> int:
    return find_free_port()


@pytest.fixture
def pair(
    tmp_path: Path, blank_postgres_url: str, free_port: int
) -> Iterator[tuple[Centre, Centre]]:
    """The demo centre on PostgreSQL, served by two processes that share a Redis on `free_port`."""
    bundle.build_if_stale()
    environment = {
        "DENLUOT_DATABASE_URL": blank_postgres_url,
        "DENLUOT_REDIS_URL": f"redis://127.0.0.1:{free_port}/0",
    }
    both = tuple(Centre(tmp_path / "data", find_free_port(), environment) for _ in range(2))
    made = both[0].command("demo")
    assert made.returncode == 0, made.stderr
    try:
        for centre in both:
            centre.serve()
        yield both[0], both[1]
    finally:
        for centre in both:
            if centre.process is not None:
                centre.stop()


@pytest.fixture
def printer() -> Iterator[TcpPrinterSimulator]:
    """A printer at a port of this machine."""
    with TcpPrinterSimulator() as simulator:
        yield simulator
