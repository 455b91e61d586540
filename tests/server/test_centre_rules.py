"""The rules of a centre: nothing twice, no reference into the void, nothing unreadable."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.centre_file import CentreFileError, read_centre
from server.domain.centre import CentrePlan

SMALL = Path(__file__).with_name("small_centre.yaml").read_text(encoding="utf-8")


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    return tmp_path / "centre.yaml"


def plan_of(path: Path, text: str) -> CentrePlan:
    path.write_text(text, encoding="utf-8")
    return read_centre(path)


def problems_of(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CentreFileError) as refusal:
        read_centre(path)
    return refusal.value.problems


MISTAKES = {
    "an unknown field": (
        "field: dat-dai, prefix: B",
        "field: dat-dia, prefix: B",
        "services[1].field: unknown field 'dat-dia' (did you mean 'dat-dai'?); "
        "known: ho-tich, dat-dai (line 15)",
    ),
    "a code twice": (
        "  - {code: dat-dai, name: Đất đai}",
        "  - {code: dat-dai, name: Đất đai}\n  - {code: ho-tich, name: Hộ khẩu}",
        "fields[2].code: 'ho-tich' is already taken by fields[0] (line 11)",
    ),
    "a prefix twice": (
        "prefix: B}",
        "prefix: A}",
        "services[1].prefix: 'A' is already taken by services[0] (line 15)",
    ),
    "a counter number twice": (
        "number: 3B",
        "number: 1",
        "counters[1].number: '1' is already taken by counters[0] (line 18)",
    ),
    "a login twice": (
        "login: hai.vu",
        "login: hanh.le",
        "staff[1].login: 'hanh.le' is already taken by staff[0] (line 21)",
    ),
    "a procedure twice": (
        'code: "1.000894"',
        'code: "1.001610"',
        "procedures[1].code: '1.001610' is already taken by procedures[0] (line 33)",
    ),
    "a place among the frequent twice": (
        "frequent: 2",
        "frequent: 1",
        "procedures[1].frequent: '1' is already taken by procedures[0] (line 33)",
    ),
    "a place taken by a service and a procedure": (
        "field: dat-dai, prefix: B",
        "field: dat-dai, prefix: B, frequent: 2",
        "procedures[1].frequent: '2' is already taken by services[1] (line 33)",
    ),
    "a service twice at a counter": (
        "services: [dat-dai, ho-tich]",
        "services: [dat-dai, ho-tich, dat-dai]",
        "counters[1].services[2]: 'dat-dai' stands here twice (line 18)",
    ),
    "an unknown hall": (
        "hall: khu-cho, agency",
        "hall: khu-c, agency",
        "counters[0].hall: unknown hall 'khu-c' (did you mean 'khu-cho'?); "
        "known: khu-cho (line 17)",
    ),
    "an unknown agency": (
        "role: officer, agency: uy-ban",
        "role: officer, agency: thue",
        "staff[0].agency: unknown agency 'thue'; known: uy-ban (line 20)",
    ),
    "an unknown service at a counter": (
        "[dat-dai, ho-tich]",
        "[dat-dai, ho-tich, xay-dung]",
        "counters[1].services[2]: unknown service 'xay-dung'; known: ho-tich, dat-dai (line 18)",
    ),
    "an unknown service of a procedure": (
        "service: ho-tich, frequent: 2",
        "service: ket-hon, frequent: 2",
        "procedures[1].service: unknown service 'ket-hon'; known: ho-tich, dat-dai (line 33)",
    ),
    "an unknown role": (
        "role: manager",
        "role: quan-ly",
        "staff[1].role: unknown role 'quan-ly'; known: officer, volunteer, manager (line 21)",
    ),
    "a service that nobody serves": (
        "[dat-dai, ho-tich]",
        "[ho-tich]",
        "services[1]: no counter serves 'dat-dai', its tickets would never be called; "
        "name it under counters or set open: false (line 15)",
    ),
    "a prefix that looks like a digit": (
        "prefix: B}",
        "prefix: O}",
        "services[1].prefix: 'O' must be one or two capital letters A-Z, "
        "without I and O, which look like 1 and 0 (line 15)",
    ),
    "a prefix with a mark": (
        "prefix: B}",
        "prefix: Đ}",
        "services[1].prefix: 'Đ' must be one or two capital letters A-Z, "
        "without I and O, which look like 1 and 0 (line 15)",
    ),
    "a code with marks": (
        "code: an-lanh",
        "code: An Lành",
        "site.code: 'An Lành' must be small letters without marks, digits and single hyphens, "
        "like 'dat-dai' (line 2)",
    ),
    "a counter number with a nought before": (
        "number: 3B",
        "number: 03",
        "counters[1].number: '03' must be a number like 1, 12 or 3B (line 18)",
    ),
    "a login with marks": (
        "login: hai.vu",
        "login: hải",
        "staff[1].login: 'hải' must be 3 to 32 small letters without marks, digits, dots, "
        "hyphens or underscores, a letter first (line 21)",
    ),
    "a time zone that is none": (
        "  code: an-lanh",
        "  code: an-lanh\n  timezone: Asia/Hanoi",
        "site.timezone: unknown time zone 'Asia/Hanoi'; in Vietnam: Asia/Ho_Chi_Minh (line 3)",
    ),
    "a language without texts": (
        "  code: an-lanh",
        "  code: an-lanh\n  languages: [vi, fr]",
        "site.languages[1]: unknown language 'fr'; known: vi, en (line 3)",
    ),
    "a portal address without a place for the id": (
        "  code: an-lanh",
        "  code: an-lanh\n  portal_url_template: https://dichvucong.gov.vn/{id}",
        "site.portal_url_template: must be a web address with {portal_id} or {code} in it, "
        "and no other word in braces (line 3)",
    ),
    "a slip footer that is a leaflet": (
        "  code: an-lanh",
        "  code: an-lanh\n  slip_footer: [a, b, c, d, e]",
        "site.slip_footer: has more than 4 lines (line 3)",
    ),
    "a printer of an unknown kind": (
        "tcp://192.168.1.50:9100",
        "usb://lp0",
        "printers[0].address: 'usb://lp0': does not begin with a known way to print; known: "
        "tcp://host:9100, serial:///dev/…, device:///dev/…, file:///…, screen: (line 23)",
    ),
    "a network printer without a port": (
        "tcp://192.168.1.50:9100",
        "tcp://192.168.1.50",
        "printers[0].address: 'tcp://192.168.1.50': write it as tcp://192.168.1.50:9100 (line 23)",
    ),
    "a device with two strokes": (
        "tcp://192.168.1.50:9100",
        "device://dev/usb/lp0",
        "printers[0].address: 'device://dev/usb/lp0': "
        "write it with three strokes, as device:///path (line 23)",
    ),
    "a virtual printer with a path": (
        "tcp://192.168.1.50:9100",
        "screen:cua-vao",
        "printers[0].address: 'screen:cua-vao': write it as screen: and nothing else (line 23)",
    ),
    "a paper width that is none": (
        "paper: 58",
        "paper: 57",
        "printers[0].paper: 57 is no paper width; give 58 or 80 (mm) (line 23)",
    ),
    "a paper nobody asks for": (
        "originals: 0, copies: 1, condition",
        "originals: 0, condition",
        "procedures[0].documents[1]: asks for neither an original nor a copy (line 32)",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_broken_rule_is_named_where_it_stands(
    centre: Path, right: str, wrong: str, said: str
) -> None:
    assert SMALL.count(right) == 1
    assert problems_of(centre, SMALL.replace(right, wrong)) == [said]


@pytest.mark.parametrize(
    "address",
    [
        "tcp://may-in.local:9100",
        "tcp://[fe80::1]:9100",
        "serial:///dev/ttyUSB0?baud=115200",
        "device:///dev/usb/lp0",
        "file:///var/spool/slips",
        "screen:",
    ],
)
def test_every_way_to_print_is_accepted(centre: Path, address: str) -> None:
    plan = plan_of(centre, SMALL.replace("tcp://192.168.1.50:9100", address))
    assert plan.printers[0].address == address


def test_a_closed_service_may_lack_a_counter(centre: Path) -> None:
    text = SMALL.replace("prefix: B}", "prefix: B, open: false}").replace(
        "[dat-dai, ho-tich]", "[ho-tich]"
    )
    assert plan_of(centre, text).services[1].open is False


def test_a_missing_section_is_one_problem_and_not_one_for_each_reference(centre: Path) -> None:
    text = SMALL.replace("halls:\n  - {code: khu-cho, name: Khu chờ}\n", "")
    assert problems_of(centre, text) == ["halls: is missing (line 1)"]
