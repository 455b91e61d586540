"""Finding Vietnamese names as people type them."""

from __future__ import annotations

import unicodedata

import pytest

from server.domain.search import best, fold, score

NAMES = [
    "Đăng ký khai sinh",
    "Đăng ký khai tử",
    "Đăng ký kết hôn",
    "Cấp đổi Giấy chứng nhận quyền sử dụng đất",
    "Cấp lại giấy phép lái xe",
]


def found(question: str, limit: int = 10) -> list[str]:
    return best(question, ((name, [fold(name)]) for name in NAMES), limit)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Đăng ký", "dang ky"),
        ("ĐẤT", "dat"),
        (" khai   sinh ", "khai sinh"),
        ("giấy-phép, (lái xe)", "giay-phep lai xe"),
        ("1.001610", "1.001610"),
        ("Ưu tiên người già", "uu tien nguoi gia"),
        ("", ""),
    ],
)
def test_diacritics_case_and_signs_do_not_matter(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@pytest.mark.parametrize("question", ["khai sinh", "KHAI SINH", "khai sính", "sinh khai", "khai s"])
def test_a_procedure_is_found_however_it_is_typed(question: str) -> None:
    assert found(question)[0] == "Đăng ký khai sinh"


def test_every_word_must_be_there() -> None:
    assert found("khai thuế") == []
    assert found("") == []


def test_the_best_match_comes_first() -> None:
    assert found("cấp lại") == ["Cấp lại giấy phép lái xe"]
    assert found("đất") == [NAMES[3]]


def test_of_two_names_with_the_same_words_the_plainer_one_comes_first() -> None:
    assert found("giấy") == [NAMES[4], NAMES[3]]


def test_equal_names_keep_their_order() -> None:
    assert found("đăng ký")[:2] == [NAMES[0], NAMES[1]]


def test_a_whole_word_beats_a_part_of_one() -> None:
    assert score("lai", "lai xe") > score("lai", "mailai") > score("lai", "dat") == 0


def test_no_more_than_asked_for() -> None:
    assert len(found("đăng ký", limit=2)) == 2
