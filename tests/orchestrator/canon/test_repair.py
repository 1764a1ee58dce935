"""`pipeline canon repair`: patches to the script that the gate has confirmed, never to canon."""

import json
import subprocess

import pytest

from canon import repair_search
from orchestrator.canon import repair as canon_repair
from orchestrator.canon.repair import propose_repairs, repair_all
from orchestrator.canon.store import canon_at
from orchestrator.shows.show import find_episode
from schemas.errors import PipelineError
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import make_show

SEED = {
    "mara": {"age": "34", "location": "harbour"},
    "jonas": {"status": "dead"},
    "mill": {"status": "destroyed", "name": "Mill"},
    "harbour": {"name": "Harbour"},
}
SCRIPT = """Title: A

INT. HALL - DAY

[[canon: mara.age = 20]]

JONAS (CONT'D)
Hello.

JONAS (O.S.) ^
Still here.

EXT. PIER - DAY #2#

MARA
Ships.

EXT. MILL - NIGHT #3#

Rain.

[[canon: jonas.status = alive; mara.hair = red]]
"""


def show_with(tmp_path, script=SCRIPT):
    episode = make_show(tmp_path / "show", script=script, project=TINY, name="s01e02")
    folder = tmp_path / "show" / "canon"
    folder.mkdir()
    (folder / "canon.json").write_text(json.dumps(SEED))
    return episode


def added(patch):
    return [row[1:] for row in patch.splitlines() if row[:1] == "+" and row[:3] != "+++"]


def removed(patch):
    return [row[1:] for row in patch.splitlines() if row[:1] == "-" and row[:3] != "---"]


def test_every_finding_gets_a_patch_of_its_own_in_a_writers_words(tmp_path):
    proposals = propose_repairs(find_episode(show_with(tmp_path)))
    told = [(p.finding.rule, p.repair.what, removed(p.patch), added(p.patch)) for p in proposals]
    assert told == [
        (
            "age",
            "let the script say what canon says: 34",
            ["[[canon: mara.age = 20]]"],
            ["[[canon: mara.age = 34]]"],
        ),
        (
            "life_and_death",
            "let JONAS be heard and not seen in this scene (V.O.)",
            ["JONAS (CONT'D)", "JONAS (O.S.) ^"],
            ["JONAS (V.O.) (CONT'D)", "JONAS (V.O.) ^"],
        ),
        (
            "location",
            "say that mara has come to pier",
            [],
            ["[[canon: mara.location -> pier]]", ""],
        ),
        (
            "destroyed_place",
            "set the scene in the ruins",
            ["EXT. MILL - NIGHT #3#"],
            ["EXT. MILL (RUINS) - NIGHT #3#"],
        ),
        (
            "resurrection",
            "let the script say what canon says: dead",
            ["[[canon: jonas.status = alive; mara.hair = red]]"],
            ["[[canon: jonas.status = dead; mara.hair = red]]"],
        ),
    ]
    assert proposals[0].others == ("take mara.age out",)  # nobody grows younger
    assert proposals[2].others == (
        "let MARA be heard and not seen in this scene (V.O.)",
        "make the scene a memory (FLASHBACK)",
    )


def test_all_together_pass_the_gate_and_canon_is_as_it_was(command, tmp_path):
    episode = show_with(tmp_path)
    episode.chmod(0o640)
    before = canon_at(tmp_path / "show").head()
    ended = command("canon", "repair", episode, "--apply")
    assert ended.code == 0, ended.err
    assert "nothing in s01e02 contradicts canon" in ended.err
    assert command("canon", "check", episode).code == 0
    assert canon_at(tmp_path / "show").head() == before
    backup = episode.with_name("s01e02.fountain.orig-1")
    assert backup.read_text() == SCRIPT
    assert (episode.stat().st_mode & 0o777, len(added(ended.out))) == (0o640, 7)
    again = command("canon", "repair", episode, "--apply")
    assert (again.code, again.out) == (0, "")
    assert not episode.with_name("s01e02.fountain.orig-2").exists()


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_patch_of_all_is_taken_by_the_patch_program(command, tmp_path, line_end):
    episode = show_with(tmp_path, "")
    text = ("\ufeff" + SCRIPT.rstrip("\n")).replace("\n", line_end)
    episode.write_bytes(text.encode())
    out = tmp_path / "mend.patch"
    assert command("canon", "repair", episode, "--out", out).code == 0
    assert episode.read_bytes() == text.encode()
    done = subprocess.run(
        ["git", "apply", "-p1", str(out)], cwd=tmp_path / "show", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert command("canon", "check", episode).code == 0
    patched = episode.read_bytes()
    episode.write_bytes(text.encode())
    assert command("canon", "repair", episode, "--apply").code == 0
    assert episode.read_bytes() == patched
    assert patched.startswith("\ufeffTitle: A".encode())


def test_without_apply_nothing_is_written_and_the_patches_are_printed(command, tmp_path):
    episode = show_with(tmp_path)
    ended = command("canon", "repair", episode)
    assert ended.code == 0
    assert ended.out.count("--- a/episodes/s01e02.fountain\n+++ b/episodes/s01e02.fountain\n") == 5
    assert "  or: make the scene a memory (FLASHBACK)" in ended.err
    assert episode.read_text() == SCRIPT
    answer = command("canon", "repair", episode, "--json").json
    assert [each["finding"]["line"] for each in answer] == [5, 7, 15, 18, 22]
    assert [path.name for path in episode.parent.iterdir()] == ["s01e02.fountain"]


def test_a_change_is_offered_where_the_story_may_change(tmp_path):
    script = "INT. HALL - DAY\n\n[[canon: mara.age = 40]]\n"
    (proposal,) = propose_repairs(find_episode(show_with(tmp_path, script)))
    assert proposal.others == (
        "say that mara.age becomes 40 here",
        "take mara.age out",
    )


def test_a_contradiction_inside_the_script_is_mended_by_its_own_word(tmp_path):
    script = "INT. HALL - DAY\n\n[[canon: x.eyes = blue]]\n\nRain.\n\n[[canon: x.eyes = green]]\n"
    (proposal,) = propose_repairs(find_episode(show_with(tmp_path, script)))
    assert added(proposal.patch) == ["[[canon: x.eyes = blue]]"]


def test_what_no_repair_mends_stays_and_blocks(command, tmp_path, monkeypatch):
    episode = show_with(tmp_path)
    monkeypatch.setattr(repair_search, "repairs", lambda *_: iter(()))
    ended = command("canon", "repair", episode)
    assert (ended.code, ended.out) == (5, "")
    assert ended.err.count("  by hand: ") == 5
    assert command("canon", "repair", episode, "--apply").code == 5
    assert episode.read_text() == SCRIPT


def test_a_repair_that_breaks_something_else_is_not_offered(tmp_path, monkeypatch):
    from canon.repair import Repair

    worse = SCRIPT.replace("mara.age = 20", "mara.age = 34").replace("(CONT'D)", "\n\nMARA\nOh.\n")
    broken = SCRIPT.replace("[[canon: mara.age = 20]]", "[[canon: what]]")
    offers = [Repair("worse", worse), Repair("broken", broken), Repair("nothing", SCRIPT)]
    monkeypatch.setattr(repair_search, "repairs", lambda *_: iter(offers))
    assert propose_repairs(find_episode(show_with(tmp_path)))[0].repair is None


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path, monkeypatch):
    episode = show_with(tmp_path)
    place = find_episode(episode)
    first = canon_repair.write_new

    def meanwhile(path, data, mode):
        first(path, data, mode)
        episode.write_text("INT. HALL - DAY\n\nMine.\n")

    monkeypatch.setattr(canon_repair, "write_new", meanwhile)
    with pytest.raises(PipelineError) as raised:
        repair_all(place, write=True)
    assert raised.value.code == "changed-meanwhile"
    assert [path.name for path in episode.parent.iterdir()] == ["s01e02.fountain"]
    assert episode.read_text().endswith("Mine.\n")


def test_only_a_fountain_file_in_utf_8_is_repaired(command, tmp_path):
    episode = show_with(tmp_path)
    other = episode.with_name("s01e03.json")
    other.write_text('{"scenes": []}')
    ended = command("canon", "repair", other)
    assert (ended.code, "only a Fountain file" in ended.err) == (1, True)
    episode.write_bytes("\ufeffINT. HALL\n".encode("utf-16-le"))
    ended = command("canon", "repair", episode)
    assert (ended.code, "is not UTF-8" in ended.err) == (1, True)


def test_what_is_only_proposed_is_not_repaired(command, tmp_path):
    episode = show_with(tmp_path, "INT. HALL - DAY\n\nTOM\nHello.\n")
    first = episode.with_name("s01e01.fountain")
    first.write_text("INT. HALL - DAY\n\n[[canon: tom.status -> dead]]\n\nRain.\n")
    assert command("canon", "propose", first).code == 0
    assert "pending" in command("canon", "check", episode).out
    assert propose_repairs(find_episode(episode)) == ()
