"""The demo centre: wherever making it is cut off, the next try makes it whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from server import cli_commands
from server.cli import _parser
from server.operations.access import fingerprint
from server.queries.access import bearer, password_of
from server.storage import schema
from server.storage.connect import open_database
from server.storage.tables import Site


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DENLUOT_DATABASE_URL", "DENLUOT_DATA"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "data"


def make_demo(data: Path, *more: str) -> int:
    return cli_commands.run(_parser().parse_args(["demo", "--data", str(data), *more]))


def assert_demo_is_whole(data: Path) -> dict[str, Any]:
    """The notes open every door that they name."""
    notes: dict[str, Any] = json.loads((data / "demo.json").read_text())
    database = open_database(f"sqlite:///{data}/denluot.db")
    with database.read() as connection:
        assert len(connection.execute(select(Site.id)).all()) == 1
        for secret in (notes["kiosk"], *notes["displays"].values()):
            assert bearer(connection, fingerprint(secret), database.clock()) is not None
        assert {"canbo1", "tinhnguyen1", "quanly1"} <= set(notes["passwords"])
        found = password_of(connection, "canbo1")
    database.close()
    assert found is not None and PasswordHasher().verify(found[1], notes["passwords"]["canbo1"])
    return notes


def test_a_schema_without_a_centre_is_empty(data: Path) -> None:
    data.mkdir()
    schema.upgrade(f"sqlite:///{data}/denluot.db")
    assert make_demo(data, "--if-empty") == 0
    assert_demo_is_whole(data)


def test_a_second_time_nothing_is_changed(data: Path) -> None:
    make_demo(data)
    before = assert_demo_is_whole(data)
    make_demo(data, "--if-empty")
    assert assert_demo_is_whole(data) == before
    with pytest.raises(cli_commands.CannotDo, match="not empty"):
        make_demo(data)


@pytest.mark.parametrize("cut", ["_demo_devices", "_write_private"])
def test_what_is_cut_off_before_the_commit_leaves_no_half_of_a_demo(
    data: Path, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    with monkeypatch.context() as cut_off:
        cut_off.setattr(cli_commands, cut, _interrupt)
        with pytest.raises(KeyboardInterrupt):
            make_demo(data, "--if-empty")
    assert not (data / "demo.json").exists()
    make_demo(data, "--if-empty")
    assert_demo_is_whole(data)


def test_what_is_cut_off_after_the_commit_gets_new_passwords_and_links(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut_off:
        cut_off.setattr(Path, "rename", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            make_demo(data, "--if-empty")
    assert not (data / "demo.json").exists()
    make_demo(data, "--if-empty")
    assert_demo_is_whole(data)


def test_a_demo_whose_notes_are_lost_is_told_anew(data: Path) -> None:
    make_demo(data)
    before = assert_demo_is_whole(data)
    (data / "demo.json").unlink()
    make_demo(data, "--if-empty")
    assert assert_demo_is_whole(data)["passwords"].keys() == before["passwords"].keys()


def _interrupt(*_arguments: object, **_named: object) -> None:
    raise KeyboardInterrupt
