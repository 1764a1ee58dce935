"""A sample of the torture that `make torture` runs in full, and encoders that misbehave."""

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import imageio_ffmpeg
import pytest

from orchestrator.store.registry import Registry
from tests.orchestrator.show_on_disk import ROOT, digests, make_show, pipeline
from tests.torture import scene, system_calls
from tests.torture.case_log import CaseLog
from tests.torture.faults import Fault
from tests.torture.run import suffer

SMALL = "voice: none\nformat: {width: 160, height: 90}\n"
SHOT, SOUND, JOIN, STILL = "-x264-params", "aac", "shots.ffconcat", "thumbnail.png"

# What the stand-in does in place of the encode that is recognised by one of its arguments.
MISBEHAVIOURS = {
    "empty": 'cat > /dev/null; : > "${last#file:}"; exit 0',
    "nothing": "cat > /dev/null; exit 0",
    "short": 'exec "$real" "${@:1:$#-1}" -frames:v 3 "$last"',
    "black": 'exec "$real" "${@:1:$#-1}" -vf drawbox=c=black:t=fill "$last"',
    "cut": 'exec "$real" "${@:1:$#-1}" -t 1 "$last"',
    "silent": 'exec "$real" "${@/alimiter/volume=0,alimiter}"',
    "soundless": 'exec "$real" "${@:1:$#-1}" -an "$last"',
    "rubbish": 'cat > /dev/null; head -c 5000 /dev/urandom > "$output"; exit 0',
    "killed": "head -c 1000 > /dev/null; kill -9 $$",
    "hanging": "sleep 600",
}


def test_a_sample_of_the_torture(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.run", "--sample"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [json.loads(row) for row in done.stdout.splitlines() if row.startswith("{")]
    # Without strace three ordeals are left out, which CI does not let pass.
    assert len(rows) == (12 if system_calls.missing() else 15)
    assert all(row["cases"] > 0 and row["violations"] == 0 for row in rows), rows
    by_name = {row["ordeal"]: row for row in rows}
    sweep = by_name["killed at a write"]
    assert sweep["killed"] == sweep["cases"] >= 5
    assert by_name["disk full from one write on"]["refused"] >= 5
    assert by_name["one stored file damaged"]["found"] == 50


def test_the_wrapped_functions_see_every_write(tmp_path):
    show = scene.make(tmp_path / "show")

    def work() -> int:
        (tmp_path / "a").write_text("x")
        (tmp_path / "a").rename(tmp_path / "b")
        (tmp_path / "b").unlink()
        return 0

    child = scene.forked(show, work, Fault("count"))
    names = scene.finish(child, show).printed.split("COUNTED ")[1].split()
    assert names == ["open", "write", "rename", "unlink"]


def test_a_torture_that_was_stopped_goes_on_from_its_log(tmp_path):
    path = tmp_path / "torture.log"
    with ProcessPoolExecutor(1) as pool:
        jobs = [partial(figures_of, number) for number in range(4)]
        total, wrong = suffer("ordeal", jobs[:2], pool, CaseLog(path, "this program"))
        assert (total, wrong) == ({"cases": 2, "found": 1}, [])
        total, wrong = suffer("ordeal", jobs, pool, CaseLog(path, "this program"))
        assert total == {"cases": 3, "found": 3}
        assert wrong == ["AssertionError: three"]
    again = CaseLog(path, "this program")
    known = [again.known("ordeal", str(number)) for number in range(4)]
    assert known == [{"cases": 1, "found": n} for n in range(3)] + [None]
    assert again.known("another ordeal", "0") is None
    with pytest.raises(ValueError, match="of another program"):
        CaseLog(path, "a later program")


def figures_of(number):
    if number == 3:
        raise AssertionError("three")
    return {"cases": 1, "found": number}


def stand_in(folder: Path, argument: str, behaviour: str) -> Path:
    path = folder / "ffmpeg"
    path.write_text(
        "#!/bin/bash\n"
        f"real={imageio_ffmpeg.get_ffmpeg_exe()}\n"
        'last="${@: -1}"; output="${last#file:}"\n'
        '[ "$output" != pipe:1 ] || output=/dev/stdout\n'
        'for each in "$@"; do\n'
        f'  if [ "$each" = {argument} ]; then {MISBEHAVIOURS[behaviour]}; fi\n'
        "done\n"
        'exec "$real" "$@"\n'
    )
    path.chmod(0o755)
    return path


def processes_inside(show: Path) -> list[str]:
    deadline = time.monotonic() + 5
    while (left := scene.survivors(show)) and time.monotonic() < deadline:
        time.sleep(0.01)
    return left


def operations_remembered(show: Path) -> set[str]:
    registry = Registry(show)
    keys = [path.parent.name + path.stem for path in (registry.root / "memo").rglob("*.json")]
    return {registry.read_memo(key)["work"]["operation"] for key in keys}


@pytest.mark.parametrize(
    ("argument", "behaviour"),
    [
        *((SHOT, behaviour) for behaviour in ("empty", "nothing", "short", "rubbish", "killed")),
        *((SOUND, behaviour) for behaviour in ("empty", "nothing", "rubbish", "killed")),
        *((JOIN, behaviour) for behaviour in ("empty", "nothing", "short", "rubbish", "killed")),
        (SHOT, "black"),
        (SOUND, "cut"),
        (SOUND, "silent"),
        *((JOIN, behaviour) for behaviour in ("cut", "soundless")),
        *((STILL, behaviour) for behaviour in ("empty", "nothing", "rubbish", "killed")),
    ],
)
def test_a_misbehaving_encoder_leaves_nothing_behind(tmp_path, argument, behaviour):
    show = tmp_path / "show"
    spoken = SMALL.replace("voice: none\n", "")
    episode = make_show(show, project=spoken if behaviour == "silent" else SMALL)
    ffmpeg = stand_in(tmp_path, argument, behaviour)
    ended = pipeline("run", episode, env={"PIPELINE_FFMPEG": str(ffmpeg)})
    assert ended.code == 1, ended.err
    assert "error: " in ended.err
    assert "what to do: " in ended.err
    assert "Traceback" not in ended.err
    assert ("another picture than it was sent" in ended.err) == (behaviour == "black")
    not_made = {SHOT: "encode_shot", SOUND: "mix_and_master"}.get(argument, "join_film")
    assert not {not_made, "render"} & operations_remembered(show)
    assert not (show / "builds" / "s01e01" / "s01e01.mp4").exists()
    assert list((show / ".pipeline" / "tmp").iterdir()) == []
    assert pipeline("fsck", show).code == 0
    assert processes_inside(show) == []


def test_a_hanging_encoder_is_ended_and_the_run_goes_on_later(tmp_path, monkeypatch):
    show = scene.make(tmp_path / "show")
    ffmpeg = stand_in(tmp_path, SHOT, "hanging")
    program = (
        "import renderers.film.segments as s, functools;"
        "s.Command = functools.partial(s.Command, wall_limit_s=2);"
        "from orchestrator.cli.main import run_program; run_program()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "run", show / "episodes" / "s01e01.fountain"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PIPELINE_FFMPEG": str(ffmpeg)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "was stopped after 2 s" in done.stderr
    assert processes_inside(show) == []
    assert "encode_shot" not in operations_remembered(show)
    assert pipeline("run", show / "episodes" / "s01e01.fountain").code == 0


def test_two_episodes_at_once_share_one_registry(tmp_path):
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    for show in (alone, shared):
        for name in ("s01e01", "s01e02"):
            make_show(show, project=SMALL, name=name)
    for name in ("s01e01", "s01e02"):
        assert pipeline("run", alone / "episodes" / f"{name}.fountain").code == 0
    children = [
        scene.start(shared, "run", str(shared / "episodes" / f"{name}.fountain"))
        for name in ("s01e01", "s01e02")
    ]
    ended = [scene.finish(child, shared) for child in children]
    assert [each.code for each in ended] == [0, 0], ended
    film = {name: digests(alone / "builds" / name)[f"{name}.mp4"] for name in ("s01e01", "s01e02")}
    for name, expected in film.items():
        assert digests(shared / "builds" / name)[f"{name}.mp4"] == expected
    assert pipeline("fsck", shared).code == 0
