"""What is said when a ticket is called: the sentence, and the pieces of sound it is made of."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from display.voice.numbers import (
    DIGITS,
    GREATEST_WHOLE,
    LETTERS,
    NORTH,
    Region,
    read_digits,
    read_whole,
)

Kind = Literal["phrase", "letter", "digit", "word", "name"]

INVITE = "please-citizen"
TO_COUNTER_NUMBER = "to-counter-number"
TO_COUNTER = "to-counter"
NUMBER = "number"
SEE_SCREEN = "see-screen"

PHRASES = {
    INVITE: "xin mời công dân có số thứ tự",
    TO_COUNTER_NUMBER: "đến quầy số",
    TO_COUNTER: "đến quầy",
    NUMBER: "số",
    SEE_SCREEN: "mời xem quầy trên màn hình",
}
# Words of whole numbers besides the ten digits.
WORDS = {
    "ten": "mười",
    "tens": "mươi",
    "one-after-tens": "mốt",
    "four-after-tens": "tư",
    "five-after-tens": "lăm",
    "linh": "linh",
    "le": "lẻ",
    "hundred": "trăm",
    "nghin": "nghìn",
    "ngan": "ngàn",
}
# Counters that many centres call by a name; a centre's own pack may hold more.
COMMON_NAMES = ("tiếp đón", "tiếp nhận", "hướng dẫn", "trả kết quả", "thu phí")


def _letter_id(letter: str) -> str:
    return "letter-" + ("dd" if letter == "Đ" else letter.lower())


def name_id(name: str) -> str:
    """The id of the clip that says a counter's name: "Tiếp đón" is `name-tiếp-đón`."""
    return "name-" + "-".join(unicodedata.normalize("NFC", name).lower().split())


# Every clip that a complete pack holds, with the words to be recorded.
VOCABULARY: dict[str, str] = {
    **PHRASES,
    **{f"digit-{digit}": word for digit, word in enumerate(DIGITS)},
    **WORDS,
    **{_letter_id(letter): sound for letter, sound in LETTERS.items()},
}
_WORD_IDS = {text: clip for clip, text in WORDS.items()} | {
    word: f"digit-{digit}" for digit, word in enumerate(DIGITS)
}


class Unreadable(ValueError):
    """The number or counter holds something that has no reading."""


class UnknownLanguage(ValueError):
    """Nobody taught the voice this language."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of an announcement: the clip that says it and how it is written."""

    kind: Kind
    clip: str
    text: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """A sentence as spoken, and a shorter one for a pack that cannot say the counter's name.

    `number_tokens` says the number, `counter_tokens` where to go.
    """

    number_tokens: tuple[Token, ...]
    counter_tokens: tuple[Token, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All pieces, in the order in which they are said."""
        return self.number_tokens + self.counter_tokens

    @property
    def text(self) -> str:
        """The sentence: "Xin mời công dân có số thứ tự A không một bốn, đến quầy số ba"."""
        spoken = f"{_sentence(self.number_tokens)}, {_sentence(self.counter_tokens)}"
        return spoken[0].upper() + spoken[1:]

    def pointing_to_screen(self) -> "Announcement":
        """The same number, with the counter left to the screen: still a whole sentence."""
        return Announcement(self.number_tokens, (_phrase(SEE_SCREEN),))


def announcement(
    number: str, counter: str, language: str = "vi", *, region: Region = NORTH
) -> Announcement:
    """What the hall hears for ticket `number` called to `counter`.

    The ticket is said letter by letter and digit by digit, the counter as a whole number;
    "3B" is ba bê, a named counter ("Tiếp đón 1") is said by its name. Raises Unreadable when
    there is nothing to say, or a ticket has a sign without a reading; UnknownLanguage for
    another language than "vi".
    """
    if language != "vi":
        raise UnknownLanguage(f"no announcements in {language!r}")
    return Announcement(
        number_tokens=(_phrase(INVITE), *_ticket(number)),
        counter_tokens=tuple(_counter(counter, region)),
    )


def _sentence(tokens: Iterable[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _phrase(clip: str) -> Token:
    return Token("phrase", clip, PHRASES[clip])


def _letter(letter: str) -> Token:
    return Token("letter", _letter_id(letter), letter)


def _ticket(number: str) -> list[Token]:
    signs = re.sub(r"[\s.\-/]", "", unicodedata.normalize("NFC", number)).upper()
    if not signs:
        raise Unreadable(f"ticket {number!r} has nothing to say")
    return [_ticket_sign(sign, number) for sign in signs]


def _ticket_sign(sign: str, number: str) -> Token:
    if sign in LETTERS:
        return _letter(sign)
    if sign in "0123456789":
        return Token("digit", f"digit-{sign}", DIGITS[int(sign)])
    raise Unreadable(f"ticket {number!r}: {sign!r} has no reading")


def _counter(counter: str, region: Region) -> list[Token]:
    plain = unicodedata.normalize("NFC", counter)
    # The word "quầy" is said anyway.
    plain = re.sub(r"^\s*quầy(\s+số)?\b", "", plain, flags=re.IGNORECASE)
    parts = [part for part in re.findall(r"[0-9]+|[^\W\d_]+", plain) if part.lower() != "số"]
    if not parts:
        raise Unreadable(f"counter {counter!r} has nothing to say")
    said = list(_counter_parts(parts, region))
    if parts[0][0].isdecimal():
        return [_phrase(TO_COUNTER_NUMBER), *said]
    return [_phrase(TO_COUNTER), *said]


def _counter_parts(parts: list[str], region: Region) -> Iterator[Token]:
    name: list[str] = []
    for part in parts:
        is_number, is_letter = part[0].isdecimal(), part.upper() in LETTERS
        if not is_number and not is_letter:
            name.append(part)
            continue
        if name:
            yield _name(name)
            # "quầy tiếp đón số một", but "quầy tiếp đón A".
            if is_number:
                yield _phrase(NUMBER)
            name = []
        if is_number:
            yield from _whole(part, region)
        else:
            yield _letter(part.upper())
    if name:
        yield _name(name)


def _name(words: list[str]) -> Token:
    name = " ".join(words).lower()
    return Token("name", name_id(name), name)


def _whole(digits: str, region: Region) -> list[Token]:
    number = int(digits)
    if number > GREATEST_WHOLE:
        words = read_digits(digits)
    else:
        words = read_whole(number, region)
    return [Token("word", _WORD_IDS[word], word) for word in words]
