"""A run that has nothing to do starts no program and reads no big file."""

import json
import os
import subprocess
import sys

import pytest

from tests.orchestrator.show_on_disk import ROOT, digests, make_show, pipeline

BIG_BYTES = 1 << 20

# What only work needs. Loading is most of what a rerun takes; most of these cost it 5 ms or more.
IDLE = {
    "PIL",
    "canon.rules",
    "httpx",
    "jsonschema",
    "numpy",
    "orchestrator.spend.buying",
    "orchestrator.work.upgrade_shots",
    "renderers.captions.check",
    "renderers.plates.picture",
    "rich",
    "schemas.context_pack",
    "schemas.recall",
    "soundfile",
    "stages.assets.list_assets",
    "stages.shots.plan_shots",
    "stages.reading.read_fountain",
}

# Counts what the run opens and starts, from below Python; prints it as the last line.
WATCHED = """
import json, os, sys
from pathlib import Path
from orchestrator.store import file_stamps
file_stamps.epoch_s = lambda settled=file_stamps.epoch_s: settled() + 60
started, opened = [], {}
def watch(event, arguments):
    if event in ("subprocess.Popen", "os.fork", "os.posix_spawn", "os.exec"):
        started.append(str(arguments[0]))
    elif event == "open" and isinstance(arguments[0], str) and os.path.isfile(arguments[0]):
        opened[arguments[0]] = os.path.getsize(arguments[0])
sys.addaudithook(watch)
from orchestrator.cli.main import run_program
try:
    run_program()
except SystemExit as ended:
    code = ended.code
inside = {n: s for n, s in opened.items() if not n.endswith((".py", ".pyc", ".so"))}
seen = {"code": code, "started": started, "opened": inside, "loaded": [*sys.modules]}
print(json.dumps(seen), file=sys.stderr)
"""


def episode_of(shots):
    """A screenplay of at least that many shots."""
    rows = ["Title: Sixty", ""]
    for number in range(shots // 3):
        rows += [f"INT. ROOM {number} - DAY", "", f"Mara opens door {number}.", ""]
        rows += ["MARA", f"This is door number {number}.", "", "TOM", f"And not {number + 1}?", ""]
    return "\n".join(rows)


@pytest.fixture(scope="module")
def sixty(tmp_path_factory):
    show = tmp_path_factory.mktemp("sixty") / "show"
    small = "voice: none\nformat: {width: 160, height: 90}\n"
    episode = make_show(show, episode_of(60), small)
    (show / "assets" / "backgrounds").mkdir(parents=True)
    from PIL import Image

    noise = Image.frombytes(
        "RGB", (900, 600), bytes(range(256)) * (900 * 600 * 3 // 256) + b"\0" * 192
    )
    noise.save(show / "assets" / "backgrounds" / "room-1.png", compress_level=0)
    assert pipeline("run", episode).code == 0
    shots = json.loads((show / "builds" / "s01e01" / "shot_list.json").read_bytes())["shots"]
    assert len(shots) >= 60
    return episode


def watched_run(episode):
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, "run", "--quiet", str(episode)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ended.stderr.splitlines()[-1])


def test_nothing_is_started_and_nothing_big_is_read_again(sixty):
    show = sixty.parents[1]
    before = digests(show / "builds" / "s01e01")
    watched_run(sixty)  # the first run after the files have settled learns their stamps
    seen = watched_run(sixty)
    assert seen["code"] == 0
    assert seen["started"] == []
    own = {name: size for name, size in seen["opened"].items() if name.startswith(str(show))}
    assert own, "what the run opens was not seen"
    big = {name: size for name, size in own.items() if size >= BIG_BYTES}
    assert not big
    assert not [name for name in seen["opened"] if name.endswith((".mp4", ".ttf", ".png"))]
    assert digests(show / "builds" / "s01e01") == before


def test_nothing_is_loaded_that_only_work_needs(sixty):
    watched_run(sixty)
    loaded = watched_run(sixty)["loaded"]
    assert "orchestrator.run.chain" in loaded
    assert IDLE.intersection(loaded) == set()


def test_a_changed_picture_is_noticed_all_the_same(sixty):
    from PIL import Image

    watched_run(sixty)
    picture = sixty.parents[1] / "assets" / "backgrounds" / "room-1.png"
    Image.new("RGB", (900, 600), (200, 30, 30)).save(picture)
    ended = pipeline("run", sixty, "--json")
    drawn = [i["name"] for i in ended.json["work"] if i["kind"] == "shot" and not i["hit"]]
    assert drawn
    assert all(name.startswith("int_room_1_day.") for name in drawn), drawn
