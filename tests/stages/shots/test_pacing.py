"""The film against its window."""

import re

import pytest

from schemas.project import TargetDuration
from stages.shots.pacing import pacing_advice, pacing_of, pacing_text
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


def test_a_film_inside_its_window_gets_no_advice():
    shots = plan(KITCHEN)
    assert pacing_advice(shots, pacing_of(shots, TargetDuration(min_s=10, max_s=300))) == ()


def test_the_heaviest_scenes_are_told_what_to_give_in_a_writers_words():
    shots = plan(KITCHEN)
    pacing = pacing_of(shots, TargetDuration(max_s=30))
    advice = pacing_advice(shots, pacing)
    assert 1 < len(advice) <= 3
    heaviest = max(pacing.scenes, key=lambda scene: scene.film_ms)
    line = next(s.source.line for s in shots.shots if s.scene_id == heaviest.scene_id)
    assert advice[0].startswith("INT. KITCHEN - NIGHT (")
    assert f":{line}): lasts {heaviest.film_ms // 100 / 10} s, " in advice[0]
    assert "take out about" in advice[0]
    given = [float(re.search(r"about ([0-9.]+) s", row)[1]) for row in advice]
    assert given == sorted(given, reverse=True)
    assert abs(sum(given) - pacing.over_ms / 1000) < 0.5


def test_nothing_is_asked_to_give_more_than_half_of_itself():
    shots = plan(KITCHEN)
    pacing = pacing_of(shots, TargetDuration(max_s=1))
    for row in pacing_advice(shots, pacing):
        lasts, gives = (float(each) for each in re.findall(r"(?:lasts|about) ([0-9.]+) s", row))
        assert gives <= lasts / 2


def test_a_title_card_is_asked_for_nothing():
    shots = plan("Title: T\n\nINT. CELL - NIGHT\n\nRain on the window.\n", title_card=True)
    pacing = pacing_of(shots, TargetDuration(max_s=1))
    assert {scene.scene_id for scene in pacing.scenes} >= {"title"}
    assert len(pacing_advice(shots, pacing)) == 1
    assert "title" not in pacing_text(pacing)


def test_a_film_that_is_too_short_is_told_what_to_add():
    talk = "INT. CELL - NIGHT\n\nMARA\n" + "I heard the sea every night of that year. " * 12
    shots = plan(talk)
    pacing = pacing_of(shots, TargetDuration(min_s=120))
    (row,) = [row for row in pacing_advice(shots, pacing) if "CELL" in row]
    # A hundred and fifty words a minute.
    added = float(re.search(r"add about ([0-9.]+) s, some", row)[1])
    assert abs(int(re.search(r"some (\d+) spoken words", row)[1]) - added * 2.5) <= 1
    still = plan("INT. CELL - NIGHT\n\nRain on the window. Mara counts the drops.\n")
    rows = pacing_advice(still, pacing_of(still, TargetDuration(min_s=120)))
    assert rows and all("of what is done and seen" in row for row in rows)
