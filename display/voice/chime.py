"""The two warm tones that come before a call, and stand for it when nothing can be said."""

import math
from array import array
from functools import cache

from display.voice.sound import FULL_SCALE, RATE, to_pcm, wav

SECONDS = 0.85
# E5 down to C5: a falling third is heard as a friendly door bell, not as an alarm.
_TONES = ((0.0, 659.26), (0.26, 523.25))
_PARTIALS = ((1, 1.0), (2, 0.22), (3, 0.06))
_ATTACK = 0.015
_DECAY = 0.24
_RELEASE = 0.12
_PEAK = 10 ** (-6 / 20)


def chime() -> bytes:
    """The chime alone, as a WAV file of 0.85 s."""
    return wav(chime_pcm())


@cache
def chime_pcm() -> bytes:
    """The chime's samples as PCM bytes, peak −6 dBFS, ending in silence."""
    sound = [_at(index / RATE) for index in range(round(SECONDS * RATE))]
    loudest = max(abs(value) for value in sound)
    scale = _PEAK * FULL_SCALE / loudest
    return to_pcm(array("h", [int(value * scale) for value in sound]))


def _at(time: float) -> float:
    sound = sum(_tone(time - start, pitch) for start, pitch in _TONES if time >= start)
    return sound * min(1.0, (SECONDS - time) / _RELEASE)


def _tone(age: float, pitch: float) -> float:
    attack = 0.5 - 0.5 * math.cos(math.pi * min(1.0, age / _ATTACK))
    body = sum(
        weight * math.sin(2 * math.pi * pitch * partial * age) for partial, weight in _PARTIALS
    )
    return attack * math.exp(-age / _DECAY) * body
