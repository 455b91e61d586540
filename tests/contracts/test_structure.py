"""The structure keeps its promises: imports, facts, names on the wire, nothing of others."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO

from server import wire
from server.app import react
from server.bus import Bus
from server.domain import facts
from server.domain.facts import Fact

ROOT = Path(__file__).parents[2]


def test_imports_point_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_fact_is_wired() -> None:
    heard: set[type[Fact]] = set()

    class Listening(Bus):
        def connect(self, kind: type[Fact], *reactions: object) -> None:
            heard.add(kind)

    class Anything:
        on_fact = staticmethod(print)

    anything = Anything()
    react(Listening(), anything, anything, anything)  # type: ignore[arg-type]  # only their names
    told = {k for k in vars(facts).values() if isinstance(k, type) and issubclass(k, Fact)}
    assert heard == told - {Fact}


def test_the_browser_names_events_as_the_server_does() -> None:
    shared = ROOT / "server/screens/shared"
    text = (shared / "wire.ts").read_text() + (shared / "live.ts").read_text()
    for name in (wire.WATCH, wire.UNWATCH, wire.BOARD, wire.COUNTER, wire.TICKET):
        assert re.search(rf'"{name}"|\b{name}: {{', text), name


def test_only_the_pusher_emits() -> None:
    emitting = [
        str(file.relative_to(ROOT))
        for file in (ROOT / "server").rglob("*.py")
        if re.search(r"\.emit\(", file.read_text())
    ]
    assert emitting == ["server/realtime/push.py"]


def test_nothing_of_others_is_in_the_tree() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    foreign = re.compile(r"(node_modules/|\.min\.(js|css)$|\.(woff2?|ttf|otf)$|vendor/|/dist/)")
    assert [name for name in listed if foreign.search(name)] == []


def test_flask_and_sockets_are_made_in_one_place() -> None:
    made = {Flask.__name__: 0, SocketIO.__name__: 0}
    for file in (ROOT / "server").rglob("*.py"):
        for name in made:
            made[name] += len(re.findall(rf"\b{name}\(", file.read_text()))
    assert made == {"Flask": 1, "SocketIO": 1}
