"""Makes the placeholder voice with espeak-ng: python -m display.voice.make_placeholder."""

import ctypes
import ctypes.util
import sys
from array import array
from importlib.util import find_spec
from pathlib import Path

from display.voice import sound
from display.voice.announcement import COMMON_NAMES, VOCABULARY, name_id
from display.voice.clips import PLACEHOLDER, load_pack
from display.voice.make_pack import write_pack

VOICE = "espeak-ng vi (máy đọc tạm)"
LICENCE = "Apache-2.0"
_WORDS_PER_MINUTE = 145

# From espeak-ng's speak_lib.h.
_SYNCHRONOUS = 2
_RATE_PARAMETER = 1
_UTF8 = 1
_SYNTH_CALLBACK = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class EspeakAbsent(RuntimeError):
    """There is no espeak-ng with a Vietnamese voice on this machine."""


class Espeak:
    """espeak-ng's Vietnamese voice in this process; it keeps one global state, so make one."""

    def __init__(self) -> None:
        library, data = _find_espeak()
        self._espeak = ctypes.CDLL(library)
        self._samples = array("h")
        rate = self._espeak.espeak_Initialize(_SYNCHRONOUS, 0, data, 0)
        if rate != sound.RATE:
            raise EspeakAbsent(f"espeak-ng speaks at {rate} Hz, not {sound.RATE}")
        # Kept on the object: the library calls it for as long as it lives.
        self._callback = _SYNTH_CALLBACK(self._receive)
        self._espeak.espeak_SetSynthCallback(self._callback)
        if self._espeak.espeak_SetVoiceByName(b"vi") != 0:
            raise EspeakAbsent("espeak-ng has no Vietnamese voice")
        self._espeak.espeak_SetParameter(_RATE_PARAMETER, _WORDS_PER_MINUTE, 0)

    def say(self, text: str) -> sound.Samples:
        """The samples of `text`."""
        self._samples = array("h")
        line = text.encode() + b"\0"
        self._espeak.espeak_Synth(line, ctypes.c_size_t(len(line)), 0, 1, 0, _UTF8, None, None)
        self._espeak.espeak_Synchronize()
        return self._samples

    def _receive(self, wave: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if wave and count > 0:
            self._samples.extend(wave[:count])
        return 0


def _find_espeak() -> tuple[str, bytes | None]:
    packaged = find_spec("espeakng_loader")
    if packaged and packaged.submodule_search_locations:
        folder = Path(packaged.submodule_search_locations[0])
        return str(next(folder.glob("libespeak-ng.*"))), bytes(folder / "espeak-ng-data")
    if installed := ctypes.util.find_library("espeak-ng"):
        return installed, None
    raise EspeakAbsent("install espeak-ng, or the Python package espeakng-loader")


def main() -> int:
    """Exit status: 0 when the pack was written, 1 when espeak-ng is not here."""
    try:
        espeak = Espeak()
    except EspeakAbsent as error:
        sys.stderr.write(f"{error}\n")
        return 1
    texts = VOCABULARY | {name_id(name): name for name in COMMON_NAMES}
    recordings = {clip: (text, espeak.say(text)) for clip, text in texts.items()}
    write_pack(PLACEHOLDER, recordings, voice=VOICE, licence=LICENCE, placeholder=True)
    sys.stdout.write(f"{PLACEHOLDER.name}: {len(load_pack(PLACEHOLDER).clips)} clips\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
