"""A show in another folder, all of its files with other times: nothing is made again."""

import os
import shutil

from PIL import Image

from tests.orchestrator.show_on_disk import digests, make_show
from tests.renderers.fonts import fonts_on_disk as fonts

PROJECT = "id: test\nformat: {width: 114, height: 64}\nfonts: assets/own.ttf\n"
LONG_AGO_S = 1_000_000_000


def test_a_show_that_was_copied_elsewhere_makes_nothing_again(command, tmp_path):
    show, moved = tmp_path / "show", tmp_path / "elsewhere" / "the same show"
    make_show(show, project=PROJECT)
    kitchen = show / "assets" / "backgrounds" / "kitchen.png"
    kitchen.parent.mkdir(parents=True)
    Image.new("RGB", (64, 48), "red").save(kitchen)
    fonts.write(show / "assets" / "own.ttf", fonts.good())
    assert command("run", show / "episodes" / "s01e01.fountain", "-q").code == 0
    moved.parent.mkdir()
    shutil.copytree(show, moved)
    for path in moved.rglob("*"):
        os.utime(path, (LONG_AGO_S, LONG_AGO_S))
    # What only came in because a plan was made is to be found again for another plan too.
    (moved / "project.yaml").write_text(PROJECT + "placeholder_tag: false\n")
    ended = command("run", moved / "episodes" / "s01e01.fountain", "--json").json
    again = [f"{work['kind']} {work['name']}" for work in ended["work"] if not work["hit"]]
    brought_in = [name for name in again if name.split()[0] in ("asset", "font", "line")]
    assert brought_in == []
    (moved / "project.yaml").write_text(PROJECT)
    ended = command("run", moved / "episodes" / "s01e01.fountain", "--json").json
    assert [work["name"] for work in ended["work"] if not work["hit"]] == []
    assert digests(moved / "builds" / "s01e01") == digests(show / "builds" / "s01e01")
