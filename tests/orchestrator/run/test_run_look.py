"""The look of a show in project.yaml: what it changes in the film, and what it leaves alone."""

import json
import shutil

import av
import numpy as np
import pytest
from PIL import Image

from tests.orchestrator.show_on_disk import make_show, pipeline

SCRIPT = """INT. KITCHEN - DAY

Mara waits by the door.

DISSOLVE TO:

EXT. GARDEN - DAY

MARA
Nobody.
"""
SMALL = "format: {width: 320, height: 180}\n"
BLUE_TO_RED = "LUT_3D_SIZE 2\n" + "".join(
    f"{b} {g} {r}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1)
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    show = tmp_path_factory.mktemp("look") / "show"
    ended = pipeline("run", make_show(show, SCRIPT, SMALL))
    assert ended.code == 0, ended.err
    return show


@pytest.fixture
def show(finished, tmp_path):
    shutil.copytree(finished, tmp_path / "show")
    return tmp_path / "show"


def run(show, picture):
    (show / "project.yaml").write_text(f"id: test\n{SMALL}picture: {picture}\n")
    ended = pipeline("run", show / "episodes" / "s01e01.fountain", "--json")
    made = {}
    for item in ended.json["work"] if ended.code == 0 else []:
        if not item["hit"]:
            made.setdefault(item["kind"], []).append(item["name"])
    return ended, made


def frames(show):
    with av.open(str(show / "builds" / "s01e01" / "s01e01.mp4")) as opened:
        return [np.asarray(f.to_image()).astype(int) for f in opened.decode(video=0)]


def test_a_grade_makes_every_picture_again_and_no_sound(show):
    before = frames(show)
    ended, made = run(show, "{grade: warm}")
    assert ended.code == 0, ended.err
    assert len(made["transition"]) == 1
    assert "line" not in made
    assert "sound" not in made["film"]
    after = frames(show)
    assert len(after) == len(before)
    pairs = [pair for pair in zip(before, after, strict=True) if pair[0].mean() > 40]
    assert len(pairs) > 50
    shift = [(now - was).mean(axis=(0, 1)) for was, now in pairs]
    assert all(red > 0 > blue for red, _, blue in shift)
    _, made = run(show, "{grade: neutral}")
    assert not {"shot", "transition", "line"} & set(made)


def test_a_cube_of_the_show_is_laid_over_the_film(show):
    before = frames(show)
    (show / "assets" / "look").mkdir(parents=True)
    (show / "assets" / "look" / "swap.cube").write_text(BLUE_TO_RED)
    ended, _ = run(show, "{grade: assets/look/swap.cube}")
    assert ended.code == 0, ended.err
    for was, now in zip(before[::10], frames(show)[::10], strict=True):
        assert np.abs(was[..., ::-1].mean(axis=(0, 1)) - now.mean(axis=(0, 1))).max() < 3
    # The same colours under another name are the same pictures.
    (show / "assets" / "look" / "swap.cube").rename(show / "assets" / "look" / "other.cube")
    ended, made = run(show, "{grade: assets/look/other.cube}")
    assert ended.code == 0, ended.err
    assert not {"shot", "transition"} & set(made)


def test_a_mark_stands_in_its_corner_through_all_frames(show):
    before = frames(show)
    Image.new("RGBA", (40, 40), (255, 0, 0, 255)).save(show / "logo.png")
    ended, made = run(
        show, "{watermark: {image: logo.png, opacity_percent: 100, corner: top_left}}"
    )
    assert ended.code == 0, ended.err
    assert "line" not in made
    # 5 % of 180 is 9 lines, brought to even pixels: 8, from the title-safe corner on.
    for was, now in zip(before, frames(show), strict=True):
        red = now[12:16, 18:22].mean(axis=(0, 1))
        assert red[0] > 180
        assert red[1] < 60
        assert np.abs(was[60:, 60:] - now[60:, 60:]).mean() < 3


def test_a_text_is_a_mark_as_well(show):
    before = frames(show)
    ended, _ = run(show, "{watermark: DRAFT}")
    assert ended.code == 0, ended.err
    for was, now in zip(before[::12], frames(show)[::12], strict=True):
        assert np.abs(was[8:20, 250:304] - now[8:20, 250:304]).max() > 25


REFUSED = {
    "{grade: sepia}": ("project.yaml, line 3: picture.grade", "warm, cool, vintage"),
    "{grade: look.cube}": ("picture.grade", "there is no file look.cube"),
    "{grade: ../look.cube}": ("picture.grade", "outside the show"),
    "{watermark: {corner: top_left}}": ("picture.watermark", "either a text or an image"),
    "{watermark: {text: A, image: b.png}}": ("picture.watermark", "either a text or an image"),
    "{watermark: none.png}": ("picture.watermark.image", "there is no file none.png"),
    "{watermark: {text: A, corner: middle}}": ("picture.watermark.corner", "top_left"),
    "{watermark: {text: A, opacity_percent: 0}}": ("picture.watermark.opacity_percent", "1"),
    "{watermark: \U0001f9ff}": ("picture.watermark.text", "no font has the character"),
    "warm": ("picture", "should hold theme, grade or watermark"),
}


@pytest.mark.parametrize("written", REFUSED)
def test_a_look_that_cannot_be_had_is_refused_by_name(show, written):
    where, told = REFUSED[written]
    (show.parent / "look.cube").write_text(BLUE_TO_RED)
    ended, _ = run(show, written)
    assert ended.code == 1
    assert where in ended.err
    assert told in ended.err


def test_a_broken_file_is_named_with_its_line(show):
    (show / "bad.cube").write_text("LUT_3D_SIZE 2\n0 0 x\n")
    ended, _ = run(show, "{grade: bad.cube}")
    assert ended.code == 1
    assert "bad.cube, line 2" in ended.err
    (show / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    ended, _ = run(show, "{watermark: logo.png}")
    assert ended.code == 1
    assert "logo.png" in ended.err


def test_the_plan_says_what_the_film_looks_like(show):
    run(show, "{grade: cool, watermark: {text: A, corner: bottom_left}}")
    plan = json.loads((show / "builds" / "s01e01" / "render_plan.json").read_bytes())
    assert plan["style"]["grade"] == "cool"
    assert plan["style"]["watermark"]["corner"] == "bottom_left"


def test_a_theme_draws_the_pictures_anew_and_makes_no_sound(show):
    ended, made = run(show, "{theme: noir}")
    assert ended.code == 0, ended.err
    assert "line" not in made
    assert "sound" not in made["film"]
    grey = [f for f in frames(show) if f.mean() > 40]
    assert max((f.max(axis=2) - f.min(axis=2)).mean() for f in grey) < 20


def test_a_season_keeps_its_places_and_people_when_others_are_added(show):
    run(show, "{theme: pastel}")
    clips = [shot["clip"] for shot in output(show, "s01e01")["shots"]]
    later = "INT. ATTIC - NIGHT\n\nInes and Tom hide.\n\n" + SCRIPT + "\nINES\nNot even me?\n"
    (show / "episodes" / "s01e02.fountain").write_text(later)
    ended = pipeline("run", show / "episodes" / "s01e02.fountain")
    assert ended.code == 0, ended.err
    again = [shot["clip"] for shot in output(show, "s01e02")["shots"]]
    # The kitchen is the very same picture; only what the story changed is another.
    assert len(set(clips) & set(again)) >= 2


def output(show, episode):
    return json.loads((show / "builds" / episode / "render_output.json").read_bytes())


THEMES_REFUSED = {
    "{theme: comic}": ("picture.theme.name", "storyboard"),
    "{theme: {palette: [red]}}": ("picture.theme.palette", "#"),
    "{theme: {line_percent: 900}}": ("picture.theme.line_percent", "300"),
}


@pytest.mark.parametrize("written", THEMES_REFUSED)
def test_a_theme_that_cannot_be_had_is_refused_by_name(show, written):
    where, told = THEMES_REFUSED[written]
    ended, _ = run(show, written)
    assert ended.code == 1
    assert where in ended.err
    assert told in ended.err


def test_a_prop_of_the_show_is_seen_where_the_action_names_it(show):
    (show / "assets" / "props").mkdir(parents=True)
    Image.new("RGB", (60, 60), (255, 0, 255)).save(show / "assets" / "props" / "door.png")
    Image.new("RGB", (60, 60), (255, 0, 255)).save(show / "assets" / "props" / "sword.png")
    script = SCRIPT.replace("Mara waits by the door.", "A DOOR.")
    (show / "episodes" / "s01e01.fountain").write_text(script)
    ended, made = run(show, "{}")
    assert ended.code == 0, ended.err
    assert "assets/props/door.png" in made["asset"]
    assert "assets/props/sword.png" not in made["asset"]
    pink = [(f[..., 0] > 180) & (f[..., 1] < 60) & (f[..., 2] > 170) for f in frames(show)]
    assert max(np.count_nonzero(each) for each in pink) > 200
    (show / "assets" / "props" / "door.png").write_bytes(b"no picture")
    ended, _ = run(show, "{}")
    assert ended.code == 0, ended.err
    assert "the film does without it" in ended.err + json.dumps(ended.json)
