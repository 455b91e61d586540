"""Makes a pack of a person's recordings: python -m display.voice.make_pack RECORDINGS PACK."""

import argparse
import hashlib
import json
import math
import operator
import sys
import wave
from array import array
from collections.abc import Mapping
from pathlib import Path

from display.voice import sound
from display.voice.announcement import VOCABULARY, name_id
from display.voice.clips import MANIFEST, BadPack, load_pack

_FULL_TAPS = 24


class Unusable(ValueError):
    """A recording cannot become a clip; the message names the file and the reason."""


def write_pack(
    folder: Path,
    recordings: Mapping[str, tuple[str, sound.Samples]],
    *,
    voice: str,
    licence: str,
    placeholder: bool,
) -> None:
    """Writes trimmed clips of one loudness and their manifest into `folder`.

    `recordings` holds text and samples by clip id. Raises OSError when the folder cannot be
    written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    entries = {}
    for clip, (text, samples) in recordings.items():
        content = sound.wav(sound.to_pcm(sound.levelled(sound.trimmed(samples))))
        file = folder / _file_name(clip)
        file.write_bytes(content)
        entries[clip] = {
            "text": text,
            "file": file.name,
            "sha256": hashlib.sha256(content).hexdigest(),
        }
    manifest = {
        "voice": voice,
        "licence": licence,
        "placeholder": placeholder,
        "language": "vi",
        "rate": sound.RATE,
        "clips": entries,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_recordings(folder: Path) -> dict[str, tuple[str, sound.Samples]]:
    """Text and samples by clip id of every WAV file in `folder`.

    A file is named by its clip id ("digit-0.wav") or, for a counter's name, `name-tiếp-đón.wav`.
    Raises Unusable for a name that is neither, or a file that is no 16-bit WAV.
    """
    return {
        clip: (text, read_any_wav(file))
        for file in sorted(folder.glob("*.wav"))
        for clip, text in [_clip_of(file)]
    }


def read_any_wav(file: Path) -> sound.Samples:
    """The samples of a 16-bit WAV of any rate, mono or with its channels mixed, at our rate.

    Raises Unusable for anything else.
    """
    try:
        with wave.open(str(file), "rb") as reader:
            if reader.getsampwidth() != 2:
                raise Unusable(f"{file.name}: save it as 16 bit")
            channels, rate = reader.getnchannels(), reader.getframerate()
            samples = sound.from_pcm(reader.readframes(reader.getnframes()))
    except (wave.Error, EOFError) as error:
        raise Unusable(f"{file.name}: not a plain WAV file ({error})") from error
    if channels > 1:
        tracks = [samples[track::channels] for track in range(channels)]
        samples = array("h", [sum(frame) // channels for frame in zip(*tracks, strict=True)])
    return resampled(samples, rate)


def resampled(samples: sound.Samples, rate: int) -> sound.Samples:
    """The same sound at 22,050 samples per second, by a windowed-sinc low-pass."""
    if rate == sound.RATE:
        return samples
    divisor = math.gcd(rate, sound.RATE)
    up, down = sound.RATE // divisor, rate // divisor
    cutoff = min(1.0, up / down)
    reach = math.ceil(_FULL_TAPS / cutoff)
    phases = [_taps(phase / up, cutoff, reach) for phase in range(up)]
    padded = array("h", bytes(2 * reach)) + samples + array("h", bytes(2 * reach))
    output = array("h")
    for index in range(len(samples) * up // down):
        start, phase = divmod(index * down, up)
        taps = phases[phase]
        value = sum(map(operator.mul, taps, padded[start : start + len(taps)]))
        output.append(max(-sound.FULL_SCALE, min(sound.FULL_SCALE - 1, round(value))))
    return output


def _taps(offset: float, cutoff: float, reach: int) -> list[float]:
    taps = [_sinc_at(step - reach - offset, cutoff, reach) for step in range(2 * reach + 1)]
    total = sum(taps)
    return [tap / total for tap in taps]


def _sinc_at(distance: float, cutoff: float, reach: int) -> float:
    window = 0.5 + 0.5 * math.cos(math.pi * distance / (reach + 1))
    angle = math.pi * cutoff * distance
    return window * (math.sin(angle) / angle if angle else 1.0)


def _file_name(clip: str) -> str:
    """ASCII, because a pack travels through archives and file systems that mangle the rest."""
    if clip.isascii():
        return f"{clip}.wav"
    return f"name-{hashlib.sha256(clip.encode()).hexdigest()[:12]}.wav"


def _clip_of(file: Path) -> tuple[str, str]:
    if file.stem in VOCABULARY:
        return file.stem, VOCABULARY[file.stem]
    if file.stem.startswith("name-"):
        name = file.stem.removeprefix("name-").replace("-", " ")
        return name_id(name), name
    raise Unusable(f"{file.name}: no clip has this name")


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 when the pack may speak, 1 when something is wrong with a recording."""
    parser = argparse.ArgumentParser(prog="python -m display.voice.make_pack", description=__doc__)
    parser.add_argument("recordings", type=Path, help="folder with one WAV file per clip")
    parser.add_argument("pack", type=Path, help="folder to write")
    parser.add_argument("--voice", required=True, help="whose voice it is")
    parser.add_argument("--licence", required=True, help="what the speaker allows")
    given = parser.parse_args(arguments)
    try:
        recordings = read_recordings(given.recordings)
        write_pack(
            given.pack, recordings, voice=given.voice, licence=given.licence, placeholder=False
        )
        pack = load_pack(given.pack)
    except BadPack as error:
        sys.stderr.write("".join(f"{problem}\n" for problem in error.problems))
        return 1
    except (Unusable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{given.pack}: {len(pack.clips)} clips, voice {pack.voice}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
