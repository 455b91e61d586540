"""Draws a slip as a PNG, to look at it without a printer: python -m printers.preview."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from PIL import Image

from printers.layout import render
from printers.profiles import PrinterProfile
from printers.slip import Slip
from printers.ticket import ticket_slip
from printers.trial import trial_page

_HANOI = timezone(timedelta(hours=7))
_ISSUED = datetime(2026, 11, 22, 7, 45, tzinfo=_HANOI)


def sample_slip(language: str = "vi", copy: bool = False) -> Slip:
    """A slip as a ward's centre would hand it out."""
    return ticket_slip(
        centre=["TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "PHƯỜNG HỒNG BÀNG"],
        number="A014",
        service="Chứng thực bản sao từ bản chính",
        field="Tư pháp – Hộ tịch",
        counters=["3", "4"],
        people_ahead=7,
        wait_minutes=(10, 15),
        issued_at=_ISSUED,
        status_url="https://mottua.example.vn/t/k3Jx9QvTz0mB7RyWn2LsHd",
        language=language,
        copy=copy,
    )


def on_paper(picture: Image.Image, margin: int = 0) -> Image.Image:
    """The printed picture as the eye sees it: black on white, with the paper's margin."""
    paper = Image.new("L", (picture.width + 2 * margin, picture.height + 2 * margin), 255)
    paper.paste(0, (margin, margin), picture)
    return paper


def main(arguments: list[str] | None = None) -> int:
    """Writes the PNG that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m printers.preview", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--paper", type=int, choices=(58, 80), default=80)
    parser.add_argument("--language", default="vi")
    parser.add_argument("--copy", action="store_true", help='with the band "BẢN IN LẠI"')
    parser.add_argument("--trial-page", action="store_true")
    options = parser.parse_args(arguments)
    profile = PrinterProfile(paper_mm=options.paper)
    if options.trial_page:
        slip = trial_page("Máy in 1", "tcp://192.168.1.50:9100", profile, _ISSUED, options.language)
    else:
        slip = sample_slip(options.language, options.copy)
    picture = on_paper(render(slip, profile.dots), margin=24)
    picture.convert("1", dither=Image.Dither.NONE).save(options.file, optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
