"""Stills, contact sheet and review page go through the memo like everything else."""

import orjson

from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.film.film_decoding import decode_samples
from renderers.review.waveform import waveform
from tests.orchestrator.show_on_disk import digests, make_show, pipeline
from tests.renderers.sound.sound_files import real_tools

SCRIPT = """Title: Review

INT. KITCHEN - DAY

Mara waits by the door.

MARA
Is it open?

EXT. YARD - NIGHT

TOM
It was never shut.
"""
SMALL = "voice: none\nformat: {width: 160, height: 90}\n"


def made(ended, kind):
    return [item["name"] for item in ended.json["work"] if item["kind"] == kind and not item["hit"]]


def test_only_a_changed_shot_gets_another_still(tmp_path):
    episode = make_show(tmp_path, SCRIPT, SMALL)
    first = pipeline("run", episode, "--json")
    assert first.code == 0, first.err
    shots = made(first, "shot")
    assert sorted(made(first, "still")) == ["contact sheet", *sorted(shots)]
    assert made(first, "review") == ["waveform", "review page"]
    build = tmp_path / "builds" / "s01e01"
    before = digests(build)
    assert before["contact_sheet.png"] != before["poster.png"]

    episode.write_text(SCRIPT.replace("Mara waits by the door", "Mara sits by the window"))
    again = pipeline("run", episode, "--json")
    redrawn = made(again, "shot")
    assert 0 < len(redrawn) < len(shots)
    assert sorted(made(again, "still")) == ["contact sheet", *sorted(redrawn)]
    assert made(again, "review") == ["waveform", "review page"]
    assert digests(build)["contact_sheet.png"] != before["contact_sheet.png"]

    episode.write_text(SCRIPT)
    back = pipeline("run", episode, "--json")
    assert made(back, "still") == made(back, "review") == []
    assert digests(build) == before


def test_the_waveform_is_that_of_the_delivered_film(tmp_path):
    episode = make_show(tmp_path, SCRIPT, SMALL.replace("voice: none\n", ""))
    assert pipeline("run", episode).code == 0
    film = tmp_path / "builds" / "s01e01" / "s01e01.mp4"
    decoded = decode_samples(film, pinned_ffmpeg(), real_tools(tmp_path))
    kept = [
        orjson.loads(path.read_bytes().split(b"\n", 1)[1])
        for path in (tmp_path / ".pipeline" / "memo").rglob("*.json")
    ]
    (measured,) = (each for each in kept if each["work"]["operation"] == "measure_waveform")
    assert measured["facts"]["peaks"] == waveform(decoded)
    assert any(measured["facts"]["peaks"])


def test_another_name_of_a_scene_draws_the_sheet_again_and_no_still(tmp_path):
    episode = make_show(tmp_path, SCRIPT, SMALL)
    assert pipeline("run", episode).code == 0
    episode.write_text(SCRIPT.replace("EXT. YARD - NIGHT", "EXT. YARD - NIGHT #7A#"))
    again = pipeline("run", episode, "--json")
    assert made(again, "still") == ["contact sheet"]
    assert made(again, "review") == ["review page"]
