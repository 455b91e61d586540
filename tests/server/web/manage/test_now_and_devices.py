"""The manager's first page, the devices, and the centre."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.roles import Role
from server.operations import access, calls
from server.storage.tables import (
    Counter,
    Device,
    Service,
)
from server.web.words import texts

Everything = Callable[[], dict[str, list[Any]]]


# Now


def test_the_first_page_tells_lines_counters_and_what_needs_somebody(
    doors: Any, manager: Any
) -> None:
    hall = doors.hall
    hall.issue("ho-tich")
    hall.issue("dat-dai")
    hall.open("1", hall.ana)
    hall.clock.advance(minutes=95)
    first = hall.call_next()
    page = manager.get("/manage").text
    assert first is not None and ">A001<" in page and "đang gọi" in page and "Ana" in page
    assert "1 giờ 35 phút" in page
    assert "chưa có quầy nào mở: Đất đai (1)." in page
    assert "lâu hơn mức 1 giờ 30 phút" in page


def test_a_manager_closes_the_counter_of_an_absent_officer(doors: Any, manager: Any) -> None:
    doors.hall.open("1", doors.hall.ana)
    counter = doors.hall.counters["1"]
    assert f'action="/manage/counters/{counter}/close"' in manager.get("/manage").text
    answer = manager.post(f"/manage/counters/{counter}/close")
    assert answer.location == "/manage?done=closed"
    assert texts("vi")["done.closed"] in manager.get(answer.location).text
    assert doors.hall.rows(select(Counter.state, Counter.officer_id))[0] == ("closed", None)


def test_a_citizen_at_a_counter_that_is_closed_goes_back_to_the_line(
    doors: Any, manager: Any
) -> None:
    ticket = doors.hall.issue("ho-tich").id
    doors.hall.open("1", doors.hall.ana)
    doors.hall.at_counter(calls.call_next)
    counter = doors.hall.counters["1"]
    page = manager.get("/manage").text
    assert f'action="/manage/counters/{counter}/close"' in page
    assert "Số A001 sẽ về lại hàng chờ, đúng chỗ cũ." in page
    answer = manager.post(f"/manage/counters/{counter}/close")
    assert answer.location == "/manage?done=closed"
    assert doors.hall.rows(select(Counter.state))[0] == ("closed",)
    assert doors.hall.state(ticket) == "waiting"


@pytest.mark.parametrize("counter", ["999", "x", "1x"])
def test_a_counter_that_is_not_there_is_not_closed(manager: Any, counter: str) -> None:
    answer = manager.post(f"/manage/counters/{counter}/close")
    assert answer.status_code == 404
    assert texts("vi")["error.unknown_counter"] in answer.text


# Devices


@pytest.fixture
def asked(doors: Any) -> access.AskedPairing:
    """A new kiosk that shows its code."""
    new: access.AskedPairing = doors.server.database.write(access.ask_pairing, kind=Role.KIOSK)
    return new


def test_a_manager_pairs_a_kiosk_by_the_code_it_shows(
    doors: Any, manager: Any, asked: access.AskedPairing
) -> None:
    shown = f" {asked.code[:3]} {asked.code[3:]} "
    answer = manager.post(
        "/manage/devices", code=shown, name="Cửa chính", hall="khu-cho", printer="Cửa vào"
    )
    assert answer.location == "/manage/devices?done=paired"
    page = manager.get(answer.location).text
    assert "Cửa chính" in page and texts("vi")["devices.arriving"] in page
    claimed = doors.post("/pairings/claim", {"secret": asked.secret}).json
    assert claimed["state"] == "paired"
    assert claimed["device"]["hall"]["code"] == "khu-cho"
    assert claimed["device"]["printer"] == "Cửa vào"
    assert texts("vi")["devices.arriving"] not in manager.get("/manage/devices").text


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"code": "12"}, 404, "unknown_pairing"),
        ({"code": ""}, 422, "invalid"),
        ({"name": " "}, 422, "invalid"),
        ({"hall": "nowhere"}, 404, "unknown_hall"),
        ({"printer": "nowhere"}, 404, "unknown_printer"),
    ],
)
def test_a_form_that_pairs_nothing_comes_back_as_it_was_with_the_reason(
    doors: Any, manager: Any, asked: access.AskedPairing, change: dict[str, str],
    status: int, code: str, everything: Everything) -> None:  # fmt: skip
    form = {"code": asked.code, "name": "Màn hình <1>", "hall": "khu-cho"} | change
    before = everything()
    answer = manager.post("/manage/devices", **form)
    assert answer.status_code == status
    assert texts("vi")[f"error.{code}"] in answer.text
    if "name" not in change:
        assert 'value="Màn hình &lt;1&gt;"' in answer.text
    assert everything() == before


def test_an_expired_code_is_told_as_such(
    doors: Any, manager: Any, asked: access.AskedPairing
) -> None:
    doors.hall.clock.advance(minutes=16)
    answer = manager.post("/manage/devices", code=asked.code, name="Cửa chính")
    assert answer.status_code == 409
    assert texts("vi")["error.pairing_expired"] in answer.text


def test_a_revoked_device_is_shut_out_and_leaves_the_list(doors: Any, manager: Any) -> None:
    kiosk = doors.hall.kiosk.secret
    assert doors.get("/session", kiosk).status_code == 200
    ((device,),) = doors.hall.rows(select(Device.id).where(Device.name == "Máy lấy số 1"))
    answer = manager.post(f"/manage/devices/{device}/revoke")
    assert answer.location == "/manage/devices?done=revoked"
    assert doors.get("/session", kiosk).status_code == 401
    assert "Máy lấy số 1" not in manager.get(answer.location).text


def test_a_device_revoked_before_it_came_gets_no_token(
    doors: Any, manager: Any, asked: access.AskedPairing
) -> None:
    manager.post("/manage/devices", code=asked.code, name="Cửa chính")
    ((device,),) = doors.hall.rows(select(Device.id).where(Device.name == "Cửa chính"))
    manager.post(f"/manage/devices/{device}/revoke")
    assert doors.post("/pairings/claim", {"secret": asked.secret}).status_code == 404
    assert "Cửa chính" not in manager.get("/manage/devices").text


def test_a_manager_revokes_no_device_of_another_centre(
    doors: Any, manager: Any, second_site: str
) -> None:
    theirs = doors.server.database.write(
        access.create_token, site="ben-song", role=Role.DISPLAY
    ).secret
    ((device,),) = doors.hall.rows(select(Device.id).where(Device.kind == "display"))
    assert manager.post(f"/manage/devices/{device}/revoke").status_code == 404
    assert doors.get("/session", theirs).status_code == 200


# The centre


def test_a_closed_service_gives_no_numbers_until_it_is_opened(doors: Any, manager: Any) -> None:
    body, kiosk = {"service": "ho-tich"}, doors.hall.kiosk.secret
    answer = manager.post("/manage/services/ho-tich/close")
    assert texts("vi")["done.service_closed"] in manager.get(answer.location).text
    refused = doors.post("/sites/an-lanh/tickets", body, kiosk)
    assert refused.json["code"] == "service_closed"
    manager.post("/manage/services/ho-tich/open")
    assert doors.post("/sites/an-lanh/tickets", body, kiosk).status_code == 201


def test_a_service_that_is_not_there_is_not_opened(doors: Any, manager: Any) -> None:
    assert manager.post("/manage/services/nothing/open").status_code == 404
    assert all(open for (open,) in doors.hall.rows(select(Service.open)))


def test_the_centre_page_shows_places_services_and_people(manager: Any) -> None:
    page = manager.get("/manage/centre").text
    for words in ("An Lành", "Khu chờ", "Hộ tịch", "Đất đai", "3B", "bo", "Quản lý"):
        assert words in page


def test_a_manager_suspends_somebody_and_reinstates_them(doors: Any, manager: Any) -> None:
    ana, bo = doors.hall.ana.staff_id, doors.hall.bo.staff_id
    page = manager.get("/manage/centre").text
    assert f'action="/manage/staff/{ana}/suspend"' in page and "Ngừng tài khoản" in page
    assert f"/manage/staff/{bo}/suspend" not in page  # nobody locks themselves out
    answer = manager.post(f"/manage/staff/{ana}/suspend")
    page = manager.get(answer.location).text
    assert texts("vi")["done.suspended"] in page and "đã ngừng" in page
    assert doors.get("/session", doors.ana).status_code == 401
    answer = manager.post(f"/manage/staff/{ana}/reinstate")
    assert texts("vi")["done.reinstated"] in manager.get(answer.location).text
    assert doors.get("/session", doors.ana).status_code == 401  # old tokens stay ended


@pytest.mark.parametrize("staff", ["999", "x"])
def test_nobody_suspends_whom_there_is_not(manager: Any, staff: str) -> None:
    answer = manager.post(f"/manage/staff/{staff}/suspend")
    assert answer.status_code == 404
    assert texts("vi")["error.unknown_officer"] in answer.text
