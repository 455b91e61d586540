"""What the doors say outside the hours and beyond a quota."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import update

from server.domain.refusals import OutsideHours
from server.storage.session import Work
from server.storage.tables import Service, Site
from server.web import shapes

if TYPE_CHECKING:
    from tests.server.web.conftest import Doors

OFFICE_WEEK = {"mon": ["07:30-11:30", "13:30-17:00"], "tue": ["07:30-11:30"]}
NEVER = {"sun": ["07:30-07:45"]}


def change(doors: Doors, kind: Any, code: str | None = None, **columns: Any) -> None:
    def write(work: Work) -> None:
        statement = update(kind).values(**columns)
        work.execute(statement if code is None else statement.where(kind.code == code))

    doors.server.database.write(write)


def issue(doors: Doors, service: str = "ho-tich") -> Any:
    path = f"/sites/{doors.hall.site}/tickets"
    return doors.post(path, {"service": service}, doors.hall.kiosk.secret)


def menu(doors: Doors) -> shapes.Menu:
    answer = doors.get(f"/sites/{doors.hall.site}/menu", doors.hall.kiosk.secret)
    return shapes.Menu.model_validate(answer.json)


def said(opening: shapes.Opening) -> tuple[bool, str | None, str | None]:
    return opening.open, opening.closed_because, opening.opens_at


def test_outside_the_hours_the_answer_says_when_to_come_back(doors: Doors) -> None:
    change(doors, Site, hours=OFFICE_WEEK)
    doors.hall.clock.advance(hours=4)
    answer = issue(doors)
    assert (answer.status_code, answer.json["code"]) == (409, "outside_hours")
    assert answer.json["opens_at"] == "2026-03-02T13:30:00+07:00"
    assert (answer.json["reason"], answer.json["occasion"]) == ("break", None)


def test_beyond_the_quota_the_answer_says_how_many_there_were(doors: Doors) -> None:
    change(doors, Service, "ho-tich", daily_quota=1)
    assert issue(doors).status_code == 201
    answer = issue(doors)
    assert (answer.status_code, answer.json["code"]) == (409, "quota_reached")
    assert answer.json["quota"] == 1


def test_a_ticket_asked_for_again_after_closing_is_still_answered(doors: Doors) -> None:
    change(doors, Site, hours=OFFICE_WEEK)
    path, key = f"/sites/{doors.hall.site}/tickets", {"Idempotency-Key": "one touch"}
    ask = {"service": "ho-tich"}
    first = doors.post(path, ask, doors.hall.kiosk.secret, headers=key)
    doors.hall.clock.advance(hours=4)
    again = doors.post(path, ask, doors.hall.kiosk.secret, headers=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json["ticket"]["number"] == first.json["ticket"]["number"]


def test_the_menu_of_a_centre_without_hours_is_open(doors: Doors) -> None:
    found = menu(doors)
    assert said(found) == (True, None, None)
    assert {said(service) for service in found.services} == {(True, None, None)}


def test_the_menu_says_of_each_service_why_it_is_closed_and_until_when(doors: Doors) -> None:
    change(doors, Site, hours=OFFICE_WEEK)
    change(doors, Service, "ho-tich", daily_quota=1)
    change(doors, Service, "dat-dai", hours=OFFICE_WEEK | {"mon": ["08:30-11:30"]})
    issue(doors)
    found = menu(doors)
    civil, land = found.services
    assert said(civil) == (False, "quota_reached", "2026-03-03T07:30:00+07:00")
    assert said(land) == (False, "outside_hours", "2026-03-02T08:30:00+07:00")
    assert said(found) == said(land), "the centre opens with its first service"
    change(doors, Service, "dat-dai", open=False)
    found = menu(doors)
    assert said(found.services[1]) == (False, "service_closed", None)
    assert said(found) == said(civil)


def test_the_menu_is_open_while_one_service_is(doors: Doors) -> None:
    change(doors, Service, "dat-dai", hours=NEVER)
    assert said(menu(doors)) == (True, None, None)


def test_on_a_closed_day_the_menu_names_it(doors: Doors) -> None:
    days = [{"from": "2026-03-02", "to": "2026-03-03", "name": "Tết"}]
    change(doors, Site, closed_days=days)
    found = menu(doors)
    assert said(found) == (False, "outside_hours", "2026-03-04T00:00:00+07:00")
    assert (found.occasion, found.services[0].occasion) == ("Tết", "Tết")


def test_where_every_service_is_closed_by_hand_nobody_knows_until_when(doors: Doors) -> None:
    change(doors, Service, open=False)
    assert said(menu(doors)) == (False, "service_closed", None)


def test_the_list_of_services_tells_what_the_kiosk_would_refuse(doors: Doors) -> None:
    change(doors, Service, "ho-tich", daily_quota=1)
    issue(doors)
    answer = doors.get(f"/sites/{doors.hall.site}/services", doors.hall.kiosk.secret)
    services = shapes.Services.model_validate(answer.json).services
    assert [service.open for service in services] == [False, True]


def test_the_refusal_at_the_counter_screens_is_the_one_of_the_menu(doors: Doors) -> None:
    change(doors, Site, hours=NEVER)
    assert menu(doors).closed_because == OutsideHours.code == issue(doors).json["code"]
