"""From ESC/POS bytes back to paper: what a printer would have printed, as pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from printers.commands import RASTER_HEAD_LENGTH, Command, CommandReader, raster_head
from printers.fonts import BOLD, REGULAR, draw_line, ink_extent
from printers.qr import qr_picture

LETTER_DOTS = 12
LINE_DOTS = 30

#: 2.5 m of paper; a broken job that feeds for ever is shown up to here.
LONGEST_SLIP = 20_000

_LETTER_SIZE = 20


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper: its picture (mode "1", ink 255), its text lines, how it ended.

    `cut` is False for paper that no cut ended; `torn` marks a command whose end never came.
    """

    picture: Image.Image
    text: str = ""
    cut: bool = True
    torn: bool = False

    def png(self) -> bytes:
        """The paper as the eye sees it, black on white."""
        seen = Image.new("L", self.picture.size, 255)
        seen.paste(0, (0, 0), self.picture)
        output = io.BytesIO()
        seen.convert("1", dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
        return output.getvalue()


def decode(data: bytes, dots: int = 576) -> list[Paper]:
    """The pieces of paper that these bytes make on a printer `dots` wide.

    Never raises, whatever the bytes are: unknown commands print nothing, what is wider than
    the paper is lost as on paper, and the fragment of a torn job is shown.
    """
    decoder = _Decoder(dots)
    reader = CommandReader()
    for command in reader.feed(data):
        decoder.obey(command)
    decoder.end(reader.rest)
    return decoder.papers


@dataclass
class _Style:
    align: int = 0
    wide: int = 1
    high: int = 1
    bold: bool = False


@dataclass
class _Sheet:
    strips: list[tuple[int, Image.Image]] = field(default_factory=list)
    height: int = 0
    lines: list[str] = field(default_factory=list)


class _Decoder:
    """The state of a printer while it reads: the sheet, the style, an unfinished text line."""

    def __init__(self, dots: int) -> None:
        self._dots = dots
        self._sheet = _Sheet()
        self._style = _Style()
        self._line = ""
        self._qr_content = b""
        self._qr_module = 3
        self.papers: list[Paper] = []

    def obey(self, command: Command) -> None:
        """Does what one command says; unknown ones do nothing."""
        act = _ACTIONS.get(command.name)
        if act is not None:
            act(self, command)

    def end(self, rest: bytes) -> None:
        """Shows what a torn last command had sent, and the paper that nothing cut."""
        head = raster_head(rest)
        if head is not None:
            self._picture(head.row_bytes, rest[RASTER_HEAD_LENGTH:], head.mode)
        self._tear_off(cut=False, torn=bool(rest))

    def reset(self, command: Command) -> None:
        """ESC @ begins a job: what is on the sheet belongs to the one before."""
        self._tear_off(cut=False)
        self._style = _Style()

    def raster(self, command: Command) -> None:
        """GS v 0."""
        if (head := raster_head(command.raw)) is not None:
            self._picture(head.row_bytes, command.data, head.mode)

    def text(self, command: Command) -> None:
        """Printable bytes; only ASCII means the same in every printer."""
        self._line += command.data.decode("ascii", "replace")
        letters = max(1, self._dots // (LETTER_DOTS * self._style.wide))
        while len(self._line) > letters:
            rest = self._line[letters:]
            self._line = self._line[:letters]
            self._end_line()
            self._line = rest

    def line_feed(self, command: Command) -> None:
        """LF."""
        self._end_line()

    def feed_dots(self, command: Command) -> None:
        """ESC J n."""
        self._flush()
        self._feed(command.data[0])

    def feed_lines(self, command: Command) -> None:
        """ESC d n."""
        self._flush()
        self._feed(command.data[0] * LINE_DOTS)

    def cut(self, command: Command) -> None:
        """GS V."""
        self._tear_off(cut=True)

    def align(self, command: Command) -> None:
        """ESC a n."""
        self._style.align = command.data[0] % 48

    def print_mode(self, command: Command) -> None:
        """ESC ! n."""
        bits = command.data[0]
        self._style.bold = bool(bits & 0x08)
        self._style.high = 2 if bits & 0x10 else 1
        self._style.wide = 2 if bits & 0x20 else 1

    def size(self, command: Command) -> None:
        """GS ! n."""
        self._style.wide = (command.data[0] >> 4 & 7) + 1
        self._style.high = (command.data[0] & 7) + 1

    def emphasis(self, command: Command) -> None:
        """ESC E n."""
        self._style.bold = bool(command.data[0] & 1)

    def symbol(self, command: Command) -> None:
        """GS ( k: the QR functions 167 (module), 180 (store) and 181 (print)."""
        kind, function = command.data[:1], command.data[1:2]
        if kind != b"1":
            return
        if function == b"C" and len(command.data) > 2:
            self._qr_module = command.data[2]
        elif function == b"P":
            self._qr_content = command.data[3:]
        elif function == b"Q" and self._qr_content:
            self._native_qr()

    def _native_qr(self) -> None:
        content = self._qr_content.decode("utf-8", "replace")
        try:
            code = qr_picture(content, max(3, min(16, self._qr_module)), self._dots)
        except ValueError:
            return
        self._flush()
        self._put(code)

    def _picture(self, row_bytes: int, data: bytes, mode: int) -> None:
        rows = len(data) // row_bytes if row_bytes else 0
        if rows == 0:
            return
        self._flush()
        picture = Image.frombytes("1", (row_bytes * 8, rows), data[: rows * row_bytes])
        if mode:
            doubled = (picture.width << (mode & 1), picture.height << (mode >> 1 & 1))
            picture = picture.resize(doubled, Image.Resampling.NEAREST)
        self._put(picture)

    def _put(self, strip: Image.Image) -> None:
        """Lays a strip on the sheet where the alignment wants it, and feeds past it."""
        free = max(0, self._dots - strip.width)
        x = (0, free // 2, free)[min(self._style.align, 2)]
        strip = strip.crop((0, 0, min(strip.width, self._dots), strip.height))
        if self._sheet.height < LONGEST_SLIP:
            placed = Image.new("1", (self._dots, strip.height), 0)
            placed.paste(strip, (x, 0))
            self._sheet.strips.append((self._sheet.height, placed))
        self._feed(strip.height)

    def _feed(self, rows: int) -> None:
        self._sheet.height = min(LONGEST_SLIP, self._sheet.height + rows)

    def _end_line(self) -> None:
        line, self._line = self._line, ""
        self._sheet.lines.append(line)
        if not line.strip():
            self._feed(LINE_DOTS)
            return
        self._put(_text_strip(line, self._style))

    def _flush(self) -> None:
        if self._line:
            self._end_line()

    def _tear_off(self, *, cut: bool, torn: bool = False) -> None:
        """Ends the piece of paper, if anything is printed on it."""
        self._flush()
        sheet, self._sheet = self._sheet, _Sheet()
        if not any(strip.getbbox() for _, strip in sheet.strips):
            return
        canvas = Image.new("1", (self._dots, sheet.height), 0)
        for y, strip in sheet.strips:
            canvas.paste(strip, (0, y))
        self.papers.append(Paper(canvas, "\n".join(sheet.lines), cut, torn))


_ACTIONS: dict[str, Callable[[_Decoder, Command], None]] = {
    "ESC @": _Decoder.reset,
    "GS v 0": _Decoder.raster,
    "text": _Decoder.text,
    "LF": _Decoder.line_feed,
    "ESC J": _Decoder.feed_dots,
    "ESC d": _Decoder.feed_lines,
    "GS V": _Decoder.cut,
    "ESC a": _Decoder.align,
    "ESC !": _Decoder.print_mode,
    "GS !": _Decoder.size,
    "ESC E": _Decoder.emphasis,
    "GS ( k": _Decoder.symbol,
}


def _text_strip(line: str, style: _Style) -> Image.Image:
    """A line in cells of 12 by 30 dots, enlarged as printers do: by whole dots."""
    weight = BOLD if style.bold else REGULAR
    strip = Image.new("1", (LETTER_DOTS * len(line), LINE_DOTS), 0)
    top = (LINE_DOTS - sum(ink_extent(weight, _LETTER_SIZE))) // 2
    for column, letter in enumerate(line):
        glyph = draw_line(letter, weight, _LETTER_SIZE)
        if glyph.width > LETTER_DOTS:
            glyph = glyph.resize((LETTER_DOTS, glyph.height), Image.Resampling.NEAREST)
        strip.paste(glyph, (column * LETTER_DOTS + (LETTER_DOTS - glyph.width) // 2, top))
    enlarged = (strip.width * style.wide, strip.height * style.high)
    return strip.resize(enlarged, Image.Resampling.NEAREST)
