"""What a centre offers, through the HTTP doors; and who may look in."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from server.domain.centre import CentrePlan, ProcedurePlan
from server.operations import calls
from server.operations.centres import apply_centre
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


def frequent_in(doors: Any) -> list[tuple[str, str, str, str]]:
    """What the menu names as frequent: kind, code, Vietnamese name, the service it leads to."""
    answer = doors.get(site(doors, "/menu"), doors.hall.kiosk.secret)
    entries = shapes.Menu.model_validate(answer.json).frequent
    return [(e.kind, e.code, e.names["vi"], e.service) for e in entries]


def place(doors: Any, plan: CentrePlan, **places: int) -> None:
    """Give services of the centre places among the frequent, by their codes."""
    services = tuple(
        replace(s, frequent=places.get(s.code.replace("-", "_"))) for s in plan.services
    )
    profiles = {printer.name: {"paper_mm": printer.paper} for printer in plan.printers}
    doors.server.database.write(
        apply_centre,
        replace(plan, services=services),
        password_hashes={},
        printer_profiles=profiles,
    )


def test_without_frequent_services_the_menu_begins_with_procedures(doors: Any) -> None:
    assert frequent_in(doors) == [
        ("procedure", "1.001610", "Thủ tục đăng ký khai sinh", "ho-tich"),
        ("procedure", "1.000894", "Đăng ký kết hôn", "ho-tich"),
    ]


def test_frequent_services_and_procedures_stand_in_one_row(
    doors: Any, small_plan: CentrePlan
) -> None:
    birth, marriage = small_plan.procedures
    later = replace(small_plan, procedures=(birth, replace(marriage, frequent=3)))
    place(doors, later, dat_dai=2, ho_tich=4)
    assert frequent_in(doors) == [
        ("procedure", "1.001610", "Thủ tục đăng ký khai sinh", "ho-tich"),
        ("service", "dat-dai", "Đất đai", "dat-dai"),
        ("procedure", "1.000894", "Đăng ký kết hôn", "ho-tich"),
        ("service", "ho-tich", "Hộ tịch", "ho-tich"),
    ]


def test_the_menu_names_at_most_eight_frequent(doors: Any, small_plan: CentrePlan) -> None:
    more = tuple(
        ProcedurePlan(f"2.{n}", f"Việc {n}", "ho-tich", "ho-tich", frequent=n) for n in range(2, 12)
    )
    place(doors, replace(small_plan, procedures=more), dat_dai=1)
    found = frequent_in(doors)
    assert len(found) == 8
    assert found[0][:2] == ("service", "dat-dai")


def test_a_ticket_is_taken_for_a_frequent_service(doors: Any, small_plan: CentrePlan) -> None:
    place(doors, small_plan, dat_dai=1)
    _, _, _, service = frequent_in(doors)[0]
    issued = doors.post(
        site(doors, "/tickets"),
        {"service": service},
        doors.hall.kiosk.secret,
        headers={"Idempotency-Key": "one"},
    )
    assert issued.status_code == 201
    assert issued.json["ticket"]["number"] == "B001"


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


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("board", {"hall": "\x00"}),
        ("board", {"hall": "x" * 61}),
        ("procedures", {"q": "a\x00"}),
        ("procedures", {"q": "a" * 201}),
        ("procedures", {"limit": "9" * 5000}),
        ("procedures", {"limit": "١"}),
        ("tickets", {"number": "\x00"}),
    ],
)
def test_a_question_that_no_database_could_answer_is_invalid(
    doors: Any, path: str, query: dict[str, str]
) -> None:
    answer = doors.get(f"/sites/{doors.hall.site}/{path}", doors.bo, query_string=query)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
