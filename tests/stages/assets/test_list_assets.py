from __future__ import annotations

import pytest

from schemas.asset_manifest import AssetManifest, asset_key
from schemas.documents import check
from schemas.errors import PipelineError
from stages.assets.list_assets import list_assets
from tests.stages.planned_film import KITCHEN, plan, script_of


def manifest(text: str) -> AssetManifest:
    return list_assets(script_of(text), plan(text))


def attributes(found: AssetManifest, kind: str, subject: str) -> list[dict[str, str]]:
    return [
        {each.name: each.value for each in need.attributes}
        for need in found.needs
        if (need.kind, need.subject_id) == (kind, subject)
    ]


def test_every_place_person_and_bed_is_needed_once() -> None:
    found = manifest(KITCHEN)
    assert [(need.kind, need.subject_id) for need in found.needs] == [
        ("background", "kitchen"),
        ("character", "mara"),
        ("character", "jonas"),
        ("background", "harbour"),
        ("character", "reyes"),
        ("background", "boat_house"),
        ("music", "bed"),
        ("music", "bed"),
    ]
    assert attributes(found, "background", "kitchen") == [
        {"place": "KITCHEN", "setting": "INT", "time_of_day": "NIGHT"}
    ]
    assert attributes(found, "character", "mara") == [{}]
    check(found.payload(), AssetManifest, "asset manifest")


def test_a_need_names_the_shots_that_use_it() -> None:
    shots = plan(KITCHEN)
    for need in list_assets(script_of(KITCHEN), shots).needs:
        users = [
            shot.shot_id
            for shot in shots.shots
            if (need.kind == "music" and shot.audio.music_mood == need.attributes[0].value)
            or (need.kind == "background" and shot.location_id == need.subject_id)
            or need.subject_id in [who.id for who in shot.characters]
        ]
        assert need.used_by == tuple(users)
        assert need.asset_key == asset_key(need.kind, need.subject_id, need.attributes)


def test_one_place_at_two_times_is_two_backgrounds() -> None:
    found = manifest("INT. HALL - DAY\n\nDust.\n\nINT. HALL - NIGHT\n\nDust.")
    assert [a["time_of_day"] for a in attributes(found, "background", "hall")] == ["DAY", "NIGHT"]


def test_there_is_a_bed_for_every_mood_of_the_film() -> None:
    text = "INT. HALL - DAY\n\nADA\n(crying)\nIt is gone, all of it is gone.\n\nEXT. PIER - DAY\n"
    beds = attributes(manifest(text), "music", "bed")
    assert beds == [{"mood": "sad"}, {"mood": "neutral"}]
    assert attributes(manifest(KITCHEN.replace("(angry)\n", "")), "music", "bed") == [
        {"mood": "neutral"}
    ]


def test_sounds_are_needed_by_the_shots_they_are_heard_in() -> None:
    text = "INT. HALL - DAY\n\nDust. Ada waits.\n\nADA\nHello?\n\nA door SLAMS behind her."
    shots = plan(text)
    (slam,) = [n for n in list_assets(script_of(text), shots).needs if n.kind == "sfx"]
    assert slam.subject_id == "slam"
    assert slam.used_by == tuple(s.shot_id for s in shots.shots if "slam" in s.audio.sfx)
    assert len(slam.used_by) == 1


def test_every_line_carries_what_the_voice_and_the_captions_need() -> None:
    text = (
        "INT. HALL - DAY\n\nMARA (V.O.)\n(slowly, sadly)\nIt was *late*.\n\n"
        "JONAS\n(beat)\nWas it?\n\nADA ^\nNo.\n\n~La la"
    )
    items = manifest(text).vo_items
    assert [(i.speaker, i.off_screen, i.sung, i.emotion, i.pacing) for i in items] == [
        ("MARA", True, False, "slowly, sadly", "slow"),
        ("JONAS", False, False, "sad", ""),
        ("ADA", False, False, "sad", ""),
        ("", True, True, "sad", ""),
    ]
    assert [span.text for span in items[0].spans if span.italic] == ["late"]
    assert items[2].dual_with == items[1].line_id
    assert len({item.asset_key for item in items}) == 4


def test_the_lock_is_carried() -> None:
    assert manifest(KITCHEN).timing_lock_hash == plan(KITCHEN).timing_lock_hash


def test_a_shot_list_of_another_script_is_refused() -> None:
    with pytest.raises(PipelineError) as refusal:
        list_assets(script_of(KITCHEN), plan("INT. HALL - DAY\n\nADA\nSomething else."))
    assert refusal.value.code == "shots-mismatch"
    assert refusal.value.hint
