"""Scripts and settings that make no film: what a writer reads, and what is left behind."""

import json
import os
import shutil

import pytest

from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import make_show


def summary_of(build):
    return json.loads((build / "run_summary.json").read_bytes())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n", "this seems to be a PDF"),
        (b"PK\x03\x04\x14\x00\x06\x00word/document.xml", "a Word document (.docx)"),
        (b'<?xml version="1.0"?>\n<FinalDraft DocumentType="Script">', "a Final Draft document"),
        (bytes(range(256)) * 9, "a binary file"),
        (b"", "found no scene, action or dialogue"),
        (b"Title: Only a title\nAuthor: Me\n", "found no scene, action or dialogue"),
        (
            b"INT. KITCHEN - DAY\n\nIn the caf\xe9.\n",
            "s01e01.fountain:3: byte 31 of the file (0xe9)",
        ),
    ],
    ids=["pdf", "docx", "fdx", "binary", "empty", "title page", "latin-1"],
)
def test_a_file_that_is_no_screenplay_is_told_apart(command, tmp_path, content, says):
    episode = make_show(tmp_path)
    episode.write_bytes(content)
    ended = command("run", episode)
    assert ended.code == 1
    assert ended.out == ""
    assert "reading the script: failed" in ended.err
    assert "error: episodes/s01e01.fountain" in ended.err
    assert says in ended.err
    assert "what to do: " in ended.err
    summary = summary_of(tmp_path / "builds" / "s01e01")
    assert (summary["state"], summary["exit_code"]) == ("failed", 1)
    assert summary["error"]["stage"] == "read_script"
    assert not (tmp_path / "builds" / "s01e01" / "script.json").exists()


@pytest.mark.parametrize(
    ("suffix", "content", "says"),
    [
        ("json", '{"scenes": [\n {"a": }\n]}', "s01e01.json:2:8: "),
        ("json", '{"schema": "ShotList/1.0.0"}', "expected a Script, found a ShotList"),
        ("json", '{"schema": "Script/9.0.0", "scenes": []}', "Script/9.0.0 cannot be read"),
        ("yaml", "a: [\nb: c: d\n", "s01e01.yaml:2:5: "),
        ("yaml", "schema: Script/1.0.0\n", "s01e01.yaml"),
    ],
)
def test_a_script_in_another_form_names_the_line(command, tmp_path, suffix, content, says):
    episode = make_show(tmp_path).with_suffix(f".{suffix}")
    episode.write_text(content)
    ended = command("run", episode)
    assert ended.code == 1
    assert says in ended.err
    assert "what to do: " in ended.err
    assert "Traceback" not in ended.err


def test_a_file_larger_than_any_screenplay_is_not_read(command, tmp_path):
    episode = make_show(tmp_path)
    with episode.open("wb") as file:
        file.truncate(17_000_000)
    ended = command("run", episode)
    assert ended.code == 1
    assert "holds 17.0 MB, and no screenplay is longer than 16.8 MB" in ended.err


def test_a_file_the_system_will_not_read_is_named(command, tmp_path):
    # A regular file whose first page is never there: even an administrator gets an error.
    (tmp_path / "pilot.fountain").symlink_to("/proc/self/mem")
    ended = command("run", tmp_path / "pilot.fountain")
    assert ended.code == 1
    assert "error: pilot.fountain: could not be read: Input/output error" in ended.err


@pytest.mark.parametrize("name", ["my épisode 名 one", "-dash", "..", "e" * 240])
def test_odd_names_make_films_all_the_same(command, finished, name):
    episode = finished / "episodes" / f"{name}.fountain"
    shutil.copy(finished / "episodes" / "s01e01.fountain", episode)
    ended = command("run", episode, "--quiet")
    assert (ended.code, ended.err) == (0, "")
    film = ended.out.rstrip("\n")
    assert film.startswith(f"{finished}/builds/")
    assert film.endswith(".mp4")
    assert os.path.getsize(film) > 1000  # noqa: PTH202
    assert command("resume", os.path.dirname(film), "-q").code == 0  # noqa: PTH120


def test_a_name_too_long_for_the_system_is_told_without_a_traceback(command, tmp_path):
    ended = command("run", tmp_path / ("e" * 300 + ".fountain"))
    assert ended.code == 1
    assert "longer than the file system can hold" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("project", "where", "says"),
    [
        ("format: {fps: 23.5}\n", "project.yaml, line 1: format.fps", "23.976, 23.98, 24"),
        ("format: {width: 115, height: 64}\n", "line 1: format.width", "should be even, found 115"),
        (TINY + "casting: {mara: en-gb+f33}\n", "casting of mara", "nearest are en-gb+f3"),
        (TINY + "fonts: assets/fonts/none.ttf\n", "fonts: assets/fonts/none.ttf", "no such font"),
        (TINY + "fonts: project.yaml\n", "project.yaml", "not a readable font file"),
        (TINY + "fonts: ../../etc/passwd\n", "fonts: ../../etc/passwd", "inside the show"),
    ],
)
def test_a_mistake_in_the_settings_ends_the_run(command, finished, project, where, says):
    (finished / "project.yaml").write_text(project)
    ended = command("run", finished / "episodes" / "s01e01.fountain")
    assert ended.code == 1
    assert f"error: {where}" in ended.err or where in ended.err.split("error: ")[1]
    assert says in ended.err
    assert "what to do: " in ended.err


def test_a_setting_nobody_knows_is_remarked_upon(command, finished):
    (finished / "project.yaml").write_text(TINY + "captoins: burned_in\n")
    ended = command("run", finished / "episodes" / "s01e01.fountain")
    assert ended.code == 0
    assert "note: project.yaml, line 3: captoins is not a setting; did you mean `captions`?" in (
        ended.err
    )


JAPANESE = "Title: 東京\n\nINT. 台所 - DAY\n\n彼女は待つ。\n"


def font_with(letters, path):
    """A font file in which every one of `letters` is a black square."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    names = {ord(letter): f"u{ord(letter):04X}" for letter in sorted(set(letters))}
    glyphs = [".notdef", *names.values()]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(glyphs)
    font.setupCharacterMap(names)
    font.setupGlyf(dict.fromkeys(glyphs, square))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 100)))
    font.setupHorizontalHeader(ascent=900, descent=-100)
    font.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    path.parent.mkdir(parents=True, exist_ok=True)
    font.save(path)


def test_emoji_stop_no_film_and_are_told(command, tmp_path):
    script = "INT. HALL - DAY\n\nMara \U0001f389 dances.\n\nMARA\nHello \U0001f389\n"
    episode = make_show(tmp_path, script=script, project=TINY + "voice: none\n")
    ended = command("run", episode)
    assert ended.code == 0, ended.err
    assert "note: no font has \U0001f389: the picture goes without" in ended.err
    captions = (tmp_path / "builds" / "s01e01" / "s01e01.srt").read_text(encoding="utf-8")
    assert "Hello \U0001f389" in captions


def test_a_letter_without_a_font_is_named_and_a_font_helps(command, tmp_path):
    project = TINY + "language: ja\nvoice: none\n"
    episode = make_show(tmp_path, script=JAPANESE, project=project)
    ended = command("run", episode)
    assert ended.code == 1
    assert "error: episodes/s01e01.fountain:1: no font has the character '東' U+6771" in ended.err
    assert "add a font file that has it under `fonts:` in project.yaml" in ended.err
    assert not (tmp_path / "builds" / "s01e01" / "s01e01.mp4").exists()
    assert summary_of(tmp_path / "builds" / "s01e01")["error"]["code"] == "missing-glyph"

    font_with(JAPANESE, tmp_path / "assets" / "fonts" / "squares.ttf")
    (tmp_path / "project.yaml").write_text(project + "fonts: assets/fonts/squares.ttf\n")
    ended = command("run", episode)
    assert ended.code == 0, ended.err
    assert (tmp_path / "builds" / "s01e01" / "s01e01.mp4").is_file()
