"""The manager reads the hours, the closed days and the quotas of the centre."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import update

from server.queries.schedule import Days, grouped
from server.storage.tables import Service, Site

OFFICE = ["07:30-11:30", "13:30-17:00"]
WEEK = {**{day: OFFICE for day in ("mon", "tue", "wed", "thu", "fri")}, "sat": ["07:30-11:30"]}


def change(doors: Any, *statements: Any) -> None:
    for statement in statements:
        doors.server.database.write(lambda work, statement=statement: work.execute(statement))


def words_of(page: Any) -> str:
    """The text of the page as it is read, without tags and line ends."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_days_with_the_same_hours_are_read_as_one() -> None:
    assert grouped(WEEK) == [
        Days("mon", "fri", tuple(OFFICE)),
        Days("sat", "sat", ("07:30-11:30",)),
        Days("sun", "sun", ()),
    ]


def test_a_centre_without_hours_gives_out_numbers_around_the_clock(manager: Any) -> None:
    assert "Nhận số cả ngày, mọi ngày." in words_of(manager.get("/manage/centre"))


def test_hours_closed_days_and_special_days_stand_on_the_page(doors: Any, manager: Any) -> None:
    closed = [
        {"from": "2026-01-01", "to": "2026-01-01", "name": "Tết Dương lịch"},
        {"from": "2027-02-05", "to": "2027-02-11", "name": "Tết Nguyên đán"},
    ]
    special = [{"date": "2027-02-14", "hours": ["08:00-12:00"], "name": "Làm bù"}]
    change(
        doors,
        update(Site).values(
            hours=WEEK, closed_days=closed, special_days=special, last_ticket_minutes=15
        ),
        update(Service).where(Service.code == "dat-dai").values(hours={"sat": ["07:30-11:30"]}),
    )
    page = words_of(manager.get("/manage/centre"))
    assert "Thứ Hai – Thứ Sáu 07:30–11:30, 13:30–17:00 Thứ Bảy 07:30–11:30 Chủ Nhật nghỉ" in page
    assert "15 phút trước khi hết giờ" in page
    assert "Tết Nguyên đán 05/02/2027 – 11/02/2027" in page
    assert "Làm bù 14/02/2027: 08:00–12:00" in page
    assert "Đất đai Thứ Hai – Thứ Sáu nghỉ Thứ Bảy 07:30–11:30 Chủ Nhật nghỉ" in page
    assert "Tết Dương lịch" not in page, "it is over"
    assert "Ngoài giờ nhận số" in page, "land is open on Saturdays"


def test_how_much_of_a_quota_is_used_stands_beside_the_service(doors: Any, manager: Any) -> None:
    change(doors, update(Service).where(Service.code == "ho-tich").values(daily_quota=2))
    doors.hall.issue()
    assert "1/2" in words_of(manager.get("/manage/centre"))
    doors.hall.issue()
    page = words_of(manager.get("/manage/centre?lang=en"))
    assert "2/2" in page and "No numbers left today" in page
