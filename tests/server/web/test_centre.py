"""What a centre offers, through the HTTP doors; and who may look in."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from server.operations import calls
from server.web import shapes


def site(doors: Any, path: str) -> str:
    return f"/sites/{doors.hall.site}{path}"


def test_services_say_how_many_wait(doors: Any) -> None:
    doors.hall.issue()
    doors.hall.issue()
    answer = doors.get(site(doors, "/services"), doors.hall.kiosk.secret)
    services = shapes.Services.model_validate(answer.json).services
    assert [(s.code, s.waiting) for s in services] == [("ho-tich", 2), ("dat-dai", 0)]


@pytest.mark.parametrize("question", ["khai sinh", "KHAI SINH", "đăng ký khai sinh", "sinh khai"])
def test_a_procedure_is_found_as_people_type(doors: Any, question: str) -> None:
    answer = doors.get(
        site(doors, "/procedures"), doors.cy, query_string={"q": question, "limit": "1"}
    )
    found = shapes.Procedures.model_validate(answer.json).procedures
    assert [p.code for p in found] == ["1.001610"]


def test_a_wrong_limit_is_refused(doors: Any) -> None:
    for limit in ("0", "-1", "x", "99999", "²"):
        answer = doors.get(
            site(doors, "/procedures"), doors.cy, query_string={"q": "x", "limit": limit}
        )
        assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_a_procedure_lists_its_papers(doors: Any) -> None:
    answer = doors.get(site(doors, "/procedures/1.001610"), doors.cy)
    procedure = shapes.Procedure.model_validate(answer.json)
    assert [(d.name, d.originals, d.copies) for d in procedure.documents] == [
        ("Giấy chứng sinh", 1, 0),
        ("Học bạ", 0, 1),
    ]
    assert procedure.counters == ["1", "3B"]


def test_the_menu_is_whole(doors: Any) -> None:
    menu = shapes.Menu.model_validate(doors.get(site(doors, "/menu"), doors.hall.kiosk.secret).json)
    assert [f["code"] for f in menu.fields] == ["ho-tich", "dat-dai"]
    assert menu.printer is not None and menu.printer.name == "Cửa vào"


def test_the_board_lists_calls_oldest_first(doors: Any) -> None:
    doors.hall.open()
    for _ in range(3):
        doors.hall.issue()
        doors.hall.call_next()
        doors.hall.at_counter(calls.finish)
    board = shapes.Board.model_validate(doors.get(site(doors, "/board"), doors.cy).json)
    assert [c.number for c in board.calls] == ["A001", "A002", "A003"]
    assert board.active_calls == []


def test_the_board_keeps_all_calls_of_ten_minutes_and_at_least_fifty(doors: Any) -> None:
    doors.hall.open()
    doors.hall.issue()
    doors.hall.call_next()
    for _ in range(69):
        doors.hall.at_counter(calls.recall)
    path = site(doors, "/board")
    assert len(doors.get(path, doors.cy).json["calls"]) == 70
    doors.hall.clock.advance(minutes=11)
    assert len(doors.get(path, doors.cy).json["calls"]) == 50


def test_an_unknown_hall_has_no_board(doors: Any) -> None:
    answer = doors.get(site(doors, "/board"), doors.cy, query_string={"hall": "gac-mai"})
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_hall")


def test_a_call_can_be_heard_by_a_display(doors: Any) -> None:
    doors.hall.open()
    doors.hall.issue()
    called = doors.hall.at_counter(calls.call_next)
    path = site(doors, f"/calls/{called.call_id:012d}/voice")
    answer = doors.get(path, doors.token("display"))
    assert answer.mimetype == "audio/wav" and answer.data[:4] == b"RIFF"
    assert "A không không một" in unquote(answer.headers["X-Announcement"])
    assert doors.get(site(doors, "/calls/99/voice"), doors.cy).json["code"] == "unknown_call"


def test_a_site_that_is_not_public_shows_strangers_nothing(doors: Any) -> None:
    for path in ("/board", "/procedures", "/services", "/menu", "/counters", "/printers"):
        answer = doors.get(site(doors, path))
        assert (answer.status_code, answer.json["code"]) == (401, "unauthorized"), path


def test_there_is_no_other_site(doors: Any) -> None:
    for path in ("/sites/khac/services", "/sites/khac/board"):
        answer = doors.get(path, doors.cy)
        assert (answer.status_code, answer.json["code"]) == (404, "unknown_site")
