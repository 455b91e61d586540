"""Sockets: who may watch what, and pictures that arrive whole, in order and only when new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from server.domain.facts import AccessRevoked
from server.domain.roles import Role
from server.operations import access, calls, tickets
from server.web import shapes
from tests.server.realtime.conftest import wait_until

if TYPE_CHECKING:
    from tests.server.realtime.conftest import Life


def test_a_screen_is_given_the_whole_board_at_once(life: Life) -> None:
    life.hall.issue()
    answer = life.screen(life.token(Role.DISPLAY).secret).watch(site=life.hall.site)
    assert answer["ok"] is True
    assert shapes.Board.model_validate(answer["board"]).waiting == {"ho-tich": 1, "dat-dai": 0}


def test_every_change_arrives_as_a_whole_and_newer_picture(life: Life) -> None:
    screen = life.screen(life.token(Role.DISPLAY).secret)
    first = screen.watch(site=life.hall.site)["board"]
    life.hall.issue()
    board = screen.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 1)
    assert shapes.Board.model_validate(board)
    assert (board["epoch"], board["revision"] > first["revision"]) == (first["epoch"], True)


def test_three_calls_at_once_are_all_on_the_next_board(life: Life) -> None:
    screen = life.screen(life.token(Role.DISPLAY).secret)
    screen.watch(site=life.hall.site)
    life.hall.open()
    for _ in range(3):
        life.hall.issue()
        life.hall.call_next()
        life.hall.at_counter(calls.finish)
    board = screen.wait_for("board", lambda b: len(b["calls"]) == 3)
    assert [c["number"] for c in board["calls"]] == ["A001", "A002", "A003"]


def test_what_follows_quickly_is_pushed_together(life: Life) -> None:
    screen = life.screen(life.token(Role.DISPLAY).secret)
    screen.watch(site=life.hall.site)
    for _ in range(30):
        life.hall.issue()
    screen.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 30)
    assert len(screen.pictures("board")) < 30


def test_a_picture_that_looks_the_same_is_not_sent_again(life: Life) -> None:
    screen = life.screen(life.token(Role.OFFICER, "ana").secret)
    counter = str(life.hall.counters["1"])
    screen.watch(counter=counter)
    life.hall.open()
    screen.wait_for("counter", lambda c: c["counter"]["state"] == "open")
    seen = len(screen.pictures("counter"))
    life.hall.issue("dat-dai")  # not a line of counter 1
    other = life.screen(life.token(Role.DISPLAY).secret)
    other.watch(site=life.hall.site)
    life.hall.issue("dat-dai")
    other.wait_for("board", lambda b: b["waiting"]["dat-dai"] == 2)
    assert len(screen.pictures("counter")) == seen


def test_an_officer_sees_the_line_in_the_order_of_calling(life: Life) -> None:
    life.hall.issue()
    life.hall.clock.advance(minutes=5)
    elder = life.hall.issue(priority="cao-tuoi", by=life.hall.cy.token_id, role=Role.VOLUNTEER)
    picture = life.screen(life.token(Role.OFFICER, "ana").secret).watch(
        counter=str(life.hall.counters["1"])
    )["counter"]
    assert [t["number"] for t in picture["waiting"]] == [elder.number, "A001"]
    assert picture["waiting"][0]["priority"] == "cao-tuoi"


def test_a_phone_hears_at_once_that_it_is_called(life: Life) -> None:
    ticket = life.hall.issue()
    phone = life.screen()
    answer = phone.watch(ticket=ticket.token)
    assert shapes.TicketPicture.model_validate(answer["ticket"]).state == "waiting"
    life.hall.open()
    life.hall.call_next()
    called = phone.wait_for("ticket", lambda t: t["state"] == "called")
    assert called["counter"] == "1"


def test_a_phone_hears_of_its_place_by_and_by(life: Life) -> None:
    first, second = life.hall.issue(), life.hall.issue()
    phone = life.screen()
    assert phone.watch(ticket=second.token)["ticket"]["people_ahead"] == 1
    life.server.loops.every(0.2, life.server.pusher.sweep)
    life.hall.database.write(
        tickets.cancel_ticket, site_id=life.hall.site_id, ticket_id=first.id,
        by=life.hall.cy.token_id, reason="thử",
    )  # fmt: skip
    assert phone.wait_for("ticket", lambda t: t["people_ahead"] == 0)


def test_the_sweep_finds_what_a_lost_wake_up_missed(life: Life) -> None:
    screen = life.screen(life.token(Role.DISPLAY).secret)
    screen.watch(site=life.hall.site)
    life.hall.issue()
    screen.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 1)
    life.server.bus.publish = lambda facts: None  # type: ignore[method-assign]  # a deaf bus
    life.server.database._writer._on_facts = lambda facts: None  # type: ignore[attr-defined]
    life.hall.issue()
    life.server.loops.every(0.2, life.server.pusher.sweep)
    assert screen.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 2)


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        ({"site": "khac"}, "unknown_site"),
        ({"site": "an-lanh", "hall": "gac"}, "unknown_hall"),
        ({"ticket": "khong-co"}, "unknown_ticket"),
        ({"counter": "999"}, "unknown_counter"),
        ({"counter": "x"}, "unknown_counter"),
        ({}, "invalid"),
        ({"site": "a\x00"}, "invalid"),
    ],
)
def test_a_wrong_watch_is_refused_by_code(life: Life, subject: Any, code: str) -> None:
    screen = life.screen(life.token(Role.MANAGER).secret)
    assert screen.watch(**subject) == {"ok": False, "code": code}


def test_a_stranger_watches_tickets_only(life: Life) -> None:
    stranger = life.screen()
    assert stranger.watch(site=life.hall.site) == {"ok": False, "code": "unauthorized"}
    counter = str(life.hall.counters["1"])
    assert stranger.watch(counter=counter) == {"ok": False, "code": "unauthorized"}


def test_a_display_and_a_kiosk_do_not_see_the_officer_at_work(life: Life) -> None:
    counter = str(life.hall.counters["1"])
    for role in (Role.DISPLAY, Role.KIOSK, Role.VOLUNTEER):
        assert life.screen(life.token(role).secret).watch(counter=counter)["code"] == "forbidden"


def test_a_bad_token_is_not_let_in(life: Life) -> None:
    assert not life.screen("wrong").client.is_connected()


def test_what_is_no_longer_watched_is_not_sent(life: Life) -> None:
    screen = life.screen(life.token(Role.DISPLAY).secret)
    screen.watch(site=life.hall.site)
    assert screen.client.emit("unwatch", {"site": life.hall.site}, callback=True) == {"ok": True}
    other = life.screen(life.token(Role.DISPLAY).secret)
    other.watch(site=life.hall.site)
    life.hall.issue()
    other.wait_for("board", lambda b: b["waiting"]["ho-tich"] == 1)
    assert screen.pictures("board") == []


def test_revocation_closes_the_sockets(life: Life) -> None:
    token = life.token(Role.DISPLAY)
    screen = life.screen(token.secret)
    assert screen.client.is_connected()
    life.server.database.write(access.revoke, token_id=token.token_id)
    wait_until(lambda: not screen.client.is_connected(), "the socket is still open")
    assert AccessRevoked(life.hall.site_id, token.token_id)
