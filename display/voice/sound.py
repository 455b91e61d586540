"""Samples, WAV bytes and loudness: mono, 16 bit, 22,050 samples per second."""

import io
import math
import operator
import sys
import wave
from array import array
from pathlib import Path
from typing import TypeAlias

Samples: TypeAlias = "array[int]"

RATE = 22_050
FULL_SCALE = 32_768
# Voice is brought to this loudness and never above this peak; the rest is the amplifier's.
SPEECH_RMS_DBFS = -20.0
SPEECH_PEAK_DBFS = -3.0
# A frame this far below a clip's peak counts as silence.
_FRAME = RATE // 200
_SILENCE_DB = -40.0


class NotOurFormat(ValueError):
    """The file is not a mono WAV of 16 bit and 22,050 samples per second."""


def silence(seconds: float) -> bytes:
    """Stillness, as PCM bytes."""
    return bytes(2 * round(seconds * RATE))


def to_pcm(samples: Samples) -> bytes:
    """Little-endian bytes as a WAV file holds them."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()


def from_pcm(pcm: bytes) -> Samples:
    """Samples of little-endian 16-bit bytes."""
    samples = array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def wav(pcm: bytes) -> bytes:
    """A whole WAV file around `pcm`."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE)
        writer.writeframes(pcm)
    return file.getvalue()


def read_wav(file: Path) -> Samples:
    """The samples of a WAV file of our format.

    Raises NotOurFormat for any other content, OSError when the file cannot be read.
    """
    try:
        with wave.open(str(file), "rb") as reader:
            found = (reader.getnchannels(), reader.getsampwidth(), reader.getframerate())
            if found != (1, 2, RATE):
                raise NotOurFormat(
                    f"{file.name} has {found[0]} channels of {8 * found[1]} bit at {found[2]} Hz; "
                    f"a clip is mono, 16 bit, {RATE} Hz"
                )
            return from_pcm(reader.readframes(reader.getnframes()))
    except (wave.Error, EOFError) as error:
        raise NotOurFormat(f"{file.name} is not a WAV file: {error}") from error


def seconds(samples: Samples) -> float:
    """How long the samples sound."""
    return len(samples) / RATE


def peak_dbfs(samples: Samples) -> float:
    """The highest sample against full scale; minus infinity for silence."""
    return _decibels(_peak(samples) / FULL_SCALE)


def rms_dbfs(samples: Samples) -> float:
    """The mean power against full scale; minus infinity for silence."""
    return _decibels(_rms(samples) / FULL_SCALE)


def quiet_edges(samples: Samples) -> tuple[float, float]:
    """Seconds of silence before and after the sound, in steps of 5 ms.

    Silence is what stays 40 dB below the clip's own peak, so a quiet recording is judged as a
    loud one is.
    """
    first, last = _sounding(samples)
    return first / RATE, (len(samples) - last) / RATE


def trimmed(samples: Samples, *, keep: float = 0.005) -> Samples:
    """The sound without the silence around it, but for `keep` seconds with soft edges."""
    first, last = _sounding(samples)
    margin = round(keep * RATE)
    return _with_soft_edges(samples[max(0, first - margin) : last + margin])


def levelled(samples: Samples) -> Samples:
    """The same sound at the loudness of speech, so that no word of a sentence stands out."""
    rms, peak = _rms(samples), _peak(samples)
    if not peak:
        return samples
    gain = min(_amplitude(SPEECH_RMS_DBFS) / rms, _amplitude(SPEECH_PEAK_DBFS) / peak)
    return array("h", [int(sample * gain) for sample in samples])


def _with_soft_edges(samples: Samples) -> Samples:
    length = min(RATE * 3 // 1000, len(samples) // 2)
    for index in range(length):
        gain = index / length
        samples[index] = int(samples[index] * gain)
        samples[-1 - index] = int(samples[-1 - index] * gain)
    return samples


def _sounding(samples: Samples) -> tuple[int, int]:
    """First and one past the last sample of what is not silence; (0, 0) for silence."""
    threshold = _peak(samples) * 10 ** (_SILENCE_DB / 20)
    loud = [
        start
        for start in range(0, len(samples), _FRAME)
        if _rms(samples[start : start + _FRAME]) > threshold
    ]
    if not loud:
        return 0, 0
    return loud[0], min(loud[-1] + _FRAME, len(samples))


def _peak(samples: Samples) -> int:
    return max(max(samples), -min(samples)) if samples else 0


def _rms(samples: Samples) -> float:
    if not samples:
        return 0.0
    return math.sqrt(sum(map(operator.mul, samples, samples)) / len(samples))


def _amplitude(decibels: float) -> float:
    return FULL_SCALE * float(10 ** (decibels / 20))


def _decibels(ratio: float) -> float:
    return 20 * math.log10(ratio) if ratio else -math.inf
