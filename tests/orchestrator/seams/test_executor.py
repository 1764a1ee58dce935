import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from orchestrator.seams.executor import SubprocessExecutor
from renderers.seams import Command
from schemas.errors import PipelineError

PYTHON = sys.executable


def python(code: str, **more) -> Command:
    return Command((PYTHON, "-c", code), "a test program", **more)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def session(leader: int) -> list[int]:
    """Living processes of the session that `leader` led."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "stat").read_text().rpartition(")")[2].split()
            found += [int(process.name)] if words[0] != "Z" and int(words[3]) == leader else []
    return found


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "never happened"
        time.sleep(0.01)


def test_output_and_standard_input():
    echo = "import sys; d = sys.stdin.buffer.read(); sys.stdout.buffer.write(d[::-1])"
    done = SubprocessExecutor().run(python(echo, stdin=[b"ab", b"c"]))
    assert done.stdout == b"cba"


def test_the_environment_is_fixed(monkeypatch):
    monkeypatch.setenv("SECRET", "x")
    done = SubprocessExecutor().run(
        python("import os; print(sorted(os.environ))", env=(("ADDED", "1"),))
    )
    names = set(eval(done.stdout))  # noqa: S307  our own program's list of names
    assert {"ADDED", "LC_ALL", "TZ", "PATH"} <= names
    assert "SECRET" not in names
    assert "HOME" not in names


def test_a_failure_carries_exit_code_and_last_words():
    with pytest.raises(PipelineError) as caught:
        SubprocessExecutor().run(python("import sys; sys.exit('no such codec')"))
    assert caught.value.code == "program-failed"
    assert "exit code 1" in caught.value.problem
    assert "no such codec" in caught.value.problem


def test_a_program_that_stops_reading_is_reported_by_its_own_words():
    with pytest.raises(PipelineError) as caught:
        SubprocessExecutor().run(
            python("import sys; sys.exit('bad header')", stdin=(b"x" * 65536 for _ in range(99)))
        )
    assert "bad header" in caught.value.problem


def test_a_killed_program_is_named():
    with pytest.raises(PipelineError, match="SIGSEGV"):
        SubprocessExecutor().run(python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"))


def test_a_hanging_program_is_ended_with_its_children(tmp_path):
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, time, pathlib;"
        f"p = subprocess.Popen([{PYTHON!r}, '-c', 'import time; time.sleep(99)']);"
        f"pathlib.Path({str(note)!r}).write_text(str(p.pid)); time.sleep(99)"
    )
    with pytest.raises(PipelineError) as caught:
        SubprocessExecutor().run(python(code, wall_limit_s=2))
    assert caught.value.code == "program-timeout"
    wait_until(lambda: not alive(int(note.read_text())))


def test_a_missing_program_says_what_to_do():
    with pytest.raises(PipelineError) as caught:
        SubprocessExecutor().run(Command(("/no/such/ffmpeg",), "encode"))
    assert caught.value.code == "program-missing"
    assert "make install" in caught.value.hint


def test_stop_all_ends_what_runs_and_starts_no_more():
    executor = SubprocessExecutor()
    failures = []

    def run():
        try:
            executor.run(python("import time; print('up', flush=True); time.sleep(99)"))
        except PipelineError as error:
            failures.append(error.code)

    thread = threading.Thread(target=run)
    thread.start()
    wait_until(lambda: executor.started == 1)
    executor.stop_all()
    thread.join(10)
    assert failures == ["program-killed"]
    with pytest.raises(PipelineError) as caught:
        executor.run(python("pass"))
    assert caught.value.code == "interrupted"


def test_no_program_outlives_a_killed_parent(tmp_path):
    note = tmp_path / "pid"
    parent = (
        "from orchestrator.seams.executor import SubprocessExecutor;"
        "from renderers.seams import Command;"
        f"SubprocessExecutor().run(Command(({PYTHON!r}, '-c', 'import os, time, pathlib;"
        f'pathlib.Path("{note}").write_text(str(os.getpid())); time.sleep(99)\'), "x"))'
    )
    root = Path(__file__).parents[3]
    process = subprocess.Popen([PYTHON, "-c", parent], cwd=root, env={**os.environ})
    wait_until(lambda: note.is_file() and note.read_text())
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_until(lambda: not alive(int(note.read_text())))


@pytest.mark.parametrize("killed_before", ["tell", "go"])
def test_a_parent_killed_while_starting_a_program_leaves_none(tmp_path, killed_before):
    note = tmp_path / "pid"
    # Die at the very write that tells the reaper, or at the one after it.
    parent = (
        "import os, signal, sys;"
        "from orchestrator.seams.executor import SubprocessExecutor;"
        "from renderers.seams import Command;"
        "real, die = os.write, lambda *a: os.kill(os.getpid(), signal.SIGKILL);"
        f"where = {killed_before!r};"
        "os.write = (lambda fd, b: die() if where == 'go' and b == b'go\\n' else real(fd, b));"
        "tell = SubprocessExecutor._tell_reaper;"
        "SubprocessExecutor._tell_reaper = die if where == 'tell' else tell;"
        f"SubprocessExecutor().run(Command(({PYTHON!r}, '-c', 'import os, time, pathlib;"
        f'pathlib.Path("{note}").write_text(str(os.getpid())); time.sleep(99)\'), "x"))'
    )
    root = Path(__file__).parents[3]
    process = subprocess.Popen(
        [PYTHON, "-c", parent], cwd=root, env={**os.environ}, start_new_session=True
    )
    assert process.wait() == -signal.SIGKILL

    wait_until(lambda: not session(process.pid))
    assert not note.exists()


def test_a_number_cut_short_is_nobodys():
    with subprocess.Popen([PYTHON, "-c", "import time; time.sleep(99)"], process_group=0) as other:
        reaper = Path(__file__).parents[3] / "orchestrator" / "seams" / "reaper.py"
        done = subprocess.run([PYTHON, str(reaper)], input=f"{other.pid}".encode(), check=False)
        assert (done.returncode, other.poll()) == (0, None)
        done = subprocess.run([PYTHON, str(reaper)], input=f"{other.pid}\n".encode(), check=False)
        assert (done.returncode, other.wait()) == (0, -signal.SIGKILL)
