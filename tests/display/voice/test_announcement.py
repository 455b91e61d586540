"""The sentence that the hall hears."""

import unicodedata

import pytest

from display.voice.announcement import (
    UnknownLanguage,
    Unreadable,
    announcement,
)
from display.voice.numbers import SOUTH


def heard_after_number(counter: str) -> str:
    return announcement("A014", counter).text.partition(", ")[2]


def test_the_hall_hears_the_sentence_that_was_agreed() -> None:
    said = announcement("A014", "3")
    assert said.text == "Xin mời công dân có số thứ tự A không một bốn, đến quầy số ba"
    assert [token.clip for token in said.tokens] == [
        "please-citizen",
        "letter-a",
        "digit-0",
        "digit-1",
        "digit-4",
        "to-counter-number",
        "digit-3",
    ]


def test_a_ticket_past_a_thousand_keeps_its_digits() -> None:
    assert "A một không hai lăm" not in announcement("A1025", "3").text
    assert "A một không hai năm," in announcement("A1025", "3").text


def test_a_prefix_of_two_letters_is_spelled() -> None:
    assert "số thứ tự A B không không bảy," in announcement("ab-007", "3").text


def test_d_with_stroke_is_another_letter_than_d() -> None:
    with_stroke, plain = announcement("Đ001", "1"), announcement("D001", "1")
    assert with_stroke.tokens[1].clip == "letter-dd"
    assert plain.tokens[1].clip == "letter-d"


def test_a_number_typed_with_combining_marks_reads_the_same() -> None:
    typed = unicodedata.normalize("NFD", "Tiếp đón 1")
    assert announcement("A001", typed) == announcement("A001", "Tiếp đón 1")


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        ("3", "đến quầy số ba"),
        ("03", "đến quầy số ba"),
        ("21", "đến quầy số hai mươi mốt"),
        ("105", "đến quầy số một trăm linh năm"),
        ("Quầy 15", "đến quầy số mười lăm"),
        ("quầy số 4", "đến quầy số bốn"),
        ("Số 4", "đến quầy số bốn"),
        ("3B", "đến quầy số ba B"),
        ("B2", "đến quầy B hai"),
        ("Tiếp đón", "đến quầy tiếp đón"),
        ("Tiếp đón 1", "đến quầy tiếp đón số một"),
        ("TRẢ KẾT QUẢ A", "đến quầy trả kết quả A"),
        ("12345", "đến quầy số một hai ba bốn năm"),
    ],
)
def test_a_counter_is_said_as_its_sign_is_read(counter: str, said: str) -> None:
    assert heard_after_number(counter) == said


def test_the_south_hears_its_own_words() -> None:
    assert announcement("A001", "105", region=SOUTH).text.endswith("một trăm lẻ năm")


@pytest.mark.parametrize(("number", "counter"), [("", "3"), ("A#1", "3"), ("A001", " - ")])
def test_what_cannot_be_read_is_refused_and_not_guessed(number: str, counter: str) -> None:
    with pytest.raises(Unreadable):
        announcement(number, counter)


def test_another_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        announcement("A001", "3", "fr")


def test_a_counter_left_to_the_screen_still_makes_a_whole_sentence() -> None:
    said = announcement("A014", "Phòng họp 2").pointing_to_screen()
    expected = "Xin mời công dân có số thứ tự A không một bốn, mời xem quầy trên màn hình"
    assert said.text == expected
