"""Encoded sound against what was mixed: its length, its packets, its form."""

import subprocess

import imageio_ffmpeg
import pytest

from renderers.sound.delivered_sound import (
    read_encoded_sound,
    require_same_sound,
    require_whole_sound,
)
from schemas.errors import PipelineError
from tests.renderers.sound.sound_files import stereo, tone, write

SAMPLES = 96_000  # 2 s


def ffmpeg(folder, *words):
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *words)
    subprocess.run(argv, check=True, cwd=folder)


@pytest.fixture
def sound(tmp_path):
    write(tmp_path / "mix.wav", stereo(tone(2.0)))
    ffmpeg(tmp_path, "-i", "mix.wav", "-c:a", "aac", "sound.m4a")
    return tmp_path / "sound.m4a"


def test_a_whole_encode_has_the_length_of_its_mix(sound):
    found = require_whole_sound(sound, SAMPLES)
    assert (found.codec, found.rate_hz, found.channels, found.samples) == ("aac", 48_000, 2, 96_000)
    assert found.packets == 95  # 96000 / 1024, rounded up, and one of priming


@pytest.mark.parametrize("samples", [SAMPLES - 1, SAMPLES + 1, SAMPLES + 48_000])
def test_another_length_is_refused(sound, samples):
    with pytest.raises(PipelineError) as caught:
        require_whole_sound(sound, samples)
    assert caught.value.code == "short-sound"
    assert f"{samples} samples were mixed, the encoder left 96000" in caught.value.problem


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("-ac", "1", "-c:a", "aac"), "1 channels"),
        (("-ar", "44100", "-c:a", "aac"), "44100 Hz"),
        (("-c:a", "alac"), "it is alac"),
    ],
)
def test_another_form_is_refused(sound, words, problem):
    ffmpeg(sound.parent, "-i", "mix.wav", *words, "other.m4a")
    with pytest.raises(PipelineError, match=problem):
        require_whole_sound(sound.with_name("other.m4a"), SAMPLES)


@pytest.mark.parametrize("data", [b"", b"rubbish" * 999])
def test_what_is_no_sound_is_refused(tmp_path, data):
    (tmp_path / "sound.m4a").write_bytes(data)
    with pytest.raises(PipelineError) as caught:
        read_encoded_sound(tmp_path / "sound.m4a")
    assert caught.value.code == "broken-sound"


def test_a_copy_carries_the_same_packets_and_a_second_encode_does_not(sound):
    folder = sound.parent
    ffmpeg(folder, "-i", "sound.m4a", "-c", "copy", "film.mp4")
    require_same_sound(folder / "film.mp4", sound)
    ffmpeg(folder, "-i", "sound.m4a", "-c", "copy", "-t", "1", "cut.mp4")
    ffmpeg(folder, "-i", "sound.m4a", "-c:a", "aac", "again.mp4")
    for other in ("cut.mp4", "again.mp4"):
        with pytest.raises(PipelineError) as caught:
            require_same_sound(folder / other, sound)
        assert caught.value.code == "short-film"
