"""The bytes of a job: what the printer is told, in which order and in which portions."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from printers import Confirm, PrinterProfile, Slip, compose
from printers.commands import paper_rows, raster_head, read_commands
from printers.decoder import decode
from printers.encoder import AFTER_BROKEN_JOB, Asked, asked_by, bands, process_id
from printers.layout import render

ROWS = st.lists(st.sampled_from([b"\x00\x00\x00\x00", b"\x81\x00\x00\x00", b"\x00\x0f\x00\x01"]))


def test_a_job_is_reset_picture_cut_and_question_in_this_order(
    slip: Slip, profile: PrinterProfile
) -> None:
    names = [name for name, _ in itertools.groupby(c.name for c in commands_of(slip, profile))]
    assert names == ["ESC @", "ESC a", "GS v 0", "GS V", "GS ( H", "GS r"]


def commands_of(slip: Slip, profile: PrinterProfile) -> list:
    return read_commands(compose(slip, profile, "job 1"))


def test_bands_are_low_enough_for_cheap_printers(slip: Slip, profile: PrinterProfile) -> None:
    heads = [raster_head(c.raw) for c in commands_of(slip, profile) if c.name == "GS v 0"]
    assert heads
    for head in heads:
        assert head is not None
        assert 0 < head.rows <= 128
        assert head.rows % 48 != 0
        assert 0 < head.row_bytes <= profile.dots // 8
        assert head.mode == 0


def test_the_paper_shows_exactly_what_was_drawn(slip: Slip, profile: PrinterProfile) -> None:
    papers = decode(compose(slip, profile, "job 1"), profile.dots)
    assert len(papers) == 1
    drawn = render(slip, profile.dots)
    assert papers[0].picture.size == drawn.size
    assert papers[0].picture.tobytes() == drawn.tobytes()


@given(ROWS.filter(any))
def test_any_picture_comes_out_as_it_went_in(rows: list[bytes]) -> None:
    picture = Image.frombytes("1", (32, len(rows)), b"".join(rows))
    job = b"".join(bands(picture))
    assert all(
        raster_head(command.raw).rows % 48 != 0  # type: ignore[union-attr]  # all are pictures
        for command in read_commands(job)
    )
    printed = decode(job, 32)
    expected = [] if picture.getbbox() is None else [picture.tobytes()]
    assert [paper.picture.tobytes() for paper in printed] == expected


def test_blank_paper_costs_one_byte_a_row() -> None:
    assert sum(len(band) for band in bands(Image.new("1", (576, 600), 0))) < 600 + 8 * 6


def test_length_on_paper_is_known_from_the_bytes(slip: Slip, profile: PrinterProfile) -> None:
    assert paper_rows(compose(slip, profile, "job 1")) == render(slip, profile.dots).height


def test_each_way_of_confirming_has_its_question(slip: Slip) -> None:
    jobs = {kind: compose(slip, PrinterProfile(confirm=kind), "job 7") for kind in Confirm}
    assert jobs[Confirm.PID].endswith(b"\x1d(H\x06\x0000" + process_id("job 7"))
    assert jobs[Confirm.GS_R].endswith(b"\x1dVB\x00\x1dr\x01")
    assert jobs[Confirm.NONE].endswith(b"\x1dVB\x00")
    assert jobs[Confirm.EITHER] == jobs[Confirm.PID] + b"\x1dr\x01"
    own = process_id("job 7")
    assert {kind: asked_by(job) for kind, job in jobs.items()} == {
        Confirm.EITHER: Asked(own, True),
        Confirm.PID: Asked(own, False),
        Confirm.GS_R: Asked(None, True),
        Confirm.NONE: Asked(None, False),
    }


def test_process_ids_are_printable_and_differ_between_jobs() -> None:
    ids = [process_id(f"job {number}") for number in range(300)]
    assert all(len(i) == 4 and i.isalnum() for i in ids)
    assert len(set(ids)) == len(ids)


def test_a_printer_without_cutter_feeds_to_the_edge_and_may_beep(slip: Slip) -> None:
    profile = PrinterProfile(cut=False, buzzer=b"\x1bB\x02\x01", setup=b"\x1c.")
    names = [command.name for command in read_commands(compose(slip, profile, "job 1"))]
    assert names[:2] == ["ESC @", "FS ."]
    assert names[-4:] == ["ESC B", "ESC d", "GS ( H", "GS r"]


def test_zeros_after_a_broken_job_fill_the_largest_band() -> None:
    assert AFTER_BROKEN_JOB == bytes(9216) + b"\x1b@"
