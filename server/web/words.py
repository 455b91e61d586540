"""The words, times and waits of server-drawn pages, in the language of who reads them."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

LANGUAGES = ("vi", "en")
_UNITS = {"vi": ("giờ", "phút"), "en": ("h", "min")}
_NUMBERS = {
    "vi": ("gần như ngay", "dưới {}", "khoảng {}"),
    "en": ("almost at once", "under {}", "about {}"),
}


@cache
def texts(lang: str) -> Mapping[str, str]:
    """The texts of one language by their keys."""
    found: dict[str, str] = json.loads(
        files("server.web.texts").joinpath(f"{lang}.json").read_text(encoding="utf-8")
    )
    return found


class Words:
    """How one page speaks: its language, and the clock of the centre it is about."""

    def __init__(self, lang: str, timezone: str = "Asia/Ho_Chi_Minh") -> None:
        self.lang = lang
        self._zone = ZoneInfo(timezone)

    def __call__(self, key: str, **values: object) -> str:
        """The text of `key`; one that the language lacks is said in Vietnamese."""
        text = texts(self.lang).get(key) or texts("vi")[key]
        return text.format(**values) if values else text

    def knows(self, key: str) -> bool:
        """Whether there is such a text at all."""
        return key in texts("vi")

    def or_other(self, key: str, other: str) -> str:
        """The text of `key`, or of `other` where there is none."""
        return self(key if self.knows(key) else other)

    def name(self, row: Any, column: str = "name") -> str:
        """The row's name in this language, in Vietnamese where it has none."""
        found = getattr(row, f"{column}_en", "") if self.lang == "en" else ""
        return str(found or getattr(row, column))

    def time(self, when: datetime) -> str:
        """07:45"""
        return when.astimezone(self._zone).strftime("%H:%M")

    def date(self, day: date) -> str:
        """22/11/2026"""
        return day.strftime("%d/%m/%Y")

    def second(self, when: datetime) -> str:
        """07:45:09"""
        return when.astimezone(self._zone).strftime("%H:%M:%S")

    def moment(self, when: datetime, now: datetime) -> str:
        """07:45 today, else 07:45 22/11/2026."""
        there, today = when.astimezone(self._zone), now.astimezone(self._zone).date()
        return there.strftime("%H:%M" if there.date() == today else "%H:%M %d/%m/%Y")

    def span(self, length: timedelta) -> str:
        """dưới 1 phút · 45 phút · 1 giờ 05 phút."""
        minutes = int(length.total_seconds() // 60)
        if minutes < 1:
            return _NUMBERS[self.lang][1].format(f"1 {_UNITS[self.lang][1]}")
        return self.minutes(minutes)

    def wait(self, wait: Mapping[str, int] | None) -> str | None:
        """khoảng 10–15 phút; None when nobody can tell."""
        if wait is None:
            return None
        low, high = wait["low_minutes"], wait["high_minutes"]
        at_once, under, about = _NUMBERS[self.lang]
        if high <= 0:
            return at_once
        if low <= 0:
            return under.format(self.minutes(high))
        if low == high:
            return about.format(self.minutes(high))
        if high < 60:
            return about.format(f"{low}–{high} {_UNITS[self.lang][1]}")
        return about.format(f"{self.minutes(low)} – {self.minutes(high)}")

    def minutes(self, minutes: int) -> str:
        """45 phút · 1 giờ · 1 giờ 05 phút."""
        (hours, rest), (hour, minute) = divmod(minutes, 60), _UNITS[self.lang]
        if hours == 0:
            return f"{rest} {minute}"
        return f"{hours} {hour}" if rest == 0 else f"{hours} {hour} {rest:02d} {minute}"
