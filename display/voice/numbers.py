"""How Vietnamese says digits, whole numbers and the letters of a ticket."""

from dataclasses import dataclass

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GREATEST_WHOLE = 9999

# The names taught at school and heard at counters; I and Y, D and Đ, B and P differ least:
# a centre does well not to use both of such a pair as prefixes.
LETTERS = {
    "A": "a",
    "B": "bê",
    "C": "xê",
    "D": "dê",
    "Đ": "đê",
    "E": "e",
    "F": "ép",
    "G": "giê",
    "H": "hát",
    "I": "i",
    "J": "gi",
    "K": "ca",
    "L": "e lờ",
    "M": "em mờ",
    "N": "en nờ",
    "O": "o",
    "P": "pê",
    "Q": "quy",
    "R": "e rờ",
    "S": "ét sì",
    "T": "tê",
    "U": "u",
    "V": "vê",
    "W": "vê kép",
    "X": "ích xì",
    "Y": "i dài",
    "Z": "dét",
}


@dataclass(frozen=True, slots=True)
class Region:
    """The words that differ between north and south."""

    empty_ten: str
    thousand: str


NORTH = Region(empty_ten="linh", thousand="nghìn")
SOUTH = Region(empty_ten="lẻ", thousand="ngàn")


def read_digits(digits: str) -> list[str]:
    """The words of `digits` one by one: "014" is không, một, bốn."""
    return [DIGITS[int(digit)] for digit in digits]


def read_whole(number: int, region: Region = NORTH) -> list[str]:
    """The words of a whole number from 0 to 9999: 1015 is một nghìn không trăm mười lăm.

    Raises ValueError outside that range. Rule: after a thousand an empty hundred is said
    ("không trăm"), an empty ten between hundred and unit is said "linh" or "lẻ".
    """
    if not 0 <= number <= GREATEST_WHOLE:
        raise ValueError(f"{number} is not between 0 and {GREATEST_WHOLE}")
    if number == 0:
        return [DIGITS[0]]
    thousands, rest = divmod(number, 1000)
    words = [DIGITS[thousands], region.thousand] if thousands else []
    if rest:
        words += _below_thousand(rest, region, say_empty_hundred=bool(thousands))
    return words


def _below_thousand(number: int, region: Region, *, say_empty_hundred: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    if not hundreds and not say_empty_hundred:
        return _below_hundred(rest)
    words = [DIGITS[hundreds], "trăm"]
    if 0 < rest < 10:
        return [*words, region.empty_ten, DIGITS[rest]]
    return words + _below_hundred(rest)


def _below_hundred(number: int) -> list[str]:
    tens, unit = divmod(number, 10)
    if not tens:
        return [DIGITS[unit]] if unit else []
    words = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    return [*words, _after_ten(unit, tens)] if unit else words


def _after_ten(unit: int, tens: int) -> str:
    if unit == 5:
        return "lăm"
    if tens > 1 and unit in (1, 4):
        return {1: "mốt", 4: "tư"}[unit]
    return DIGITS[unit]
