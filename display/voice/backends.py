"""The ways to make a call heard, best first: the sentence, the number alone, the chime."""

from dataclasses import dataclass

from display.voice.announcement import Announcement
from display.voice.chime import chime
from display.voice.clips import ClipPack, MissingClip


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a speaker is to play, and what of the announcement it says.

    `text` is the sentence that is heard, empty for the chime alone; `complete` is true when
    both number and counter are said; `missing` names the clip that stood in the way.
    """

    wav: bytes
    text: str
    complete: bool
    missing: str | None = None


def speak(announcement: Announcement, pack: ClipPack | None, repeat: int = 1) -> Spoken:
    """The best sound that `pack` can give; without a pack the chime. Never half a sentence."""
    if pack is None:
        return Spoken(chime(), "", complete=False)
    try:
        return Spoken(pack.say(announcement, repeat), announcement.text, complete=True)
    except MissingClip as absent:
        missing = absent.clip
    shorter = announcement.pointing_to_screen()
    try:
        return Spoken(pack.say(shorter, repeat), shorter.text, complete=False, missing=missing)
    except MissingClip:
        return Spoken(chime(), "", complete=False, missing=missing)
