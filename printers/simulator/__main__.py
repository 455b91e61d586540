"""Runs a simulated printer until Ctrl-C: python -m printers.simulator --port 9100."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from printers.decoder import Paper, decode
from printers.simulator import PrinterSimulator, PtyPrinterSimulator, TcpPrinterSimulator

_FAULTS: dict[str, Callable[[PrinterSimulator], None]] = {
    "mute": lambda printer: printer.mute(),
    "cover-open": lambda printer: printer.open_cover(),
    "paper-out": lambda printer: printer.take_paper_out(),
    "near-end": lambda printer: printer.near_end(),
    "cutter": lambda printer: printer.jam_cutter(),
}

_COUNTED: dict[str, Callable[[PrinterSimulator, int], None]] = {
    "paper-out-after": lambda printer, rows: printer.take_paper_out(rows),
    "reset-after": lambda printer, count: printer.reset_after(count),
    "slow": lambda printer, rate: printer.read_slowly(rate),
}


def cause(printer: PrinterSimulator, faults: str) -> None:
    """Causes faults named as on the command line; raises ValueError for an unknown one."""
    for fault in filter(None, faults.split(",")):
        name, _, value = fault.partition("=")
        if name in _FAULTS and not value:
            _FAULTS[name](printer)
        elif name in _COUNTED and value.isdigit():
            _COUNTED[name](printer, int(value))
        else:
            raise ValueError(f"unknown fault {fault!r}")


def main(arguments: list[str] | None = None) -> int:
    """Serves until interrupted; says where, and saves each slip as a PNG when asked to."""
    names = [*_FAULTS, *(f"{name}=N" for name in _COUNTED)]
    parser = argparse.ArgumentParser(prog="python -m printers.simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--pty", action="store_true", help="a serial printer instead")
    parser.add_argument("--paper", type=int, choices=(58, 80), default=80)
    parser.add_argument("--speed", type=float, default=150.0, help="millimetres per second")
    parser.add_argument("--faults", default="", help=f"comma separated: {', '.join(names)}")
    parser.add_argument("--save", type=Path, help="a folder for the slips as PNG files")
    options = parser.parse_args(arguments)
    dots = 384 if options.paper == 58 else 576
    printer: PrinterSimulator
    if options.pty:
        printer = PtyPrinterSimulator(dots=dots, speed=options.speed)
    else:
        printer = TcpPrinterSimulator(port=options.port, dots=dots, speed=options.speed)
    if options.save is not None:
        options.save.mkdir(parents=True, exist_ok=True)
    try:
        cause(printer, options.faults)
    except ValueError as error:
        parser.error(str(error))
    with printer:
        _say(printer.address)
        try:
            _save_slips(printer, options.save)
        except KeyboardInterrupt:
            return 0
    return 0


def _save_slips(printer: PrinterSimulator, folder: Path | None) -> None:
    saved = 0
    while True:
        more = partial(_has_more_than, printer, saved)
        if printer.wait_until(more, seconds=3600) and folder is not None:
            for number, slip in enumerate(printer.slips()[saved:], start=saved + 1):
                for paper in decode(slip, printer.dots)[-1:]:
                    _say(_save(paper, folder / f"slip-{number:04d}.png"))
        saved = len(printer.slips())


def _save(paper: Paper, file: Path) -> str:
    file.write_bytes(paper.png())
    return str(file)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _has_more_than(printer: PrinterSimulator, count: int) -> bool:
    return len(printer.slips()) > count


if __name__ == "__main__":
    sys.exit(main())
