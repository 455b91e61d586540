"""Tickets through the HTTP doors: taken, looked up, given up, printed again."""

from __future__ import annotations

from typing import Any

import pytest

from server.web import shapes


def take(doors: Any, body: Any, **more: Any) -> Any:
    return doors.post(f"/sites/{doors.hall.site}/tickets", body, doors.hall.kiosk.secret, **more)


def code_of(answer: Any) -> tuple[int, str]:
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["code"]


def test_a_touch_gives_the_first_number(doors: Any) -> None:
    answer = take(doors, {"service": "ho-tich"})
    assert answer.status_code == 201
    issued = shapes.Issued.model_validate(answer.json)
    assert (issued.ticket.number, issued.ticket.state, issued.ticket.people_ahead) == (
        "A001",
        "waiting",
        0,
    )
    assert issued.ticket.status_url == f"http://hall.example/t/{issued.ticket.token}"
    assert issued.print_job is not None  # the kiosk has a printer of its own


def test_a_named_printer_gets_a_job(doors: Any) -> None:
    answer = take(doors, {"service": "ho-tich", "printer": "Cửa vào"})
    assert answer.status_code == 201
    job = answer.json["print_job"]
    assert job["state"] == "queued"
    seen = doors.get(f"/print-jobs/{job['id']}", doors.hall.kiosk.secret)
    assert seen.json == {"id": job["id"], "state": "queued", "reason": None}


def test_another_kiosk_does_not_see_the_job(doors: Any) -> None:
    job = take(doors, {"service": "ho-tich", "printer": "Cửa vào"}).json["print_job"]
    answer = doors.get(f"/print-jobs/{job['id']}", doors.token("kiosk"))
    assert code_of(answer) == (404, "unknown_print_job")


def test_a_repeated_touch_gives_the_same_number(doors: Any) -> None:
    key = {"headers": {"Idempotency-Key": "touch-1"}}
    first = take(doors, {"service": "ho-tich", "printer": "Cửa vào"}, **key)
    again = take(doors, {"printer": "Cửa vào", "service": "ho-tich"}, **key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json["ticket"]["number"] == first.json["ticket"]["number"]
    assert again.json["print_job"]["id"] == first.json["print_job"]["id"]
    assert take(doors, {"service": "ho-tich"}).json["ticket"]["number"] == "A002"


def test_the_key_of_one_touch_is_not_good_for_another(doors: Any) -> None:
    key = {"headers": {"Idempotency-Key": "touch-1"}}
    take(doors, {"service": "ho-tich"}, **key)
    assert code_of(take(doors, {"service": "dat-dai"}, **key)) == (422, "key_reused")


def test_a_refused_touch_may_be_repeated(doors: Any) -> None:
    key = {"headers": {"Idempotency-Key": "touch-1"}}
    assert code_of(take(doors, {"service": "khong-co"}, **key)) == (404, "unknown_service")
    assert code_of(take(doors, {"service": "khong-co"}, **key)) == (404, "unknown_service")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "invalid"),
        ([], 422, "invalid"),
        ({"service": "ho-tich", "procedure": "1.0"}, 422, "invalid"),
        ({"service": 5}, 422, "invalid"),
        ({"service": "ho-tich", "sevice": "x"}, 422, "invalid"),
        ({"service": "a\x00b"}, 422, "invalid"),
        ({"service": "\ud800"}, 422, "invalid"),
        ({"procedures": []}, 422, "invalid"),
        ({"service": "ho-tich", "printer": "nirgends"}, 404, "unknown_printer"),
        ({"service": "ho-tich", "priority": "vip"}, 404, "unknown_priority"),
        ({"procedure": "9.999999"}, 404, "unknown_procedure"),
    ],
)
def test_a_wrong_body_gets_a_clear_problem(doors: Any, body: Any, status: int, code: str) -> None:
    assert code_of(take(doors, body)) == (status, code)


def test_what_is_not_json_is_malformed(doors: Any) -> None:
    path = f"/sites/{doors.hall.site}/tickets"
    for data in (b"{", b"\xff\xfe", b"[" * 50_000):
        answer = doors.post(path, secret=doors.hall.kiosk.secret, data=data)
        assert code_of(answer) == (400, "malformed")


def test_an_oversize_body_is_refused_whole(doors: Any) -> None:
    path = f"/sites/{doors.hall.site}/tickets"
    answer = doors.post(path, secret=doors.hall.kiosk.secret, data=b"x" * 70_000)
    assert code_of(answer) == (413, "too_large")


def test_the_citizen_sees_the_ticket_by_its_token_and_no_person(doors: Any) -> None:
    issued = take(doors, {"service": "ho-tich"}).json["ticket"]
    answer = doors.get(f"/tickets/{issued['token']}")
    picture = shapes.TicketPicture.model_validate(answer.json)
    assert (picture.number, picture.state, picture.counter) == ("A001", "waiting", None)


def test_the_citizen_gives_the_turn_up_once(doors: Any) -> None:
    issued = take(doors, {"service": "ho-tich"}).json["ticket"]
    path = f"/tickets/{issued['token']}/cancel"
    key = {"headers": {"Idempotency-Key": "up"}}
    assert doors.post(path, **key).json["state"] == "cancelled"
    assert doors.post(path, **key).json["state"] == "cancelled"
    assert code_of(doors.post(path)) == (409, "wrong_state")


def test_staff_cancel_with_a_reason_only(doors: Any) -> None:
    issued = take(doors, {"service": "ho-tich"}).json["ticket"]
    path = f"/tickets/{issued['id']}/cancel"
    assert code_of(doors.post(path, {}, doors.cy)) == (422, "invalid")
    answer = doors.post(path, {"reason": "về sớm"}, doors.cy)
    assert answer.json["ticket"]["state"] == "cancelled"
    assert shapes.OneTicket.model_validate(answer.json)


def test_an_id_is_no_token_for_a_stranger(doors: Any) -> None:
    issued = take(doors, {"service": "ho-tich"}).json["ticket"]
    assert code_of(doors.post(f"/tickets/{issued['id']}/cancel")) == (401, "unauthorized")
    assert code_of(doors.get(f"/tickets/{issued['id']}")) == (404, "unknown_ticket")


def test_a_reprint_is_a_job_of_its_own(doors: Any) -> None:
    issued = take(doors, {"service": "ho-tich"}).json["ticket"]
    path = f"/tickets/{issued['id']}/reprint"
    key = {"headers": {"Idempotency-Key": "again"}}
    first = doors.post(path, {"printer": "Cửa vào"}, doors.cy, **key)
    again = doors.post(path, {"printer": "Cửa vào"}, doors.cy, **key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json


def test_a_volunteer_finds_a_number_of_today(doors: Any) -> None:
    take(doors, {"service": "ho-tich"})
    path = f"/sites/{doors.hall.site}/tickets"
    answer = doors.get(path, doors.cy, query_string={"number": "a001"})
    assert [t["number"] for t in shapes.Tickets.model_validate(answer.json).model_dump()["tickets"]]
    assert doors.get(path, doors.cy, query_string={"number": "A999"}).json == {"tickets": []}
    assert code_of(doors.get(path, doors.cy)) == (422, "invalid")


def test_an_english_ticket_keeps_its_language(doors: Any) -> None:
    answer = take(doors, {"service": "ho-tich", "language": "en"})
    assert answer.status_code == 201


@pytest.mark.parametrize("verb", ["cancel", "return"])
@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_a_reason_of_blanks_is_none(doors: Any, verb: str, reason: str) -> None:
    ticket = doors.hall.issue()
    answer = doors.post(f"/tickets/{ticket.id}/{verb}", {"reason": reason}, doors.cy)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


@pytest.mark.parametrize(
    "body",
    [
        {"procedures": ["1.000894", "1.000894"]},
        {"service": "ho-tich", "language": "Tiếng Việt"},
        {"service": "ho-tich", "language": "v"},
        {"service": "ho-tich", "language": "vi-"},
    ],
)
def test_a_visit_that_makes_no_sense_is_invalid(doors: Any, body: dict[str, Any]) -> None:
    answer = doors.post(f"/sites/{doors.hall.site}/tickets", body, doors.hall.kiosk.secret)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid")
