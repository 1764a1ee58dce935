from __future__ import annotations

from typing import Any

import pytest

from schemas.asset_manifest import NeedKind
from schemas.digest import digest_bytes
from schemas.documents import check
from schemas.errors import PipelineError
from schemas.license import License
from schemas.project import Format, Project
from schemas.render_plan import RenderPlan, Resolution
from schemas.timing import FrameRate
from stages.assets.list_assets import list_assets
from stages.assets.plan_render import LibraryItem, RenderPlanRequest, plan_render
from tests.stages.planned_film import KITCHEN, plan, scratch_of, script_of

FONT = digest_bytes(b"font")


def item(kind: NeedKind, subject: str, variant: str = "", problem: str = "") -> LibraryItem:
    name = f"{kind}/{subject}{'.' * bool(variant)}{variant}.png"
    return LibraryItem(
        kind=kind,
        subject_id=subject,
        variant=variant,
        blob=None if problem else digest_bytes(name.encode()),
        source_name=name,
        license=License(license_type="CC0-1.0"),
        problem=problem,
    )


def request(text: str, *library: LibraryItem, **more: Any) -> RenderPlanRequest:
    script = script_of(text)
    fields: dict[str, Any] = {
        "manifest": list_assets(script, plan(text)),
        "scratch": scratch_of(script),
        "library": library,
        "project": Project.create(id="show"),
        "profile": "preview_local",
        "fonts": (FONT,),
    }
    return RenderPlanRequest(**(fields | more))


def resolved(text: str, *library: LibraryItem) -> dict[str, Resolution]:
    made = plan_render(request(text, *library))
    check(made.payload(), RenderPlan, "render plan")
    return {each.subject_id: each for each in made.resolutions}


def test_with_an_empty_library_everything_is_a_placeholder_with_a_reason() -> None:
    found = resolved(KITCHEN)
    assert {each.status for each in found.values()} == {"placeholder"}
    assert {each.license.license_type for each in found.values()} == {"generated_local"}
    assert found["kitchen"].reason == "no file for kitchen in assets/backgrounds"
    assert found["mara"].reason == "no file for mara in assets/characters"
    assert found["bed"].reason == "no music in the library"


def test_a_background_of_the_right_time_is_preferred_to_the_plain_one() -> None:
    plain, night, day = (item("background", "kitchen", v) for v in ("", "night", "day"))
    best = resolved(KITCHEN, plain, day, night)["kitchen"]
    assert (best.status, best.source_name, best.found) == ("resolved", night.source_name, "library")
    assert best.blob == night.blob
    assert best.license.license_type == "CC0-1.0"
    assert best.fallbacks == (plain.source_name, "placeholder")
    assert resolved(KITCHEN, plain, day)["kitchen"].source_name == plain.source_name


def test_a_background_of_another_time_does_not_serve() -> None:
    found = resolved(KITCHEN, item("background", "kitchen", "day"))["kitchen"]
    assert found.status == "placeholder"
    assert found.reason == (
        "no file for kitchen at this time of day (there is day) in assets/backgrounds"
    )


def test_part_of_the_time_of_day_is_enough() -> None:
    text = "INT. HALL - LATE NIGHT\n\nDust."
    assert resolved(text, item("background", "hall", "night"))["hall"].status == "resolved"


def test_a_character_is_plain_or_at_least_the_same_person() -> None:
    plain, angry = item("character", "mara"), item("character", "mara", "angry")
    assert resolved(KITCHEN, angry, plain)["mara"].source_name == plain.source_name
    assert resolved(KITCHEN, angry)["mara"].source_name == angry.source_name
    assert resolved(KITCHEN, item("background", "mara"))["mara"].status == "placeholder"


def test_a_broken_file_is_a_placeholder_that_says_what_is_broken() -> None:
    broken = item("background", "kitchen", problem="the picture ends after 20 bytes")
    found = resolved(KITCHEN, broken)["kitchen"]
    assert (found.status, found.blob) == ("placeholder", None)
    assert found.reason == "the picture ends after 20 bytes"
    assert found.source_name == broken.source_name
    assert found.license.license_type == "generated_local"


def test_behind_a_broken_file_the_next_best_is_taken_and_the_problem_kept() -> None:
    broken = item("background", "kitchen", "night", problem="not a picture")
    plain = item("background", "kitchen")
    found = resolved(KITCHEN, broken, plain)["kitchen"]
    assert (found.status, found.source_name) == ("resolved", plain.source_name)
    assert found.reason == "not a picture"


def test_any_music_makes_a_bed_and_the_right_mood_the_best_one() -> None:
    text = "INT. HALL - DAY\n\nADA\n(crying)\nIt is gone, all of it."
    joyful, plain, sad = (
        item("music", "waltz", "joyful"),
        item("music", "zither"),
        item("music", "yodel", "sad"),
    )
    assert resolved(text, joyful, plain, sad)["bed"].source_name == sad.source_name
    assert resolved(text, joyful, plain)["bed"].source_name == plain.source_name
    assert resolved(text, joyful)["bed"].source_name == joyful.source_name


def test_equal_files_are_chosen_by_name_whatever_their_order() -> None:
    first, second = item("music", "alpha"), item("music", "beta")
    assert plan_render(request(KITCHEN, first, second)) == plan_render(
        request(KITCHEN, second, first)
    )
    assert resolved(KITCHEN, second, first)["bed"].source_name == first.source_name


def test_lines_come_with_their_recording() -> None:
    asked = request(KITCHEN)
    made = plan_render(asked)
    assert [(vo.line_id, vo.duration_samples, vo.words) for vo in made.vo] == [
        (line.line_id, line.duration_samples, line.words) for line in asked.scratch.lines
    ]
    assert [vo.asset_key for vo in made.vo] == [i.asset_key for i in asked.manifest.vo_items]


def test_a_song_nobody_voices_has_no_recording() -> None:
    (song,) = plan_render(request("INT. HALL - DAY\n\n~La la la")).vo
    assert (song.audio, song.duration_samples, song.words) == (None, 0, ())


def test_settings_of_the_project_are_taken_over() -> None:
    project = Project.create(id="show", placeholder_tag=False, format=Format(width=640, height=360))
    made = plan_render(request(KITCHEN, project=project))
    assert (made.format.width, made.style.placeholder_tag, made.style.fonts) == (
        640,
        False,
        (FONT,),
    )


@pytest.mark.parametrize("profile", ["standard_local", "hq_acme1"])
def test_another_profile_changes_nothing_but_its_name(profile: str) -> None:
    preview, other = plan_render(request(KITCHEN)), plan_render(request(KITCHEN, profile=profile))
    assert other.profile == profile
    assert other.model_copy(update={"profile": "preview_local"}) == preview


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(PipelineError) as refusal:
        plan_render(request(KITCHEN, profile="best"))
    assert refusal.value.code == "unknown-profile"


def refused(**more: Any) -> str:
    with pytest.raises(PipelineError) as refusal:
        plan_render(request(KITCHEN, **more))
    assert refusal.value.code == "timing-lock"
    return refusal.value.where


def test_parts_made_for_another_timing_are_refused() -> None:
    shots = plan(KITCHEN)
    longer = shots.shots[0].model_copy(update={"duration_frames": 999})
    tampered = shots.model_copy(update={"shots": (longer, *shots.shots[1:])})
    assert refused(shot_list=tampered) == "the shot list"
    assert refused(shot_list=plan(KITCHEN, FrameRate(num=25))) == "the asset manifest"
    other = scratch_of(script_of(KITCHEN.replace("You came back.", "You are back again, then.")))
    assert refused(scratch=other) == "the scratch track"
    lines = scratch_of(script_of(KITCHEN)).lines
    slower = lines[0].model_copy(update={"duration_samples": lines[0].duration_samples + 48_000})
    respoken = scratch_of(script_of(KITCHEN)).model_copy(update={"lines": (slower, *lines[1:])})
    assert refused(scratch=respoken, shot_list=shots) == "the scratch track"
    fast = Project.create(id="show", format=Format(fps=FrameRate(num=30)))
    assert refused(project=fast, shot_list=shots) == "the shot list"


def test_parts_made_for_each_other_pass() -> None:
    assert plan_render(request(KITCHEN, shot_list=plan(KITCHEN))) == plan_render(request(KITCHEN))
