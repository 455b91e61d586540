"""The commands beside a running server: tokens, printers, files of centres, backups."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from server import demo


def test_a_second_server_on_the_same_data_is_refused(centre: Any) -> None:
    done = centre.command("serve", "--port", "0")
    assert done.returncode == 1
    assert "already served" in done.stderr


def test_a_token_is_all_that_is_printed(centre: Any) -> None:
    done = centre.command("token", "--site", "demo", "--role", "kiosk")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.split()) == 1 and len(done.stdout.strip()) >= 32
    assert centre.get("/sites/demo/services", done.stdout.strip()).status_code == 200


def test_each_officer_token_is_a_new_officer_who_may_serve_anywhere(centre: Any) -> None:
    first, second = centre.token("officer"), centre.token("officer")
    who = [centre.get("/session", t).json()["person"]["login"] for t in (first, second)]
    assert who[0] != who[1]
    counters = centre.get("/sites/demo/counters", first).json()["counters"]
    for counter in counters[:3]:
        assert centre.post(f"/counters/{counter['id']}/open", first).status_code == 200
    named = centre.token("officer", "--officer", "canbo1")
    assert centre.get("/session", named).json()["person"]["login"] == "canbo1"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("token", "--site", "khac", "--role", "kiosk"), "khac"),
        (("token", "--site", "demo", "--role", "officer", "--officer", "ai"), "ai"),
        (("token", "--site", "demo", "--role", "officer", "--officer", "quanly1"), "quanly1"),
        (("token", "--site", "demo", "--role", "kiosk", "--officer", "canbo1"), "canbo1"),
        (("printer", "add", "x", "ftp://x", "--site", "demo"), "ftp"),
        (("printer", "add", "x" * 61, "screen:", "--site", "demo"), "60"),
        (("centre", "apply", "nirgends.yaml"), "nirgends.yaml"),
        (("demo",), "not empty"),
        (("restore", "nirgends.db"), "nirgends.db"),
    ],
)
def test_a_command_that_cannot_be_done_says_why(
    centre: Any, arguments: tuple[str, ...], word: str
) -> None:
    done = centre.command(*arguments)
    assert done.returncode == 1
    assert done.stderr.startswith("denluot: ") and word in done.stderr
    assert "Traceback" not in done.stderr


def test_the_same_centre_file_twice_changes_nothing(centre: Any) -> None:
    kiosk = centre.token("kiosk")
    first = centre.command("centre", "apply", str(demo.COMMUNE))
    assert first.returncode == 0, first.stderr
    assert " changes" in first.stdout
    again = centre.command("centre", "apply", str(demo.COMMUNE))
    assert "0 changes" in again.stdout
    assert centre.get("/sites/demo/services", kiosk).status_code == 200


def test_a_counter_that_the_file_drops_while_it_is_held_is_told(
    centre: Any, tmp_path: Path
) -> None:
    officer = centre.token("officer")
    counters = centre.get("/sites/demo/counters", officer).json()["counters"]
    one = next(counter for counter in counters if counter["number"] == "1")
    assert centre.post(f"/counters/{one['id']}/open", officer).status_code == 200
    file = tmp_path / "centre.yaml"
    text = demo.CENTRE.read_text(encoding="utf-8")
    file.write_text(text.replace('{number: "1",', '{number: "99",'), encoding="utf-8")
    told = "still in use, apply again later: counter 1\n"
    assert told in centre.command("centre", "apply", str(file)).stdout
    assert centre.post(f"/counters/{one['id']}/close", officer).status_code == 200
    assert centre.command("centre", "apply", str(file)).stdout == "demo: 1 change\n"


def test_a_backup_of_the_live_database_is_restored_as_a_new_epoch(
    centre: Any, tmp_path: Path
) -> None:
    kiosk = centre.token("kiosk")
    before = centre.get("/sites/demo/board", centre.token("display")).json()["epoch"]
    ticket = centre.post("/sites/demo/tickets", kiosk, {"service": "ho-tich"}).json()["ticket"]
    file = tmp_path / "backup.db"
    assert centre.command("backup", str(file)).returncode == 0
    for private in (file, centre.data / "denluot.db", centre.data / "demo.json"):
        assert private.stat().st_mode & 0o077 == 0
    assert centre.data.stat().st_mode & 0o077 == 0
    later = centre.post("/sites/demo/tickets", kiosk, {"service": "ho-tich"}).json()["ticket"]
    refused = centre.command("restore", str(file))
    assert refused.returncode == 1 and "stop it first" in refused.stderr

    assert centre.stop() == 0
    assert centre.command("restore", str(file)).returncode == 0
    centre.serve()
    assert centre.get(f"/tickets/{ticket['token']}", kiosk).json()["number"] == ticket["number"]
    assert centre.get(f"/tickets/{later['token']}", kiosk).status_code == 404
    after = centre.get("/sites/demo/board", centre.token("display")).json()["epoch"]
    assert after != before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DENLUOT_DATABASE_URL", "mysql://x"),
        ("DENLUOT_DATABASE_URL", "not an address"),
        ("DENLUOT_DATABASE_URL", "sqlite://"),
        ("DENLUOT_DATABASE_URL", "postgresql+psycopg://centre@127.0.0.1:1/queue"),
        ("DENLUOT_PUBLIC_URL", "centre.example"),
        ("DENLUOT_TRUSTED_PROXIES", "two"),
        ("DENLUOT_SECRET_KEY", "short"),
        ("DENLUOT_REDIS_URL", "http://x"),
    ],
)
def test_a_bad_setting_stops_the_start_by_name(centre: Any, name: str, value: str) -> None:
    centre.environment = {name: value}
    done = centre.command("serve", "--port", "0")
    assert done.returncode == 1
    assert name in done.stderr and "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_none_is_refused(centre: Any) -> None:
    done = centre.command("serve", "--port", "99999")
    assert done.returncode == 2
    assert "--port: 99999 is not a port" in done.stderr and "Traceback" not in done.stderr


def test_the_server_stops_politely_and_starts_again(centre: Any) -> None:
    kiosk = centre.token("kiosk")
    centre.post("/sites/demo/tickets", kiosk, {"service": "ho-tich"})
    assert centre.stop() == 0
    with sqlite3.connect(centre.data / "denluot.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    centre.serve()
    assert centre.get("/sites/demo/services", kiosk).json()["services"][0]["waiting"] == 1


def test_every_screen_is_named_with_its_address(centre: Any) -> None:
    centre.stop()
    said = centre.said[0]
    for page in ("/kiosk#token=", "/display#token=", "/counter", "/guide", "/manage"):
        assert f"{centre.address}{page}" in said
    assert "canbo1 / " in said
