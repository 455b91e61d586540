"""QR codes as 1-bit pictures, drawn by us from the matrix."""

from __future__ import annotations

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError

QUIET_MODULES = 4

#: Below three dots (0.375 mm) a module no phone reads the code.
_SMALLEST_MODULE = 3


def qr_picture(content: str, module: int, widest: int) -> Image.Image:
    """The code with its quiet zone, ink 255, at most `widest` dots wide.

    Level Q at `module` dots (folds and photographs cost it least); a long content gives up
    first dots, then error correction. Raises ValueError when even that does not fit.
    """
    for level in (ERROR_CORRECT_Q, ERROR_CORRECT_M, ERROR_CORRECT_L):
        matrix = _matrix(content, level)
        if matrix is None:
            continue
        dots = min(module, widest // (len(matrix) + 2 * QUIET_MODULES))
        if dots >= _SMALLEST_MODULE:
            return _draw(matrix, dots)
    raise ValueError(f"a QR code of {len(content)} characters does not fit on {widest} dots")


def _matrix(content: str, level: int) -> list[list[bool]] | None:
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(content)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return None
    return code.get_matrix()


def _draw(matrix: list[list[bool]], dots: int) -> Image.Image:
    side = len(matrix)
    small = Image.new("1", (side + 2 * QUIET_MODULES,) * 2, 0)
    pixels = bytes(255 if cell else 0 for row in matrix for cell in row)
    core = Image.frombytes("L", (side, side), pixels).convert("1", dither=Image.Dither.NONE)
    small.paste(core, (QUIET_MODULES, QUIET_MODULES))
    return small.resize((small.width * dots,) * 2, Image.Resampling.NEAREST)
