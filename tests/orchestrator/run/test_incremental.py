"""What an edit costs, in operations: the shots it touches and no other."""

import json
import shutil

import pytest

from tests.orchestrator.show_on_disk import make_show, pipeline

KITCHEN = """INT. KITCHEN - DAY

Mara waits by the door.

MARA
Is it open?

TOM
It was never shut, and I said so this morning before anybody else was up.

"""
GARDEN = """EXT. GARDEN - NIGHT

Tom runs.

TOM
Wait for me.

"""
CELLAR = """INT. CELLAR - NIGHT

Mara counts the jars.

MARA
Nine. There were ten.

FADE OUT.
"""
SMALL = "format: {width: 160, height: 90}\n"


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    made = {}
    for kind, project in (("sidecar", SMALL), ("burned", SMALL + "captions: burned_in\n")):
        show = tmp_path_factory.mktemp(kind) / "show"
        ended = pipeline("run", make_show(show, KITCHEN + GARDEN + CELLAR, project))
        assert ended.code == 0, ended.err
        made[kind] = show
    return made


@pytest.fixture
def show(finished, tmp_path):
    shutil.copytree(finished["sidecar"], tmp_path / "show")
    return tmp_path / "show"


@pytest.fixture
def burned(finished, tmp_path):
    shutil.copytree(finished["burned"], tmp_path / "show")
    return tmp_path / "show"


def after(show, script=None, project=None):
    """Run once more; returns the names of what had to be made, by kind."""
    if script is not None:
        (show / "episodes" / "s01e01.fountain").write_text(script)
    if project is not None:
        (show / "project.yaml").write_text("id: test\n" + project)
    ended = pipeline("run", show / "episodes" / "s01e01.fountain", "--json")
    assert ended.code == 0, ended.err
    made = {"line": [], "shot": [], "film": [], "asset": []}
    for item in ended.json["work"]:
        if not item["hit"] and item["kind"] in made:
            made[item["kind"]].append(item["name"])
    return made


def shots(show):
    path = show / "builds" / "s01e01" / "shot_list.json"
    return {each["shot_id"]: each for each in json.loads(path.read_bytes())["shots"]}


def test_a_deleted_scene_makes_no_shot_and_speaks_no_line(show):
    made = after(show, KITCHEN + CELLAR)
    assert (made["line"], made["shot"]) == ([], [])
    assert sorted(made["film"]) == ["film", "sound"]


@pytest.mark.parametrize(
    "order", [(GARDEN, KITCHEN, CELLAR), (CELLAR, KITCHEN, GARDEN), (KITCHEN, CELLAR, GARDEN)]
)
def test_a_moved_scene_makes_none_of_its_shots(show, order):
    before = set(shots(show))
    made = after(show, "".join(order).replace("FADE OUT.\n", "FADE OUT.\n\n"))
    assert made["line"] == []
    # Where no fade is written at the end, the film ends on a look back: a shot that was not there.
    new = {name for name, shot in shots(show).items() if shot["template"] != "end_tail"} - before
    assert (
        set(made["shot"]) - {n for n, s in shots(show).items() if s["template"] == "end_tail"}
        == new
    )
    assert new == set()


def test_an_inserted_action_makes_its_own_shot_only(show):
    before = set(shots(show))
    text = KITCHEN + GARDEN.replace("TOM\nWait", "A dog barks at the gate.\n\nTOM\nWait") + CELLAR
    made = after(show, text)
    assert made["line"] == []
    assert made["shot"]
    assert set(made["shot"]) == set(shots(show)) - before
    assert all(name.startswith("ext_garden_night.") for name in made["shot"]), made


def test_a_deleted_action_makes_no_shot_of_another_scene(show):
    made = after(show, KITCHEN + GARDEN.replace("Tom runs.\n\n", "") + CELLAR)
    assert made["line"] == []
    assert all(name.startswith("ext_garden_night.") for name in made["shot"]), made


def test_another_picture_makes_only_the_shots_that_show_it(show):
    from PIL import Image

    folder = show / "assets" / "backgrounds"
    folder.mkdir(parents=True)
    Image.new("RGB", (320, 180), (90, 120, 60)).save(folder / "garden.png")
    made = after(show)
    there = {name for name, shot in shots(show).items() if shot["location_id"] == "garden"}
    assert there
    assert set(made["shot"]) == there
    assert made["asset"] == ["assets/backgrounds/garden.png"]
    assert made["line"] == []
    Image.new("RGB", (320, 180), (20, 120, 200)).save(folder / "garden.png")
    made = after(show)
    assert set(made["shot"]) == there


def test_another_caption_style_makes_captions_and_no_shot(show):
    srt = show / "builds" / "s01e01" / "s01e01.srt"
    before = srt.read_text()
    made = after(show, project=SMALL + "captions: {max_line_chars: 20}\n")
    assert made == {"line": [], "shot": [], "film": [], "asset": []}
    assert srt.read_text() != before


def test_another_style_of_burned_captions_makes_the_shots_that_show_them_differently(burned):
    made = after(burned, project=SMALL + "captions: {burn_in: true, max_line_chars: 20}\n")
    assert made["line"] == []
    heard = {name for name, shot in shots(burned).items() if shot["audio"]["vo"]}
    assert made["shot"]
    assert set(made["shot"]) <= heard
    assert len(heard) < len(shots(burned))
    assert made["film"] == ["film"]


def test_a_line_said_again_in_a_new_scene_makes_no_shot_of_the_old_one(tmp_path):
    show = tmp_path / "show"
    hall = KITCHEN.replace("KITCHEN", "HALL").replace("Mara waits", "Mara leans")
    assert pipeline("run", make_show(show, KITCHEN + CELLAR, SMALL)).code == 0
    before = set(shots(show))
    made = after(show, hall + KITCHEN + CELLAR)
    assert made["line"] == []
    assert made["shot"]
    assert all(name.startswith("int_hall_day.") for name in made["shot"]), made
    assert before <= set(shots(show))
