"""`pipeline canon context` and `recall`, over the Scripts of real runs."""

import json
import shutil

import pytest

from orchestrator.canon.word_vectors import read_word_vectors
from orchestrator.cli.main import main
from schemas.context_pack import ContextPack
from schemas.documents import read_document
from schemas.errors import PipelineError
from tests.orchestrator.conftest import TINY
from tests.orchestrator.show_on_disk import make_show

ONE = """Title: One

= A lantern is lit.

INT. STATION - NIGHT

The lantern burns on its hook.

[[canon: the_key.question = Who has the key?]]

NORA
The road is open.

[[canon: nora.mood -> glad]]
"""
TWO = "INT. STATION - NIGHT\n\nNORA\nStill open.\n"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    show = tmp_path_factory.mktemp("told") / "show"
    project = TINY + "voice: none\n"
    first = make_show(show, script=ONE, project=project)
    make_show(show, script=TWO, project=project, name="s01e02")
    assert main(["run", str(first), "-q"]) == 0
    return show


def test_the_pack_of_an_episode_is_the_same_bytes_after_everything_was_thrown_away(
    command, told, tmp_path
):
    out = tmp_path / "pack.json"
    episode = told / "episodes" / "s01e02.fountain"
    ended = command("canon", "context", episode, "--out", out)
    assert (ended.code, ended.out) == (0, f"{out}\n")
    pack = read_document(out.read_bytes(), ContextPack, "the pack")
    assert pack.last_episode.summary == "A lantern is lit."
    assert [thread.text for thread in pack.open_threads] == ["Who has the key?"]
    assert "nora.mood = glad" in [f"{f.subject}.{f.attribute} = {f.value}" for f in pack.facts]
    assert pack.recalled[0].file == "episodes/s01e01.fountain"
    assert len(pack.preimage()) <= pack.budget_bytes

    other = tmp_path / "elsewhere" / "show"
    ignored = shutil.ignore_patterns(".pipeline", "builds")
    shutil.copytree(told, other, ignore=ignored)
    assert main(["run", str(other / "episodes" / "s01e01.fountain"), "-q"]) == 0
    again = tmp_path / "again.json"
    assert command("canon", "context", other / "episodes/s01e02.fountain", "--out", again).code == 0
    assert again.read_bytes() == out.read_bytes()


def test_an_episode_that_is_not_written_yet_has_a_pack_for_people(command, told):
    text = command("canon", "context", "s01e03", "--show", told, "--budget", "6000").out
    assert text.startswith("before s01e03, canon ")
    assert "\nlast episode: s01e01 “One”\n  A lantern is lit.\n" in text
    assert "\nopen threads:\n  Who has the key?  (episodes/s01e01.fountain:9)\n" in text
    assert "\nfacts:\n  nora.mood = glad  (since s01e01, scene int_station_night, " in text
    small = command("canon", "context", "s01e03", "--show", told, "--budget", "900").out
    assert "no room for: " in small
    refused = command("canon", "context", "s01e03", "--show", told, "--budget", "9")
    assert (refused.code, "holds no pack" in refused.err) == (1, True)


def test_what_was_told_is_found_again_and_changes_no_canon(command, told):
    before = command("canon", "show", "--show", told).out
    found = command("canon", "recall", "burning lanterns", "--show", told, "--json").json
    assert found[0]["text"] == "The lantern burns on its hook."
    assert (found[0]["file"], found[0]["line"]) == ("episodes/s01e01.fountain", 7)
    text = command("canon", "recall", "burning lanterns", "--limit", "1", "--show", told).out
    assert text.endswith("s01e01  episodes/s01e01.fountain:7  The lantern burns on its hook.\n")
    nothing = command("canon", "recall", "lantern", "--before", "s01e01", "--show", told)
    assert nothing.out == "nothing like it was told in a run\n"
    assert command("canon", "show", "--show", told).out == before
    assert command("fsck", told).code == 0


def test_a_trained_model_can_be_asked_instead(command, told, tmp_path):
    vectors = tmp_path / "vectors.txt"
    vectors.write_text("3 2\nlantern 0.9 0.01\nlamp 0.88 0\nroad 0 0.7\n")
    asked = ("canon", "recall", "lamp", "--vectors", vectors, "--show", told, "--json")
    assert "lantern" in command(*asked).json[0]["text"].lower()
    pack = command("canon", "context", "s01e03", "--vectors", vectors, "--show", told, "--json")
    assert pack.code == 0
    missing = command("canon", "recall", "lamp", "--vectors", tmp_path / "none", "--show", told)
    assert (missing.code, "what to do" in missing.err) == (1, True)


def test_a_show_without_runs_remembers_nothing(command, tmp_path):
    make_show(tmp_path, project=TINY)
    assert command("canon", "recall", "x", "--show", tmp_path).out.startswith("nothing like it")
    pack = command("canon", "context", "s01e01", "--show", tmp_path, "--json").json
    assert (pack["last_episode"], pack["facts"], pack["recalled"]) == (None, [], [])


def test_only_the_words_that_are_needed_are_kept(tmp_path):
    path = tmp_path / "v.vec"
    path.write_text("Tide 0.12345 -1\nsand 1 2\n")
    found = read_word_vectors(path, "ab" * 32, {"tide"})
    assert (found.name, found.dimensions) == ("word-vectors/1 abababababababab", 2)
    assert found.embed("TIDE tide sand") == ((0, 2468), (1, -20000))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no vectors"),
        (b"tide 1 2\nsand 1\n", "line 2: 1 numbers, expected 2"),
        (b"tide 1 x\n", "line 1: 'x' is no number"),
        (b"tide 1 nan\n", "is no number"),
        (b"tide 1 1e9\n", "is no number"),
        (b"\xff\xfe\n", "is not UTF-8"),
        (b"x" * 300_000, "numbers, expected"),
    ],
)
def test_a_file_that_is_no_model_is_refused_with_its_line(tmp_path, content, says):
    path = tmp_path / "v.vec"
    path.write_bytes(content)
    with pytest.raises(PipelineError) as raised:
        read_word_vectors(path, "ab" * 32, {"tide"})
    assert says in str(raised.value)
    assert raised.value.hint


def test_the_pack_is_written_as_the_contract(command, told):
    printed = command("canon", "context", "s01e03", "--show", told, "--json").out
    assert json.loads(printed)["schema"] == "ContextPack/1.0.0"
