"""A pack of recorded clips, checked when it is loaded, and the sentences joined from them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from display.voice import sound
from display.voice.announcement import VOCABULARY, Announcement, Token
from display.voice.chime import chime_pcm

MANIFEST = "manifest.json"
PEAK_LIMIT_DBFS = -1.0
EDGE_LIMIT_SECONDS = 0.06
PLACEHOLDER = Path(__file__).parent / "packs" / "vi-placeholder"

AFTER_CHIME = 0.2
BEFORE_COUNTER = 0.25
BETWEEN_REPETITIONS = 0.7
AT_END = 0.1
_AFTER_PHRASE = 0.1
# With the 5 ms kept at each edge of a clip, 70 ms are heard.
_BETWEEN_SIGNS = 0.06
# The words of one whole number belong together.
_WITHIN_NUMBER = 0.03


class MissingClip(LookupError):
    """The pack has no clip for a piece of the announcement; nothing of it is to be said."""

    def __init__(self, clip: str, text: str, voice: str) -> None:
        super().__init__(f"voice {voice!r} has no clip {clip!r} ({text})")
        self.clip = clip


class BadPack(ValueError):
    """The folder is no pack that may speak in a hall; `problems` says all that is wrong."""

    def __init__(self, folder: Path, problems: list[str]) -> None:
        super().__init__(f"{folder.name}: " + "; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ClipPack:
    """A voice in memory: PCM bytes by clip id, trimmed and of one loudness."""

    voice: str
    licence: str
    placeholder: bool
    clips: Mapping[str, bytes] = field(repr=False)

    def say(self, announcement: Announcement, repeat: int = 1) -> bytes:
        """A WAV file: chime, then the announcement once or twice; peak at most −3 dBFS.

        Raises MissingClip when any piece is not in the pack: half an announcement is worse
        than none. Raises ValueError when `repeat` is neither 1 nor 2.
        """
        if repeat not in (1, 2):
            raise ValueError(f"an announcement is said once or twice, not {repeat} times")
        spoken = b"".join(self._sentence(announcement))
        pieces = [chime_pcm(), sound.silence(AFTER_CHIME), spoken]
        if repeat == 2:
            pieces += [sound.silence(BETWEEN_REPETITIONS), spoken]
        return sound.wav(b"".join([*pieces, sound.silence(AT_END)]))

    def _sentence(self, announcement: Announcement) -> Iterator[bytes]:
        yield from self._joined(announcement.number_tokens)
        yield sound.silence(BEFORE_COUNTER)
        yield from self._joined(announcement.counter_tokens)

    def _joined(self, tokens: tuple[Token, ...]) -> Iterator[bytes]:
        yield self._clip(tokens[0])
        for before, token in pairwise(tokens):
            yield sound.silence(_gap(before, token))
            yield self._clip(token)

    def _clip(self, token: Token) -> bytes:
        try:
            return self.clips[token.clip]
        except KeyError:
            raise MissingClip(token.clip, token.text, self.voice) from None


def load_pack(folder: Path) -> ClipPack:
    """The voice in `folder`, brought to one loudness; takes a few tenths of a second.

    Raises BadPack with every problem found: no or a malformed manifest, a word of the
    vocabulary without a clip, a file that is missing, changed, of another format, louder than
    −1 dBFS, silent, or with 60 ms of silence or more at an edge.
    """
    manifest = _manifest(folder)
    problems = [
        f"no clip {clip!r} ({text})"
        for clip, text in VOCABULARY.items()
        if clip not in manifest["clips"]
    ]
    clips = {}
    for clip, entry in manifest["clips"].items():
        try:
            samples = _checked(folder, entry)
            clips[clip] = sound.to_pcm(sound.levelled(sound.trimmed(samples)))
        except (_BadClip, sound.NotOurFormat, OSError) as error:
            problems.append(f"{clip}: {error}")
    if problems:
        raise BadPack(folder, problems)
    return ClipPack(manifest["voice"], manifest["licence"], manifest["placeholder"], clips)


@cache
def placeholder_pack() -> ClipPack:
    """The machine voice that comes with the system, loaded once."""
    return load_pack(PLACEHOLDER)


class _BadClip(ValueError):
    pass


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadPack(folder, [f"{MANIFEST} cannot be read: {error}"]) from error
    if problems := list(_shape_problems(manifest)):
        raise BadPack(folder, problems)
    return dict(manifest)


def _shape_problems(manifest: object) -> Iterator[str]:
    if not isinstance(manifest, dict) or not isinstance(manifest.get("clips"), dict):
        yield f"{MANIFEST} lists no clips"
        return
    for key, kind in {"voice": str, "licence": str, "placeholder": bool}.items():
        if not isinstance(manifest.get(key), kind):
            yield f"{MANIFEST} lacks {key!r}"
    for clip, entry in manifest["clips"].items():
        if not isinstance(entry, dict) or not all(
            isinstance(entry.get(key), str) for key in ("text", "file", "sha256")
        ):
            yield f"{clip}: its entry needs text, file and sha256"


def _checked(folder: Path, entry: dict[str, str]) -> sound.Samples:
    if Path(entry["file"]).name != entry["file"]:
        raise _BadClip(f"{entry['file']!r} is not a file of the pack's own folder")
    file = folder / entry["file"]
    if hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
        raise _BadClip(f"{file.name} is not the recording that was sealed in the pack")
    samples = sound.read_wav(file)
    if problem := _sound_problem(samples):
        raise _BadClip(f"{file.name} {problem}")
    return samples


def _sound_problem(samples: sound.Samples) -> str | None:
    peak = sound.peak_dbfs(samples)
    if peak < -60:
        return "is silent"
    if peak > PEAK_LIMIT_DBFS:
        return f"peaks at {peak:.1f} dBFS, above {PEAK_LIMIT_DBFS:.0f}"
    if max(sound.quiet_edges(samples)) >= EDGE_LIMIT_SECONDS:
        return f"has {1000 * EDGE_LIMIT_SECONDS:.0f} ms of silence or more at an edge"
    return None


def _gap(before: Token, after: Token) -> float:
    if before.kind == after.kind == "word":
        return _WITHIN_NUMBER
    if before.kind in ("phrase", "name") or after.kind == "phrase":
        return _AFTER_PHRASE
    return _BETWEEN_SIGNS
