"""The film against its window."""

import pytest

from schemas.project import TargetDuration
from stages.pacing import pacing_of, pacing_text
from tests.stages.planned_film import KITCHEN, plan


def test_scenes_weigh_what_they_last():
    shots = plan(KITCHEN)
    pacing = pacing_of(shots, TargetDuration())
    assert pacing.shots == len(shots.shots)
    assert abs(sum(scene.film_ms for scene in pacing.scenes) - pacing.film_ms) <= len(pacing.scenes)
    assert 995 <= sum(scene.permille for scene in pacing.scenes) <= 1000
    kitchen = next(s for s in pacing.scenes if s.scene_id.startswith("int_kitchen"))
    frames = sum(s.duration_frames for s in shots.shots if s.scene_id == kitchen.scene_id)
    assert kitchen.film_ms == frames * 1000 // 24
    assert 0 < kitchen.spoken_ms < kitchen.film_ms


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (TargetDuration(), ""),
        (TargetDuration(min_s=10, max_s=300), ""),
        (TargetDuration(max_s=20), "over its target of 20.0 s"),
        (TargetDuration(min_s=90), "under its target of 90.0 s"),
    ],
)
def test_a_film_outside_its_window_names_the_longest_scenes(window, said):
    pacing = pacing_of(plan(KITCHEN), window)
    text = pacing_text(pacing)
    assert (said in text) if said else not text
    if said:
        heaviest = max(pacing.scenes, key=lambda scene: scene.film_ms)
        assert f"the longest scenes: {heaviest.scene_id}" in text
        off = pacing.over_ms or pacing.under_ms
        assert off == abs(pacing.film_ms - (window.max_s or window.min_s) * 1000)
