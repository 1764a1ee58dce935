"""The sound of a whole film: what its parts hold, and that they are the film's sound."""

import json
from pathlib import Path

import av
import numpy as np
import pytest

from tests.orchestrator.show_on_disk import make_show
from tests.renderers.sound.sound_files import RATE, decibel, stereo, tone, write

SCRIPT = """Title: Bell

INT. HALL - DAY

The phone RINGS.

MARA
Nobody is at home.

EXT. PIER - DAY

TOM
(crying)
Then who is that?
"""
PROJECT = "id: test\nformat: {width: 114, height: 64}\n"
STEMS = ("dialogue", "music", "effects", "mix")


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as opened:
        frames = [frame.to_ndarray() for frame in opened.decode(audio=0)]
        assert opened.streams.audio[0].rate == RATE
    return np.concatenate(frames, axis=1).reshape(-1, 2).astype(np.int64)


@pytest.fixture
def episode(tmp_path: Path) -> Path:
    made = make_show(tmp_path / "show", SCRIPT, PROJECT + "music: generated\n")
    (tmp_path / "show/assets/sfx").mkdir(parents=True)
    write(tmp_path / "show/assets/sfx/ring.wav", stereo(tone(1, 1200)))
    return made


def test_the_stems_hold_their_parts_and_add_up_to_the_mix(episode: Path, command) -> None:
    assert command("run", episode, "--quiet").code == 0
    build = episode.parents[1] / "builds/s01e01"
    stems = {name: decoded(build / f"stems/{name}.flac") for name in STEMS}
    assert np.array_equal(stems["mix"], stems["dialogue"] + stems["music"] + stems["effects"])
    assert all(np.any(part) for part in stems.values())
    shots = json.loads((build / "shot_list.json").read_bytes())["shots"]
    ring = next(n for n, shot in enumerate(shots) if "ring" in shot["audio"]["sfx"])
    start = sum(shot["duration_frames"] for shot in shots[:ring]) * RATE // 24
    heard = stems["effects"][start + RATE // 2 : start + RATE]
    assert decibel(heard) > decibel(stems["effects"][:RATE]) + 20
    output = json.loads((build / "render_output.json").read_bytes())
    assert [stem["name"] for stem in output["stems"]] == sorted(f"{n}.flac" for n in STEMS)
    assert abs(output["loudness"]["integrated_centilufs"] + 1400) <= 50
    assert output["loudness"]["true_peak_centidbtp"] <= -100
    plan = json.loads((build / "render_plan.json").read_bytes())
    beds = [r for r in plan["resolutions"] if r["kind"] == "music"]
    assert {bed["found"] for bed in beds} == {"generated"}
    assert len({bed["blob"] for bed in beds}) == 2


def test_without_stems_none_are_left_and_the_film_is_the_same(episode: Path, command) -> None:
    show = episode.parents[1]
    film = show / "builds/s01e01/s01e01.mp4"
    assert command("run", episode, "--quiet").code == 0
    before = film.read_bytes()
    (show / "project.yaml").write_text(PROJECT + "music: generated\nstems: false\n")
    assert command("run", episode, "--quiet").code == 0
    assert film.read_bytes() == before
    assert not list((show / "builds/s01e01").glob("stems/*"))


def test_a_file_where_the_stems_go_is_moved_aside(episode: Path, command) -> None:
    build = episode.parents[1] / "builds/s01e01"
    build.mkdir(parents=True)
    (build / "stems").write_text("mine")
    ended = command("run", episode)
    assert ended.code == 0
    assert "s01e01/stems was a file; it was moved aside" in ended.err
    assert (build / "stems.moved-1").read_text() == "mine"
    assert (build / "stems/mix.flac").is_file()


def test_a_wrong_choice_of_music_is_refused_with_the_right_ones(episode: Path, command) -> None:
    (episode.parents[1] / "project.yaml").write_text(PROJECT + "music: librery\n")
    ended = command("run", episode)
    assert ended.code == 1
    assert "project.yaml, line 3: music" in ended.err
    assert "did you mean library?" in ended.err
