"""One film of docs/film-craft.md, rendered anew, keeps every limit; the measures notice faults."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from renderers.pictures import motion
from schemas.project import Format
from schemas.shot_list import Movement
from stages.shots.check_shots import crossed_lines, jump_cuts
from tests.film_faults import caption_offsets
from tests.film_motion import motion_error_px
from tests.film_table import DOCUMENT, FILMS, HEAD, PROJECT, measure_film, render
from tests.film_words import said_in_script

pytestmark = pytest.mark.slow
SMALL = PROJECT.replace("640", "320").replace("360", "180")


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    show = tmp_path_factory.mktemp("comedy")
    (show / "episodes").mkdir()
    (show / "project.yaml").write_text(SMALL)
    return render(Path(shutil.copy(FILMS / "comedy.fountain", show / "episodes")))


@pytest.fixture(scope="module")
def measured(build):
    return measure_film(build)


def test_a_film_keeps_every_limit(measured):
    assert measured.outside() == []
    assert measured.captions > 8
    assert measured.loudness == pytest.approx(-14, abs=0.5)
    assert 0 < measured.motion_px < 0.1
    assert 80 < measured.drawn_percent < 100
    assert 1.2 <= measured.shortest_s <= measured.mean_s <= measured.longest_s <= 8


def test_each_limit_is_noticed(measured):
    worse = {
        "captions": replace(measured, errors=1),
        "loudness": replace(measured, loudness=-13.4),
        "true peak": replace(measured, peak=-0.9),
        "caption offset": replace(measured, offset_frames=4),
        "motion": replace(measured, motion_px=0.11),
        "180°": replace(measured, crossed_lines=1),
        "30°": replace(measured, jump_cuts=1),
    }
    for name, film in worse.items():
        assert film.outside() == [name]


def test_a_late_caption_is_measured(build):
    lines = said_in_script(build.script)
    late = replace(build, cues=tuple(replace(c, start_ms=c.start_ms + 250) for c in build.cues))
    assert max(away for _, away, _ in caption_offsets(build, lines)) <= 126
    assert min(away for _, away, _ in caption_offsets(late, lines)) >= 124


def test_a_crossed_line_and_a_jump_cut_are_found(build):
    shots = list(build.shots.shots)
    assert [*crossed_lines(shots), *jump_cuts(shots)] == []
    number = next(n for n, shot in enumerate(shots) if len(shot.characters) >= 2)
    turned = {"left": "right", "right": "left", "center": "center"}
    people = tuple(
        person.model_copy(update={"side": turned[person.side]})
        for person in shots[number].characters
    )
    crossed = [*shots]
    crossed[number] = shots[number].model_copy(update={"characters": people})
    assert [*crossed_lines(crossed)]
    twice = [*shots[: number + 1], shots[number], *shots[number + 1 :]]
    assert shots[number].shot_id in {each.shot_id for each in jump_cuts(twice)}


def test_a_camera_that_moves_by_whole_pixels_is_measured(build, monkeypatch):
    moving = [shot for shot in build.shots.shots if shot.movement.kind != "static"][:1]
    assert moving, "nothing moves"
    pan = moving[0].model_copy(
        update={"movement": Movement(kind="pan_right", travel_permille=40), "duration_frames": 60}
    )
    fmt = Format(width=320, height=180)
    assert motion_error_px([pan], fmt) < 0.02
    exact = motion.CameraPath.window

    def jerky(self, frame, frame_count):
        window = exact(self, frame, frame_count)
        return replace(window, left=window.left >> 16 << 16)

    monkeypatch.setattr(motion.CameraPath, "window", jerky)
    assert motion_error_px([pan], fmt) > 0.2


def test_the_document_shows_the_example_and_five_others_within_their_limits():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert HEAD in text
    rows = re.findall(r"^\| ([a-z0-9 ]+) \| \d+ in .*\|$", text, re.M)
    assert rows == ["s01e01", *sorted(film.stem.replace("_", " ") for film in FILMS.iterdir())]
    for row in re.findall(r"^\| [a-z0-9 ]+ \| \d+ in .*$", text, re.M):
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert re.fullmatch(r"\d+: 0 / \d+", cells[3])
        assert int(cells[4]) <= 3
        loudness, peak = (float(part.replace("−", "-")) for part in cells[5].split(" / "))
        assert abs(loudness + 14) <= 0.5
        assert peak <= -1
        assert float(cells[6]) <= 0.1
        assert cells[7] == "0 / 0"
