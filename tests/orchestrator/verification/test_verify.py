"""`pipeline verify`: what differs is found, named and shown; nothing compared is a failure."""

import json
import shutil
import stat
from xml.etree import ElementTree

import av
import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from orchestrator.verification.expected_film import first_other_field
from orchestrator.verification.lockfile import LockedEpisode, first_other_frame, frame_marks
from orchestrator.verification.tiers import Check, compare_episode
from orchestrator.verification.verdict import Verdict
from orchestrator.verification.verify_report import Failure, junit_xml
from schemas.errors import PipelineError
from tests.orchestrator.show_on_disk import SHORT, edit, make_show, pipeline
from tests.orchestrator.show_on_disk import episode_of as episode

TIERS = {"inputs", "artifacts", "pictures", "sound", "captions", "film"}


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    """A show whose film was run and locked; tests copy it."""
    show = tmp_path_factory.mktemp("locked") / "show"
    episode = make_show(show, SHORT)
    assert pipeline("run", episode).code == 0
    ended = pipeline("verify", episode, "--update")
    assert ended.code == 0, ended.err
    assert "locked as it is now" in ended.out
    return show


@pytest.fixture
def show(locked, tmp_path):
    copy = tmp_path / "show"
    shutil.copytree(locked, copy)
    return copy


def lockfile(show):
    return show / "pipeline.lock.json"


def pictures(film):
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)]


def report(path):
    return ElementTree.parse(path).getroot()  # noqa: S314  our own


def verdict(ended):
    (only,) = ended.json["episodes"]
    return only


def ffmpeg_that(folder, change):
    """The pinned ffmpeg behind a script, which makes it a build of another name."""
    script = folder / "ffmpeg"
    script.write_text(
        '#!/bin/sh\nif [ "$1" = -version ]; then echo ffmpeg version other; exit; fi\n'
        f'for a; do shift; {change} set -- "$@" "$a"; done\n'
        f'exec "{imageio_ffmpeg.get_ffmpeg_exe()}" "$@"\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return {"PIPELINE_FFMPEG": str(script)}


def test_an_unchanged_show_is_the_same_in_every_tier(show):
    ended = pipeline("verify", "--json", cwd=show)
    assert ended.code == 0, ended.err
    found = verdict(ended)
    assert found["status"] == "same"
    assert found["first_difference"] is None
    assert {check["tier"] for check in found["checks"]} == TIERS
    assert all(check["same"] for check in found["checks"])


def test_the_show_itself_is_left_alone(tmp_path):
    path = make_show(tmp_path / "show", SHORT)
    assert pipeline("verify", path, "--update").code == 0
    show = tmp_path / "show"
    assert {p.name for p in show.iterdir()} == {
        ".pipeline",
        "episodes",
        "pipeline.lock.json",
        "project.yaml",
    }
    assert not (show / ".pipeline" / "memo").exists()
    assert not list((show / ".pipeline" / "tmp").iterdir())


def test_the_first_frame_that_differs_is_named_and_shown(show, tmp_path):
    before = pictures(show / "builds" / "s01e01" / "s01e01.mp4")
    edit(show, "It was never shut.", "It was always shut tight.")
    ended = pipeline("verify", show / "builds" / "s01e01", "--json", "--junit", tmp_path / "j.xml")
    assert ended.code == 1
    found = verdict(ended)
    assert found["status"] == "differs"
    assert found["first_difference"]["subject"] == "read_script: screenplay"
    assert found["toolchain"] == []

    assert pipeline("run", episode(show)).code == 0
    after = pictures(show / "builds" / "s01e01" / "s01e01.mp4")
    pairs = enumerate(zip(before, after, strict=False))
    first = next(n for n, (one, other) in pairs if not np.array_equal(one, other))
    assert found["evidence"][0].startswith(f"first frame that differs: {first} (")
    sides = {}
    for side, frames in (("expected", before), ("actual", after)):
        name = f"builds/s01e01/verify/frame{first:06d}-{side}.png"
        assert name in found["evidence"]
        with Image.open(show / name) as image:
            assert image.size == (320, 180)
            sides[side] = np.asarray(image.convert("L"), dtype=int)
        luma = frames[first][:180].astype(int)
        # Full range against limited range: a straight line between the two, save for rounding.
        assert np.corrcoef(sides[side].ravel(), luma.ravel())[0, 1] > 0.98
    with Image.open(show / f"builds/s01e01/verify/frame{first:06d}-difference.png") as image:
        shown = np.asarray(image.convert("L"), dtype=int)
    assert shown[np.abs(sides["expected"] - sides["actual"]) > 20].min() > 60
    assert shown.max() > 0

    suite = report(tmp_path / "j.xml")[0]
    assert suite.get("name") == "s01e01"
    assert int(suite.get("tests")) == len(suite) == len(found["checks"])
    failing = [case for case in suite if case.find("failure") is not None]
    assert len(failing) == int(suite.get("failures")) == sum(not c["same"] for c in found["checks"])


def test_what_changed_in_an_artifact_is_named_field_by_field(show):
    edit(show, "It was never shut.", "It was ever shut.")
    told = {
        c["subject"]: c["problem"]
        for c in verdict(pipeline("verify", "--json", cwd=show))["checks"]
    }
    assert told["read_script"].startswith("scenes[0].elements[2].line_id: 'tom-")
    assert told["record_scratch"].startswith("lines[1].audio: ")


def test_without_the_locked_film_the_frame_is_named_all_the_same(show):
    shutil.rmtree(show / ".pipeline")
    shutil.rmtree(show / "builds")
    edit(show, "It was never shut.", "It was always shut tight.")
    ended = pipeline("verify", episode(show))
    assert ended.code == 1
    assert "first frame that differs: " in ended.out
    assert "the expected picture is not available" in ended.out
    assert [p.name.split("-")[1] for p in (show / "builds/s01e01/verify").iterdir()] == [
        "actual.png"
    ]


def test_an_episode_that_is_not_locked_fails(show):
    other = make_show(show, SHORT, name="s01e02")
    ended = pipeline("verify", other)
    assert ended.code == 1
    assert "has no entry for it" in ended.err


def test_a_lockfile_that_says_otherwise_fails(show):
    held = json.loads(lockfile(show).read_text())
    held["episodes"]["s01e01"]["captions"][1]["digest"] = "0" * 64
    lockfile(show).write_text(json.dumps(held))
    ended = pipeline("verify", "--json", cwd=show)
    assert ended.code == 1
    assert verdict(ended)["first_difference"]["subject"] == "vtt"


def test_no_lockfile_at_all_fails(show):
    lockfile(show).unlink()
    ended = pipeline("verify", cwd=show)
    assert ended.code == 1
    assert "there is no pipeline.lock.json with an episode in it" in ended.err


def test_a_lockfile_that_leads_out_of_the_show_is_refused(show):
    make_show(show.parent / "secret", SHORT)
    held = json.loads(lockfile(show).read_text())
    held["episodes"]["s01e01"]["source"] = "../secret/episodes/s01e01.fountain"
    lockfile(show).write_text(json.dumps(held))
    ended = pipeline("verify", cwd=show)
    assert ended.code == 1
    assert "lies outside the show" in ended.err


@pytest.mark.parametrize("damage", ["{", '{"schema": "PipelineLock/2.0.0"}', "[]"])
def test_a_lockfile_that_cannot_be_read_is_named(show, damage):
    lockfile(show).write_text(damage)
    ended = pipeline("verify", cwd=show)
    assert ended.code == 1
    assert "error: pipeline.lock.json" in ended.err


@pytest.mark.parametrize("part", ["shots", "artifacts", "captions"])
def test_an_entry_that_names_nothing_fails(show, part):
    held = json.loads(lockfile(show).read_text())
    held["episodes"]["s01e01"][part] = []
    lockfile(show).write_text(json.dumps(held))
    ended = pipeline("verify", cwd=show)
    assert ended.code == 1
    assert "names no shots, artifacts or captions" in ended.err


@pytest.mark.parametrize(
    ("path", "tier"),
    [
        (("shots", 0, "frames_digest"), "pictures"),
        (("sound", "pcm_digest"), "sound"),
        (("captions", 1, "digest"), "captions"),
        (("stills", 0, "digest"), "film"),
        (("film",), "film"),
        (("artifacts", 2, "digest"), "artifacts"),
        (("inputs", 0, "digest"), "inputs"),
    ],
)
def test_one_other_digest_anywhere_is_found_in_its_tier(locked, path, tier):
    held = json.loads(lockfile(locked).read_text())["episodes"]["s01e01"]
    entry = LockedEpisode.model_validate(held)
    assert all(check.same for check in compare_episode(entry, entry))
    place = held
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = "0" * 64
    checks = compare_episode(entry, LockedEpisode.model_validate(held))
    assert [check.tier for check in checks if not check.same] == [tier]


def test_another_ffmpeg_with_the_same_film_is_reported_and_passes(show, tmp_path):
    shutil.rmtree(show / ".pipeline")
    shutil.rmtree(show / "builds")
    ended = pipeline("verify", "--json", cwd=show, env=ffmpeg_that(tmp_path, ""))
    assert ended.code == 0, ended.out
    found = verdict(ended)
    assert found["status"] == "other-toolchain"
    assert any(line.startswith("ffmpeg: imageio-ffmpeg ") for line in found["toolchain"])


def test_another_ffmpeg_whose_film_looks_the_same_passes(show, tmp_path):
    coarser = '[ "$a" = 20 ] && a=23;'
    ended = pipeline("verify", "--json", cwd=show, env=ffmpeg_that(tmp_path, coarser))
    found = verdict(ended)
    assert (ended.code, found["status"]) == (0, "other-toolchain"), found
    assert any(c["tier"] == "pictures" and not c["same"] for c in found["checks"])
    near = {c["subject"] for c in found["checks"] if c["tier"] == "distance"}
    assert {"loudness", "captions"} < near
    assert len(near) >= 4


def test_another_ffmpeg_whose_film_looks_different_fails(show, tmp_path):
    ruined = '[ "$a" = 20 ] && a=51;'
    ended = pipeline("verify", "--json", cwd=show, env=ffmpeg_that(tmp_path, ruined))
    found = verdict(ended)
    assert (ended.code, found["status"]) == (1, "differs")
    far = [c["problem"] for c in found["checks"] if c["tier"] == "distance" and not c["same"]]
    assert far
    assert all(problem.startswith("looks different: SSIM 0.") for problem in far)


def test_another_ffmpeg_without_the_locked_film_cannot_be_compared_and_fails(show, tmp_path):
    shutil.rmtree(show / ".pipeline")
    shutil.rmtree(show / "builds")
    coarser = '[ "$a" = 20 ] && a=23;'
    ended = pipeline("verify", cwd=show, env=ffmpeg_that(tmp_path, coarser))
    assert ended.code == 1
    assert "the locked film is not here to compare them with" in ended.out


def test_a_render_that_fails_is_an_error_in_the_report(show, tmp_path):
    edit(show, "INT. KITCHEN - DAY", "INT. \u53a8\u623f - DAY")
    ended = pipeline("verify", "--junit", tmp_path / "j.xml", cwd=show)
    assert ended.code == 1
    suite = report(tmp_path / "j.xml")[0]
    assert suite.get("errors") == "1"
    assert suite[0].find("error").get("message")


def test_two_episodes_are_locked_and_verified_in_one_go(show):
    other = make_show(show, SHORT.replace("Mara", "Ines").replace("MARA", "INES"), name="s01e02")
    assert pipeline("verify", other, "--update").code == 0
    assert sorted(json.loads(lockfile(show).read_text())["episodes"]) == ["s01e01", "s01e02"]
    other.write_text(other.read_text() + "\nShe leaves.\n")
    ended = pipeline("verify", cwd=show)
    assert ended.code == 1
    assert "s01e01: the same as locked" in ended.out
    assert "s01e02: NOT the same as locked" in ended.out
    assert "1 of 2 episodes as locked" in ended.out


def test_hostile_text_leaves_the_xml_well_formed():
    hostile = 'a<b>&"\x00\x1b]]>\ud800\u202e'
    written = junit_xml(
        [
            Verdict(hostile, "differs", (Check("pictures", hostile, hostile),)),
            Failure(hostile, PipelineError("code", hostile, hostile, hostile)),
        ]
    )
    top = ElementTree.fromstring(written)  # noqa: S314  our own
    assert [suite.get("name") for suite in top] == ['a<b>&"\ufffd\ufffd]]>\ufffd\u202e'] * 2


HASHES = st.lists(st.sampled_from(["00" * 16, "11" * 16, "fe" * 16]), max_size=12)


@given(HASHES, HASHES)
def test_the_first_other_frame_is_the_first_unequal_hash(one, other):
    length = max(len(one), len(other))
    padded = [hashes + [None] * (length - len(hashes)) for hashes in (one, other)]
    unequal = [n for n in range(length) if padded[0][n] != padded[1][n]]
    expected = unequal[0] if unequal else None
    assert first_other_frame(frame_marks(one), frame_marks(other)) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text("ab", max_size=2),
    lambda deeper: (
        st.lists(deeper, max_size=3) | st.dictionaries(st.text("xy"), deeper, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, JSON)
def test_a_first_other_field_is_told_exactly_for_unequal_values(one, other):
    assert first_other_field(one, json.loads(json.dumps(one))) == ""
    if json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True):
        assert first_other_field(one, other)
