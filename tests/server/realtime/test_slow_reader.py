"""A screen that stops reading: it holds up nobody, and what it reads later is whole or ends."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

import gevent
import pytest

from server.realtime import doors, whole_frames
from tests.server.realtime.conftest import WITHIN, wait_until

if TYPE_CHECKING:
    from tests.server.realtime.conftest import ServedHall

PICTURES = 30
SMALL_BUFFER = 4096


def test_a_screen_that_stops_reading_neither_stalls_nor_spoils_the_others(
    served: ServedHall,
) -> None:
    slow = served.screen(SMALL_BUFFER)
    others = [served.screen() for _ in range(3)]
    began = monotonic()
    reading = [gevent.spawn(screen.read_all, PICTURES) for screen in others]
    served.push_large_pictures(PICTURES)
    gevent.joinall(reading, timeout=WITHIN, raise_error=True)
    assert [screen.numbers for screen in others] == [list(range(PICTURES))] * 3
    assert monotonic() - began < WITHIN
    assert len(slow.numbers) == 0


def test_what_a_slow_screen_reads_later_is_whole_and_in_order(served: ServedHall) -> None:
    slow = served.screen(SMALL_BUFFER)
    served.push_large_pictures(PICTURES)
    slow.read_all(PICTURES)
    assert slow.numbers == list(range(PICTURES))


def test_answers_to_pings_do_not_land_in_the_middle_of_a_picture(served: ServedHall) -> None:
    slow = served.screen(SMALL_BUFFER)
    served.push_large_pictures(PICTURES)
    for _ in range(PICTURES):
        slow.ping()
    slow.read_all(PICTURES)
    assert slow.numbers == list(range(PICTURES))


def test_a_screen_that_never_reads_is_let_go_in_the_middle_of_a_frame(
    served: ServedHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_frames, "SEND_SECONDS", 0.2)
    slow = served.screen(SMALL_BUFFER)
    sockets = served.server.socketio.server.eio.sockets
    served.push_large_pictures(PICTURES)
    wait_until(lambda: not sockets, "the socket is still open")
    with suppress(ConnectionResetError):
        slow.read_all(PICTURES)
        assert slow.closed
    assert slow.numbers == list(range(len(slow.numbers)))
    assert len(slow.numbers) < PICTURES


def test_a_screen_that_answers_no_ping_is_let_go(served: ServedHall) -> None:
    engine = served.server.socketio.server.eio
    engine.ping_interval = engine.ping_timeout = 0.1
    screen = served.screen()
    until = monotonic() + WITHIN
    while engine.sockets:
        assert monotonic() < until, "the socket is still open"
        gevent.sleep(0.01)
        served.server.sockets.sweep_silent()
    screen.read_all(1)
    assert screen.closed
    assert "2" in screen.messages


def test_a_screen_in_whose_frame_the_server_is_stuck_is_let_go_at_once(served: ServedHall) -> None:
    slow = served.screen(SMALL_BUFFER)
    engine = served.server.socketio.server.eio
    (its_socket,) = engine.sockets.values()
    while its_socket.queue.qsize() <= doors.MOST_UNREAD:
        served.push_large_pictures(1)
    began = monotonic()
    served.server.sockets.sweep_silent()
    wait_until(lambda: not engine.sockets, "the socket is still open")
    assert monotonic() - began < whole_frames.SEND_SECONDS / 2
    slow.read_to_the_end()
    assert slow.closed
