"""Draws what a printer was sent as the paper it makes, for screens that show virtual printers."""

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image

from printers import PrinterProfile
from printers.decoder import decode

BLANK_DOTS = 80
GAP_DOTS = 16


def slip_picture(data: bytes, profile: Mapping[str, Any]) -> bytes:
    """A PNG, black on white, one dot of the printer per pixel; pieces below one another.

    Takes a processor for some 40 ms. Raises ValueError for a profile that is none.
    """
    dots = PrinterProfile.from_dict(profile).dots
    pieces = [paper.picture for paper in decode(data, dots)]
    height = sum(piece.height for piece in pieces) + GAP_DOTS * (len(pieces) - 1)
    sheet = Image.new("1", (dots, max(height, BLANK_DOTS)), 255)
    top = 0
    for piece in pieces:
        sheet.paste(0, (0, top), piece)
        top += piece.height + GAP_DOTS
    output = io.BytesIO()
    sheet.save(output, "PNG", optimize=True)
    return output.getvalue()
