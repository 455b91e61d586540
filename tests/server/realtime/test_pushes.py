"""Pushes when storage is slow or away: none is lost or overtakes another, nobody stays behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gevent
import pytest

from server.domain.roles import Role
from server.operations import tickets
from tests.server.realtime.conftest import DRAWING, wait_until

if TYPE_CHECKING:
    from tests.server.realtime.conftest import Life, Screen

CANNOT = "pictures cannot be drawn; the sweep goes on"


def display(life: Life) -> Screen:
    return life.screen(life.token(Role.DISPLAY).secret)


def cancel(life: Life, ticket_id: int) -> None:
    life.hall.database.write(
        tickets.cancel_ticket, site_id=life.hall.site_id, ticket_id=ticket_id,
        by=life.hall.cy.token_id, reason="thử",
    )  # fmt: skip


def deafen(life: Life) -> None:
    life.server.database._writer._on_facts = lambda facts: None  # type: ignore[attr-defined]  # no facts


def test_two_hundred_screens_that_come_at_once_cost_one_drawing(life: Life) -> None:
    life.hall.issue()
    secret = life.token(Role.DISPLAY).secret
    screens = [life.screen(secret) for _ in range(200)]
    life.storage.held_at = DRAWING
    asking = [gevent.spawn(screen.watch, site=life.hall.site) for screen in screens]
    wait_until(lambda: life.storage.drawings == 1, "nobody draws")
    life.storage.released.set()
    boards = [each.get()["board"] for each in asking]
    assert [board["waiting"]["ho-tich"] for board in boards] == [1] * 200
    assert life.storage.drawings == 1


def test_a_newcomers_board_has_the_time_of_now_and_is_redrawn_after_a_second(life: Life) -> None:
    first = display(life).watch(site=life.hall.site)["board"]
    life.hall.clock.advance(seconds=0.5)
    second = display(life).watch(site=life.hall.site)["board"]
    assert second["server_time"] > first["server_time"]
    assert life.storage.drawings == 1
    life.hall.clock.advance(seconds=2)
    display(life).watch(site=life.hall.site)
    assert life.storage.drawings == 2


def test_a_newcomers_board_is_never_older_than_the_last_change(life: Life) -> None:
    deafen(life)
    display(life).watch(site=life.hall.site)
    life.hall.issue()
    board = display(life).watch(site=life.hall.site)["board"]
    assert board["waiting"]["ho-tich"] == 1


def test_a_push_that_could_not_be_drawn_is_made_by_the_sweep(
    life: Life, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "server.realtime.push")
    screen = display(life)
    screen.watch(site=life.hall.site)
    life.storage.fails_at = DRAWING
    life.hall.issue()
    wait_until(lambda: life.storage.failures >= 1, "nobody draws")
    life.server.pusher.sweep()
    wait_until(lambda: life.storage.failures >= 2, "the sweep does not try again")
    assert screen.pictures("board") == []
    life.storage.fails_at = None
    deafen(life)
    wait_until(lambda: _swept(life, screen), "the push is lost")
    assert [r.getMessage() for r in caplog.records].count(CANNOT) == 1
    assert caplog.records[-1].getMessage() == "pictures are drawn again"


def _swept(life: Life, screen: Screen) -> bool:
    life.server.pusher.sweep()
    return any(board["waiting"]["ho-tich"] == 1 for board in screen.pictures("board"))


def test_a_phone_hears_of_its_call_though_storage_was_away_at_that_moment(life: Life) -> None:
    ticket = life.hall.issue()
    phone = life.screen()
    phone.watch(ticket=ticket.token)
    life.hall.open()
    phone.wait_for("ticket", lambda t: t["state"] == "waiting")
    life.storage.fails_at = "tickets.token IN"
    life.hall.call_next()
    wait_until(lambda: life.storage.failures > 0, "nobody draws")
    life.storage.fails_at = None
    life.server.pusher.wake(life.hall.site_id)
    assert phone.wait_for("ticket", lambda t: t["state"] == "called")


def test_who_came_in_between_hears_when_all_is_as_it_was_before(life: Life) -> None:
    early = display(life)
    early.watch(site=life.hall.site)
    life.server.pusher.wake(life.hall.site_id)
    early.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 0)
    deafen(life)
    ticket = life.hall.issue()
    late = display(life)
    assert late.watch(site=life.hall.site)["board"]["waiting"]["ho-tich"] == 1
    cancel(life, ticket.id)
    life.server.pusher.wake(life.hall.site_id)
    late.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 0)


def test_pushes_of_one_site_never_overlap(life: Life) -> None:
    screen = display(life)
    screen.watch(site=life.hall.site)
    life.storage.seconds = 0.02  # of each statement: a drawing outlasts the pause between pushes
    for _ in range(5):
        life.hall.issue()
    screen.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 5)
    assert life.storage.most_at_once == 1
    revisions = [board["revision"] for board in screen.pictures("board")]
    assert revisions == sorted(revisions)


@pytest.mark.parametrize("at", ["FROM sites", DRAWING])
def test_who_leaves_while_storage_is_slow_is_forgotten(life: Life, at: str) -> None:
    screen = display(life)
    life.storage.held_at = at
    asking = gevent.spawn(screen.watch, site=life.hall.site)
    wait_until(lambda: life.storage.at_once == 1, "nobody reads")
    screen.client.disconnect()
    life.storage.released.set()
    asking.get()
    assert _watched(life) == ({}, {})


def test_who_leaves_while_we_look_who_it_is_is_forgotten(life: Life) -> None:
    secret = life.token(Role.DISPLAY).secret
    socketio = life.server.socketio.server
    life.storage.held_at = "FROM access_tokens"
    coming = gevent.spawn(life.screen, secret)
    wait_until(lambda: life.storage.at_once == 1, "nobody reads")
    (connection,) = socketio.environ
    socketio._handle_eio_disconnect(connection, "transport close")
    life.storage.released.set()
    assert not coming.get().client.is_connected()
    assert _watched(life) == ({}, {})
    assert life.server.sockets._callers == {}


def test_what_was_refused_is_not_watched(life: Life) -> None:
    screen = display(life)
    life.storage.fails_at = DRAWING
    answer = screen.watch(site=life.hall.site)
    assert answer == {"ok": False, "code": "storage_unavailable"}
    assert _watched(life)[0] == {}
    life.storage.fails_at = None
    other = display(life)
    other.watch(site=life.hall.site)
    life.hall.issue()
    other.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 1)
    assert screen.pictures("board") == []


def test_who_comes_while_storage_is_away_is_told_so(life: Life) -> None:
    secret = life.token(Role.DISPLAY).secret
    life.storage.fails_at = "FROM access_tokens"
    assert not life.screen(secret).client.is_connected()


def _watched(life: Life) -> tuple[dict[int, Any], dict[str, Any]]:
    watches = {sid: mine for sid, mine in life.server.sockets._watches.items() if mine}
    return dict(life.server.pusher._watched), watches
