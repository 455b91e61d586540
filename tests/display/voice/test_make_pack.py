"""A person's recordings become a pack, and one announcement becomes a file."""

import math
import wave
from array import array
from pathlib import Path

import pytest

from display.voice import make_pack, say, sound
from display.voice.announcement import VOCABULARY, announcement
from display.voice.clips import PLACEHOLDER, load_pack, placeholder_pack


def recorded(file: Path, *, rate: int, channels: int, loudness: float, pitch: float = 220) -> None:
    """Half a second of tone between half a second of stillness on each side."""
    tone = [
        int(loudness * 32_000 * math.sin(2 * math.pi * pitch * index / rate))
        for index in range(rate // 2)
    ]
    track = [0] * (rate // 2) + tone + [0] * (rate // 2)
    frames = array("h", [value for value in track for _ in range(channels)])
    with wave.open(str(file), "wb") as writer:
        writer.setparams((channels, 2, rate, 0, "NONE", ""))
        writer.writeframes(sound.to_pcm(frames))


def make(recordings: Path, pack: Path) -> int:
    return make_pack.main(
        [str(recordings), str(pack), "--voice", "Cô Lan", "--licence", "trung tâm được dùng"]
    )


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings"
    folder.mkdir()
    for order, clip in enumerate(VOCABULARY):
        recorded(
            folder / f"{clip}.wav",
            rate=sound.RATE,
            channels=1 + order % 2,
            loudness=0.05 + 0.9 * (order % 7) / 7,
        )
    recorded(folder / "name-phòng-họp.wav", rate=sound.RATE, channels=1, loudness=0.4)
    return folder


def test_uneven_recordings_become_an_even_voice(recordings: Path, tmp_path: Path) -> None:
    assert make(recordings, tmp_path / "pack") == 0
    pack = load_pack(tmp_path / "pack")
    assert (pack.voice, pack.placeholder) == ("Cô Lan", False)
    clips = [sound.from_pcm(pcm) for pcm in pack.clips.values()]
    loudness = [sound.rms_dbfs(clip) for clip in clips]
    assert max(loudness) - min(loudness) < 0.5
    assert all(sound.seconds(clip) == pytest.approx(0.5, abs=0.03) for clip in clips)


def test_a_centre_teaches_the_voice_the_name_of_its_counter(
    recordings: Path, tmp_path: Path
) -> None:
    make(recordings, tmp_path / "pack")
    assert load_pack(tmp_path / "pack").say(announcement("A014", "Phòng họp 2"))


def test_a_forgotten_recording_is_named(
    recordings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recordings / "tens.wav").unlink()
    assert make(recordings, tmp_path / "pack") == 1
    assert "no clip 'tens' (mươi)" in capsys.readouterr().err


def test_a_file_with_an_unknown_name_is_named(
    recordings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recordings / "digit-4.wav").rename(recordings / "so bon.wav")
    assert make(recordings, tmp_path / "pack") == 1
    assert "so bon.wav" in capsys.readouterr().err


def test_a_file_that_is_no_sound_is_named(
    recordings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recordings / "digit-4.wav").write_bytes(b"ID3")
    assert make(recordings, tmp_path / "pack") == 1
    assert "digit-4.wav" in capsys.readouterr().err


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_recording_of_any_rate_keeps_its_pitch_and_length(tmp_path: Path, rate: int) -> None:
    recorded(tmp_path / "digit-4.wav", rate=rate, channels=2, loudness=0.5)
    heard = make_pack.read_any_wav(tmp_path / "digit-4.wav")
    assert sound.seconds(heard) == pytest.approx(1.5, abs=0.001)
    tone = heard[len(heard) // 3 : 2 * len(heard) // 3]
    rises = sum(1 for a, b in zip(tone, tone[1:], strict=False) if a < 0 <= b)
    assert rises == pytest.approx(110, abs=1)
    assert sound.rms_dbfs(tone) == pytest.approx(-9.2, abs=0.2)


def test_what_is_too_high_for_our_rate_does_not_come_back_as_another_tone(tmp_path: Path) -> None:
    recorded(tmp_path / "digit-4.wav", rate=48_000, channels=1, loudness=0.5, pitch=16_000)
    heard = make_pack.read_any_wav(tmp_path / "digit-4.wav")
    assert sound.rms_dbfs(heard[len(heard) * 2 // 5 : len(heard) * 3 // 5]) < -60


def test_the_command_writes_what_the_hall_hears(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.wav"
    assert say.main(["A014", "3", str(file), "--repeat", "2"]) == 0
    assert capsys.readouterr().out == (
        "Xin mời công dân có số thứ tự A không một bốn, đến quầy số ba\n"
    )
    assert file.read_bytes() == placeholder_pack().say(announcement("A014", "3"), 2)


def test_the_command_says_when_a_name_has_no_clip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.wav"
    assert say.main(["A014", "Phòng họp 2", str(file), "--pack", str(PLACEHOLDER)]) == 1
    assert "name-phòng-họp" in capsys.readouterr().err


def test_the_command_refuses_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say.main(["#", "3", str(tmp_path / "out.wav")]) == 2
    assert "#" in capsys.readouterr().err
    assert not (tmp_path / "out.wav").exists()
