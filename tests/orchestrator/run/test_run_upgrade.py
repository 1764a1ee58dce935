"""Upgrading shots as an operator does: on this machine and over a provider's real wire."""

import json
import shutil

import av
import pytest

from tests.fake_providers import services
from tests.fake_providers.server import Fault, answer
from tests.orchestrator.show_on_disk import TWO_SCENES, make_show
from tests.orchestrator.upgraded_show import SMALL, first_shot, output, shots


def unchanged_but(before, after, upgraded):
    """Everything but the upgraded shots is the same to the byte."""
    for name in ("captions", "stems", "loudness", "timing_lock_hash"):
        assert before[name] == after[name], name
    assert before["film"]["duration_frames"] == after["film"]["duration_frames"]
    for was, now in zip(before["shots"], after["shots"], strict=True):
        assert (was["clip"] == now["clip"]) == (now["shot_id"] not in upgraded)
        assert was["duration_frames"] == now["duration_frames"]


def test_better_shots_on_this_machine(command, show, build):
    before = output(build)
    ended = command("upgrade", build, "--worst", "2")
    assert ended.code == 0, ended.err
    after = output(build)
    better = [shot for shot in after["shots"] if shot["tier"] == "standard"]
    assert [(s["provider"], s["cost_microusd"], s["take"]) for s in better] == [
        ("parallax", 0, 1)
    ] * 2
    unchanged_but(before, after, {shot["shot_id"] for shot in better})
    assert (after["status"], after["profile"]) == ("completed", "standard_local")
    assert before["film"]["format"] == after["film"]["format"]
    for take in (show / "takes").rglob("*.mkv"):
        with av.open(str(take)) as clip:
            (stream,) = clip.streams.video
            assert (stream.width, stream.height) == (320, 180), "finer than the film"
    listed = command("takes", "list", build, "--json").json
    assert [take["shown"] for take in listed["takes"]] == [True, True]


def test_a_later_run_keeps_the_takes_and_makes_nothing_again(command, show, build):
    command("upgrade", build, "--worst", "1")
    film = (build / "s01e01.mp4").read_bytes()
    ended = command("run", show / "episodes" / "s01e01.fountain", "--json")
    assert ended.json["memo_misses"] == 0
    assert (build / "s01e01.mp4").read_bytes() == film
    command("run", show / "episodes" / "s01e01.fountain", "--profile", "preview_local")
    assert {shot["tier"] for shot in output(build)["shots"]} <= {"preview", "placeholder"}


def test_a_provider_makes_shots_and_is_paid(command, fakes, show, build):
    before, shot = output(build), first_shot(build)
    ended = command("upgrade", build, "--profile", "hq_runway", "--shots", shot, "--json")
    assert ended.code == 0, ended.err
    after = output(build)
    unchanged_but(before, after, {shot})
    now = shots(build)[shot]
    assert (now["tier"], now["provider"], now["cost_microusd"]) == ("hq", "runway", 250_000)
    assert ended.json["spend_settled_microusd"] == 250_000
    assert ended.json["external_operations"] == 1
    asked = fakes[0].steps("submit")[0].json
    assert asked["ratio"] == "1280:720" and asked["model"] == "gen4_turbo"
    assert "Is it open" not in json.dumps(asked["promptText"])
    spend = command("spend", "show", "--show", show, "--json").json
    assert spend["paid_microusd"] == 250_000
    assert services.KEY not in ended.out + ended.err


def test_two_shots_that_are_alike_are_two_takes(command, tmp_path):
    rain = "INT. SHED - DAY\n\nRain falls on the roof.\n\n"
    script = f"{rain}INT. HALL - DAY\n\nNobody is there.\n\n{rain}"
    episode = make_show(tmp_path / "show", script, SMALL)
    assert command("run", episode).code == 0
    build = tmp_path / "show" / "builds" / "s01e01"
    ended = command("upgrade", build, "--worst", "9")
    assert ended.code == 0, ended.err
    alike = [s for s in output(build)["shots"] if s["provider"] == "parallax"]
    assert len(alike) == len({s["shot_id"] for s in alike}) > 2


def test_the_same_upgrade_again_buys_nothing(command, fakes, show, build):
    shot = first_shot(build)
    for _ in range(2):
        assert command("upgrade", build, "--profile", "hq_runway", "--shots", shot).code == 0
    assert len(fakes[0].jobs) == 1
    command("upgrade", build, "--profile", "hq_runway", "--shots", shot, "--again")
    assert len(fakes[0].jobs) == 2
    assert shots(build)[shot]["take"] == 2
    assert len(list((show / "takes" / "s01e01" / shot).glob("*.mp4"))) == 2


FAULTS = {
    "busy": (lambda f: f.faults.extend([Fault("submit")] * 3), "503"),
    "account": (
        lambda f: f.faults.append(Fault("submit", "refuse", answer(402, {"error": "credits"}))),
        "402",
    ),
    "rate limit": (
        lambda f: f.faults.append(
            Fault("submit", "refuse", answer(429, {"error": "slow"}, **{"Retry-After": "3600"}))
        ),
        "429",
    ),
    "broken service": (lambda f: setattr(f, "outcome", "transient"), "INTERNAL.BAD_OUTPUT"),
    "lost answer": (lambda f: f.faults.append(Fault("submit", "drop")), "may have taken the job"),
    "rubbish": (lambda f: f.faults.append(Fault("submit", "rubbish")), "may have taken the job"),
    "failed": (lambda f: setattr(f, "outcome", "failed"), "ASSET.INVALID"),
    "rejected": (lambda f: setattr(f, "outcome", "rejected"), "a person has to look"),
    "never fetched": (
        lambda f: f.faults.extend([Fault("fetch", "cut")] * 3),
        "finished but cannot be fetched",
    ),
    "no film": (lambda f: setattr(f, "clip", b"<html>sorry</html>"), "cannot be decoded"),
    "wrong key": (
        lambda f: f.faults.append(Fault("submit", "refuse", answer(401, {"error": "key"}))),
        "401",
    ),
}


@pytest.fixture
def no_waiting(monkeypatch):
    monkeypatch.setattr("orchestrator.spend.shops.sleep_ms", lambda _ms: None)


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("fault", list(FAULTS))
def test_every_fault_leaves_the_preview_and_says_why(command, fakes, show, build, fault):
    before, shot = output(build), first_shot(build)
    break_it, said = FAULTS[fault]
    break_it(fakes[0])
    arguments = ("upgrade", build, "--profile", "hq_runway", "--shots", shot)
    ended = command(*arguments)
    assert ended.code == 0, ended.err
    after = output(build)
    unchanged_but(before, after, set())
    assert after["status"] == "degraded"
    assert said in shots(build)[shot]["reason"]
    assert any(shot in reason and said in reason for reason in after["reasons"])
    assert said in ended.err
    strict = command("run", show / "episodes" / "s01e01.fountain", "--strict")
    assert strict.code == 6
    command("takes", "pick", build, shot, "0")
    assert command("run", show / "episodes" / "s01e01.fountain", "--strict").code == 0


def test_the_next_provider_is_asked_when_the_first_fails(command, fakes, show, build):
    project = show / "project.yaml"
    project.write_text(project.read_text() + "routing: {order: [luma]}\n")
    fakes[0].outcome = "failed"
    shot = first_shot(build)
    assert command("upgrade", build, "--profile", "hq_runway", "--shots", shot).code == 0
    assert (shots(build)[shot]["provider"], shots(build)[shot]["tier"]) == ("luma", "hq")
    fakes[0].outcome = "rejected"
    command("upgrade", build, "--profile", "hq_runway", "--shots", shot, "--again")
    assert len(fakes[1].jobs) == 1, "what one provider refused to show no other is asked for"


def test_a_batch_over_budget_buys_nothing(command, fakes, show, build):
    project = show / "project.yaml"
    project.write_text(project.read_text().replace("cents: 500", "cents: 40"))
    ended = command("upgrade", build, "--profile", "hq_runway")
    assert ended.code == 0
    assert fakes[0].calls == []
    assert output(build)["status"] == "degraded"
    assert "the run may cost $0.40" in output(build)["reasons"][0]
    assert command("spend", "show", "--show", show, "--json").json["jobs"] == []


def test_no_budget_means_no_external_call(command, fakes, show, build):
    project = show / "project.yaml"
    project.write_text(project.read_text().replace("max_run_budget_cents: 500, ", ""))
    command("upgrade", build, "--profile", "hq_runway", "--shots", first_shot(build))
    assert fakes[0].calls == []
    assert "the run may cost $0.00" in output(build)["reasons"][0]


def test_a_changed_shot_shows_its_preview_and_buys_nothing(command, fakes, show, build):
    command("upgrade", build, "--profile", "hq_runway", "--scene", "ext_garden_night")
    bought = len(fakes[0].jobs)
    assert bought >= 3
    episode = show / "episodes" / "s01e01.fountain"
    episode.write_text(
        TWO_SCENES.replace("Wait for me.", "Wait for me, all of you, wherever you are.")
    )
    ended = command("run", episode)
    assert ended.code == 0, ended.err
    garden = [s for name, s in shots(build).items() if name.startswith("ext_garden_night")]
    assert {shot["tier"] for shot in garden} == {"hq", "placeholder"}
    assert len(fakes[0].jobs) == bought
    listed = command("takes", "list", build, "--json").json["takes"]
    assert any(take["stale"] for take in listed) and not all(take["stale"] for take in listed)


def test_a_take_that_is_gone_leaves_the_preview(command, show, build):
    command("upgrade", build, "--worst", "1")
    take = next((show / "takes").rglob("001.mkv"))
    take.unlink()
    ended = command("run", show / "episodes" / "s01e01.fountain")
    assert ended.code == 0
    assert "is missing" in output(build)["reasons"][0]
    take.write_bytes(b"another clip")
    command("run", show / "episodes" / "s01e01.fountain")
    assert "is not the clip that was kept there" in output(build)["reasons"][0]


def test_takes_outlive_the_registry(command, fakes, show, build):
    shot = first_shot(build)
    command("upgrade", build, "--profile", "hq_runway", "--shots", shot)
    film = (build / "s01e01.mp4").read_bytes()
    shutil.rmtree(show / ".pipeline")
    assert command("run", show / "episodes" / "s01e01.fountain").code == 0
    assert (build / "s01e01.mp4").read_bytes() == film
    assert len(fakes[0].jobs) == 1


def test_takes_are_compared_in_a_picture(command, show, build, tmp_path):
    from PIL import Image

    command("upgrade", build, "--worst", "1")
    shot = next(s["shot_id"] for s in output(build)["shots"] if s["take"])
    out = tmp_path / "both.png"
    assert command("takes", "compare", build, shot, "1", "1", "--out", out).code == 0
    with Image.open(out) as picture:
        assert picture.size == (3 * 480, 2 * 270)
    assert "asked for: subject" in command("takes", "show", build, shot, "1").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--profile", "hq_nobody"), 2, "is not known"),
        (("--profile", "hq_runwya"), 2, "did you mean runway?"),
        (("--profile", "preview_local"), 2, "nothing to upgrade to"),
        (("--profile", "better"), 2, "is not a profile"),
        (("--quality", "best"), 2, "use low, standard, high"),
        (("--shots", "cellar"), 1, "--shots: there is no shot 'cellar'"),
        (("--scene", "cellar"), 1, "there is no scene 'cellar'"),
        (("--profile", "hq_kling"), 1, "KLING_ACCESS_KEY and KLING_SECRET_KEY is not set"),
    ],
)
@pytest.mark.usefixtures("show")
def test_mistakes_are_told_before_anything_is_touched(command, build, arguments, code, said):
    film = (build / "s01e01.mp4").read_bytes()
    ended = command("upgrade", build, *arguments)
    assert (ended.code, said in ended.err) == (code, True), ended.err
    assert (build / "s01e01.mp4").read_bytes() == film


def test_an_estimate_asks_nobody(command, fakes, show, build, monkeypatch):
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    found = command("estimate", build, "--profile", "hq_runway", "--json").json
    assert found["guessed_microusd"] >= 100_000 * len(found["shots"])
    assert found["exact_microusd"] == 0
    assert fakes[0].calls == []
    local = command("estimate", build, "--json").json
    assert (local["guessed_microusd"], {s["exact"] for s in local["shots"]}) == (0, {True})


def test_keys_come_from_a_file_and_are_never_shown(command, fakes, show, build, monkeypatch):
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    (show / ".env").write_text("# ours\nexport RUNWAYML_API_SECRET='wrong-key-from-a-file'\n")
    fakes[0].faults.append(
        Fault("submit", "refuse", answer(401, {"error": "bad key wrong-key-from-a-file"}))
    )
    ended = command("upgrade", build, "--profile", "hq_runway", "--shots", first_shot(build))
    assert "[redacted]" in ended.err
    everything = ended.out + ended.err + (build / "render_output.json").read_text()
    assert "wrong-key-from-a-file" not in everything


def manual(show):
    project = show / "project.yaml"
    project.write_text(project.read_text().replace("approval: auto", "approval: manual"))


def test_approval_comes_before_the_money_and_the_run_goes_on(command, fakes, show, build):
    manual(show)
    shot = first_shot(build)
    ended = command("upgrade", build, "--profile", "hq_runway", "--shots", shot)
    assert ended.code == 4, ended.err
    assert "waits for approval" in ended.err
    assert fakes[0].calls == []
    assert (build / "s01e01.mp4").is_file()
    ended = command("approve", build, "--by", "Ada")
    assert ended.code == 0, ended.err
    assert shots(build)[shot]["tier"] == "hq"
    assert len(fakes[0].jobs) == 1
    assert command("run", show / "episodes" / "s01e01.fountain").code == 0
    assert len(fakes[0].jobs) == 1


def test_a_rejected_spend_leaves_the_preview(command, fakes, show, build):
    manual(show)
    arguments = ("upgrade", build, "--profile", "hq_runway", "--shots", first_shot(build))
    command(*arguments)
    assert command("reject", build, "--by", "Ada", "--note", "too dear").code == 0
    assert command(*arguments).code == 0
    assert fakes[0].calls == []
    assert "Ada turned down this spend: too dear" in output(build)["reasons"][0]


def test_an_approval_is_for_what_was_asked_and_no_more(command, fakes, show, build):
    manual(show)
    command("upgrade", build, "--profile", "hq_runway", "--shots", first_shot(build))
    command("approve", build, "--by", "Ada", "--no-resume")
    assert command("upgrade", build, "--profile", "hq_runway").code == 4
    assert fakes[0].calls == []


@pytest.mark.parametrize("threshold", [9, 60])
def test_small_sums_need_no_approval(command, fakes, show, build, threshold):
    code = 4 if threshold == 9 else 0
    project = show / "project.yaml"
    limit = f"approval: threshold, threshold_cents: {threshold}"
    project.write_text(project.read_text().replace("approval: auto", limit))
    ended = command("upgrade", build, "--profile", "hq_runway", "--shots", first_shot(build))
    assert ended.code == code
    assert len(fakes[0].jobs) == (code == 0)


def test_providers_are_listed_with_what_they_need(command, show, monkeypatch):
    monkeypatch.delenv("RUNWAYML_API_SECRET")
    listed = command("providers", show, "--json").json["providers"]
    by_name = {one["provider"]: one for one in listed}
    assert by_name["runway"]["missing"] == ["RUNWAYML_API_SECRET"]
    assert by_name["parallax"]["ready"] and by_name["parallax"]["local"]
    assert by_name["runway"]["capabilities"]["max_clip_duration_sec"] == 10
    assert "needs RUNWAYML_API_SECRET" in command("providers", show).out


@pytest.mark.usefixtures("no_waiting")
def test_a_provider_that_is_down_is_shown_and_left_alone_by_the_next_run(
    command, fakes, show, build
):
    fakes[0].faults += [Fault("submit")] * 30
    assert command("upgrade", build, "--profile", "hq_runway").code == 0
    calls, listed = len(fakes[0].calls), command("providers", show, "--json").json["providers"]
    down = {one["provider"]: one["down"] for one in listed}
    assert down["runway"]["found"] == 1 and down["luma"] is None
    assert "down since 20" in command("providers", show).out
    ended = command("upgrade", build, "--profile", "hq_runway", "--shots", first_shot(build))
    assert ended.code == 0 and "runway is down; it is left alone until 20" in ended.err
    assert len(fakes[0].calls) == calls
    (show / "spend" / "down.json").unlink()
    fakes[0].faults.clear()
    command("upgrade", build, "--profile", "hq_runway", "--shots", first_shot(build))
    assert shots(build)[first_shot(build)]["tier"] == "hq"


def test_a_dissolve_is_mixed_from_the_takes_on_both_sides(command, tmp_path):
    script = TWO_SCENES.replace("EXT. GARDEN", "DISSOLVE TO:\n\nEXT. GARDEN")
    episode = make_show(tmp_path / "show", script, SMALL)
    assert command("run", episode).code == 0
    build = tmp_path / "show" / "builds" / "s01e01"
    before = output(build)
    ended = command("upgrade", build)
    assert ended.code == 0, ended.err
    after = output(build)
    assert {shot["tier"] for shot in after["shots"]} == {"standard"}
    (was,), (now,) = before["transitions"], after["transitions"]
    assert was["clip"] != now["clip"]
    assert was["duration_frames"] == now["duration_frames"] > 0
    with av.open(str(build / "s01e01.mp4")) as film:
        frames = sum(1 for _ in film.decode(video=0))
    assert frames == after["film"]["duration_frames"] == before["film"]["duration_frames"]
