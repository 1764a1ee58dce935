"""`pipeline voices`: the cast of an episode, and the sheet an actor records from."""

import csv
import io
from pathlib import Path

from tests.orchestrator.show_on_disk import make_show
from tests.renderers.sound.sound_files import tone, write

SCRIPT = """Title: Sheet

INT. HALL - DAY

MARA
(whispering)
Is it open?

TOM
It was
never shut.

EXT. PIER - NIGHT

MARA
=1+1 is no sum.
"""


def test_the_sheet_names_each_line_its_cue_and_the_file_to_record_it_to(
    tmp_path: Path, command
) -> None:
    episode = make_show(tmp_path / "show", SCRIPT)
    rows = command("voices", "sheet", episode, "--json").json["lines"]
    assert [(row["character"], row["state"]) for row in rows] == [
        ("mara", "missing"),
        ("tom", "missing"),
        ("mara", "missing"),
    ]
    assert rows[1]["before"] == "MARA: Is it open?"
    assert rows[2]["before"] == ""
    assert rows[0]["file"].startswith(f"assets/voices/mara/{rows[0]['line_id']}.")
    wav = tmp_path / "show" / rows[0]["file"]
    wav.parent.mkdir(parents=True)
    write(wav, tone(1, 440))
    write(wav.with_name("a stranger.wav"), tone(1, 440))
    sheet = command("voices", "sheet", episode, "--character", "Mara", "--json").json
    assert [row["state"] for row in sheet["lines"]] == ["recorded", "missing"]
    assert sheet["unused"] == ["assets/voices/mara/a stranger.wav"]


def test_the_sheet_is_readable_and_a_table(tmp_path: Path, command) -> None:
    episode = make_show(tmp_path / "show", SCRIPT)
    text = command("voices", "sheet", episode).out
    assert "## mara\n\n### INT. HALL - DAY\n\n- [ ] *(whispering)* Is it open?\n" in text
    assert "> MARA: Is it open?\n\n- [ ] It was never shut.\n  `assets/voices/tom/tom-" in text
    rows = list(csv.DictReader(io.StringIO(command("voices", "sheet", episode, "--csv").out)))
    assert [row["scene"] for row in rows] == ["INT. HALL - DAY"] * 2 + ["EXT. PIER - NIGHT"]
    assert rows[2]["text"] == "'=1+1 is no sum."


def test_the_cast_says_who_speaks_with_what(tmp_path: Path, command) -> None:
    project = "casting: {tom: {engine: openai, name: onyx}}\nvoice: recorded\n"
    episode = make_show(tmp_path / "show", SCRIPT, project)
    cast = command("voices", episode, "--json").json["cast"]
    assert [(each["character"], each["engine"], each["lines"]) for each in cast] == [
        ("mara", "recorded", 2),
        ("tom", "openai", 1),
    ]
    assert "onyx" in command("voices", episode).out


def test_a_sheet_of_nothing_or_nobody_is_refused(tmp_path: Path, command) -> None:
    assert command("voices", "sheet").code == 2
    episode = make_show(tmp_path / "show", SCRIPT)
    ended = command("voices", "sheet", episode, "--character", "Nora")
    assert ended.code == 1
    assert "there is mara, tom" in ended.err
