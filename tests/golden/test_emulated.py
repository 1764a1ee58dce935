"""The golden clip is the same on other CPUs, and with one core."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from golden.clip import PINNED, describe, first_difference, render
from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import Ffmpeg, pinned_ffmpeg
from renderers.film.film_decoding import decode_sound
from renderers.seams import Tools
from schemas.timing import FrameRate
from tests.golden.emulated import (
    CPUS,
    ROOT,
    machine,
    media_programs_on,
    render_on,
    render_on_one_core,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pinned():
    return json.loads(PINNED.read_text(encoding="utf-8"))


def assert_pinned(pinned, build):
    difference = first_difference(pinned, describe(build))
    assert not difference, difference


@pytest.mark.parametrize("cpu", CPUS)
def test_another_cpu_makes_the_same_film(emulator, pinned, tmp_path, cpu):
    made = machine(cpu, tmp_path / "machine")
    assert_pinned(pinned, render_on(made, tmp_path))
    encodes = [row for row in made.started(made.ffmpeg) if "libx264" in row]
    assert len(encodes) == len(pinned["shots"])
    assert sum("aac_coder" in row for row in made.started(made.ffmpeg)) >= 1
    spoken = [row for row in made.started(made.python) if "espeak_worker" in row]
    assert spoken, "the lines were not spoken on the emulated CPU"
    assert any("image_decoder" in row for row in made.started(made.python))


@pytest.mark.parametrize("cpu", CPUS)
def test_another_cpu_makes_programs_compute_the_same(emulator, tmp_path, cpu):
    """The film above holds only some of it: not the limiter at work, no JPEG, no foreign AAC."""
    made = machine(cpu, tmp_path / "machine")
    here, there = media_programs_on(None), media_programs_on(made)
    assert len(here) == 17
    assert {name for name in here if here[name] != there.get(name)} == set()
    assert len(made.started(made.ffmpeg)) >= 6
    assert any("image_decoder" in row for row in made.started(made.python))


def test_the_emulated_cpus_are_what_they_are_called(emulator, tmp_path):
    asked = (
        "from numpy._core._multiarray_umath import __cpu_features__ as f;"
        "print(*[name for name in ('SSE42', 'AVX', 'AVX2', 'FMA3', 'AVX512F') if f[name]])"
    )
    features = {}
    for cpu in CPUS:
        made = machine(cpu, tmp_path / cpu)
        told = subprocess.run(
            [made.python, "-c", asked], capture_output=True, text=True, check=True
        )
        features[cpu] = told.stdout.split()
    assert features["Nehalem"] == ["SSE42"]
    assert features["Haswell"] == ["SSE42", "AVX", "AVX2", "FMA3"]
    assert set(features["Haswell"]) <= set(features["max"])


def test_without_its_rule_sound_differs_between_these_cpus(emulator, tmp_path):
    """What is emulated here does tell CPUs apart, so equal films mean something."""
    coded = {}
    for cpu in CPUS[:2]:
        made = machine(cpu, tmp_path / cpu)
        argv = (
            *(made.ffmpeg, "-hide_banner", "-loglevel", "error", "-nostdin"),
            *("-f", "lavfi", "-i", "sine=frequency=311:duration=2,tremolo=f=5"),
            *("-c:a", "aac", "-b:a", "192k", "-fflags", "+bitexact", "-f", "adts", "pipe:1"),
        )
        ended = subprocess.run(argv, capture_output=True, check=True)
        assert len(ended.stdout) > 1000
        coded[cpu] = hashlib.sha256(ended.stdout).hexdigest()
    assert len(set(coded.values())) == 2


@pytest.mark.parametrize("cpu", CPUS[:2])
def test_verify_decodes_the_same_samples_on_another_cpu(emulator, tmp_path, cpu):
    film = render(tmp_path) / "clip.mp4"
    emulated = machine(cpu, tmp_path / "machine")
    heard = set()
    for ffmpeg in (pinned_ffmpeg(), Ffmpeg(emulated.ffmpeg, "emulated", False)):
        executor = SubprocessExecutor()
        scratch = tmp_path / ffmpeg.build.split()[0]
        scratch.mkdir()
        tools = Tools(executor, lambda _digest: film, scratch)
        heard.add(decode_sound(film, [60, 60], FrameRate(num=24), ffmpeg, tools))
        executor.stop_all()
    assert emulated.started(emulated.ffmpeg)
    (sound,) = heard
    assert sound.samples > 48_000


def test_one_core_makes_the_same_film(pinned, tmp_path):
    """Programs left to themselves start a thread per core, and decide otherwise with each."""
    assert_pinned(pinned, render_on_one_core(tmp_path))


def test_nothing_to_emulate_with_is_no_success_in_ci(tmp_path):
    """With CI=true and without qemu the tests of other CPUs fail and say what is missing."""
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-x"),
            *("-k", "what_they_are_called", "tests/golden/test_emulated.py"),
        ],
        cwd=ROOT,
        env={**os.environ, "PATH": str(tmp_path), "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stdout
    assert "apt-get install qemu-user-static" in ended.stdout
