"""A show's own fonts: read once in a process of their own, remembered, and never opened here."""

import json
import os

import pytest

from schemas.digest import digest_file
from tests.orchestrator.show_on_disk import make_show
from tests.renderers.fonts import fonts_on_disk as fonts

PROJECT = "id: test\nformat: {width: 114, height: 64}\nvoice: none\nfonts: assets/own.ttf\n"


@pytest.fixture
def show(tmp_path):
    make_show(tmp_path / "show", project=PROJECT + "captions: burned_in\n")
    return tmp_path / "show"


def run(command, show, *more):
    return command("run", show / "episodes" / "s01e01.fountain", *more)


def test_only_what_was_made_of_a_font_is_drawn_with(command, show):
    own = fonts.write(show / "assets" / "own.ttf", fonts.good())
    ended = run(command, show)
    assert ended.code == 0, ended.err
    plan = json.loads((show / "builds" / "s01e01" / "render_plan.json").read_text())
    drawn_with = plan["style"]["fonts"][0]
    assert drawn_with != digest_file(own)
    blob = show / ".pipeline" / "blobs" / drawn_with[:2] / drawn_with[2:]
    assert digest_file(blob) == drawn_with
    again = run(command, show, "--json").json
    assert [item["name"] for item in again["work"] if not item["hit"]] == []
    fonts_read = [item["name"] for item in again["work"] if item["kind"] == "font"]
    assert fonts_read == ["assets/own.ttf"]
    assert "fonts: 0 made, 1 reused" in command("explain", show / "builds" / "s01e01").out


def test_a_font_that_was_lost_is_read_again(command, show):
    fonts.write(show / "assets" / "own.ttf", fonts.good())
    assert run(command, show, "-q").code == 0
    plan = (show / "builds" / "s01e01" / "render_plan.json").read_bytes()
    drawn_with = json.loads(plan)["style"]["fonts"][0]
    (show / ".pipeline" / "blobs" / drawn_with[:2] / drawn_with[2:]).unlink()
    ended = run(command, show)
    assert ended.code == 0, ended.err
    assert (show / "builds" / "s01e01" / "render_plan.json").read_bytes() == plan


def test_a_hostile_font_ends_the_run_and_the_verdict_is_remembered(command, show, monkeypatch):
    fonts.write(show / "assets" / "own.ttf", fonts.giant_letter())
    first = run(command, show)
    assert first.code == 1
    assert "error: project.yaml: fonts: assets/own.ttf: the letter U+0041 is more" in first.err
    assert "what to do: export the font again" in first.err
    monkeypatch.setattr("renderers.fonts.font_ingest.ingest_font", None)
    assert run(command, show).err.splitlines()[-2:] == first.err.splitlines()[-2:]
    fonts.write(show / "assets" / "own.ttf", fonts.good())
    monkeypatch.undo()
    assert run(command, show).code == 0


def test_a_font_of_terabytes_is_not_even_hashed(command, show):
    (show / "assets").mkdir()
    with (show / "assets" / "own.ttf").open("wb") as sparse:
        os.truncate(sparse.fileno(), 1 << 40)
    ended = run(command, show)
    assert ended.code == 1
    assert "project.yaml: fonts: assets/own.ttf: is larger than 64 MiB" in ended.err
