"""The command line as people and scripts use it: help, JSON, odd streams, exit codes."""

import json
import os
import subprocess
import sys

import pytest

from orchestrator.seams import console
from tests.orchestrator.show_on_disk import ROOT, SHORT, make_show

PROGRAM = [sys.executable, "-c", "from orchestrator.cli.main import run_program; run_program()"]
COMMANDS = [
    ["run"],
    ["resume"],
    ["status"],
    ["show"],
    ["explain"],
    ["voices"],
    ["canon", "show"],
    ["canon", "log"],
    ["canon", "apply"],
]


def start(*arguments, **options):
    """The command with streams of its own."""
    return subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        **options,
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_an_example(command, words):
    ended = command(*words, "--help")
    assert ended.code == 0
    assert f"pipeline {' '.join(words)}" in ended.out.split("Example", 1)[1]
    assert ended.err == ""


@pytest.mark.parametrize("words", [[], ["canon"]], ids=["pipeline", "canon"])
def test_the_list_of_commands_is_whole(command, words):
    ended = command(*words)
    rows = (ended.out + ended.err).split("Commands:\n")[1].splitlines()
    listed = {row.split()[0] for row in rows}
    assert listed >= {names[len(words)] for names in COMMANDS if names[: len(words)] == words}
    assert not [row for row in rows if row.endswith("...")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run"], "Missing argument"),
        (["run", "a.fountain", "b.fountain"], "unexpected extra argument"),
        (["run", "a.fountain", "--workers", "many"], "--workers"),
        (["run", "a.fountain", "--workers", "-1"], "--workers"),
        (["run", "a.fountain", "--frobnicate"], "--frobnicate"),
        (["runn", "a.fountain"], "Did you mean 'run'"),
        (["run", "a.fountain", "--profile", "best"], "`best` is not a profile"),
    ],
)
def test_wrong_usage_is_2_in_words_and_in_json(command, arguments, says):
    ended = command(*arguments)
    assert ended.code == 2
    assert says in ended.err
    assert ended.out == ""
    error = command(*arguments, "--json").json["error"]
    assert error["code"] in ("usage", "profile")
    assert says in error["problem"]


def test_a_file_that_looks_like_an_option_is_explained(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-x.fountain").write_text(SHORT)
    ended = command("run", "-x.fountain")
    assert ended.code == 2
    assert "write ./-x.fountain" in ended.err


def test_what_follows_two_dashes_is_a_name(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = command("run", "--", "--json")
    assert (ended.code, ended.out) == (1, "")
    assert "error: --json: there is no such file" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "nothing.fountain"],
        ["resume", "nothing"],
        ["status", "nothing"],
        ["show", "nothing"],
        ["explain", "nothing"],
        ["canon", "show", "--show", "nothing"],
        ["canon", "log", "--show", "nothing"],
        ["canon", "apply", "nothing"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_every_error_is_json_too(command, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    ended = command(*arguments, "--json")
    assert ended.code == 1
    error = ended.json["error"]
    assert set(error) == {"code", "where", "problem", "hint"}
    assert error["hint"]
    assert ended.err.startswith("error: ")
    assert "what to do: " in ended.err


def test_a_profile_names_a_provider_that_is_known(command, finished):
    ended = command("run", finished / "episodes" / "s01e01.fountain", "--profile", "hq_cloud")
    assert (ended.code, "provider cloud: is not known" in ended.err) == (2, True), ended.err


def test_every_answer_is_json_alone_on_standard_output(command, finished):
    build = finished / "builds" / "s01e01"
    episode = finished / "episodes" / "s01e01.fountain"
    assert command("run", episode, "--json").json["state"] == "completed"
    assert command("resume", build, "--json").json["memo_misses"] == 0
    assert command("status", finished, "--json").json["episodes"][0]["exit_code"] == 0
    assert command("explain", build, "--json").json["work"]["shot"]
    assert command("show", build, "--json").json["content"]["status"] == "completed"
    assert command("voices", "fr", "--json").json["voices"][0] == "fr"
    assert command("canon", "show", "--show", finished, "--json").json["facts"]
    assert command("canon", "log", "--show", finished, "--json").json["snapshots"][0]["episode"]
    applied = command("canon", "apply", build / "canon_diff.json", "--json").json
    assert applied["changed"] is False


def test_a_failed_run_prints_its_summary_as_json(command, tmp_path):
    episode = make_show(tmp_path, script="Title: Nothing\n")
    ended = command("run", episode, "--json")
    assert ended.code == 1
    assert ended.json["state"] == "failed"
    assert ended.json["error"]["stage"] == "read_script"
    assert "found no scene" in ended.json["error"]["problem"]
    assert "found no scene" in ended.err


def test_quiet_leaves_the_path_for_scripts_and_nothing_else(command, finished):
    ended = command("run", finished / "episodes" / "s01e01.fountain", "-q")
    assert ended == type(ended)(0, f"{finished}/builds/s01e01/s01e01.mp4\n", "")


def test_the_voices_named_in_hints_can_be_listed(command):
    names = command("voices", "en-GB").out.split()
    assert names[0] == "en-gb"
    assert "en-gb+f3" in names
    assert len(command("voices").out.split()) > 100


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_no_character_stops_a_message(tmp_path, encoding):
    name = "café 名 \U0001f600.fountain"
    env = {"PYTHONIOENCODING": encoding, "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [*PROGRAM, "run", name, "--json"],
        cwd=tmp_path,
        env={**os.environ, **env},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert json.loads(ended.stdout.decode(encoding))["error"]["where"] == name
    assert "there is no such file" in ended.stderr.decode(encoding)


def test_a_terminal_is_shown_characters_and_never_obeys_them(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = command("run", "\x1b[2Jgone\x9b.fountain", "--json")
    assert "\\x1b[2Jgone\\x9b.fountain" in ended.err
    assert "\x1b" not in ended.err + ended.out
    assert ended.json["error"]["where"] == "\x1b[2Jgone\x9b.fountain"


def test_printable_keeps_what_people_write():
    text = "Zoë said:\n\t“名 😀” — ok"
    assert console.printable(text) == text
    assert console.printable("a\rb\x00\x7f") == "a\\x0db\\x00\\x7f"


@pytest.mark.parametrize("words", [["status"], ["canon", "show", "--json", "--show"]])
def test_a_reader_who_leaves_is_no_error(finished_show, words):
    process = start(*words, finished_show, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_a_run_goes_on_when_nobody_reads_its_messages(finished):
    build = finished / "builds" / "s01e01"
    (build / "s01e01.mp4").unlink()
    process = start("resume", build, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stderr.close()
    process.stdout.close()
    assert process.wait() == 0
    assert (build / "s01e01.mp4").is_file()


def test_a_run_that_fails_keeps_its_code_when_nobody_reads(tmp_path):
    episode = make_show(tmp_path, script="Title: Nothing\n")
    process = start("run", episode, "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert b"found no scene" in process.stderr.read()
    assert process.wait() == 1


def test_streams_that_were_closed_lose_only_what_goes_there(finished):
    before = (finished / "builds" / "s01e01" / "s01e01.mp4").read_bytes()
    (finished / "episodes" / "s01e01.fountain").write_text(SHORT + "\nMara goes in.\n")
    script = 'exec "$@" <&- >&- 2>&-'
    run = [*PROGRAM, "run", str(finished / "episodes" / "s01e01.fountain")]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", script, "sh", *run], env=env, check=False)
    assert done.returncode == 0
    assert (finished / "builds" / "s01e01" / "s01e01.mp4").read_bytes() != before
    # Nothing was opened in place of a closed stream and written over by a program.
    summary = json.loads((finished / "builds" / "s01e01" / "run_summary.json").read_bytes())
    assert (summary["state"], summary["warnings"]) == ("completed", [])


def test_output_that_cannot_be_written_is_named(finished_show):
    with open("/dev/full", "w") as full:  # noqa: PTH123  a device
        process = start("status", finished_show, stdout=full, stderr=subprocess.PIPE)
        error = process.stderr.read().decode()
    assert process.wait() == 1
    assert error.startswith("error: standard output: could not be written: No space left")
    assert "Traceback" not in error


def test_a_bug_says_so_and_shows_where(command, monkeypatch):
    def broken(_language):
        raise ZeroDivisionError("by accident")

    monkeypatch.setattr("renderers.speech.casting.list_voices", broken)
    ended = command("voices", "--json")
    assert ended.code == 3
    assert ended.json["error"]["code"] == "bug"
    assert "ZeroDivisionError: by accident" in ended.err
    assert "a bug of ours" in ended.err
