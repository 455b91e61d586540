"""The drawings of the test page: a ruler over the width and patches of darkness."""

from __future__ import annotations

from PIL import Image, ImageDraw

from printers.fonts import REGULAR, StripCache
from printers.type_scale import DOTS_PER_MM, TypeScale

_RULER_HEIGHT = 64
_PATCHES = 6
_PATCH_HEIGHT = 56


def width_ruler(scale: TypeScale, strips: StripCache) -> Image.Image:
    """A tick per millimetre from the first dot to the last one, a figure per centimetre."""
    canvas = Image.new("1", (scale.width, _RULER_HEIGHT), 0)
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, 0, 1, _RULER_HEIGHT - 1), fill=255)
    draw.rectangle((scale.width - 2, 0, scale.width - 1, _RULER_HEIGHT - 1), fill=255)
    draw.line((0, 0, scale.width - 1, 0), fill=255)
    for millimetre in range(scale.width // DOTS_PER_MM):
        x = millimetre * DOTS_PER_MM
        height = 28 if millimetre % 10 == 0 else 20 if millimetre % 5 == 0 else 12
        draw.line((x, 0, x, height), fill=255)
        if millimetre % 10 == 0 and millimetre:
            figure = strips.line(str(millimetre), REGULAR, 20)
            canvas.paste(figure, (x - figure.width // 2, 32))
    return canvas


def density_bars(scale: TypeScale) -> Image.Image:
    """Patches from one dot in eight to solid black, then one line per heating element."""
    canvas = Image.new("1", (scale.width, _PATCH_HEIGHT * 2), 0)
    wide = scale.width // _PATCHES
    steps = (1, 2, 3, 4, 6, 8)
    for patch, dark in enumerate(steps):
        cell = Image.new("1", (8, 1), 0)
        for dot in range(dark):
            cell.putpixel((dot * 3 % 8, 0), 255)
        for y in range(_PATCH_HEIGHT - 8):
            for x in range(patch * wide, (patch + 1) * wide - 8, 8):
                canvas.paste(cell, (x, y))
    draw = ImageDraw.Draw(canvas)
    for x in range(scale.width):
        top = _PATCH_HEIGHT + x % 8 * 6
        draw.line((x, top, x, top + 5), fill=255)
    return canvas
