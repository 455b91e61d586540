"""The pack of clips and the sound that is made of it."""

import hashlib
import io
import json
import math
import shutil
import timeit
import wave
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from display.voice import sound
from display.voice.announcement import VOCABULARY, announcement
from display.voice.backends import speak
from display.voice.chime import SECONDS as CHIME_SECONDS
from display.voice.chime import chime
from display.voice.clips import (
    AFTER_CHIME,
    AT_END,
    BEFORE_COUNTER,
    BETWEEN_REPETITIONS,
    PLACEHOLDER,
    BadPack,
    ClipPack,
    MissingClip,
    load_pack,
    placeholder_pack,
)
from display.voice.numbers import NORTH, SOUTH, Region


@pytest.fixture
def pack() -> ClipPack:
    return placeholder_pack()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the pack, to be spoiled."""
    return shutil.copytree(PLACEHOLDER, tmp_path / "pack")


def samples_of(wav: bytes) -> sound.Samples:
    with wave.open(io.BytesIO(wav)) as reader:
        assert (reader.getnchannels(), reader.getsampwidth()) == (1, 2)
        assert reader.getframerate() == sound.RATE
        samples = sound.from_pcm(reader.readframes(reader.getnframes()))
        assert len(samples) == reader.getnframes()
        return samples


def without(pack: ClipPack, *clips: str) -> ClipPack:
    left = {clip: pcm for clip, pcm in pack.clips.items() if clip not in clips}
    return replace(pack, clips=left)


@pytest.mark.parametrize("region", [NORTH, SOUTH])
def test_every_ticket_and_every_counter_can_be_said(pack: ClipPack, region: Region) -> None:
    # Number and counter are said independently: each of both alone covers all pairs.
    needed = {
        token.clip
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"
        for number in range(1000)
        for token in announcement(f"{letter}{number:03}", "1").tokens
    } | {
        token.clip
        for counter in range(1, 1000)
        for token in announcement("A000", str(counter), region=region).tokens
    }
    assert needed <= pack.clips.keys()
    assert needed <= VOCABULARY.keys()


def test_a_call_lasts_as_long_as_its_parts(pack: ClipPack) -> None:
    said = announcement("A014", "3")
    parts = sum(len(pack.clips[token.clip]) for token in said.tokens) / 2 / sound.RATE
    gaps = 0.1 + 3 * 0.06 + BEFORE_COUNTER + 0.1
    once = sound.seconds(samples_of(pack.say(said)))
    twice = sound.seconds(samples_of(pack.say(said, repeat=2)))
    assert once == pytest.approx(CHIME_SECONDS + AFTER_CHIME + parts + gaps + AT_END, abs=0.01)
    assert twice == pytest.approx(once + BETWEEN_REPETITIONS + parts + gaps, abs=0.01)
    assert once < 8


def test_digits_stand_60_to_80_ms_apart(pack: ClipPack) -> None:
    said = announcement("A014", "3")
    digits = [pack.clips[token.clip] for token in said.number_tokens[2:]]
    wav = pack.say(said)
    first, second = digits[0], digits[1]
    start = wav.index(first) + len(first)
    pause = (wav.index(second, start) - start) / 2 / sound.RATE
    edges = (
        sound.quiet_edges(sound.from_pcm(first))[1],
        sound.quiet_edges(sound.from_pcm(second))[0],
    )
    assert 0.06 <= pause + sum(edges) <= 0.08


@pytest.mark.parametrize("repeat", [1, 2])
@pytest.mark.parametrize("number", ["A014", "M555", "Z999", "H170"])
def test_no_call_is_louder_than_the_limit(pack: ClipPack, number: str, repeat: int) -> None:
    assert sound.peak_dbfs(samples_of(pack.say(announcement(number, "555"), repeat))) <= -3.0


def test_all_words_are_equally_loud(pack: ClipPack) -> None:
    loudness = [sound.rms_dbfs(sound.from_pcm(pcm)) for pcm in pack.clips.values()]
    assert max(loudness) - min(loudness) < 2.0


def test_the_chime_comes_first_and_begins_softly(pack: ClipPack) -> None:
    alone = samples_of(chime())
    assert sound.seconds(alone) == pytest.approx(0.85, abs=0.001)
    assert sound.peak_dbfs(alone) == pytest.approx(-6.0, abs=0.1)
    assert sound.peak_dbfs(alone[: sound.RATE // 1000]) < -25
    assert sound.peak_dbfs(alone[-sound.RATE // 1000 :]) < -50
    assert samples_of(pack.say(announcement("A014", "3")))[: len(alone)] == alone


def test_a_call_is_ready_within_a_millisecond(pack: ClipPack) -> None:
    # The quickest of many: a busy machine is not the voice's fault.
    took = timeit.repeat(lambda: pack.say(announcement("A014", "3"), 2), number=1, repeat=50)
    assert min(took) < 0.001


@pytest.mark.parametrize("repeat", [0, 3])
def test_a_call_is_said_once_or_twice(pack: ClipPack, repeat: int) -> None:
    with pytest.raises(ValueError, match="once or twice"):
        pack.say(announcement("A014", "3"), repeat)


def test_half_an_announcement_is_never_said(pack: ClipPack) -> None:
    with pytest.raises(MissingClip, match="digit-4"):
        without(pack, "digit-4").say(announcement("A014", "3"))


def test_a_complete_call_says_so(pack: ClipPack) -> None:
    spoken = speak(announcement("A014", "3"), pack, 2)
    assert spoken.complete
    assert spoken.missing is None
    assert spoken.wav == pack.say(announcement("A014", "3"), 2)


def test_a_counter_without_a_clip_is_left_to_the_screen(pack: ClipPack) -> None:
    spoken = speak(announcement("A014", "Phòng họp 2"), pack)
    assert not spoken.complete
    assert spoken.missing == "name-phòng-họp"
    assert spoken.text.endswith("A không một bốn, mời xem quầy trên màn hình")
    assert sound.seconds(samples_of(spoken.wav)) > 4


def test_a_number_without_a_clip_leaves_the_chime(pack: ClipPack) -> None:
    spoken = speak(announcement("A014", "3"), without(pack, "digit-0"))
    assert (spoken.wav, spoken.text, spoken.complete) == (chime(), "", False)


def test_a_hall_without_a_voice_has_the_chime() -> None:
    assert speak(announcement("A014", "3"), None).wav == chime()


def test_the_pack_says_openly_that_it_is_a_placeholder(pack: ClipPack) -> None:
    assert pack.placeholder
    manifest = json.loads((PLACEHOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert {clip: entry["text"] for clip, entry in manifest["clips"].items()}.items() >= (
        VOCABULARY.items()
    )
    files = {entry["file"] for entry in manifest["clips"].values()}
    assert files == {file.name for file in PLACEHOLDER.glob("*.wav")}


def spoil(folder: Path, samples: sound.Samples, clip: str = "digit-4") -> None:
    """Puts other sound into the pack and seals it, as a careless hand might."""
    file = folder / f"{clip}.wav"
    file.write_bytes(sound.wav(sound.to_pcm(samples)))
    change(folder, clip, sha256=hashlib.sha256(file.read_bytes()).hexdigest())


def change(folder: Path, clip: str, **values: str) -> None:
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["clips"][clip] |= values
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def tone(seconds: float, amplitude: float) -> sound.Samples:
    count = round(seconds * sound.RATE)
    wave_ = (math.sin(index / 20) * amplitude * sound.FULL_SCALE for index in range(count))
    return array("h", [int(value) for value in wave_])


def problems_of(folder: Path) -> str:
    with pytest.raises(BadPack) as refused:
        load_pack(folder)
    return "\n".join(refused.value.problems)


def test_an_untouched_copy_may_speak(folder: Path) -> None:
    assert load_pack(folder) == placeholder_pack()


def test_a_pack_names_all_its_problems_at_once(folder: Path) -> None:
    (folder / "digit-4.wav").unlink()
    (folder / "letter-a.wav").write_bytes(b"no sound")
    found = problems_of(folder)
    assert "digit-4" in found
    assert "letter-a" in found


def test_a_recording_that_was_swapped_is_noticed(folder: Path) -> None:
    shutil.copy(folder / "digit-5.wav", folder / "digit-4.wav")
    assert "digit-4.wav is not the recording that was sealed" in problems_of(folder)


@pytest.mark.parametrize(
    ("samples", "problem"),
    [
        (tone(0.4, 0.95), "dBFS, above -1"),
        (tone(0.4, 0.0), "is silent"),
        (array("h"), "is silent"),
        (array("h", bytes(4000)) + tone(0.4, 0.5), "60 ms of silence"),
        (tone(0.4, 0.5) + array("h", bytes(4000)), "60 ms of silence"),
    ],
)
def test_a_recording_that_would_sound_bad_is_refused(
    folder: Path, samples: sound.Samples, problem: str
) -> None:
    spoil(folder, samples)
    assert problem in problems_of(folder)


def test_a_recording_of_another_rate_is_refused(folder: Path) -> None:
    file = folder / "digit-4.wav"
    with wave.open(str(file), "wb") as writer:
        writer.setparams((2, 2, 44_100, 0, "NONE", ""))
        writer.writeframes(bytes(4000))
    change(folder, "digit-4", sha256=hashlib.sha256(file.read_bytes()).hexdigest())
    assert "2 channels of 16 bit at 44100 Hz" in problems_of(folder)


def test_a_pack_cannot_reach_files_outside_its_folder(folder: Path) -> None:
    change(folder, "digit-4", file="../secret.wav")
    assert "not a file of the pack's own folder" in problems_of(folder)


def test_a_pack_without_a_word_of_the_vocabulary_is_refused(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["clips"]["tens"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert "no clip 'tens' (mươi)" in problems_of(folder)


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"clips": {"tens": 3}}'])
def test_a_folder_without_a_sound_manifest_is_refused(folder: Path, manifest: str) -> None:
    (folder / "manifest.json").write_text(manifest, "utf-8")
    assert "manifest.json" in problems_of(folder)
