"""Looking: status, show, explain and resume, on good ground and on bad."""

import json

import pytest

from schemas.digest import digest_file


@pytest.fixture
def build(finished):
    return finished / "builds" / "s01e01"


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["show", "s01e01/script"],
        ["canon", "show"],
        ["canon", "log"],
    ],
    ids=" ".join,
)
def test_outside_a_show_it_says_so(command, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    ended = command(*words)
    assert ended.code == 1
    assert "is not inside a show" in ended.err
    assert "go into the show's folder" in ended.err


def test_a_folder_that_is_not_there_is_not_the_one_around_it(command, finished, monkeypatch):
    monkeypatch.chdir(finished)
    ended = command("status", "sohw")
    assert ended.code == 1
    assert "error: sohw: there is no such folder" in ended.err


@pytest.mark.parametrize("words", ["explain", "resume"])
def test_an_unknown_build_names_what_there_is(command, finished, words):
    ended = command(words, finished / "builds" / "s09e09")
    assert ended.code == 1
    assert "s09e09" in ended.err
    assert not (finished / "builds" / "s09e09").exists()


def test_explain_of_an_unknown_build_lists_the_known(command, finished):
    assert "there are builds/s01e01" in command("explain", finished / "builds" / "s09e09").err


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("script.json", "Script/1.0.0"),
        ("shot_list.json", "ShotList/1.4.0"),
        ("s01e01.mp4", "film"),
        ("poster.png", "picture"),
        ("s01e01.vtt", "captions"),
    ],
)
def test_every_file_of_a_build_can_be_shown_by_its_path(command, build, file, kind):
    ended = command("show", build / file)
    assert ended.code == 0, ended.err
    assert ended.out.startswith(kind)
    assert "comes from:\n  " in ended.out


def test_a_file_is_the_blob_it_shows(command, build):
    shown = command("show", build / "thumbnail.png", "--json").json
    assert shown["digest"] == digest_file(build / "thumbnail.png")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("s01e01/nothing", "has no `nothing`"),
        ("s09e09", "neither a stored digest nor an episode of show (episodes: s01e01)"),
        ("zz", "neither a stored digest"),
        ("", "neither a stored digest"),
        ("../../etc/passwd", "neither a stored digest"),
        ("0" * 64, "neither a stored digest"),
        ("x" * 5000, "longer than the file system can hold"),
    ],
    ids=["part", "episode", "short", "empty", "outside", "digest", "long"],
)
def test_a_name_for_nothing_is_told_with_what_there_is(command, finished, name, says):
    ended = command("show", name, "--show", finished)
    assert ended.code == 1
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_a_beginning_shared_by_two_asks_for_more(command, finished):
    folder = finished / ".pipeline" / "blobs" / "ab"
    folder.mkdir(exist_ok=True)
    for last in "12":
        (folder / ("cdef" + "0" * 57 + last)).write_bytes(b"")
    ended = command("show", "abcdef", "--show", finished)
    assert ended.code == 1
    assert "2 digests begin like this" in ended.err


def blob_of(command, build, artifact):
    shown = command("show", build / artifact, "--json").json
    return build.parents[1] / shown["path"]


@pytest.mark.parametrize("harm", ["missing", "damaged"])
def test_lost_bytes_are_told_and_come_back(command, build, harm):
    path = blob_of(command, build, "shot_list.json")
    good = path.read_bytes()
    path.chmod(0o644)
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(good[:-1] + b"!")
    ended = command("show", build / "shot_list.json")
    assert ended.code == 1
    assert f"are {harm}" in ended.err
    assert "run the episode again" in ended.err
    (build / "shot_list.json").unlink()
    assert command("resume", build, "-q").code == 0
    assert path.read_bytes() == good


def test_a_damaged_account_of_a_run_is_set_aside(command, finished, build):
    (run,) = (finished / ".pipeline" / "runs").glob("*.json")
    run.chmod(0o644)
    run.write_bytes(run.read_bytes()[:-3])
    assert "no episode was run yet" in command("status", finished).out
    ended = command("explain", build)
    assert ended.code == 1
    assert "no run of s01e01 is known" in ended.err
    # The folder's own summary still knows where the film came from.
    again = command("resume", build, "--json")
    assert (again.code, again.json["memo_misses"]) == (0, 0)
    assert "s01e01: completed" in command("status", finished).out


def test_a_damaged_summary_is_read_from_the_registry_instead(command, build):
    (build / "run_summary.json").write_text('{"schema": "RunSummary/1.0.0", "episode"')
    assert command("resume", build, "-q").code == 0
    summary = json.loads((build / "run_summary.json").read_bytes())
    assert summary["source"] == "episodes/s01e01.fountain"


def test_status_tells_failures_and_remarks_in_words(command, finished):
    (finished / "episodes" / "s01e02.fountain").write_text("Title: Nothing\n")
    (finished / "project.yaml").write_text(
        "id: test\nformat: {width: 114, height: 64}\ncaptoins: burned_in\n"
    )
    assert command("run", finished / "episodes" / "s01e02.fountain").code == 1
    assert command("run", finished / "episodes" / "s01e01.fountain").code == 0
    text = command("status", finished).out
    assert "s01e02: failed" in text
    assert "episodes/s01e02.fountain: found no scene" in text
    assert "did you mean `captions`?" in text


def test_explain_gives_a_reason_for_every_shot(command, build):
    ended = command("explain", build)
    assert ended.code == 0
    assert ended.out.startswith("s01e01: completed\nstages: ")
    assert ended.out.count("  made    ") >= 10


def test_status_says_what_takes_how_much_room(command, finished):
    found = json.loads(command("status", finished, "--json").out)
    kinds = found["kinds"]
    assert sum(kind["bytes"] for kind in kinds.values()) == found["registry"]["blobs"]["bytes"]
    assert sum(kind["files"] for kind in kinds.values()) == found["registry"]["blobs"]["files"]
    assert {"film", "clip", "speech", "Script"} <= kinds.keys()
    assert "unrecorded" not in kinds
    (episode,) = found["episodes"]
    build = finished / "builds" / "s01e01"
    sizes = [path.stat().st_size for path in build.rglob("*") if path.is_file()]
    assert episode["build_bytes"] == sum(sizes) > 100_000
    told = command("status", finished).out
    assert f"  film: 1, {kinds['film']['bytes'] / 1000:.1f} kB\n" in told
