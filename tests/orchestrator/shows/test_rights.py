"""Assets whose licence ends: used to its last day, refused from then on, and collected."""

import json
import math
import struct
import wave

import pytest
from PIL import Image

from orchestrator.seams import clock
from orchestrator.shows import rights
from orchestrator.store.registry import Registry
from tests.orchestrator.show_on_disk import digests, make_show

TINY = "id: test\nformat: {width: 114, height: 64}\nvoice: none\n"
KITCHEN = "assets/backgrounds/kitchen.png"


@pytest.fixture
def show(tmp_path):
    """A show whose kitchen and music are licensed to the end of June 2030."""
    make_show(tmp_path / "show", project=TINY)
    kitchen = tmp_path / "show" / KITCHEN
    kitchen.parent.mkdir(parents=True)
    Image.new("RGB", (64, 48), "red").save(kitchen)
    music = tmp_path / "show" / "assets" / "music" / "theme.wav"
    music.parent.mkdir()
    with wave.open(str(music), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        values = (int(9000 * math.sin(n / 20)) for n in range(48000))
        file.writeframes(b"".join(struct.pack("<h", value) for value in values))
    license_until(kitchen, "2030-06-30")
    return tmp_path / "show"


def license_until(path, day):
    path.with_name(f"{path.name}.license.yaml").write_text(
        f"license_type: commercial_licensed\npurchase_record: invoice 7\nexpires: {day}\n"
    )


def today(monkeypatch, day):
    monkeypatch.setattr(rights, "utc_day", lambda: day)


def run(command, show, *more):
    return command("run", show / "episodes" / "s01e01.fountain", "--quiet", *more)


def films(show):
    return digests(show / "builds" / "s01e01")


def test_an_asset_serves_to_its_last_day_and_is_refused_the_day_after(command, show, monkeypatch):
    today(monkeypatch, "2025-01-01")
    assert run(command, show).code == 0
    before = films(show)
    today(monkeypatch, "2030-06-30")
    assert run(command, show).code == 0
    assert films(show) == before
    today(monkeypatch, "2030-07-01")
    ended = run(command, show)
    assert ended.code == 1
    assert f"{KITCHEN}: its licence ended on 2030-06-30" in ended.err
    assert "what to do: renew it" in ended.err
    assert not (show / "builds" / "s01e01" / "s01e01.mp4").exists()
    license_until(show / KITCHEN, "2031-06-30")
    assert run(command, show).code == 0
    assert films(show)["s01e01.mp4"] == before["s01e01.mp4"]


def test_what_no_shot_shows_may_have_ended(command, show, monkeypatch):
    garden = show / "assets" / "backgrounds" / "garden.png"
    Image.new("RGB", (64, 48), "green").save(garden)
    license_until(garden, "2019-12-31")
    today(monkeypatch, "2025-01-01")
    assert run(command, show).code == 0


def test_a_recorded_line_is_refused_likewise(command, show, monkeypatch):
    project = TINY.replace("voice: none\n", "voice: recorded\n")
    (show / "project.yaml").write_text(project)
    assert run(command, show).code == 0
    music = (show / "assets" / "music" / "theme.wav").read_bytes()
    voices = show / "assets" / "voices" / "mara"
    voices.mkdir(parents=True)
    (voices / "is_it_open.wav").write_bytes(music)
    license_until(voices / "is_it_open.wav", "2024-12-31")
    today(monkeypatch, "2025-01-01")
    ended = run(command, show)
    assert (ended.code, "is_it_open.wav: its licence ended on 2024-12-31" in ended.err) == (1, True)


@pytest.mark.parametrize("day", ["soon", "2030-06-31", "20300630", "2030-6-3", "2030"])
def test_a_last_day_that_is_none_is_refused(command, show, day):
    license_until(show / KITCHEN, f'"{day}"')
    ended = run(command, show)
    assert ended.code == 1
    assert f"{KITCHEN}.license.yaml: `expires` should be the last day" in ended.err
    assert repr(day) in ended.err


def test_the_record_of_an_asset_carries_its_licence(command, show):
    assert run(command, show).code == 0
    plan = json.loads((show / "builds" / "s01e01" / "render_plan.json").read_text())
    (blob,) = (r["blob"] for r in plan["resolutions"] if r["source_name"] == KITCHEN)
    license_ = Registry(show).read_record(blob)["license"]
    assert (license_["expires"], license_["purchase_record"]) == ("2030-06-30", "invoice 7")


def test_gc_names_what_the_film_stands_on_and_takes_it_when_it_is_out(command, show, monkeypatch):
    assert run(command, show).code == 0
    license_until(show / KITCHEN, "2020-01-01")
    monkeypatch.setattr(rights, "utc_day", lambda: "2020-01-01")
    assert run(command, show).code == 0
    told = command("gc", show, "--json").json["licenses_ended"]
    assert told == [{"episode": "s01e01", "name": KITCHEN, "last_day": "2020-01-01"}]
    assert f"{KITCHEN}: its licence ended on 2020-01-01" in command("gc", show).out
    (show / KITCHEN).unlink()
    monkeypatch.undo()
    assert run(command, show).code == 0
    assert command("gc", show, "--json").json["licenses_ended"] == []


def test_the_day_is_that_of_utc():
    assert (clock.utc_day(1_700_006_399), clock.utc_day(1_700_006_400)) == (
        "2023-11-14",
        "2023-11-15",
    )
