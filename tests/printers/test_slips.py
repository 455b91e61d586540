"""What a slip says, before any dot is drawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files

import pytest

from printers.slip import Band, Number, QrCode, Row, Slip, Text
from printers.ticket import wait_range

MakeSlip = Callable[..., Slip]


def words_on(slip: Slip) -> list[str]:
    found = []
    for block in slip.blocks:
        match block:
            case Text(text=text) | Number(text=text) | Band(text=text):
                found.append(text)
            case Row(label=label, value=value):
                found.append(f"{label}: {value}")
    return found


def test_a_slip_says_everything_a_waiting_citizen_needs(slip: Slip, status_url: str) -> None:
    assert words_on(slip) == [
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG",
        "PHƯỜNG HỒNG BÀNG",
        "SỐ THỨ TỰ",
        "A014",
        "Quầy 3, 4",
        "Chứng thực bản sao từ bản chính",
        "Lĩnh vực: Tư pháp – Hộ tịch",
        "Số người đang chờ trước: 7",
        "Dự kiến chờ: khoảng 10–15 phút",
        "Thời gian cấp: 07:45 22/11/2026",
        "Vui lòng chờ đến lượt",
        "Số được gọi trên màn hình và loa.",
        "Phiếu có giá trị trong ngày.",
    ]
    assert [block.content for block in slip.blocks if isinstance(block, QrCode)] == [status_url]


def test_one_long_name_is_parted_after_the_title_and_set_in_capitals(make: MakeSlip) -> None:
    one_line = make(centre=["Trung tâm Phục vụ hành chính công phường Hồng Bàng"])
    assert one_line == make()


def test_a_centre_with_another_name_keeps_it_on_one_line(make: MakeSlip) -> None:
    assert words_on(make(centre=["Chi nhánh Văn phòng đăng ký đất đai"]))[:2] == [
        "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
        "SỐ THỨ TỰ",
    ]


def test_a_reprint_is_marked_before_anything_else(make: MakeSlip) -> None:
    assert make(copy=True).blocks[0] == Band("BẢN IN LẠI")
    assert not any(isinstance(block, Band) for block in make().blocks)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_so_thu_tu_stand_on_every_slip(make: MakeSlip, language: str) -> None:
    assert any("SỐ THỨ TỰ" in words for words in words_on(make(language=language)))


def test_an_unknown_language_gets_a_vietnamese_slip(make: MakeSlip) -> None:
    assert make(language="xx") == make(language="vi")


def test_what_is_not_known_leaves_no_empty_line(make: MakeSlip) -> None:
    bare = make(field=None, counters=(), people_ahead=None, wait_minutes=None, status_url=None)
    said = " ".join(words_on(bare))
    assert not any(word in said for word in ("Lĩnh vực", "Quầy", "người", "Dự kiến", "None"))
    assert not any(isinstance(block, QrCode) for block in bare.blocks)


def test_later_steps_share_one_label(make: MakeSlip) -> None:
    said = words_on(make(steps_after=["Nộp lệ phí", "Nhận kết quả"]))
    assert said[-5:-3] == ["Việc tiếp theo: Nộp lệ phí", ": Nhận kết quả"]


def test_a_centre_may_bring_its_own_last_lines(make: MakeSlip) -> None:
    assert words_on(make(footer=["Mời ngồi chờ"]))[-1] == "Mời ngồi chờ"
    assert words_on(make(footer=[]))[-1].startswith("Thời gian cấp")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [((10, 15), "khoảng 10–15 phút"), ((5, 5), "khoảng 5 phút"), ((0, 0), "ít phút")],
)
def test_a_wait_is_told_as_people_say_it(minutes: tuple[int, int], words: str) -> None:
    assert wait_range(minutes) == words


def test_every_language_has_every_word() -> None:
    folder = files("printers.texts")
    texts = {
        name: json.loads(folder.joinpath(name).read_text("utf-8"))
        for name in ("vi.json", "en.json")
    }
    assert texts["vi.json"].keys() == texts["en.json"].keys()
    assert all(texts["vi.json"][key] for key in texts["vi.json"] if key != "counter_also")
