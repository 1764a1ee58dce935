"""One command, the whole chain: what a writer gets, byte for byte the same."""

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import av
import jsonschema_rs
import numpy as np
import pytest

from schemas.digest import digest_file
from tests.orchestrator.show_on_disk import ROOT, SHORT, digests, make_show, pipeline

CHECKPOINT = {
    "script.json",
    "canon_diff.json",
    "scratch_track.json",
    "shot_list.json",
    "asset_manifest.json",
    "render_plan.json",
    "render_output.json",
    "s01e01.mp4",
    "s01e01.srt",
    "s01e01.vtt",
    "s01e01.ass",
    "poster.png",
    "thumbnail.png",
    "contact_sheet.png",
    "review.html",
}
SCHEMA_OF = {
    "script.json": "Script",
    "canon_diff.json": "CanonDiff",
    "scratch_track.json": "ScratchTrack",
    "shot_list.json": "ShotList",
    "asset_manifest.json": "AssetManifest",
    "render_plan.json": "RenderPlan",
    "render_output.json": "RenderOutput",
    "run_summary.json": "RunSummary",
}


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """A finished build of the short show; tests only read it."""
    episode = make_show(tmp_path_factory.mktemp("show"))
    ended = pipeline("run", episode)
    assert ended.code == 0, ended.err
    assert ended.out.strip() == str(episode.parents[1] / "builds" / "s01e01" / "s01e01.mp4")
    return episode.parents[1] / "builds" / "s01e01"


def read(build: Path, name: str):
    return json.loads((build / name).read_bytes())


def test_the_checkpoint_folder_is_complete(build):
    assert set(digests(build)) == CHECKPOINT
    logs = {path.name for path in (build / "logs").iterdir()}
    assert logs == {
        "read_script.log",
        "gate_canon.log",
        "record_scratch.log",
        "plan_shots.log",
        "list_assets.log",
        "plan_render.log",
        "render.log",
    }
    assert "encode" not in (build / "logs" / "read_script.log").read_text()
    assert "shot " in (build / "logs" / "render.log").read_text()


@pytest.mark.parametrize(("file", "schema"), SCHEMA_OF.items())
def test_every_artifact_satisfies_its_exported_schema(build, file, schema):
    exported = json.loads((ROOT / "schemas" / "json" / f"{schema}.schema.json").read_bytes())
    validator = jsonschema_rs.validator_for(exported)
    artifact = read(build, file)
    validator.validate(artifact)
    assert artifact["schema"].startswith(f"{schema}/")
    del artifact["schema"]
    assert not validator.is_valid(artifact)


def test_no_artifact_holds_a_float_a_path_or_a_time(build):
    for file in SCHEMA_OF.keys() - {"run_summary.json"}:
        text = (build / file).read_text()
        assert not re.search(r":\s*-?\d+\.\d", text), file
        assert str(build.parents[1]) not in text, file
        assert not re.search(r"20\d\d-\d\d-\d\dT", text), file


def test_the_lock_is_the_same_in_every_later_artifact(build):
    locks = {
        read(build, name)["timing_lock_hash"]
        for name in (
            "shot_list.json",
            "asset_manifest.json",
            "render_plan.json",
            "render_output.json",
        )
    }
    assert len(locks) == 1


def test_the_film_has_the_locked_frames_and_a_sound_of_the_same_length(build):
    locked = sum(shot["duration_frames"] for shot in read(build, "shot_list.json")["shots"])
    with av.open(str(build / "s01e01.mp4")) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        assert (video.width, video.height) == (320, 180)
        assert video.average_rate == 24
        assert audio.rate == 48000
        pictures = list(film.decode(video=0))
        assert len(pictures) == locked
        stamps = [picture.pts for picture in pictures]
        assert {b - a for a, b in pairwise(stamps)} == {500}
        assert abs(audio.duration - locked * 2000) <= 1024
    brightest = max(picture.to_ndarray(format="gray").max() for picture in pictures[::24])
    assert brightest > 100, "the film is black"


def test_captions_hold_every_word_in_order(build):
    srt = (build / "s01e01.srt").read_text()
    spoken = " ".join(row for row in srt.splitlines() if row and not re.match(r"\d", row))
    spoken = re.sub(r"\b[A-Z]+:\s|</?i>", "", spoken)
    assert spoken == "Is it open? It was never shut."
    assert (build / "s01e01.vtt").read_text().startswith("WEBVTT")


def test_the_delivered_loudness_is_the_projects(build):
    loudness = read(build, "render_output.json")["loudness"]
    assert abs(loudness["integrated_centilufs"] + 1400) <= 50
    assert loudness["true_peak_centidbtp"] <= -100


def test_lineage_leads_from_the_film_to_the_screenplay(build):
    show = build.parents[1]
    shown = pipeline("show", "s01e01/film", "--show", show, "--json").json
    kinds = set()

    def walk(entries):
        for entry in entries:
            kinds.add(entry["kind"])
            walk(entry["parents"])

    walk(shown["lineage"])
    assert {"Script", "ShotList", "RenderPlan", "clip", "screenplay"} <= kinds
    assert shown["digest"] == digest_file(build / "s01e01.mp4")
    assert shown["record"]["license"]["license_type"] == "generated_local"


def test_show_prints_an_artifact_by_name_and_by_digest(build):
    show = build.parents[1]
    by_name = pipeline("show", "s01e01/shot_list", "--show", show, "--json").json
    assert by_name["content"] == read(build, "shot_list.json")
    by_digest = pipeline("show", by_name["digest"][:10], "--show", show, "--json").json
    assert by_digest == by_name
    missing = pipeline("show", "s09e09", "--show", show)
    assert missing.code == 1
    assert "s01e01" in missing.err


def test_status_tells_the_latest_run(build):
    status = pipeline("status", build.parents[1], "--json").json
    (episode,) = status["episodes"]
    assert (episode["episode"], episode["state"]) == ("s01e01", "completed")
    assert status["registry"]["blobs"]["files"] > 10


@pytest.mark.parametrize("workers", [1, 4])
def test_the_same_bytes_elsewhere(build, tmp_path, workers):
    """Another folder, user settings, hash seed and worker count; nothing shared."""
    episode = make_show(tmp_path / "with space & ü" / "show")
    env = {
        "PYTHONHASHSEED": str(workers * 77),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "HOME": str(tmp_path),
        "LANG": "tr_TR.UTF-8",
    }
    ended = pipeline("run", episode, "--workers", workers, cwd=tmp_path, env=env)
    assert ended.code == 0, ended.err
    assert digests(episode.parents[1] / "builds" / "s01e01") == digests(build)


def test_a_bare_screenplay_needs_no_show(tmp_path):
    script = tmp_path / "pilot.fountain"
    script.write_text("A door opens. Nobody comes in.\n")
    ended = pipeline("run", "pilot.fountain", "--quiet", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    with av.open(str(tmp_path / "builds" / "pilot" / "pilot.mp4")) as film:
        assert (film.streams.video[0].width, film.streams.video[0].height) == (1280, 720)
    assert not (tmp_path / "canon").exists()


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_script_in_our_schema_gives_the_same_film(build, tmp_path, suffix):
    import yaml

    episode = make_show(tmp_path)
    script = read(build, "script.json")
    text = json.dumps(script) if suffix == "json" else yaml.safe_dump(script)
    structured = episode.with_name(f"s01e01.{suffix}")
    structured.write_text(text)
    episode.unlink()
    assert pipeline("run", structured).code == 0
    made = tmp_path / "builds" / "s01e01"
    assert digests(made) == digests(build)


def test_a_second_run_does_nothing(build, tmp_path):
    show = tmp_path / "show"
    shutil.copytree(build.parents[1], show)
    ended = pipeline("run", show / "episodes" / "s01e01.fountain", "--json")
    assert ended.json["memo_misses"] == 0
    assert {stage["outcome"] for stage in ended.json["stages"]} == {"reused"}
    assert digests(show / "builds" / "s01e01") == digests(build)


@pytest.mark.parametrize(
    ("fmt", "size", "rate"),
    [
        ("{aspect: '9:16', width: 180, height: 320, fps: 23.976}", (180, 320), (24000, 1001)),
        ("{width: 240, height: 240, fps: 60}", (240, 240), (60, 1)),
        ("{width: 256, height: 144, fps: 29.97}", (256, 144), (30000, 1001)),
        ("{width: 256, height: 144, fps: 25}", (256, 144), (25, 1)),
    ],
)
def test_sizes_and_rates(tmp_path, fmt, size, rate):
    episode = make_show(tmp_path, project=f"format: {fmt}\n")
    ended = pipeline("run", episode)
    assert ended.code == 0, ended.err
    build = tmp_path / "builds" / "s01e01"
    locked = sum(shot["duration_frames"] for shot in read(build, "shot_list.json")["shots"])
    with av.open(str(build / "s01e01.mp4")) as film:
        video = film.streams.video[0]
        assert (video.width, video.height) == size
        assert (video.average_rate.numerator, video.average_rate.denominator) == rate
        assert sum(1 for _ in film.decode(video=0)) == locked


def test_no_voice_gives_room_tone_alone_and_the_same_captions(build, tmp_path):
    episode = make_show(tmp_path, project="voice: none\nformat: {width: 320, height: 180}\n")
    assert pipeline("run", episode).code == 0
    made = tmp_path / "builds" / "s01e01"
    scratch = read(made, "scratch_track.json")
    assert [line["estimated"] for line in scratch["lines"]] == [True, True]
    output = read(made, "render_output.json")
    # Left at its level, and no fault: what is below -50 LUFS is no programme.
    assert -6_500 < output["loudness"]["integrated_centilufs"] < -5_000
    assert output["status"] == "completed"
    with av.open(str(made / "s01e01.mp4")) as film:
        heard = np.concatenate([each.to_ndarray() for each in film.decode(audio=0)], axis=1)
    # Of a tenth of a second each, but for the encoder's run-in.
    tenths = heard[0, 4800 : len(heard[0]) // 4800 * 4800].reshape(-1, 4800)
    assert np.abs(tenths).max(axis=1).min() > 0
    words = re.sub(r"[\d:,\->\n ]+", " ", (made / "s01e01.srt").read_text())
    assert words == re.sub(r"[\d:,\->\n ]+", " ", (build / "s01e01.srt").read_text())


def test_burned_captions_are_seen_and_the_sidecar_stays(build, tmp_path):
    project = "captions: burned_in\nformat: {width: 320, height: 180}\n"
    episode = make_show(tmp_path, project=project)
    ended = pipeline("run", episode)
    assert ended.code == 0, ended.err
    made = tmp_path / "builds" / "s01e01"
    assert (made / "s01e01.srt").read_bytes() == (build / "s01e01.srt").read_bytes()
    start = re.search(r"00:00:(\d\d),(\d\d\d)", (made / "s01e01.srt").read_text())
    first = round((int(start[1]) + int(start[2]) / 1000) * 24)

    def lower_third(folder, frame):
        with av.open(str(folder / "s01e01.mp4")) as film:
            for number, picture in enumerate(film.decode(video=0)):
                if number == frame:
                    return picture.to_ndarray(format="gray")[120:].astype(int)
        raise AssertionError(frame)

    before = abs(lower_third(made, first - 2) - lower_third(build, first - 2)).max()
    during = abs(lower_third(made, first + 2) - lower_third(build, first + 2)).max()
    assert before < 40
    assert during > 100


def test_unwanted_words_reach_no_picture_or_sound(build, tmp_path):
    noted = SHORT.replace("Is it open?", "Is it open?[[not really]]").replace(
        "Mara waits", "/* cut this */Mara waits"
    )
    episode = make_show(tmp_path, script=noted)
    assert pipeline("run", episode).code == 0
    made = tmp_path / "builds" / "s01e01"
    assert (made / "s01e01.mp4").read_bytes() == (build / "s01e01.mp4").read_bytes()
