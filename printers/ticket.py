"""The slip of a ticket: which blocks it has and in which order, the number before all else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, repeat

from printers.alphabet import composed
from printers.slip import Align, Band, Block, Number, QrCode, Row, Rule, Size, Slip, Space, Text
from printers.texts import words


def ticket_slip(
    *,
    centre: Sequence[str],
    number: str,
    service: str,
    issued_at: datetime,
    field: str | None = None,
    counters: Sequence[str] = (),
    people_ahead: int | None = None,
    wait_minutes: tuple[int, int] | None = None,
    priority: str | None = None,
    steps_after: Sequence[str] = (),
    status_url: str | None = None,
    footer: Sequence[str] | None = None,
    copy: bool = False,
    language: str = "vi",
) -> Slip:
    """The slip that a citizen keeps while waiting.

    `centre` are the heading's lines, printed in capitals, the last one heavier. `issued_at` is
    printed as it is given: in the centre's local time. `wait_minutes` is (low, high). `footer`
    replaces the closing lines (the first is set heavier); an empty one leaves them out. `copy`
    puts a black band "BẢN IN LẠI" on top: two slips with one number are two people at a counter.
    """
    text = words(language)
    wait = None if wait_minutes is None else wait_range(wait_minutes, language)
    rows: list[tuple[str, str | None]] = [
        (text["people_ahead"], None if people_ahead is None else str(people_ahead)),
        (text["wait"], wait),
        (text["issued_at"], f"{issued_at:%H:%M %d/%m/%Y}"),
        *zip(chain([text["steps_after"]], repeat("")), steps_after, strict=False),
    ]
    usual = (text["closing"], text["called"], text["valid_today"])
    blocks: list[Block] = [
        *((Band(text["copy"]), Space(3)) if copy else ()),
        *_heading(centre, text["centre_title"]),
        Text(text["number_label"], Size.MEDIUM),
        Space(2.5),
        Number(number),
        Space(3),
        *_counters(", ".join(counters), text),
        *_purpose(service, field, priority, text),
        *[Row(label, value) for label, value in rows if value is not None],
        Space(1.5),
        Rule(),
        Space(2.5),
        *_code(status_url, text),
        *_closing(usual if footer is None else footer),
    ]
    return Slip(tuple(blocks))


def wait_range(minutes: tuple[int, int], language: str = "vi") -> str:
    """An expected wait in words: a range, one figure when both ends agree, "ít phút" for none."""
    text = words(language)
    low, high = minutes
    if high <= 0:
        return text["wait_short"]
    key = "wait_single" if low == high else "wait_range"
    return text[key].format(low=low, high=high)


def _heading(lines: Sequence[str], title: str) -> list[Block]:
    """The centre's name in capitals; one long name is parted after the title all centres bear."""
    capitals = [composed(line).upper() for line in lines]
    if len(capitals) == 1 and capitals[0].startswith(f"{title} "):
        capitals = [title, capitals[0].removeprefix(title).strip()]
    blocks: list[Block] = [Text(line, Size.SMALL) for line in capitals[:-1]]
    blocks += [Text(line, Size.NORMAL, bold=True) for line in capitals[-1:]]
    return [*blocks, Space(2), Rule(), Space(3)] if blocks else []


def _counters(counters: str, text: dict[str, str]) -> list[Block]:
    """The counters as the signs in the hall name them, then in the citizen's language."""
    if not counters:
        return []
    blocks: list[Block] = [Text(text["counter"].format(counters=counters), Size.LARGE, bold=True)]
    if text["counter_also"]:
        blocks.append(Text(text["counter_also"].format(counters=counters)))
    return [*blocks, Space(2)]


def _purpose(
    service: str, field: str | None, priority: str | None, text: dict[str, str]
) -> list[Block]:
    blocks: list[Block] = [Text(service, Size.MEDIUM, bold=True)]
    if field:
        blocks += [Space(0.5), Text(text["field"].format(field=field))]
    if priority:
        blocks += [Space(0.5), Text(text["priority"].format(priority=priority))]
    return [*blocks, Space(2.5), Rule(), Space(1.5)]


def _code(status_url: str | None, text: dict[str, str]) -> list[Block]:
    if not status_url:
        return []
    shown = status_url.split("://", 1)[-1]
    return [QrCode(status_url, text["qr_title"], text["qr_note"], shown), Space(2.5)]


def _closing(lines: Sequence[str]) -> list[Block]:
    blocks: list[Block] = [Text(line, Size.NORMAL, bold=True) for line in lines[:1]]
    blocks += [Text(line, Size.SMALL, align=Align.CENTRE) for line in lines[1:]]
    return blocks
