"""What the paper looks like: whole names, a large number, a code that can be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from printers import PrinterProfile, Slip
from printers.alphabet import VIETNAMESE_LETTERS, without_marks
from printers.fonts import (
    BOLD,
    REGULAR,
    StripCache,
    check_font,
    draw_line,
    font,
    missing_letters,
    text_width,
)
from printers.layout import draw_block, paragraph, render
from printers.qr import qr_picture
from printers.slip import Align, Band, Number, QrCode, Row, Size, Text
from printers.trial import trial_page
from printers.type_scale import DOTS_PER_MM, scale_for
from printers.wrapping import wrap

WIDTHS = [384, 512, 576]
FONT_SIZES = sorted({size for width in WIDTHS for size in scale_for(width).sizes.values()})

MakeSlip = Callable[..., Slip]
ReadWords = Callable[[Image.Image], list[str]]
ReadQr = Callable[[Image.Image], list[str]]


def ink(picture: Image.Image) -> int:
    return picture.histogram()[255]


def plain(words: list[str]) -> list[str]:
    return [unicodedata.normalize("NFC", word).lower() for word in words]


def test_there_are_134_accented_letters() -> None:
    assert len(set(VIETNAMESE_LETTERS)) == len(VIETNAMESE_LETTERS) == 134


def test_a_typeface_without_vietnamese_letters_is_found_out() -> None:
    check_font()
    poor = Path(pytest.importorskip("barcode").__file__).with_name("fonts") / "DejaVuSansMono.ttf"
    assert len(missing_letters(poor)) == 134 - 88


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
def test_the_typeface_has_every_letter(weight: str) -> None:
    assert missing_letters(Path(str(font(weight, 20).path))) == ""


def test_a_name_with_stray_control_characters_prints_as_if_without(make: MakeSlip) -> None:
    stray = render(make(service="Chứng\x1b\x07 thực"), 384)
    assert stray.tobytes() == render(make(service="Chứng thực"), 384).tobytes()


def test_slips_drawn_in_many_threads_are_all_the_same(make: MakeSlip) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        drawn = pool.map(
            lambda n: render(make(service=f"Việc số {n % 4}"), 384).tobytes(), range(64)
        )
    assert len(set(drawn)) == 4


@pytest.mark.parametrize("weight", [REGULAR, BOLD])
@pytest.mark.parametrize("size", FONT_SIZES)
def test_no_letter_loses_a_stroke_or_a_mark(weight: str, size: int) -> None:
    for letter in VIETNAMESE_LETTERS + "0123456789AQgjy,()–":
        strip = draw_line(letter, weight, size)
        free = Image.new("1", (size * 4, size * 4), 0)
        free.paste(draw_line(f" {letter} ", weight, size), (size, size))
        assert ink(strip) == ink(free), letter


def test_decomposed_text_prints_like_composed(make: MakeSlip) -> None:
    name = "Nguyễn Thị Ánh – Đăng ký khai sinh"
    split = unicodedata.normalize("NFD", name)
    assert render(make(service=split), 384).tobytes() == render(make(service=name), 384).tobytes()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_of_a_long_name_is_wider_than_the_paper(long_name: str, width: int) -> None:
    scale = scale_for(width)
    for size in scale.sizes.values():
        lines = wrap(long_name, scale.measure, lambda part, size=size: text_width(part, BOLD, size))
        assert " ".join(lines) == long_name
        assert all(text_width(line, BOLD, size) <= scale.measure for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("size", list(Size))
def test_all_ink_of_a_long_name_is_on_the_paper(long_name: str, width: int, size: Size) -> None:
    scale = scale_for(width)
    dots = scale.sizes[size]
    printed = paragraph(long_name, BOLD, dots, scale, Align.CENTRE)
    lines = wrap(long_name, scale.measure, lambda part: text_width(part, BOLD, dots))
    assert ink(printed) == sum(ink(draw_line(line, BOLD, dots)) for line in lines)


@pytest.mark.parametrize("width", [384, 576])
def test_an_80_character_name_can_be_read_whole(
    width: int, long_name: str, read_words: ReadWords
) -> None:
    read = plain(read_words(draw_block(Text(long_name, Size.MEDIUM, bold=True), scale_for(width))))
    wanted = [word.strip(",.") for word in plain(long_name.split())]
    missed = [word for word in wanted if word not in read]
    # The reader takes a stacked mark for another now and then; no letter may be missed.
    assert len(missed) <= 3, f"{missed} not found in {read}"
    assert [without_marks(word) for word in read] == [without_marks(word) for word in wanted]


def test_the_whole_slip_can_be_read(
    make: MakeSlip, profile: PrinterProfile, read_words: ReadWords
) -> None:
    read = plain(read_words(render(make(status_url=None), profile.dots)))
    wanted = plain("phục vụ hành chính công thứ tự quầy chứng thực chờ trước phút phiếu".split())
    missed = [word for word in wanted if word not in read]
    assert len(missed) <= 1, f"{missed} not found in {read}"


@pytest.mark.parametrize(("width", "millimetres"), [(576, 15), (512, 15), (384, 13)])
def test_the_number_is_seen_from_afar(width: int, millimetres: int) -> None:
    drawn = draw_block(Number("A014"), scale_for(width))
    assert drawn.height >= millimetres * DOTS_PER_MM


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("number", ["A1", "A014", "MB1014", "WWW99999"])
def test_a_long_number_shrinks_and_stays_whole(width: int, number: str) -> None:
    drawn = draw_block(Number(number), scale_for(width))
    box = drawn.getbbox()
    assert box is not None and 0 < box[0] and box[2] < width


def test_the_number_is_the_largest_thing_on_the_slip(slip: Slip) -> None:
    scale = scale_for(576)
    tallest = max(slip.blocks, key=lambda block: ink(draw_block(block, scale)))
    assert isinstance(tallest, Number | QrCode)
    texts = [block for block in slip.blocks if isinstance(block, Text)]
    number = next(block for block in slip.blocks if isinstance(block, Number))
    assert draw_block(number, scale).height > 2 * max(draw_block(t, scale).height for t in texts)


def test_the_code_leads_to_the_ticket(
    slip: Slip, profile: PrinterProfile, read_qr: ReadQr, status_url: str
) -> None:
    assert read_qr(render(slip, profile.dots)) == [status_url]


@pytest.mark.parametrize(("width", "module"), [(576, 6), (384, 5)])
def test_the_code_has_large_modules_and_a_quiet_zone(
    width: int, module: int, status_url: str
) -> None:
    code = qr_picture(status_url, scale_for(width).qr_module, width)
    box = code.getbbox()
    assert box is not None
    assert box[0] == box[1] == 4 * module
    assert code.width - box[2] == code.height - box[3] == 4 * module


@pytest.mark.parametrize("length", [20, 60, 120, 300, 600])
def test_a_longer_address_still_makes_a_code_that_fits(length: int, read_qr: ReadQr) -> None:
    content = ("https://example.vn/" + "x" * 600)[:length]
    code = qr_picture(content, 6, 576)
    assert code.width <= 576
    assert read_qr(code) == [content]


def test_an_address_that_fits_no_code_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        qr_picture("x" * 5000, 5, 384)


def test_label_and_value_never_touch() -> None:
    scale = scale_for(384)
    one_line = draw_block(Row("Dự kiến chờ", "7"), scale)
    two_lines = draw_block(Row("Thời gian cấp dự kiến cho phiếu này", "07:45 22/11/2026"), scale)
    assert two_lines.height > one_line.height * 1.8


def test_the_reprint_band_is_black_with_white_letters() -> None:
    band = draw_block(Band("BẢN IN LẠI"), scale_for(576))
    assert ink(band) > 0.6 * band.width * band.height
    assert band.getpixel((0, 0)) == 255


def test_an_english_slip_fits_too(make: MakeSlip, profile: PrinterProfile, read_qr: ReadQr) -> None:
    picture = render(make(language="en", copy=True), profile.dots)
    assert len(read_qr(picture)) == 1


def test_drawn_lines_are_kept_and_the_oldest_forgotten() -> None:
    strips = StripCache(capacity=2)
    first = strips.line("Quầy 1", REGULAR, 20)
    assert strips.line("Quầy 1", REGULAR, 20) is first
    strips.line("Quầy 2", REGULAR, 20)
    strips.line("Quầy 3", REGULAR, 20)
    assert len(strips) == 2
    assert strips.line("Quầy 1", REGULAR, 20) is not first


def test_words_wider_than_the_paper_are_broken_and_none_is_lost() -> None:
    lines = wrap("a" * 25 + " bb", 10, len)
    assert lines == ["a" * 10, "a" * 10, "aaaaa bb"]


def test_an_address_is_broken_after_a_slash() -> None:
    assert wrap("mottua.example.vn/t/abc", 20, len) == ["mottua.example.vn/t/", "abc"]


def test_lines_are_of_similar_length() -> None:
    assert wrap("một hai ba bốn năm", 15, len) == ["một hai ba", "bốn năm"]


def test_the_technicians_page_shows_all_letters_and_both_edges(
    profile: PrinterProfile, read_qr: ReadQr
) -> None:
    page = trial_page("Máy in 1", "tcp://10.0.0.5:9100", profile, datetime(2026, 1, 2, tzinfo=UTC))
    said = "".join(block.text for block in page.blocks if isinstance(block, Text))
    assert set(VIETNAMESE_LETTERS) <= set(said)
    picture = render(page, profile.dots)
    box = picture.getbbox()
    assert box is not None and (box[0], box[2]) == (0, profile.dots)
    assert read_qr(picture) == ["tcp://10.0.0.5:9100"]
