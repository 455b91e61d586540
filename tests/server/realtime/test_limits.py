"""One who asks without end: is told so, is let go, and costs the hall next to nothing."""

from __future__ import annotations

import json
from time import monotonic
from typing import TYPE_CHECKING, Any

import gevent
import pytest

from server.domain.roles import Role
from server.realtime.allowance import Allowance
from server.web.limits import count_address
from tests.server.realtime.conftest import Screen, wait_until

if TYPE_CHECKING:
    from server.app import Server
    from tests.server.realtime.conftest import Life, RawScreen, ServedHall

STRANGER = "203.0.113.9"
MOST_A_MINUTE = 600
FLOOD = 1_000
TOO_MANY = {"ok": False, "code": "too_many_requests"}


def coming_from(server: Server, address: str, auth: Any = None) -> Screen:
    browser = server.app.test_client()
    browser.environ_base["REMOTE_ADDR"] = address
    return Screen(server.socketio.test_client(server.app, auth=auth, flask_test_client=browser))


def exhaust(server: Server, address: str) -> None:
    for _ in range(MOST_A_MINUTE):
        count_address(server.parts.public_limit, address)


def test_what_was_used_up_grows_back() -> None:
    allowance = Allowance(at_once=2, per_second=50)
    began = monotonic()
    assert [allowance.take() for _ in range(3)] == [True, True, False]
    wait_until(allowance.take, "nothing grows back")
    assert monotonic() - began >= 1 / 50


def test_who_watches_in_a_loop_is_refused_and_one_board_is_drawn(life: Life) -> None:
    screen = life.screen(life.token(Role.DISPLAY).secret)
    answers = [screen.watch(site=life.hall.site) for _ in range(150)]
    assert answers[0]["ok"] is True
    assert answers.count(TOO_MANY) > 20
    assert life.storage.drawings == 1
    unwatched = [screen.client.emit("unwatch", {}, callback=True) for _ in range(50)]
    assert TOO_MANY in unwatched


def test_a_screen_that_comes_back_may_watch_all_that_it_may_watch(life: Life) -> None:
    phone = life.screen()
    for _ in range(50):
        assert phone.watch(ticket=life.hall.issue().token)["ok"] is True
    assert phone.watch(ticket=life.hall.issue().token)["code"] == "too_many_watches"


@pytest.mark.parametrize(
    "flood",
    [
        ['42["watch",{"site":"an-lanh"}]'],
        ['42["unwatch",{"site":"an-lanh"}]'],
        ["41", "40"],
    ],
)
def test_who_never_stops_asking_is_let_go(served: ServedHall, flood: list[str]) -> None:
    screen, display = served.connection(), served.screen()
    screen.open()
    screen.say("40")
    screen.wait_for("40")
    flooding = gevent.spawn(_flood, screen, flood)
    screen.read_to_the_end()
    flooding.join()
    engine = served.server.socketio.server.eio
    wait_until(lambda: len(engine.sockets) == 1, "the socket is still open")
    display.say('421["watch",' + json.dumps({"site": served.site}) + "]")
    display.wait_for("431")


def _flood(screen: RawScreen, messages: list[str]) -> None:
    try:
        for _ in range(FLOOD):
            for message in messages:
                screen.say(message)
            gevent.sleep(0)
    except OSError:
        pass  # it was shut out


def test_strangers_of_one_address_are_limited_and_no_others(life: Life) -> None:
    exhaust(life.server, STRANGER)
    secret = life.token(Role.DISPLAY).secret
    assert not coming_from(life.server, STRANGER).client.is_connected()
    assert coming_from(life.server, "203.0.113.10").client.is_connected()
    assert coming_from(life.server, STRANGER, {"token": secret}).client.is_connected()


def test_each_stranger_who_connects_counts_even_with_a_bad_token(life: Life) -> None:
    for number in range(MOST_A_MINUTE):
        coming_from(life.server, STRANGER, {"token": "wrong"} if number % 2 else None)
    assert not coming_from(life.server, STRANGER).client.is_connected()


def test_from_this_very_machine_everybody_may_come(life: Life) -> None:
    for _ in range(MOST_A_MINUTE + 1):
        assert coming_from(life.server, "127.0.0.1").client.is_connected()


@pytest.mark.parametrize("trusted_proxies", [1])
def test_behind_a_proxy_the_limit_is_the_strangers_and_not_the_proxys(served: ServedHall) -> None:
    exhaust(served.server, STRANGER)
    for address, answer in ((STRANGER, "44"), ("203.0.113.10", "40")):
        screen = served.connection()
        screen.open(X_Forwarded_For=address)
        screen.say("40")
        screen.wait_for("4")
        assert screen.messages[-1].startswith(answer)
