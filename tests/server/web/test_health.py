"""Whether the server lives: it must not say so when nobody writes any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.storage.sqlite import GroupWriter

if TYPE_CHECKING:
    from tests.server.web.conftest import Doors


def test_a_server_whose_writer_is_dead_is_not_healthy(doors: Doors) -> None:
    client = doors.server.app.test_client(use_cookies=False)
    assert client.get("/healthz").status_code == 200
    writer = doors.server.database._writer
    assert isinstance(writer, GroupWriter)
    writer._running.kill()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json["code"]) == (503, "storage_unavailable")
    assert answer.json["reason"] == "the writer has stopped"
