"""What one model of printer can do, found out once when it is put into service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Mode(StrEnum):
    """How a slip is sent: as a picture, or as text without diacritics for slow serial lines."""

    RASTER = "raster"
    TEXT = "text"


class Confirm(StrEnum):
    """What the printer answers when the paper is really printed.

    `pid` is Epson's process id (GS ( H), `gs_r` the paper status in order (GS r), `none` is a
    printer that says nothing. `either` asks for both and takes what comes: for a printer that
    has not been examined yet.
    """

    EITHER = "either"

    PID = "pid"
    GS_R = "gs_r"
    NONE = "none"


PRINTABLE_DOTS = {58: 384, 80: 576}

_LARGEST_DOTS = {58: 432, 80: 640}
_LONGEST_SETUP = 64


@dataclass(frozen=True, slots=True)
class PrinterProfile:
    """A printer's paper, speed and abilities.

    `dots` is the printable width (0: the usual one of that paper), `speed` is in millimetres
    per second, `setup` and `buzzer` are raw bytes sent after the reset and before the cut,
    `status` says whether the printer answers DLE EOT at all.
    """

    paper_mm: int = 80
    dots: int = 0
    speed: float = 150.0
    mode: Mode = Mode.RASTER
    cut: bool = True
    setup: bytes = b""
    buzzer: bytes = b""
    confirm: Confirm = Confirm.EITHER
    status: bool = True

    def __post_init__(self) -> None:
        if self.paper_mm not in PRINTABLE_DOTS:
            raise ValueError(f"paper_mm: {self.paper_mm} is neither 58 nor 80")
        if self.dots == 0:
            object.__setattr__(self, "dots", PRINTABLE_DOTS[self.paper_mm])
        if self.dots % 8 or not 256 <= self.dots <= _LARGEST_DOTS[self.paper_mm]:
            limit = _LARGEST_DOTS[self.paper_mm]
            raise ValueError(f"dots: {self.dots} is not a multiple of 8 from 256 to {limit}")
        if not 10 <= self.speed <= 1000:
            raise ValueError(f"speed: {self.speed} mm/s is not between 10 and 1000")
        for name in ("setup", "buzzer"):
            if len(getattr(self, name)) > _LONGEST_SETUP:
                raise ValueError(f"{name}: more than {_LONGEST_SETUP} bytes")

    def to_dict(self) -> dict[str, Any]:
        """The profile as plain JSON values; bytes are written in hexadecimal."""
        plain = asdict(self)
        plain.update(
            mode=str(self.mode),
            confirm=str(self.confirm),
            setup=self.setup.hex(),
            buzzer=self.buzzer.hex(),
        )
        return plain

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> PrinterProfile:
        """The profile written by `to_dict`; what is absent takes its default.

        Raises ValueError naming the field that is unknown, of the wrong kind or out of range.
        """
        kinds = {field.name: type(field.default) for field in fields(cls)}
        if unknown := set(values) - set(kinds):
            raise ValueError(f"{min(unknown)}: unknown field of a printer profile")
        return cls(**{name: _read(name, kinds[name], value) for name, value in values.items()})


def _read(name: str, kind: type[Any], value: Any) -> Any:
    try:
        if kind is bytes:
            return bytes.fromhex(value)
        if issubclass(kind, StrEnum):
            return kind(value)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from None
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{name}: {value!r} is not {kind.__name__}")
    return value
