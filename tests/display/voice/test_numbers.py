"""Vietnamese as it is said at counters.

The reader was compared with npm's read-vietnamese-number 2.3.1, written by others: no difference
in 0 to 9999 (with lẻ and nghìn).
"""

import pytest

from display.voice.numbers import DIGITS, LETTERS, NORTH, SOUTH, Region, read_digits, read_whole


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (3, "ba"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (500, "năm trăm"),
        (999, "chín trăm chín mươi chín"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (1100, "một nghìn một trăm"),
        (2024, "hai nghìn không trăm hai mươi tư"),
        (9999, "chín nghìn chín trăm chín mươi chín"),
    ],
)
def test_a_counter_is_read_as_people_say_it(number: int, said: str) -> None:
    assert " ".join(read_whole(number)) == said


def test_the_south_says_le_and_ngan() -> None:
    assert " ".join(read_whole(1005, SOUTH)) == "một ngàn không trăm lẻ năm"
    assert " ".join(read_whole(105, SOUTH)) == "một trăm lẻ năm"


def test_a_ticket_is_read_digit_by_digit() -> None:
    assert read_digits("014") == ["không", "một", "bốn"]
    assert read_digits("555") == ["năm", "năm", "năm"]


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_without_a_reading_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        read_whole(number)


@pytest.mark.parametrize("region", [NORTH, SOUTH])
def test_every_number_can_be_understood_again(region: Region) -> None:
    readings = [tuple(read_whole(number, region)) for number in range(10_000)]
    assert [_heard(words, region) for words in readings] == list(range(10_000))


def _heard(words: tuple[str, ...], region: Region) -> int:
    """Listens as a citizen does, by place value; knows nothing of how the words were made."""
    units = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
    total, digit = 0, 0
    for word in words:
        if word in units:
            digit = units[word]
        elif word in ("mươi", "trăm", region.thousand):
            total += digit * {"mươi": 10, "trăm": 100, region.thousand: 1000}[word]
            digit = 0
        elif word == "mười":
            total += 10
        else:
            assert word == region.empty_ten
    return total + digit


def test_every_latin_letter_and_d_with_stroke_has_a_name() -> None:
    assert set(LETTERS) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
    assert len(set(LETTERS.values())) == len(LETTERS)
