"""Opening and closing a line for new citizens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from server.domain.facts import CentreChanged
from server.domain.refusals import ServiceClosed, Unknown
from server.operations.services import set_service_open

if TYPE_CHECKING:
    from tests.server.conftest import SmallHall


def set_open(hall: SmallHall, open: bool, code: str = "ho-tich") -> None:
    hall.database.write(set_service_open, site_id=hall.site_id, code=code, open=open)


def test_a_closed_service_takes_nobody_until_it_is_opened(hall: SmallHall) -> None:
    set_open(hall, False)
    assert hall.facts == [CentreChanged(hall.site_id)]
    with pytest.raises(ServiceClosed):
        hall.issue("ho-tich")
    assert hall.issue("dat-dai").number == "B001"
    set_open(hall, True)
    assert hall.issue("ho-tich").number == "A001"


def test_who_waits_for_a_closed_service_is_called_all_the_same(hall: SmallHall) -> None:
    waiting = hall.issue("ho-tich")
    set_open(hall, False)
    hall.open("1")
    assert hall.call_next("1") == waiting.id


def test_a_service_that_is_not_there_is_unknown(hall: SmallHall) -> None:
    with pytest.raises(Unknown):
        set_open(hall, False, "khong-co")
    assert hall.facts == []
