"""Reading paper back from bytes, whatever bytes they are."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printers import Mode, PrinterProfile, Slip, compose
from printers.commands import CommandReader, read_commands
from printers.decoder import LONGEST_SLIP, decode
from printers.encoder import AFTER_BROKEN_JOB
from printers.layout import render

PROFILE = PrinterProfile(paper_mm=58)


@given(st.binary(max_size=400))
def test_no_bytes_at_all_upset_the_reader(data: bytes) -> None:
    for paper in decode(data, 384):
        assert paper.picture.width == 384


@given(
    st.lists(
        st.sampled_from(
            [
                b"\x1dv0\0\x02\0\x01\0",
                b"\x1d(k\x03\0",
                b"A",
                b"\xff\xf0",
                b"\x1b!",
                b"\x1dV",
                b"\x1bd\xff",
                b"\x1d!\x77",
                b"1Q0",
                b"1P0xyz",
            ]
        )
    )
)
def test_commands_in_any_order_upset_nobody(pieces: list[bytes]) -> None:
    decode(b"".join(pieces), 256)


@given(st.binary(max_size=200), st.lists(st.integers(1, 30)))
def test_portions_do_not_matter(data: bytes, portions: list[int]) -> None:
    reader, start, commands = CommandReader(), 0, []
    for size in [*portions, len(data)]:
        commands += reader.feed(data[start : start + size])
        start += size
    whole = CommandReader()
    joined = list(whole.feed(data))
    assert b"".join(c.raw for c in commands) + reader.rest == data
    assert b"".join(c.raw for c in joined) + whole.rest == data


def test_every_cut_ends_a_slip(slip: Slip) -> None:
    papers = decode(compose(slip, PROFILE, "1") + compose(slip, PROFILE, "2"), PROFILE.dots)
    assert [(paper.cut, paper.torn) for paper in papers] == [(True, False)] * 2
    assert papers[0].picture.tobytes() == papers[1].picture.tobytes()


def test_without_a_cutter_the_next_job_begins_a_new_slip(slip: Slip) -> None:
    profile = PrinterProfile(paper_mm=58, cut=False)
    papers = decode(compose(slip, profile, "1") + compose(slip, profile, "2"), profile.dots)
    assert [paper.cut for paper in papers] == [False, False]


@pytest.mark.parametrize("kept", [100, 5_000, 15_000])
def test_a_torn_job_shows_its_fragment(slip: Slip, kept: int) -> None:
    papers = decode(compose(slip, PROFILE, "1")[:kept], PROFILE.dots)
    whole = render(slip, PROFILE.dots)
    assert len(papers) <= 1
    for paper in papers:
        assert paper.torn and not paper.cut
        fragment = whole.crop((0, 0, whole.width, paper.picture.height))
        assert paper.picture.tobytes() == fragment.tobytes()


def test_a_job_cut_inside_a_picture_swallows_the_head_of_the_next(slip: Slip) -> None:
    job = compose(slip, PROFILE, "1")
    papers = decode(job[:5_000] + job, PROFILE.dots)
    assert papers[-1].picture.tobytes() != render(slip, PROFILE.dots).tobytes()


@pytest.mark.parametrize("kept", [9, 1_000, 5_000, 15_000])
def test_after_the_zeros_the_next_slip_is_like_new(slip: Slip, kept: int) -> None:
    job = compose(slip, PROFILE, "1")
    papers = decode(job[:kept] + AFTER_BROKEN_JOB + job, PROFILE.dots)
    assert papers[-1].picture.tobytes() == render(slip, PROFILE.dots).tobytes()


def test_text_slips_show_their_lines_and_their_code(
    slip: Slip, read_qr: Callable[[Image.Image], list[str]], status_url: str
) -> None:
    profile = PrinterProfile(mode=Mode.TEXT)
    (paper,) = decode(compose(slip, profile, "1"), profile.dots)
    lines = [line.strip() for line in paper.text.splitlines()]
    assert {"SO THU TU", "A014", "Quay 3, 4", "Chung thuc ban sao tu ban chinh"} <= set(lines)
    assert read_qr(paper.picture) == [status_url]


def test_what_is_wider_than_the_paper_is_lost_as_on_paper() -> None:
    (paper,) = decode(b"\x1dv0\0\x48\0\x01\0" + b"\xff" * 72, 384)
    assert paper.picture.size == (384, 1)


def test_endless_feeding_is_shown_up_to_a_limit() -> None:
    (paper,) = decode(b"A\n" + b"\x1bd\xff" * 1000 + b"B\n", 384)
    assert paper.picture.height == LONGEST_SLIP


def test_paper_is_shown_black_on_white(slip: Slip) -> None:
    (paper,) = decode(compose(slip, PROFILE, "1"), PROFILE.dots)
    with Image.open(io.BytesIO(paper.png())) as picture:
        assert picture.size == paper.picture.size
        assert picture.convert("L").getpixel((0, 0)) == 255


def test_blank_paper_is_no_slip() -> None:
    assert decode(b"\x1b@\x1bd\x05\x1dVB\x00", 384) == []


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"\x1b@\x1dVB\x00\x1dV\x00", ["ESC @", "GS V", "GS V"]),
        (b"\x1d(H\x06\x0000ABCDx", ["GS ( H", "text"]),
        (b"\x1b*\x21\x02\x00123456\n", ["ESC *", "LF"]),
        (b"\x1dk\x0412\x00\x1dkI\x02abz", ["GS k", "GS k", "text"]),
        (b"\x10\x04\x01\x00\x00\x07", ["DLE EOT", "NUL", "control"]),
        (b"\x1bp\x00\x19\xfa\x1c.\x1ba\x01", ["ESC p", "FS .", "ESC a"]),
    ],
)
def test_commands_have_the_lengths_of_the_manual(data: bytes, names: list[str]) -> None:
    assert [command.name for command in read_commands(data)] == names
