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


@pytest.mark.parametrize(
    ("question", "first"),
    [("kết hôn", "Đăng ký kết hôn"), ("khai sinh", "Đăng ký khai sinh"), ("nước", "Kết hôn")],
)
def test_what_most_people_come_for_is_first_among_those_that_say_the_whole_question(
    question: str, first: str
) -> None:
    rare = ["Kết hôn với người nước ngoài", "Khai sinh có yếu tố nước ngoài"]
    texts = ((name, [fold(name)]) for name in [*rare, *NAMES])
    assert best(question, texts, 10, NAMES.__contains__)[0].startswith(first)


def test_what_most_people_come_for_is_not_first_where_it_says_the_words_apart() -> None:
    texts = ((name, [fold(name)]) for name in ["Đăng ký lại việc sinh", "Đăng ký sinh"])
    assert best("đăng ký sinh", texts, 2, lambda name: "lại" in name)[0] == "Đăng ký sinh"


def test_equal_names_keep_their_order() -> None:
    assert found("đăng ký")[:2] == [NAMES[0], NAMES[1]]


def test_a_whole_word_beats_a_part_of_one() -> None:
    assert score("lai", "lai xe") > score("lai", "mailai") > score("lai", "dat") == 0


def test_no_more_than_asked_for() -> None:
    assert len(found("đăng ký", limit=2)) == 2
