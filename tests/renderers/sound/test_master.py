from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

from renderers.seams import Command, Completed, Tools
from renderers.sound.loudness import measure
from renderers.sound.master import MasterRequest, master
from schemas.project import Loudness
from schemas.render_output import MeasuredLoudness
from tests.renderers.sound.sound_files import RATE, babble, real_tools, stereo, tone, write

WEB = Loudness()
PODCAST = Loudness(target_centilufs=-1600)
BROADCAST = Loudness(target_centilufs=-2300)


def decoded(path: Path) -> np.ndarray:
    """What a player hears: decoded with the edit list."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "s16le", "-")
    done = subprocess.run(argv, check=True, capture_output=True)
    return np.frombuffer(done.stdout, dtype="<i2").reshape(-1, 2).astype(np.int64)


def speech(seconds: float = 12.0, amplitude: float = 2500.0) -> np.ndarray:
    sound = babble(seconds, amplitude)
    sound[: RATE // 2] = 0
    sound[RATE * 3 : RATE * 4] *= 0.01
    return sound


@pytest.mark.parametrize("loudness", [WEB, PODCAST, BROADCAST])
@pytest.mark.parametrize("amplitude", [250.0, 2500.0, 6000.0])
def test_the_delivered_file_measures_what_was_asked(
    loudness: Loudness, amplitude: float, tmp_path: Path
) -> None:
    mix = write(tmp_path / "mix.wav", stereo(speech(amplitude=amplitude)))
    tools, out = real_tools(tmp_path), tmp_path / "sound.m4a"
    measured = master(MasterRequest(mix, out, loudness), tools)
    assert measured.integrated_centilufs is not None
    assert measured.true_peak_centidbtp is not None
    assert abs(measured.integrated_centilufs - loudness.target_centilufs) <= 50
    assert measured.true_peak_centidbtp <= loudness.true_peak_max_centidbtp
    assert measure(out, tools) == measured
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mix.wav", "sound.m4a"]


def test_hard_peaks_are_held_under_the_limit(tmp_path: Path) -> None:
    sound = speech(amplitude=1500)
    sound[RATE :: RATE // 2] = 32000
    sound[RATE + 1 :: RATE // 2] = -32000
    mix = write(tmp_path / "mix.wav", stereo(sound))
    loudness = Loudness(target_centilufs=-1400, true_peak_max_centidbtp=-200)
    measured = master(MasterRequest(mix, tmp_path / "out.m4a", loudness), real_tools(tmp_path))
    assert measured.true_peak_centidbtp is not None
    assert measured.true_peak_centidbtp <= -200
    assert measured.integrated_centilufs == pytest.approx(-1400, abs=50)


def test_a_target_out_of_reach_gives_the_closest_and_says_so(tmp_path: Path) -> None:
    sound = np.zeros(5 * RATE)
    sound[:: RATE // 4] = 30000
    loudness = Loudness(target_centilufs=-500, true_peak_max_centidbtp=-300)
    mix = write(tmp_path / "clicks.wav", stereo(sound))
    measured = master(MasterRequest(mix, tmp_path / "out.m4a", loudness), real_tools(tmp_path))
    assert measured.integrated_centilufs is not None
    assert measured.integrated_centilufs < -600
    assert measure(tmp_path / "out.m4a", real_tools(tmp_path)) == measured


@pytest.mark.parametrize("samples", [1, 500, 10_000, 3 * RATE + 777])
def test_the_sound_is_as_long_as_the_film(samples: int, tmp_path: Path) -> None:
    mix = write(tmp_path / "mix.wav", stereo(tone(4, 300)[:samples]))
    master(MasterRequest(mix, tmp_path / "out.m4a", WEB), real_tools(tmp_path))
    assert abs(len(decoded(tmp_path / "out.m4a")) - samples) < 1024
    with av.open(str(tmp_path / "out.m4a")) as container:
        (stream,) = container.streams
        assert (stream.codec_context.name, stream.rate, stream.channels) == ("aac", 48000, 2)


def test_the_sound_stays_in_step_to_the_sample(tmp_path: Path) -> None:
    sound = speech(10, 300)
    clicks = [RATE + 100, 4 * RATE + 7, 9 * RATE - 3]
    for click in clicks:
        sound[click : click + 4] = 25000
    mix = write(tmp_path / "mix.wav", stereo(sound))
    master(MasterRequest(mix, tmp_path / "out.m4a", BROADCAST), real_tools(tmp_path))
    heard = np.abs(decoded(tmp_path / "out.m4a")[:, 0])
    for click in clicks:
        loudest = click - 2000 + int(np.argmax(heard[click - 2000 : click + 2000]))
        assert abs(loudest - click) <= 6


def test_silence_stays_silent_and_is_a_track_all_the_same(tmp_path: Path) -> None:
    mix = write(tmp_path / "mix.wav", np.zeros((2 * RATE, 2)))
    measured = master(MasterRequest(mix, tmp_path / "out.m4a", WEB), real_tools(tmp_path))
    nothing = MeasuredLoudness(integrated_centilufs=None, true_peak_centidbtp=None)
    assert measured == nothing
    assert not decoded(tmp_path / "out.m4a").any()


def test_room_tone_alone_is_not_raised(tmp_path: Path) -> None:
    noise = np.random.default_rng(2).standard_normal((3 * RATE, 2)) * 33
    mix = write(tmp_path / "mix.wav", noise)
    measured = master(MasterRequest(mix, tmp_path / "out.m4a", WEB), real_tools(tmp_path))
    assert measured.integrated_centilufs is not None
    assert measured.integrated_centilufs < -5000


def test_two_processes_deliver_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "mix.wav", stereo(speech(5, 4000)))
    code = (
        "import sys; from pathlib import Path; from renderers.sound.master import *;"
        "from schemas.project import Loudness;"
        "from tests.renderers.sound.sound_files import real_tools;"
        "f = Path(sys.argv[1]);"
        "master(MasterRequest(f / 'mix.wav', f / sys.argv[2], Loudness()), real_tools(f))"
    )
    for name in ("one.m4a", "two.m4a"):
        subprocess.run([sys.executable, "-c", code, str(tmp_path), name], check=True)
    delivered = (tmp_path / "one.m4a").read_bytes()
    assert delivered == (tmp_path / "two.m4a").read_bytes()
    assert b"Lav" not in delivered


def test_a_usual_film_is_encoded_once(tmp_path: Path) -> None:
    mix = write(tmp_path / "mix.wav", stereo(speech(8)))
    purposes: list[str] = []
    tools = real_tools(tmp_path)
    counting = Tools(_Counting(tools.executor.run, purposes), tools.resolve, tools.scratch)
    master(MasterRequest(mix, tmp_path / "out.m4a", PODCAST), counting)
    assert purposes.count("encode the sound") == 1
    assert len(purposes) <= 5


class _Counting:
    def __init__(self, run: Callable[[Command], Completed], purposes: list[str]) -> None:
        self._run = run
        self._purposes = purposes

    def run(self, command: Command) -> Completed:
        self._purposes.append(command.purpose)
        return self._run(command)
