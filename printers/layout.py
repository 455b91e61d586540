"""From a slip to the 1-bit picture that the print head burns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from PIL import Image, ImageChops, ImageOps

from printers.alphabet import composed
from printers.fonts import BOLD, REGULAR, StripCache, ink_extent, text_width
from printers.qr import qr_picture
from printers.slip import (
    Align,
    Band,
    Block,
    DensityBars,
    Number,
    QrCode,
    Row,
    Rule,
    Size,
    Slip,
    Space,
    Text,
    WidthRuler,
)
from printers.trial_patterns import density_bars, width_ruler
from printers.type_scale import DOTS_PER_MM, TypeScale, scale_for
from printers.wrapping import wrap

#: Vietnamese stacks two marks on a capital; closer lines would touch.
LINE_HEIGHT = 1.35

_strips = StripCache()


def render(slip: Slip, dots: int) -> Image.Image:
    """The slip `dots` wide, mode "1", ink 255 on 0: its `tobytes()` is what the head burns.

    Raises ValueError when a QR code cannot fit, FontUnusable without the right font.
    """
    scale = scale_for(dots)
    pieces = [draw_block(block, scale) for block in slip.blocks]
    return stack(pieces, dots)


def stack(pieces: Sequence[Image.Image], width: int) -> Image.Image:
    """The pieces below each other on one canvas."""
    canvas = Image.new("1", (width, max(1, sum(piece.height for piece in pieces))), 0)
    y = 0
    for piece in pieces:
        canvas.paste(piece, ((width - piece.width) // 2, y))
        y += piece.height
    return canvas


@singledispatch
def draw_block(block: Block, scale: TypeScale) -> Image.Image:
    """One block as a strip over the whole width."""
    raise TypeError(f"no drawing for {type(block).__name__}")


@draw_block.register
def _(block: Text, scale: TypeScale) -> Image.Image:
    weight = BOLD if block.bold else REGULAR
    return paragraph(block.text, weight, scale.sizes[block.size], scale, block.align)


@draw_block.register
def _(block: Number, scale: TypeScale) -> Image.Image:
    text = composed(block.text)
    size = scale.number_size
    size = min(size, size * scale.measure // max(1, text_width(text, BOLD, size)))
    strip = _strips.line(text, BOLD, size)
    ink = strip.getbbox()
    return _blank(scale.width, 1) if ink is None else _centred(strip.crop(ink), scale.width)


@draw_block.register
def _(block: Row, scale: TypeScale) -> Image.Image:
    size = scale.sizes[Size.NORMAL]
    label, value = composed(block.label), composed(block.value)
    room = scale.measure - text_width(label, REGULAR, size) - size // 2
    needed = text_width(value, BOLD, size)
    if needed <= room:
        canvas = _lines([label], REGULAR, size, scale, Align.LEFT)
        _ink_right(canvas, value, size, scale)
        return canvas
    if needed <= scale.measure:
        below = _lines([""], BOLD, size, scale, Align.LEFT)
        _ink_right(below, value, size, scale)
    else:
        below = paragraph(value, BOLD, size, scale, Align.LEFT)
    if not label:
        return below
    return stack([paragraph(label, REGULAR, size, scale, Align.LEFT), below], scale.width)


@draw_block.register
def _(block: Band, scale: TypeScale) -> Image.Image:
    words = paragraph(block.text, BOLD, scale.band_size, scale, Align.CENTRE)
    padded = stack([_blank(1, 4), words, _blank(1, 4)], scale.width)
    return ImageOps.invert(padded.convert("L")).convert("1", dither=Image.Dither.NONE)


@draw_block.register
def _(block: Rule, scale: TypeScale) -> Image.Image:
    line = Image.new("1", (scale.measure, 2), 255)
    return _centred(line, scale.width)


@draw_block.register
def _(block: Space, scale: TypeScale) -> Image.Image:
    return _blank(scale.width, max(1, round(block.millimetres * DOTS_PER_MM)))


@draw_block.register
def _(block: QrCode, scale: TypeScale) -> Image.Image:
    code = qr_picture(block.content, scale.qr_module, scale.width)
    beside = scale.width - scale.margin - code.width
    if scale.qr_beside and block.title and beside >= scale.width * 2 // 5:
        upper = _code_beside_words(code, block, scale)
    else:
        upper = stack([code, *_words_of(block, scale, Align.CENTRE)], scale.width)
    if not block.shown:
        return upper
    shown = paragraph(block.shown, REGULAR, scale.sizes[Size.SMALL] - 3, scale, Align.CENTRE)
    return stack([upper, _blank(1, 4), shown], scale.width)


@draw_block.register
def _(block: WidthRuler, scale: TypeScale) -> Image.Image:
    return width_ruler(scale, _strips)


@draw_block.register
def _(block: DensityBars, scale: TypeScale) -> Image.Image:
    return density_bars(scale)


def paragraph(text: str, weight: str, size: int, scale: TypeScale, align: Align) -> Image.Image:
    """Wrapped text as a strip over the whole width, nothing of any letter cut off."""
    lines = wrap(composed(text), scale.measure, lambda part: text_width(part, weight, size))
    return _lines(lines, weight, size, scale, align)


def _lines(
    lines: Sequence[str], weight: str, size: int, scale: TypeScale, align: Align
) -> Image.Image:
    pitch = round(size * LINE_HEIGHT)
    above, below = ink_extent(weight, size)
    height = pitch * len(lines) + max(0, above + below - pitch)
    canvas = _blank(scale.width, max(1, height))
    for number, line in enumerate(lines):
        strip = _strips.line(line, weight, size)
        centred = (scale.width - strip.width) // 2
        x = centred if align is Align.CENTRE else scale.margin
        _ink(canvas, strip, x, number * pitch + _top(weight, size))
    return canvas


def _ink_right(canvas: Image.Image, value: str, size: int, scale: TypeScale) -> None:
    strip = _strips.line(value, BOLD, size)
    _ink(canvas, strip, scale.width - scale.margin - strip.width, _top(BOLD, size))


def _top(weight: str, size: int) -> int:
    """Where a strip begins within its line, so that the line's air is above and below."""
    above, below = ink_extent(weight, size)
    return max(0, (round(size * LINE_HEIGHT) - above - below) // 2)


def _code_beside_words(code: Image.Image, block: QrCode, scale: TypeScale) -> Image.Image:
    room = scale.width - scale.margin - code.width
    words = _words_of(block, TypeScale(room, scale.sizes, 0, 0, 0, 0, False), Align.LEFT)
    column = stack(words, room)
    canvas = _blank(scale.width, max(code.height, column.height))
    canvas.paste(code, (0, (canvas.height - code.height) // 2))
    canvas.paste(column, (code.width, (canvas.height - column.height) // 2))
    return canvas


def _words_of(block: QrCode, scale: TypeScale, align: Align) -> list[Image.Image]:
    pieces = []
    if block.title:
        pieces.append(paragraph(block.title, BOLD, scale.sizes[Size.NORMAL], scale, align))
    if block.note:
        pieces.append(paragraph(block.note, REGULAR, scale.sizes[Size.SMALL], scale, align))
    return pieces


def _blank(width: int, height: int) -> Image.Image:
    return Image.new("1", (width, height), 0)


def _centred(piece: Image.Image, width: int) -> Image.Image:
    return stack([piece], width)


def _ink(canvas: Image.Image, strip: Image.Image, x: int, y: int) -> None:
    """Adds the strip's ink; what neighbouring lines have printed there stays."""
    box = (x, y, x + strip.width, y + strip.height)
    canvas.paste(ImageChops.logical_or(canvas.crop(box), strip), box)
