"""What a run shows: bars on a terminal, lines in a pipe, and titles as they are written."""

import os
import pty
import re
import select
import subprocess
import sys

import pytest

from orchestrator.reporting.progress import LineReporter, LiveReporter, make_reporter
from orchestrator.reporting.report import SilentReporter
from schemas.run_summary import StageTiming, WorkItem
from tests.orchestrator.show_on_disk import ROOT, make_show

TITLES = [
    "reading the script",
    "checking the canon",
    "speaking the lines",
    "planning the shots",
    "listing what they need",
    "finding pictures and sounds",
    "rendering the film",
]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_a_terminal(*arguments, env=None):
    """Exit code and everything a person would have seen, with standard output a pipe."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from orchestrator.cli.main import run_program; run_program()"]
        + [str(argument) for argument in arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
        | (env or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while select.select([ours], [], [], 120)[0]:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break  # the last process that had the terminal open is gone
        if not part:
            break
        seen += part
    os.close(ours)
    out = process.stdout.read().decode()
    return process.wait(), out, seen.decode()


def work(kind="shot", hit=False):
    return WorkItem(kind=kind, name="a", key="0" * 64, hit=hit, reason="", elapsed_ms=1)


def timing(stage, outcome="done"):
    return StageTiming(stage=stage, outcome=outcome, elapsed_ms=1234)


def test_a_terminal_sees_a_bar_for_every_stage_and_words_as_they_were_written(tmp_path):
    episode = make_show(
        tmp_path,
        script="Title: [red]Alarm[/red]\n\nINT. [bold]HALL[/bold] - DAY\n\nA bell.\n",
        project="format: {width: 114, height: 64, '[red]hot[/red]': 1}\n",
    )
    code, out, seen = on_a_terminal("run", episode)
    assert code == 0, seen
    assert out == f"{tmp_path}/builds/s01e01/s01e01.mp4\n"
    plain = ESCAPES.sub("", seen)
    assert [title for title in TITLES if title not in plain] == []
    assert "━" in plain
    assert re.search(r"rendering the film +━+ +(\d+)/\1 ", plain)
    assert "format.[red]hot[/red] is not a setting" in plain.replace("\r\n", " ")
    assert "completed in" in plain
    # The cursor that the display hides is shown again at the end.
    assert seen.rindex("\x1b[?25h") > seen.rindex("\x1b[?25l")


def test_an_error_on_a_terminal_stands_below_the_bars(tmp_path):
    episode = make_show(tmp_path, script="Title: Nothing\n")
    code, _, seen = on_a_terminal("run", episode)
    plain = ESCAPES.sub("", seen)
    assert code == 1
    assert "reading the script (failed)" in plain
    assert plain.index("error: episodes/s01e01.fountain: found no scene") > plain.rindex("━")
    assert "Traceback" not in plain


def test_a_refusal_before_the_first_stage_hides_no_cursor(tmp_path):
    episode = make_show(tmp_path)
    (tmp_path / "builds").write_text("in the way")
    code, _, seen = on_a_terminal("run", episode)
    assert code == 1
    assert "a file where a folder has to be" in seen
    assert "\x1b" not in seen


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_that_can_do_nothing_gets_lines(tmp_path, term):
    episode = make_show(tmp_path, script="Title: Nothing\n")
    code, _, seen = on_a_terminal("run", episode, env={"TERM": term})
    assert code == 1
    assert "\x1b" not in seen
    assert "reading the script: failed in " in seen


def test_a_pipe_gets_a_line_a_stage(command, finished):
    ended = command("run", finished / "episodes" / "s01e01.fountain")
    assert [line.split(":")[0] for line in ended.err.splitlines()[:-1]] == TITLES
    assert re.fullmatch(
        r"completed in \d+\.\d s: 0 made, \d+ reused, 4 placeholders", ended.err.splitlines()[-1]
    )


def test_the_page_to_look_at_is_named_when_there_is_something_new_on_it(command, finished):
    with (finished / "project.yaml").open("a") as project:
        project.write("placeholder_tag: false\n")
    episode = finished / "episodes" / "s01e01.fountain"
    page = finished / "builds" / "s01e01" / "review.html"
    assert command("run", episode).err.endswith(f"words and its reasons: {page}\n")
    assert str(page) not in command("run", episode).err


def test_lines_count_what_was_made_and_reused(capsys):
    reporter = LineReporter()
    reporter.stage_started("render")
    for hit in (True, True, False):
        reporter.worked(work(hit=hit))
    reporter.worked(work(kind="stage"))
    reporter.stage_ended(timing("render"))
    reporter.stage_started("read_script")
    reporter.stage_ended(timing("read_script", "reused"))
    reporter.note("[red]as it is\x1b[0m")
    assert capsys.readouterr().err.splitlines() == [
        "rendering the film: done (1 made, 2 reused) in 1.2 s",
        "reading the script: reused in 1.2 s",
        "note: [red]as it is\\x1b[0m",
    ]


def test_bars_keep_their_places_when_a_stage_is_done_once_more():
    reporter = LiveReporter()
    try:
        for _ in range(2):
            reporter.stage_started("render")
            for _ in range(3):
                reporter.worked(work())
            reporter.stage_ended(timing("render"))
        (bar,) = reporter._progress.tasks
        assert bar.completed == bar.total >= 3
    finally:
        reporter.close()


def test_quiet_is_silent():
    assert isinstance(make_reporter(quiet=True), SilentReporter)
