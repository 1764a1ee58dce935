"""A person's own picture or clip in another scene, as it is asked for, over the real wire."""

import io
import json
import os
import sys
from fractions import Fraction
from multiprocessing import get_context

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from orchestrator.cli.main import main
from orchestrator.spend.ledger import Ledger
from orchestrator.upgrades.transforms import TransformStore
from tests.fake_providers import services
from tests.fake_providers.server import Fault, answer, serving
from tests.orchestrator.show_on_disk import make_show

SCENE = "A sailor in a yellow coat on a pier, in the rain"
PAID = "cost_policy: {max_run_budget_cents: 500, approval: auto}\n"
SET_UP = "providers:\n  %s: {base_url: '%s', look_every_ms: 0}\n"
SMALL = "id: test\nvoice: none\nformat: {width: 160, height: 90}\n"


def figure():
    """A person before a white ground, with something white on them."""
    picture = Image.new("RGB", (240, 400), (250, 250, 250))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 40, 180, 399), fill=(30, 60, 160))
    draw.rectangle((100, 100, 140, 140), fill=(252, 252, 252))
    return picture


def png(picture):
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def clip(path, frames, rate=24, size=(320, 180)):
    """A square that wanders over a coloured ground."""
    width, height = size
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(frames):
            image = np.full((height, width, 3), (40, 90, 40), dtype=np.uint8)
            left = number % (width - 60)
            image[height // 3 : height // 2, left : left + 60] = (220, 220, 40)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.fixture(scope="session")
def moving(tmp_path_factory):
    return clip(tmp_path_factory.mktemp("clip") / "walk.mp4", 150)


@pytest.fixture
def me(tmp_path):
    path = tmp_path / "me.jpg"
    Image.effect_noise((300, 200), 60).convert("RGB").save(path)
    return path


@pytest.fixture
def show(tmp_path, monkeypatch):
    for name in ("REPLICATE_API_TOKEN", "RUNWAY_API_KEY", "LEONARDO_API_KEY"):
        monkeypatch.setenv(name, services.KEY)
    monkeypatch.delenv("RUNWAYML_API_SECRET", raising=False)
    folder = tmp_path / "show"
    make_show(folder, project=SMALL)
    return folder


@pytest.fixture
def replicate(show):
    with serving(services.ReplicateFake(clip=png(figure()))) as fake:
        set_up(show, PAID + SET_UP % ("replicate", fake.url))
        yield fake


@pytest.fixture
def video(show, moving):
    """Runway first, Leonardo after it."""
    given = moving.read_bytes()
    with (
        serving(services.RunwayFake(clip=given)) as one,
        serving(services.LeonardoFake(clip=given)) as two,
    ):
        more = f"  leonardo: {{base_url: '{two.url}', look_every_ms: 0}}\n"
        set_up(show, PAID + SET_UP % ("runway", one.url) + more)
        yield one, two


def set_up(show, more):
    (show / "project.yaml").write_text("id: test\n" + SMALL.partition("\n")[2] + more)


def kept(show):
    """Every description, by its number."""
    paths = sorted(show.glob("transforms/*/*.json"))
    return {int(path.stem): json.loads(path.read_text()) for path in paths}


def standings(show):
    return [job.standing for job in Ledger(show).book().jobs.values()]


def test_a_picture_becomes_another_scene(command, show, replicate, me):
    ended = command("transform", me, "--scene", SCENE, "--show", show, "--json")
    assert ended.code == 0, ended.err
    said = ended.json
    made = kept(show)[1]
    file = show / said["transformed_media"][0]
    assert file.read_bytes() == replicate.clip
    assert (made["provider"], made["model"]) == ("replicate", "black-forest-labs/flux-dev")
    assert (said["variation_count"], said["cost_microusd"]) == (1, 31_250)
    assert (made["width"], made["height"], made["source"]["name"]) == (240, 400, "me.jpg")
    assert f"in another scene: {SCENE}." in made["prompt"]
    assert standings(show) == ["settled"]
    shown = command("show", made["media"], "--json", "--show", show)
    assert made["source"]["digest"] in shown.out


def test_the_same_wish_is_not_bought_again(command, show, replicate, me):
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--json")
    first = command(*wish).json
    again = command(*wish).json
    assert (again["reused"], again["digests"]) == (1, first["digests"])
    more = command(*wish, "--count", "2").json
    assert (more["reused"], more["variation_count"]) == (1, 2)
    assert len(replicate.steps("submit")) == 2
    seeds = {call.json["input"]["seed"] for call in replicate.steps("submit")}
    assert len(seeds) == 2


def test_what_goes_out_says_nothing_of_the_file(command, show, replicate, tmp_path):
    path = tmp_path / "holiday.jpg"
    picture = Image.effect_noise((300, 200), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "CAMERA-OF-MINE", 6
    picture.save(path, exif=exif)
    assert command("transform", path, "--scene", SCENE, "--show", show).code == 0
    sent = next(iter(replicate.uploaded.values()), b"") or replicate.steps("submit")[0].body
    assert b"CAMERA-OF-MINE" not in sent and b"holiday" not in sent
    assert kept(show)[1]["source"]["width"] == 200


def test_a_large_picture_is_uploaded_first(command, show, replicate, tmp_path):
    path = tmp_path / "large.png"
    Image.effect_noise((1000, 1000), 90).convert("RGB").save(path)
    assert command("transform", path, "--scene", SCENE, "--show", show).code == 0
    (address,) = replicate.uploaded
    assert replicate.steps("submit")[0].json["input"]["image"] == address


def test_some_of_several(command, show, replicate, me):
    replicate.outcomes = ["done", "failed", "done"]
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--count", "3")
    ended = command(*wish, "--json", "--strict")
    assert ended.code == 6
    said = ended.json
    assert said["variation_count"] == 2
    assert [f["variation"] for f in said["failures"]] == [2]
    assert said["failures"][0]["code"] == "REPLICATE_ERROR"
    assert said["warnings"] == ["variation 2 failed: replicate failed: out of memory"]
    assert sorted(kept(show)) == [1, 3]
    # A failed attempt counts, and asking once more makes the one that is missing.
    assert standings(show) == ["settled"] * 3
    assert command(*wish, "--strict").code == 0
    assert sorted(kept(show)) == [1, 2, 3]


def test_what_is_refused_is_not_reworded_and_not_asked_for_again(command, show, replicate, me):
    replicate.outcome = "rejected"
    ended = command("transform", me, "--scene", SCENE, "--show", show, "--count", "3", "--json")
    error = ended.json["error"]
    assert (ended.code, error["code"]) == (1, "REPLICATE_ERROR")
    assert "NSFW" in error["problem"] and "never reworded" in error["hint"]
    assert len(replicate.steps("submit")) == 1
    assert sorted(standings(show)) == ["released", "released", "settled"]


@pytest.mark.parametrize(
    "fault",
    [
        Fault("submit", answer=answer(401, {"detail": "who are you"})),
        Fault("submit", answer=answer(402, {"detail": "no credit"})),
        Fault("submit", answer=answer(429, {"detail": "slow"}, **{"Retry-After": "900"})),
        Fault("submit", "rubbish"),
        Fault("submit", "drop"),
    ],
)
def test_each_refusal_has_its_code(command, show, replicate, me, fault):
    replicate.faults.append(fault)
    ended = command("transform", me, "--scene", SCENE, "--show", show, "--json")
    assert (ended.code, ended.json["error"]["code"]) == (1, "REPLICATE_ERROR")
    assert len(replicate.steps("submit")) == 1
    assert kept(show) == {}


def test_busy_is_waited_for_and_an_expired_link_asked_for_again(command, show, replicate, me):
    replicate.faults.append(
        Fault("submit", answer=answer(429, {"detail": "slow"}, **{"Retry-After": "0"}))
    )
    replicate.links_expire_after = 0
    assert command("transform", me, "--scene", SCENE, "--show", show).code == 0
    assert len(replicate.steps("submit")) == 2
    assert len(replicate.steps("fetch")) == 2


@pytest.mark.parametrize(
    ("step", "kind"), [("poll", "rubbish"), ("poll", "drop"), ("fetch", "cut"), ("fetch", "drop")]
)
def test_a_broken_answer_to_a_look_is_asked_for_again(command, replicate, me, step, kind):
    replicate.faults.append(Fault(step, kind))
    show = me.parent / "show"
    assert command("transform", me, "--scene", SCENE, "--show", show).code == 0
    assert (len(replicate.steps("submit")), standings(show)) == (1, ["settled"])
    (file,) = show.glob("transforms/*/001.png")
    assert file.read_bytes() == replicate.clip


def test_what_came_and_is_no_picture_is_not_kept(command, show, replicate, me):
    replicate.clip = b"\x89PNG\r\n\x1a\nnot really"
    ended = command("transform", me, "--scene", SCENE, "--show", show, "--json")
    assert ended.json["error"]["code"] == "REPLICATE_ERROR"
    assert "cannot be used" in ended.json["error"]["problem"]
    assert (kept(show), standings(show)) == ({}, ["settled"])


def test_a_slow_provider_is_a_timeout_and_its_job_is_kept(command, show, me):
    with serving(services.ReplicateFake(clip=png(figure()), polls=10_000)) as slow:
        set_up(show, PAID + SET_UP.replace("0}", "300, give_up_after_s: 1}")
               % ("replicate", slow.url))  # fmt: skip
        wish = ("transform", me, "--scene", SCENE, "--show", show, "--json")
        error = command(*wish).json["error"]
        assert error["code"] == "TIMEOUT"
        assert "pays nothing twice" in error["hint"]
        slow.jobs["job-1"].polls_left = 1
        assert command(*wish).code == 0
        assert len(slow.steps("submit")) == 1


def test_a_budget_is_for_all_or_nothing(command, show, replicate, me):
    set_up(
        show,
        "cost_policy: {max_run_budget_cents: 5, approval: auto}\n"
        + SET_UP % ("replicate", replicate.url),
    )
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--json")
    ended = command(*wish, "--count", "2")
    assert (ended.code, ended.json["error"]["code"]) == (1, "over-budget")
    assert (replicate.calls, standings(show)) == ([], [])
    assert command(*wish).code == 0


def test_a_person_approves_what_it_may_cost(command, show, replicate, me):
    set_up(
        show, "cost_policy: {max_run_budget_cents: 500}\n" + SET_UP % ("replicate", replicate.url)
    )
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--json")
    ended = command(*wish)
    assert (ended.code, ended.json["error"]["code"]) == (4, "approval-needed")
    assert replicate.calls == []
    assert command(*wish, "--approve-by", "Ada").code == 0
    assert "Ada" in command("approvals", show).out


def test_an_estimate_asks_nobody(command, show, replicate, me):
    ended = command(
        "transform", me, "--scene", SCENE, "--show", show, "--count", "4", "--estimate", "--json"
    )
    assert ended.json["providers"][0]["cost_microusd"] == 100_000
    assert (replicate.calls, standings(show)) == ([], [])


def test_without_an_account_the_key_is_named(command, show, me, monkeypatch):
    monkeypatch.delenv("REPLICATE_API_TOKEN")
    ended = command("transform", me, "--scene", SCENE, "--show", show)
    assert ended.code == 1
    assert "REPLICATE_API_TOKEN is not set" in ended.err
    assert "declares `transforms`" in ended.err


PROGRAM = """
import json, sys
from pathlib import Path
if "--capabilities" in sys.argv:
    print(json.dumps({"provider_id": "mine", "max_clip_duration_sec": 9,
        "supported_aspect_ratios": ["16:9"], "max_resolution": "1x1", "transforms": %s}))
    sys.exit()
job = json.load(sys.stdin)
if "--estimate" in sys.argv:
    print(json.dumps({"cost_microusd": 0, "duration_s": 1}))
    sys.exit()
assert job["kind"] == "transform" and job["medium"] == "image", job
from PIL import Image, ImageOps
ImageOps.invert(Image.open(job["media"])).save("made.png")
print(json.dumps({"media": "made.png"}))
"""


def with_program(show, declared):
    (show / "mine.py").write_text(PROGRAM % declared)
    set_up(show, f"providers:\n  mine: {{command: ['{sys.executable}', '{show}/mine.py']}}\n")


def test_a_program_of_ones_own_needs_no_account(command, show, me, monkeypatch):
    monkeypatch.delenv("REPLICATE_API_TOKEN")
    with_program(show, '["image"]')
    ended = command("transform", me, "--scene", SCENE, "--show", show, "--provider", "mine",
                    "--as", "place:KITCHEN.night", "--json")  # fmt: skip
    assert ended.code == 0, ended.err
    assert (ended.json["provider"], ended.json["cost_microusd"]) == ("mine", 0)
    assert ended.json["placed"] == ["assets/backgrounds/kitchen.night.png"]
    beside = show / "assets/backgrounds/kitchen.night.png.license.yaml"
    assert "license_type: generated_local" in beside.read_text()


def test_a_program_that_declares_nothing_is_not_asked(command, show, me):
    with_program(show, "[]")
    ended = command("transform", me, "--scene", SCENE, "--show", show, "--provider", "mine")
    assert ended.code == 1
    assert "mine does not transform images" in ended.err


def test_a_character_of_the_show_stands_in_the_film(command, show, replicate, me):
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--as", "character:MARA", "--json")
    assert command(*wish).json["placed"] == ["assets/characters/mara.png"]
    asked = replicate.steps("submit")[0].json["input"]["prompt"]
    assert "alone before a plain" in asked
    with Image.open(show / "assets/characters/mara.png") as cut:
        assert (cut.mode, cut.size) == ("RGBA", (121, 360))
        # White on the figure is no ground.
        assert cut.getpixel((60, 80)) == (252, 252, 252, 255)
    assert command("run", show / "episodes" / "s01e01.fountain", "--quiet").code == 0
    plan = json.loads((show / "builds/s01e01/render_plan.json").read_text())
    mara = [r for r in plan["resolutions"] if r["source_name"] == "assets/characters/mara.png"]
    assert mara[0]["license"]["license_type"] == "provider_terms"
    # The same again leaves it where it is; something else does not take its place.
    assert command(*wish).code == 0
    before = len(replicate.calls)
    other = command("transform", me, "--scene", "A baker in a white hat", "--show", show,
                    "--as", "character:MARA", "--json")  # fmt: skip
    assert other.json["error"]["code"] == "there-already"
    assert len(replicate.calls) == before


def test_a_clip_becomes_another_scene(command, show, video, moving):
    _, leonardo = video
    ended = command("transform", moving, "--scene", SCENE, "--show", show, "--json")
    assert ended.code == 0, ended.err
    made = kept(show)[1]
    assert (made["provider"], made["model"]) == ("runway", "gen4_aleph")
    assert (made["medium"], made["duration_frames"], made["file"]) == ("video", 150, "001.mp4")
    # 25 credits, as the service says, and not the 75 of the estimate.
    assert made["cost_microusd"] == 250_000
    assert made["warnings"] == ["the first 5.0 s of 6.2 s were used"]
    assert leonardo.calls == []


def test_leonardo_is_asked_when_runway_fails(command, show, video, moving):
    runway, _ = video
    runway.outcome = "failed"
    said = command("transform", moving, "--scene", SCENE, "--show", show, "--json").json
    assert (said["provider"], said["model_used"]) == ("leonardo", "MOTION2")
    assert any("first picture" in warning for warning in said["warnings"])


def test_leonardo_is_not_asked_for_what_runway_refused(command, show, video, moving):
    runway, leonardo = video
    runway.outcome = "rejected"
    ended = command("transform", moving, "--scene", SCENE, "--show", show, "--json")
    assert ended.json["error"]["code"] == "RUNWAY_ERROR"
    assert leonardo.calls == []


def test_both_of_them_fail(command, show, video, moving):
    for one in video:
        one.outcome = "failed"
    ended = command("transform", moving, "--scene", SCENE, "--show", show, "--json")
    assert ended.json["error"]["code"] == "LEONARDO_ERROR"
    assert "runway failed" in ended.json["error"]["problem"]
    assert standings(show) == ["settled", "settled"]


def test_a_scene_that_is_too_long_for_one_goes_to_the_other(command, show, video, moving):
    runway, leonardo = video
    scene = "A pier in the rain. " * 55
    said = command("transform", moving, "--scene", scene, "--show", show, "--json").json
    assert (said["provider"], runway.calls) == ("leonardo", [])
    assert scene.strip() in leonardo.steps("submit")[0].json["prompt"]


def test_a_clip_becomes_a_take_under_the_timing_lock(command, show, video, moving):
    assert command("run", show / "episodes" / "s01e01.fountain", "--quiet").code == 0
    build = show / "builds/s01e01"
    before = json.loads((build / "render_output.json").read_text())
    wish = ("transform", moving, "--scene", SCENE, "--show", show, "--shot", "s01e01:1", "--json")
    said = command(*wish).json
    assert said["warnings"] == ["the first 5.0 s of 6.2 s were used"]
    assert command("run", show / "episodes" / "s01e01.fountain", "--quiet").code == 0
    after = json.loads((build / "render_output.json").read_text())
    first = after["shots"][0]
    assert (first["tier"], first["provider"], first["take"]) == ("hq", "runway", 1)
    assert first["duration_frames"] == before["shots"][0]["duration_frames"]
    assert after["captions"] == before["captions"]
    # The same again makes no second take.
    command(*wish)
    assert len(list((show / "takes/s01e01").glob("*/*.json"))) == 1


def test_a_shot_that_cannot_be_filled_costs_nothing(command, show, video, me, tmp_path):
    assert command("run", show / "episodes" / "s01e01.fountain", "--quiet").code == 0
    short = clip(tmp_path / "short.mov", 12)
    for media, what in ((short, "longer clip"), (me, "--as")):
        ended = command("transform", media, "--scene", SCENE, "--show", show,
                        "--shot", "s01e01:1", "--json")  # fmt: skip
        assert ended.json["error"]["code"] == "INVALID_INPUT"
        assert what in ended.json["error"]["hint"]
    assert all(one.calls == [] for one in video)


KILLS = [
    (Ledger, "reserve", 1),
    (Ledger, "submitted", 1),
    (TransformStore, "add", 1),
    (Ledger, "settle", 0),
    (Ledger, "settle", 1),
]


def killed_run(owner, name, after, arguments):
    """Run the command in this process, and die before or after a step."""
    real = getattr(owner, name)

    def dying(*given, **named):
        if not after:
            os._exit(9)
        real(*given, **named)
        os._exit(9)

    setattr(owner, name, dying)
    main(arguments)


def run_and_kill(owner, name, after, wish):
    child = get_context("fork").Process(
        target=killed_run, args=(owner, name, after, [str(part) for part in wish])
    )
    child.start()
    child.join()
    assert child.exitcode == 9


@pytest.mark.parametrize("kill", KILLS)
def test_killed_anywhere_it_pays_once(command, show, replicate, me, kill):
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--as", "character:MARA", "--json")
    run_and_kill(*kill, wish)
    ended = command(*wish)
    assert ended.code == 0, ended.err
    assert len(replicate.steps("submit")) == 1
    assert standings(show) == ["settled"]
    assert (show / "assets/characters/mara.png").is_file()


def test_killed_between_request_and_answer_it_is_parked(command, show, replicate, me):
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--json")
    run_and_kill(Ledger, "sending", 1, wish)
    error = command(*wish).json["error"]
    assert (error["code"], replicate.steps("submit")) == ("REPLICATE_ERROR", [])
    assert "pipeline spend release" in error["problem"]
    assert standings(show) == ["unknown"]


def test_an_episode_does_not_take_its_job_for_one_of_its_own(command, show, replicate, me):
    wish = ("transform", me, "--scene", SCENE, "--show", show, "--json")
    run_and_kill(Ledger, "submitted", 1, wish)
    ended = command("run", show / "episodes" / "s01e01.fountain", "--json")
    assert ended.json["state"] == "completed"
    assert standings(show) == ["submitted"]
    told = command("spend", "settle", "--show", show)
    assert "the same `pipeline transform` goes on with it" in told.out
    assert command(*wish).code == 0
    assert len(replicate.steps("submit")) == 1


def test_a_job_with_the_second_provider_is_asked_first(command, show, video, moving):
    runway, leonardo = video
    runway.outcome = "failed"
    wish = ("transform", moving, "--scene", SCENE, "--show", show, "--json")
    run_and_kill(TransformStore, "add", 0, wish)
    runway.outcome = "done"
    before = len(runway.calls)
    assert command(*wish).json["provider"] == "leonardo"
    assert (len(runway.calls), len(leonardo.steps("submit"))) == (before, 1)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--scene", "too short"),
        ("--scene", " \n\t          "),
        ("--scene", "x" * 2001),
        ("--count", "0"),
        ("--count", "6"),
        ("--aspect", "21:9"),
        ("--as", "hero:MARA"),
        ("--as", "character:"),
        ("--shot", "s01e01"),
    ],
)
def test_a_wish_out_of_bounds_is_refused(command, replicate, me, option, value):
    wish = {"--scene": SCENE, option: value}
    options = [part for pair in wish.items() for part in pair]
    ended = command("transform", me, *options, "--show", me.parent / "show", "--json")
    assert (ended.code, ended.json["error"]["code"]) == (1, "INVALID_INPUT")
    assert ended.json["error"]["where"] == option
    assert replicate.calls == []
