import json
import os
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.reporting.quantities import parse_age_s, parse_size_bytes, size_text
from orchestrator.shows.ended_licenses import EndedAsset
from orchestrator.store.collect import Limits, plan_collection, remove
from orchestrator.store.fsck import check
from orchestrator.store.memo import Made, Memo, Product, Work
from orchestrator.store.registry import RecordOrigin, Registry
from schemas.errors import PipelineError
from schemas.license import License
from tests.orchestrator.show_on_disk import ROOT, digests, make_show, pipeline

NOW_S = 1_700_000_000
HOUR_S = 3600
PROGRAM = "from orchestrator.cli.main import run_program; run_program()"
DAY_S = 86_400
SMALL = "voice: none\nformat: {width: 160, height: 90}\n"


@pytest.fixture
def registry(tmp_path):
    made = Registry(tmp_path)
    made.prepare()
    return made


def make(registry, name, size=1000, age_s=2 * HOUR_S, references=(), *, license=None, **inputs):
    """One piece of work with one output of `size` bytes, last used `age_s` ago."""
    content = (name.encode() * size)[:size]
    memo = Memo(registry, {}, lambda item: None)
    work = Work("stage", name, name, 1, inputs)
    made = Made({"artifact": Product(content, "text", references=references, license=license)})
    digest = memo.remember(work, lambda folder: made).outputs["artifact"]
    for path in (registry.memo_path(work.key()), registry.blobs.path(digest)):
        os.utime(path, (NOW_S - age_s, NOW_S - age_s))
    return digest, work.key()


def finish(registry, run_id, keys, *, age_s=2 * HOUR_S, episode="e1", state="completed"):
    summary = {"run_id": run_id, "episode": episode, "started_at": run_id, "work": [], "stages": []}
    summary["state"] = state
    keys = {f"stage {n}": key for n, key in enumerate(keys)}
    registry.write_run(run_id, episode, {"summary": summary, "accounts": {}, "keys": keys})
    os.utime(registry.root / "runs" / f"{run_id}.json", (NOW_S - age_s, NOW_S - age_s))


def collect(registry, **limits):
    going = plan_collection(registry, Limits(**limits), NOW_S)
    remove(going)
    assert check(registry).findings == ()
    return going


def held(registry, *digests_):
    return [registry.blobs.holds(digest) for digest in digests_]


@pytest.mark.parametrize("state", ["failed", "blocked", "interrupted"])
def test_after_a_run_without_a_film_the_film_before_it_is_kept(registry, state):
    older, older_key = make(registry, "older film")
    film, key = make(registry, "film")
    begun, begun_key = make(registry, "begun")
    finish(registry, "run-1", [older_key], age_s=4 * HOUR_S)
    finish(registry, "run-2", [key], age_s=3 * HOUR_S)
    finish(registry, "run-3", [begun_key], state=state)
    collect(registry)
    assert held(registry, older, film, begun) == [False, True, True]
    runs = sorted(path.stem for path in (registry.root / "runs").glob("*.json"))
    assert runs == ["run-2", "run-3"]


def test_what_the_latest_run_reaches_is_kept_with_its_lineage(registry):
    source = registry.blobs.put_bytes(b"INT. ROOM")
    registry.record(source, RecordOrigin("screenplay", "", (), {"name": "write"}))
    os.utime(registry.blobs.path(source), (0, 0))
    script, _ = make(registry, "script", screenplay=source)
    line, _ = make(registry, "line", words="c" * 64)
    film, key = make(registry, "film", references=(line,), script=script)
    stale, stale_key = make(registry, "stale", script=script)
    finish(registry, "run-1", [stale_key], age_s=3 * HOUR_S)
    finish(registry, "run-2", [key])
    collect(registry)
    assert held(registry, source, script, line, film, stale) == [True, True, True, True, False]
    assert registry.read_memo(stale_key) is None
    assert registry.read_memo(key) is not None
    assert registry.latest_run("e1")["summary"]["run_id"] == "run-2"
    assert not (registry.root / "runs" / "run-1.json").exists()


def test_a_plan_removes_nothing(registry):
    stale, _ = make(registry, "stale")
    going = plan_collection(registry, Limits(), NOW_S)
    assert [stored.size_bytes for stored in going.blobs] == [1000]
    assert held(registry, stale) == [True]


def test_the_last_hour_is_kept_with_what_it_needs(registry):
    parent, _ = make(registry, "parent", age_s=5 * DAY_S)
    young, _ = make(registry, "young", age_s=HOUR_S - 1, parent=parent)
    old, _ = make(registry, "old", age_s=HOUR_S)
    collect(registry)
    assert held(registry, parent, young, old) == [True, True, False]


def test_every_episode_has_its_latest_run(registry):
    first, key_1 = make(registry, "first")
    second, key_2 = make(registry, "second")
    finish(registry, "run-1", [key_1], episode="e1")
    finish(registry, "run-2", [key_2], episode="e2")
    assert collect(registry).freed_bytes() == 0
    assert held(registry, first, second) == [True, True]


def test_what_the_lock_file_names_is_kept(registry, tmp_path):
    golden, _ = make(registry, "golden")
    other, _ = make(registry, "other")
    (tmp_path / "pipeline.lock.json").write_text(json.dumps({"films": [{"digest": golden}]}))
    collect(registry)
    assert held(registry, golden, other) == [True, False]


def test_an_age_spares_what_was_used_since(registry):
    recent, key = make(registry, "recent", age_s=10 * DAY_S)
    parent, _ = make(registry, "parent", age_s=90 * DAY_S)
    child, _ = make(registry, "child", age_s=29 * DAY_S, parent=parent)
    old, _ = make(registry, "old", age_s=31 * DAY_S)
    collect(registry, older_than_s=30 * DAY_S)
    assert held(registry, recent, parent, child, old) == [True, True, True, False]
    assert registry.read_memo(key) is not None


def test_a_size_drops_the_least_recently_used(registry):
    made = [make(registry, f"w{n}", 100_000, n * DAY_S)[0] for n in range(1, 6)]
    going = collect(registry, max_size_bytes=310_000)
    assert held(registry, *made) == [True, True, True, False, False]
    assert going.total_bytes - going.freed_bytes() <= 310_000


def test_a_size_never_takes_what_is_needed(registry):
    film, key = make(registry, "film", 100_000)
    finish(registry, "run-1", [key])
    make(registry, "other", 1000)
    going = collect(registry, max_size_bytes=1)
    assert held(registry, film) == [True]
    assert going.needed_bytes > 100_000


def test_reuse_makes_work_recent_again(registry):
    stale, _ = make(registry, "stale", 100_000, 2 * DAY_S)
    reused, key = make(registry, "reused", 100_000, 9 * DAY_S)
    assert registry.read_memo(key) is not None
    age_s = time.time() - registry.memo_path(key).stat().st_mtime
    assert age_s < 60
    going = plan_collection(registry, Limits(max_size_bytes=110_000, grace_s=0), int(time.time()))
    assert [s.path for s in going.blobs] == [registry.blobs.path(stale)]
    assert held(registry, reused) == [True]


# The day of NOW_S is 2023-11-14.
ENDED = License(license_type="commercial_licensed", expires="2023-11-13")
LAST_DAY = License(license_type="commercial_licensed", expires="2023-11-14")


def test_what_has_ended_goes_first_whatever_may_stay(registry):
    music, _ = make(registry, "music", license=ENDED)
    cut, _ = make(registry, "cut", references=(music,))
    lasting, _ = make(registry, "lasting", license=LAST_DAY)
    unlimited, _ = make(registry, "unlimited", license=License(license_type="CC0"))
    going = collect(registry, older_than_s=30 * DAY_S, max_size_bytes=10**9)
    assert held(registry, music, cut, lasting, unlimited) == [False, False, True, True]
    assert going.ended == ()


def test_the_last_hour_stays_even_when_its_licence_has_ended(registry):
    music, _ = make(registry, "music", age_s=60, license=ENDED)
    collect(registry, older_than_s=30 * DAY_S)
    assert held(registry, music) == [True]


def test_a_blob_that_came_in_under_another_licence_as_well_stays(registry):
    make(registry, "music", license=ENDED)
    memo = Memo(registry, {}, lambda item: None)
    again = Work("asset", "copy", "copy", 1, {})
    made = Made({"artifact": Product((b"music" * 1000)[:1000], "text")})
    digest = memo.remember(again, lambda folder: made).outputs["artifact"]
    for path in (registry.memo_path(again.key()), registry.blobs.path(digest)):
        os.utime(path, (NOW_S - 2 * HOUR_S,) * 2)
    collect(registry, older_than_s=30 * DAY_S)
    assert held(registry, digest) == [True]


def test_what_a_film_stands_on_stays_and_is_named(registry):
    music, music_key = make(registry, "music", license=ENDED)
    film, film_key = make(registry, "film", references=(music,))
    keys = {"asset assets/music/theme.flac": music_key, "film e1": film_key}
    summary = {"run_id": "r1", "episode": "e1", "started_at": "r1", "work": [], "stages": []}
    summary["state"] = "completed"
    registry.write_run("r1", "e1", {"summary": summary, "accounts": {}, "keys": keys})
    going = collect(registry)
    assert held(registry, music, film) == [True, True]
    assert going.ended == (EndedAsset("e1", "assets/music/theme.flac", "2023-11-13"),)
    # A later run without it still remembers the asset by name; no film stands on it any more.
    other, other_key = make(registry, "other film")
    summary |= {"run_id": "r2", "started_at": "r2"}
    run = {"summary": summary, "accounts": {}, "keys": keys | {"film e1": other_key}}
    registry.write_run("r2", "e1", run)
    going = collect(registry, older_than_s=30 * DAY_S)
    assert held(registry, music, film, other) == [False, False, True]
    assert going.ended == ()


def test_debris_goes(registry):
    (registry.root / "tmp" / "work-x").mkdir()
    (registry.root / "tmp" / "work-x" / "clip.mp4").write_bytes(b"half")
    bad = registry.root / "blobs" / "x.12345678.bad"
    bad.write_bytes(b"damaged")
    fresh = registry.root / "blobs" / "y.12345678.bad"
    fresh.write_bytes(b"damaged")
    os.utime(bad, (0, 0))
    os.utime(fresh, (NOW_S, NOW_S))
    collect(registry)
    assert not bad.exists()
    assert fresh.exists()
    assert not (registry.root / "tmp" / "work-x" / "clip.mp4").exists()


def test_nothing_is_collected_from_a_damaged_registry(registry):
    make(registry, "film")
    (record,) = (registry.root / "records").rglob("*.json")
    record.chmod(0o644)
    record.write_bytes(b"nonsense")
    with pytest.raises(PipelineError, match="damaged") as caught:
        plan_collection(registry, Limits(), NOW_S)
    assert "fsck --repair" in caught.value.hint


def test_a_lost_run_stops_the_collection(registry):
    _, key = make(registry, "film")
    finish(registry, "run-1", [key])
    (registry.root / "runs" / "run-1.json").unlink()
    with pytest.raises(PipelineError, match="points to nothing"):
        plan_collection(registry, Limits(), NOW_S)


def test_a_collection_waits_for_who_reads(registry):
    gone, _ = make(registry, "gone")
    done, waited = threading.Event(), threading.Event()

    def collector():
        with Registry(registry.root.parent).alone(waited.set):
            remove(plan_collection(registry, Limits(), NOW_S))
        done.set()

    with registry.in_use():
        thread = threading.Thread(target=collector)
        thread.start()
        assert waited.wait(10)
        for _ in range(100):
            assert registry.blobs.read(gone)
        assert not done.is_set()
    thread.join(10)
    assert done.is_set()
    assert held(registry, gone) == [False]


def test_a_run_waits_for_a_collection_and_says_so(tmp_path):
    episode = make_show(tmp_path / "show", project=SMALL)
    registry = Registry(tmp_path / "show")
    registry.prepare()
    with registry.alone():
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "run", str(episode)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        first = process.stderr.readline()
    _, rest = process.communicate(timeout=120)
    assert "waiting for that to end" in first
    assert process.returncode == 0, rest


def test_edits_are_collected_and_the_film_stays(tmp_path):
    show = tmp_path / "show"
    episode = make_show(show, project=SMALL)
    assert pipeline("run", episode).code == 0
    episode.write_text(episode.read_text().replace("never shut", "always shut"))
    assert pipeline("run", episode).code == 0
    film = digests(show / "builds" / "s01e01")
    assert "nothing to remove" in pipeline("gc", show).out
    for path in (show / ".pipeline").rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - DAY_S,) * 2)
    assert pipeline("gc", show, "--older-than", "2d").out.startswith("nothing to remove")
    told = pipeline("gc", show, "--json").json
    assert not told["deleted"]
    assert told["going"]["blobs"]["files"] > 3
    done = pipeline("gc", show, "--delete")
    assert done.code == 0, done.err
    assert done.out.splitlines()[-1].startswith("removed ")
    assert pipeline("fsck", show).code == 0
    again = pipeline("run", episode, "--json")
    assert again.json["memo_misses"] == 0
    assert digests(show / "builds" / "s01e01") == film
    assert pipeline("gc", show, "--json").json["going"]["blobs"]["files"] == 0


def test_wrong_limits_are_refused(tmp_path):
    make_show(tmp_path)
    ended = pipeline("gc", tmp_path, "--max-size", "lots")
    assert ended.code == 1
    assert "500MB, 2GB" in ended.err


@pytest.mark.parametrize(
    ("text", "size"),
    [("0", 0), ("10", 10), ("2GB", 2 * 10**9), ("500 mb", 5 * 10**8), ("1.5GiB", 3 << 29)],
)
def test_sizes(text, size):
    assert parse_size_bytes(text) == size


@pytest.mark.parametrize(("text", "age"), [("90m", 5400), ("12h", 43_200), ("30d", 2_592_000)])
def test_ages(text, age):
    assert parse_age_s(text) == age


@pytest.mark.parametrize("text", ["", "GB", "-1GB", "2 parsecs", "1e9", "٣d"])
def test_what_is_no_quantity(text):
    for parse in (parse_size_bytes, parse_age_s):
        with pytest.raises(PipelineError):
            parse(text)


@given(st.integers(0, 10**13))
def test_sizes_are_told_to_a_tenth(size):
    number, unit = size_text(size).split()
    factor = {"bytes": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}[unit]
    assert abs(float(number) * factor - size) <= factor * 0.0501
