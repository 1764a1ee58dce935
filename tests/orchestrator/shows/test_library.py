"""Pictures and sounds a show brings along, good and bad: a bad one never ends a run."""

import json
import math
import os
import struct
import wave
import zlib

import pytest
from PIL import Image

from orchestrator.shows.library import scan
from schemas.errors import PipelineError
from tests.orchestrator.show_on_disk import episode_of as episode
from tests.orchestrator.show_on_disk import make_show

PNG = b"\x89PNG\r\n\x1a\n"


def picture(path, colour="red", size=(64, 48)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(path):
    """A PNG of 60000 by 60000 pixels in a few kilobytes."""
    header = struct.pack(">IIBBBBB", 60000, 60000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 7501 * 4000, 9)
    path.write_bytes(PNG + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def tone(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        values = (int(9000 * math.sin(n / 20)) for n in range(48000))
        file.writeframes(b"".join(struct.pack("<h", value) for value in values))


def truncated(path):
    picture(path, size=(400, 300))
    path.write_bytes(path.read_bytes()[:90])


def link_out(path):
    path.symlink_to("/etc/passwd")


def loop(path):
    path.symlink_to(path.name)


# What stands where the kitchen's picture should be, and what is said of it.
BAD = {
    "truncated": (truncated, "is damaged or incomplete"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "text": (lambda path: path.write_text("not a picture"), "is not an image of a known kind"),
    "svg": (
        lambda path: path.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>"),
        "is not an image",
    ),
    "playlist": (lambda path: path.write_text("#EXTM3U\nfile:///etc/passwd\n"), "is not an image"),
    "bomb": (bomb, "has more than 240,000,000 pixels"),
    "outside": (link_out, "the file lies outside the show"),
    "loop": (loop, "not a regular file"),
    "folder": (lambda path: path.mkdir(), "not a regular file"),
    "pipe": (os.mkfifo, "not a regular file"),
}


@pytest.fixture
def show(finished):
    """The finished show, with a folder for its backgrounds."""
    (finished / "assets" / "backgrounds").mkdir(parents=True)
    return finished


def read(show, name):
    return json.loads((show / "builds" / "s01e01" / name).read_bytes())


def resolution(show, kind):
    return next(r for r in read(show, "render_plan.json")["resolutions"] if r["kind"] == kind)


@pytest.mark.parametrize("how", BAD)
def test_a_bad_picture_is_named_and_a_placeholder_stands_in(command, show, how):
    make, problem = BAD[how]
    make(show / "assets" / "backgrounds" / "kitchen.png")
    ended = command("run", episode(show), "--strict")
    assert ended.code == 0, ended.err
    note = next(line for line in ended.err.splitlines() if "kitchen.png" in line)
    assert note.startswith(f"note: assets/backgrounds/kitchen.png: {problem}")
    assert note.endswith("; a placeholder stands in")
    found = resolution(show, "background")
    assert found["status"] == "placeholder"
    assert problem in found["reason"]
    shots = read(show, "render_output.json")["shots"]
    missing = [shot for shot in shots if found["asset_key"] in shot["placeholders"]]
    assert missing
    assert {shot["tier"] for shot in missing} == {"placeholder"}
    summary = read(show, "run_summary.json")
    assert summary["state"] == "completed"
    assert any(problem in text for text in summary["placeholders"])


def test_what_is_bad_is_told_again_when_nothing_has_to_be_done(command, show):
    (show / "assets" / "backgrounds" / "kitchen.png").write_text("not a picture")
    notes = []
    for _ in range(2):
        ended = command("run", episode(show))
        notes.append([line for line in ended.err.splitlines() if line.startswith("note: ")])
    assert "finding pictures and sounds: reused" in ended.err
    assert notes[0] == notes[1] != []
    assert notes[0][0].removeprefix("note: ") in read(show, "run_summary.json")["warnings"]


def test_a_mended_picture_is_seen(command, show):
    path = show / "assets" / "backgrounds" / "kitchen.png"
    path.write_text("not a picture")
    assert command("run", episode(show), "-q").code == 0
    before = read(show, "render_output.json")["film"]["blob"]
    picture(path)
    sidecar = path.with_name("kitchen.png.license.yaml")
    sidecar.write_text("license_type: CC0\nattribution: Ann\nredistributable: true\n")
    ended = command("run", episode(show))
    assert ended.code == 0
    assert "kitchen" not in ended.err
    found = resolution(show, "background")
    assert found["status"] == "resolved"
    assert (found["license"]["license_type"], found["license"]["redistributable"]) == ("CC0", True)
    assert read(show, "render_output.json")["film"]["blob"] != before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bed.mp3", b"just some words\n"),
        ("bed.flac", b"fLaC" + b"\0" * 40),
        ("bed.wav", b""),
        ("bed.m4a", b"#EXTM3U\nfile:///etc/passwd\n"),
    ],
)
def test_a_bad_sound_is_named_and_left_out(command, show, name, content):
    (show / "assets" / "music").mkdir()
    (show / "assets" / "music" / name).write_bytes(content)
    ended = command("run", episode(show))
    assert ended.code == 0, ended.err
    assert f"note: assets/music/{name}: it " in ended.err
    assert "; the film does without it" in ended.err
    assert resolution(show, "music")["status"] == "placeholder"
    assert "root:" not in ended.err


def test_a_bad_sound_gives_way_to_a_good_one(command, show):
    tone(show / "assets" / "music" / "second.wav")
    (show / "assets" / "music" / "first.mp3").write_text("just some words")
    ended = command("run", episode(show))
    assert ended.code == 0, ended.err
    assert "assets/music/second.wav is used instead" in ended.err
    assert resolution(show, "music")["status"] == "resolved"


def test_a_form_that_cannot_be_read_is_named_unless_its_export_is_there(command, show):
    folder = show / "assets" / "characters"
    folder.mkdir()
    (folder / "tom.heic").write_bytes(b"....ftypheic")
    (folder / "mara.psd").write_bytes(b"8BPS")
    picture(folder / "mara.png")
    (folder / "notes.txt").write_text("mine")
    ended = command("run", episode(show))
    assert ended.code == 0, ended.err
    assert "assets/characters/tom.heic: .heic files cannot be read, export it as one" in ended.err
    assert "mara" not in ended.err
    assert "notes" not in ended.err


def test_another_problem_with_the_same_picture_is_another_plan(command, show):
    path = show / "assets" / "backgrounds" / "kitchen.png"
    path.symlink_to("/etc/passwd")
    assert "outside the show" in command("run", episode(show)).err
    path.unlink()
    path.mkdir()
    assert "not a regular file" in command("run", episode(show)).err
    path.rmdir()
    ended = command("run", episode(show))
    assert "kitchen.png" not in ended.err
    assert resolution(show, "background")["reason"].startswith("no file for kitchen")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("attribution: me\n", "has no `license_type`"),
        ("- CC0\n", "has no `license_type`"),
        ("license_type: CC0\nredistributable: maybe\n", "should be true or false, found 'maybe'"),
        ("license_type: [\n", "expected"),
    ],
)
def test_a_licence_that_cannot_be_understood_ends_the_run(command, show, written, problem):
    path = show / "assets" / "backgrounds" / "kitchen.png"
    picture(path)
    sidecar = path.with_name("kitchen.png.license.yaml")
    sidecar.write_text(written)
    ended = command("run", episode(show))
    assert ended.code == 1
    assert "assets/backgrounds/kitchen.png.license.yaml" in ended.err
    assert problem in ended.err


def test_the_scan_knows_subjects_variants_and_kinds(tmp_path):
    make_show(tmp_path)
    assets = tmp_path / "assets"
    picture(assets / "backgrounds" / "The Kitchen.night.png")
    picture(assets / "backgrounds" / ".hidden.png")
    picture(assets / "characters" / "mara.JPG")
    tone(assets / "sfx" / "door.wav")
    found = [(file.kind, file.subject_id, file.variant, file.problem) for file in scan(tmp_path)]
    assert found == [
        ("background", "the_kitchen", "night", ""),
        ("character", "mara", "", ""),
        ("sfx", "door", "", ""),
    ]


def test_a_licence_outside_utf8_names_its_line(tmp_path):
    make_show(tmp_path)
    picture(tmp_path / "assets" / "backgrounds" / "a.png")
    sidecar = tmp_path / "assets" / "backgrounds" / "a.png.license.yaml"
    sidecar.write_bytes(b"license_type: CC0\nattribution: Ren\xe9\n")
    with pytest.raises(PipelineError) as caught:
        scan(tmp_path)
    assert caught.value.where == "assets/backgrounds/a.png.license.yaml, line 2"
