"""Sizes in dots for each paper width, so that a slip keeps its calm on 58 and on 80 mm."""

from __future__ import annotations

from dataclasses import dataclass

from printers.slip import Size

DOTS_PER_MM = 8


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Font sizes (dots to the em), margins and the QR module for one printable width."""

    width: int
    sizes: dict[Size, int]
    margin: int
    band_size: int
    number_size: int
    qr_module: int
    qr_beside: bool

    @property
    def measure(self) -> int:
        """The width that text may take."""
        return self.width - 2 * self.margin


def scale_for(width: int) -> TypeScale:
    """The scale of a printable width in dots: one for 58 mm paper, one for 80 mm."""
    if width < 480:
        sizes = {Size.SMALL: 20, Size.NORMAL: 23, Size.MEDIUM: 28, Size.LARGE: 44}
        return TypeScale(width, sizes, 6, 34, 156, 5, qr_beside=False)
    sizes = {Size.SMALL: 23, Size.NORMAL: 27, Size.MEDIUM: 34, Size.LARGE: 56}
    return TypeScale(width, sizes, 12, 44, 224, 6, qr_beside=True)
