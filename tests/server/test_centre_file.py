"""Reading centre files: cleaned, complete, and every mistake named where it stands."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from server.centre_file import CentreFileError, read_centre
from server.domain.centre import CentrePlan, DocumentPlan

SMALL = Path(__file__).with_name("small_centre.yaml").read_text(encoding="utf-8")


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    return tmp_path / "centre.yaml"


def plan_of(path: Path, text: str) -> CentrePlan:
    path.write_text(text, encoding="utf-8")
    return read_centre(path)


def problems_of(path: Path, text: str | bytes) -> list[str]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CentreFileError) as refusal:
        read_centre(path)
    return refusal.value.problems


def test_absent_keys_take_their_plain_defaults(centre: Path) -> None:
    plan = plan_of(centre, SMALL)
    assert plan.site.timezone == "Asia/Ho_Chi_Minh"
    assert plan.site.languages == ("vi", "en")
    assert plan.site.board_public is False
    assert plan.site.portal_url_template.endswith("/{portal_id}")
    assert plan.services[0].open is True
    assert plan.services[0].frequent is None
    assert plan.site.hours is None and plan.services[0].hours is None, "open around the clock"
    assert plan.services[0].daily_quota is None
    assert (plan.site.last_ticket_minutes, plan.site.max_wait_minutes) == (0, 90)
    assert plan.procedures[0].documents == (
        DocumentPlan(name="Giấy chứng sinh", originals=1, copies=0, condition=None),
        DocumentPlan(name="Học bạ", originals=0, copies=1, condition="Nếu có"),
    )


def test_codes_and_numbers_stay_as_written_even_without_quotes(centre: Path) -> None:
    plan = plan_of(centre, SMALL.replace("name: Khu chờ", "name: no"))
    assert plan.procedures[0].code == "1.001610"
    assert [counter.number for counter in plan.counters] == ["1", "3B"]
    assert plan.halls[0].name == "no"


def test_a_service_may_stand_among_the_frequent(centre: Path) -> None:
    plan = plan_of(centre, SMALL.replace("prefix: B}", "prefix: B, frequent: 99}"))
    assert [service.frequent for service in plan.services] == [None, 99]
    assert [procedure.frequent for procedure in plan.procedures] == [1, 2]


def test_a_place_among_the_frequent_is_one_of_99(centre: Path) -> None:
    text = SMALL.replace("prefix: B}", "prefix: B, frequent: 100}")
    assert problems_of(centre, text) == [
        "services[1].frequent: must be a whole number from 1 to 99, not '100' (line 15)"
    ]


def test_copied_names_are_cleaned(centre: Path) -> None:
    dirty = unicodedata.normalize("NFD", "Khu  chờ\u200b\u00a0A ")
    plan = plan_of(centre, SMALL.replace("name: Khu chờ", f'name: "{dirty}"'))
    assert plan.halls[0].name == "Khu chờ A"


def test_a_file_from_windows_is_read(centre: Path) -> None:
    centre.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert read_centre(centre).site.code == "an-lanh"


MISTAKES = {
    "a misspelt key": (
        "prefix: B}",
        "prefix: B, opne: false}",
        "services[1].opne: unknown key 'opne' (did you mean 'open'?); "
        "known: code, daily_quota, field, frequent, hours, name, name_en, open, prefix (line 15)",
    ),
    "an unknown section": (
        "printers:",
        "printer:",
        "printer: unknown key 'printer' (did you mean 'printers'?); known: agencies, counters, "
        "fields, halls, printers, priority_classes, procedures, services, site, staff (line 22)",
    ),
    "a missing key": (
        "name: Đất đai, field: dat-dai,",
        "field: dat-dai,",
        "services[1].name: is missing (line 15)",
    ),
    "a key without a value": (
        "  code: an-lanh",
        "  code:",
        "site.code: has no value (line 2)",
    ),
    "an empty text": (
        "name: Khu chờ",
        'name: " "',
        "halls[0].name: is an empty text (line 5)",
    ),
    "a name too long for the slip": (
        "name: Khu chờ",
        f"name: {'Khu chờ ' * 11}",
        "halls[0].name: has 87 characters; at most 80 fit (line 5)",
    ),
    "a printer's name that no ticket could give": (
        "name: Cửa vào",
        f"name: {'Cửa ' * 16}",
        "printers[0].name: has 63 characters; at most 60 fit (line 23)",
    ),
    "a list where a text belongs": (
        "name: Khu chờ",
        "name: [Khu chờ]",
        "halls[0].name: must be a text, not a list (line 5)",
    ),
    "a text where a list belongs": (
        "services: [ho-tich]",
        "services: ho-tich",
        "counters[0].services: must be a list, not 'ho-tich' (line 17)",
    ),
    "a text where a group belongs": (
        "  - {code: khu-cho, name: Khu chờ}",
        "  - {code: khu-cho, name: Khu chờ}\n  - Khu B",
        "halls[1]: must be a group of 'key: value' lines, not 'Khu B' (line 6)",
    ),
    "a word where a number belongs": (
        "head_start_minutes: 30",
        "head_start_minutes: ba mươi",
        "priority_classes[0].head_start_minutes: "
        "must be a whole number from 0 to 480, not 'ba mươi' (line 12)",
    ),
    "a head start of days": (
        "head_start_minutes: 30",
        "head_start_minutes: 1440",
        "priority_classes[0].head_start_minutes: "
        "must be a whole number from 0 to 480, not '1440' (line 12)",
    ),
    "a word where yes or no belongs": (
        "head_start_minutes: 30",
        "head_start_minutes: 30, kiosk: có",
        "priority_classes[0].kiosk: must be true or false, not 'có' (line 12)",
    ),
    "a counter without services": (
        "services: [ho-tich]",
        "services: []",
        "counters[0].services: is empty; name at least one (line 17)",
    ),
    "a key twice": (
        "prefix: B}",
        "prefix: B, prefix: B}",
        "services[1].prefix: stands here twice; keep one (line 15)",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_where_it_stands(
    centre: Path, right: str, wrong: str, said: str
) -> None:
    assert SMALL.count(right) == 1
    assert problems_of(centre, SMALL.replace(right, wrong)) == [said]


def test_all_mistakes_are_told_at_once_from_top_to_bottom(centre: Path) -> None:
    text = (
        SMALL.replace("code: an-lanh", "code: AN")
        .replace("prefix: B}", "prefix: Đ, color: red}")
        .replace("role: manager", "role: boss")
        .replace("paper: 58", "paper: rộng")
    )
    problems = problems_of(centre, text)
    assert [problem.split(":")[0] for problem in problems] == [
        "site.code",
        "services[1].color",
        "services[1].prefix",
        "staff[1].role",
        "printers[0].paper",
    ]


def test_a_tab_is_called_a_tab(centre: Path) -> None:
    (problem,) = problems_of(centre, SMALL.replace("  code: an-lanh", "\tcode: an-lanh"))
    assert problem == f"{centre}: line 2, column 1: a tab; YAML is indented with spaces only"


def test_a_colon_inside_a_text_is_explained(centre: Path) -> None:
    (problem,) = problems_of(centre, SMALL.replace("xã An Lành", "xã: An Lành"))
    assert "line 3" in problem and "put such a text in quotes" in problem


@pytest.mark.parametrize(
    ("dirt", "said"),
    [
        (b"", "is empty"),
        (b"# ghi ch\xc3\xba\n", "is empty"),
        (SMALL.encode("utf-16"), "is not UTF-8"),
        (SMALL.encode("cp1258", "replace"), "is not UTF-8"),
        (b"\x00\x01\x02PK", "holds a character that no text has"),
        (b"[" * 20_000, "is nested too deep"),
        (b"site: {code: x", "line 1"),
        (b"- a\n- b\n", "the file: must be a group of 'key: value' lines, not a list"),
        (b"xin ch\xc3\xa0o\n", "the file: must be a group of 'key: value' lines, not 'xin chào'"),
        (b"site: {}\n---\nsite: {}\n", "line 2"),
        (b"? [a, b]\n: c\n", "the file: a key must be a word, not a list"),
        (b"site: &a [*a]\n", "site: must be a group of 'key: value' lines, not a list"),
    ],
    ids=lambda value: value[:12].decode("latin-1") if isinstance(value, bytes) else None,
)
def test_dirt_gives_a_sentence_and_no_traceback(centre: Path, dirt: bytes, said: str) -> None:
    assert said in problems_of(centre, dirt)[0]


def test_a_tag_in_the_file_makes_no_object(centre: Path) -> None:
    harmful = 'name: !!python/object/apply:os.system ["true"]'
    problems = problems_of(centre, SMALL.replace("name: Khu chờ", harmful))
    assert problems == ["halls[0].name: must be a text, not a list (line 5)"]


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(CentreFileError) as refusal:
        read_centre(tmp_path / "không-có.yaml")
    assert "cannot be read: No such file" in str(refusal.value)
