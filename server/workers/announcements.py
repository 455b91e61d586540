"""The voice of the hall: the sound of a call, made here and played by the displays."""

import logging
from pathlib import Path

from display.voice.announcement import Unreadable, announcement
from display.voice.backends import Spoken, speak
from display.voice.chime import chime
from display.voice.clips import BadPack, ClipPack, load_pack, placeholder_pack

logger = logging.getLogger(__name__)


class Announcer:
    """Speaks calls with the centre's own clips (`<data>/voice`), or with the placeholder."""

    def __init__(self, folder: Path, *, repeat: int = 1) -> None:
        self._folder = folder
        self._repeat = repeat
        self._pack: ClipPack | None = None

    def __call__(self, number: str, counter: str) -> Spoken:
        """The sound of one call; computing only, a fraction of a millisecond once loaded.

        A counter whose name cannot be read out gets the chime: the display still shows the call.
        """
        if self._pack is None:
            self._pack = self._load()
        try:
            return speak(announcement(number, counter), self._pack, self._repeat)
        except Unreadable as error:
            logger.error("a call cannot be read out", extra={"number": number, "why": str(error)})
            return Spoken(chime(), "", complete=False)

    def _load(self) -> ClipPack:
        if self._folder.is_dir():
            try:
                return load_pack(self._folder)
            except BadPack as error:
                logger.error("the voice pack is refused", extra={"problems": error.problems})
        return placeholder_pack()
