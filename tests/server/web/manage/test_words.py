"""The words of the pages that the server draws, in both languages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from printers import Fault, PrinterState
from server.web.words import Words, texts


def test_the_start_page_names_the_centre_and_leads_to_every_screen(stranger: Any) -> None:
    page = stranger.get("/")
    assert page.status_code == 200 and "An Lành" in page.text
    for screen in ("kiosk", "display", "counter", "guide", "manage"):
        assert f'href="/{screen}"' in page.text


def test_a_page_speaks_english_where_asked_and_remembers_it(manager: Any) -> None:
    assert '<html lang="vi">' in manager.get("/manage").text
    assert "Log out" in manager.get("/manage?lang=en").text
    assert "Log out" in manager.get("/manage/devices").text
    assert '<html lang="vi">' in manager.get("/manage?lang=vi").text


def test_an_empty_centre_is_told_in_words(doors: Any, admin: Any, second_site: str) -> None:
    for path in ("", "/devices", "/printers", "/centre"):
        page = admin.get(f"/manage{path}?site=ben-song")
        assert page.status_code == 200 and 'class="' in page.text and "empty" in page.text


def test_every_text_is_there_in_both_languages_with_the_same_places() -> None:
    vietnamese, english = texts("vi"), texts("en")
    assert list(vietnamese) == list(english)
    for key, text in vietnamese.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", english[key])), key


def test_every_state_and_fault_of_a_printer_has_words() -> None:
    for state in PrinterState:
        assert f"printer.{state}" in texts("vi")
    for fault in Fault:
        assert f"reason.{fault}" in texts("vi")


@pytest.mark.parametrize(
    ("minutes", "vietnamese", "english"),
    [
        (0, "dưới 1 phút", "under 1 min"),
        (45, "45 phút", "45 min"),
        (60, "1 giờ", "1 h"),
        (65, "1 giờ 05 phút", "1 h 05 min"),
    ],
)
def test_a_length_of_time_is_told_in_local_form(
    minutes: int, vietnamese: str, english: str
) -> None:
    length = timedelta(minutes=minutes, seconds=30)
    assert (Words("vi").span(length), Words("en").span(length)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (10, 15, "khoảng 10–15 phút"),
        (0, 5, "dưới 5 phút"),
        (0, 0, "gần như ngay"),
        (60, 90, "khoảng 1 giờ – 1 giờ 30 phút"),
    ],
)
def test_an_expected_wait_is_told_as_a_range(low: int, high: int, words: str) -> None:
    assert Words("vi").wait({"low_minutes": low, "high_minutes": high}) == words
