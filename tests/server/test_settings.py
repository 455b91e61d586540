"""Settings: read once, kept private, and refused with the variable's name."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from server import settings as reading
from server.settings import BadSetting, read_settings

ADDRESS = "postgresql+psycopg://centre:secret@db.example/queue"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DENLUOT_PUBLIC_URL", "http://[x"),
        ("DENLUOT_PUBLIC_URL", "http://a:b"),
        ("DENLUOT_PUBLIC_URL", "http://a:99999"),
        ("DENLUOT_PUBLIC_URL", "http://:80"),
        ("DENLUOT_TRUSTED_PROXIES", "²"),
        ("DENLUOT_TRUSTED_PROXIES", "-1"),
        ("DENLUOT_REDIS_URL", "redis://x:notaport"),
        ("DENLUOT_REDIS_URL", "redis://[x"),
        ("DENLUOT_DATABASE_URL", "sqlite://"),
        ("DENLUOT_DATABASE_URL", "sqlite:///:memory:"),
        ("DENLUOT_DATABASE_URL", "sqlite+aiosqlite:///x.db"),
        ("DENLUOT_DATABASE_URL", "postgresql+nobody://x/y"),
        ("DENLUOT_DATABASE_URL", "postgresql+psycopg://x:port/y"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        read_settings({name: value}, data=tmp_path)
    assert "\n" not in str(refused.value)


def test_the_driver_need_not_be_named(tmp_path: Path) -> None:
    plain = ADDRESS.replace("+psycopg", "")
    for given in (plain, ADDRESS):
        assert read_settings({"DENLUOT_DATABASE_URL": given}, data=tmp_path).database_url == ADDRESS


def test_the_data_folder_and_its_key_are_nobody_elses_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    read_settings({}, data=folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret.key").stat().st_mode) == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret.key"]


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        keys.append(read_settings({}, data=tmp_path).secret_key)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8 and len(set(keys)) == 1


def test_a_start_that_is_cut_off_leaves_no_empty_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without_power:
        without_power.setattr(os, "fsync", _pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            read_settings({}, data=tmp_path)
    assert not (tmp_path / "secret.key").exists()
    assert len(read_settings({}, data=tmp_path).secret_key) >= reading.SHORTEST_SECRET


def test_a_damaged_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret.key").touch()
    with pytest.raises(BadSetting, match=r"secret\.key is damaged"):
        read_settings({}, data=tmp_path)


def _pull_the_plug(_descriptor: int) -> None:
    raise KeyboardInterrupt
