"""When the browser bundle counts as stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.screens import bundle


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small source tree with a bundle of the same age."""
    for name, text in {
        "package.json": "{}",
        "package-lock.json": "{}",
        "server/screens/build.mjs": "",
        "kiosk/screen/main.tsx": "draw()",
        "kiosk/screen/main.test.ts": "test()",
        "server/screens/dist/kiosk.js": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    stamp = tmp_path / "server/screens/dist/stamp"
    stamp.write_text(bundle.source_hash(tmp_path) + "\n", encoding="ascii")
    return tmp_path


def test_a_bundle_of_unchanged_sources_is_fresh(tree: Path) -> None:
    assert not bundle.is_stale(tree)


@pytest.mark.parametrize("name", ["kiosk/screen/main.tsx", "package-lock.json"])
def test_a_changed_source_makes_the_bundle_stale(tree: Path, name: str) -> None:
    (tree / name).write_text("changed", encoding="utf-8")
    assert bundle.is_stale(tree)


def test_a_new_source_makes_the_bundle_stale(tree: Path) -> None:
    (tree / "kiosk/screen/words.json").write_text("{}", encoding="utf-8")
    assert bundle.is_stale(tree)


def test_a_changed_test_leaves_the_bundle_fresh(tree: Path) -> None:
    (tree / "kiosk/screen/main.test.ts").write_text("changed", encoding="utf-8")
    assert not bundle.is_stale(tree)


def test_without_a_bundle_the_sources_are_stale(tree: Path) -> None:
    (tree / "server/screens/dist/stamp").unlink()
    assert bundle.is_stale(tree)


def test_an_installed_wheel_is_never_stale(tmp_path: Path) -> None:
    assert not bundle.is_stale(tmp_path)


def test_a_screen_that_is_not_in_the_bundle_is_named(fresh_bundle: None) -> None:
    with pytest.raises(bundle.BundleError, match="'cinema'"):
        bundle.screen("cinema")


def test_the_lock_file_names_no_host() -> None:
    assert "://" not in (bundle.ROOT / "package-lock.json").read_text(encoding="utf-8")
