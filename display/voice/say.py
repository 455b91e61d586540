"""Writes one announcement to a file: python -m display.voice.say A014 3 out.wav."""

import argparse
import sys
from pathlib import Path

from display.voice.announcement import Unreadable, announcement
from display.voice.backends import speak
from display.voice.clips import PLACEHOLDER, BadPack, load_pack
from display.voice.numbers import NORTH, SOUTH


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 said whole, 1 said in part (a clip is missing), 2 nothing written."""
    given = _parser().parse_args(arguments)
    try:
        sentence = announcement(
            given.number, given.counter, region=SOUTH if given.region == "south" else NORTH
        )
        spoken = speak(sentence, load_pack(given.pack), given.repeat)
        given.file.write_bytes(spoken.wav)
    except (Unreadable, BadPack, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{spoken.text or '(chime alone)'}\n")
    if spoken.complete:
        return 0
    sys.stderr.write(f"no clip {spoken.missing!r} in {given.pack}\n")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m display.voice.say", description=__doc__)
    parser.add_argument("number", help="the ticket, for example A014")
    parser.add_argument("counter", help="the counter, for example 3 or 'Tiếp đón 1'")
    parser.add_argument("file", type=Path, help="the WAV file to write")
    parser.add_argument("--repeat", type=int, choices=(1, 2), default=1)
    parser.add_argument("--pack", type=Path, default=PLACEHOLDER, help="folder of clips")
    parser.add_argument(
        "--region", choices=("north", "south"), default="north", help="linh, nghìn or lẻ, ngàn"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
