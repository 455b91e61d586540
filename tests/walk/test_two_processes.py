"""Two server processes on one PostgreSQL: what one does, the screens of the other see."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import socketio


@pytest.fixture
def redis(tmp_path: Path, free_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis of the test's own on `free_port`."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    process = subprocess.Popen(
        [program, "--port", str(free_port), "--bind", "127.0.0.1", "--save", "", "--dir", tmp_path],
        stdout=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait()


def watch(centre: Any) -> tuple[socketio.Client, list[Any]]:
    boards: list[Any] = []
    screen = socketio.Client()
    screen.on("board", boards.append)
    screen.connect(
        centre.address, auth={"token": centre.token("display")}, transports=["websocket"]
    )
    assert screen.call("watch", {"site": "demo"})["ok"]
    return screen, boards


def test_a_screen_at_one_process_sees_what_the_other_did(
    pair: tuple[Any, Any], redis: subprocess.Popen[bytes]
) -> None:
    one, other = pair
    screen, boards = watch(other)
    kiosk = one.token("kiosk")
    number = one.post("/sites/demo/tickets", kiosk, {"service": "ho-tich"}).json()["ticket"]
    one.wait_until(lambda: any(b["waiting"]["ho-tich"] == 1 for b in boards))
    assert number["number"] == "A001"
    second = other.post("/sites/demo/tickets", kiosk, {"service": "ho-tich"}).json()["ticket"]
    assert second["number"] == "A002"
    screen.disconnect()


def test_without_redis_the_sweep_finds_it_within_seconds(
    pair: tuple[Any, Any], redis: subprocess.Popen[bytes]
) -> None:
    one, other = pair
    screen, boards = watch(other)
    kiosk = one.token("kiosk")
    redis.kill()
    redis.wait()
    before = monotonic()
    for _ in range(5):
        answer = one.post("/sites/demo/tickets", kiosk, {"service": "ho-tich"})
        assert answer.status_code == 201
    one.wait_until(lambda: any(b["waiting"]["ho-tich"] == 5 for b in boards), 8)
    assert monotonic() - before < 8
    screen.disconnect()
