"""Pins: the shot that is meant, what changes of it, and what cannot be."""

import pytest

from schemas.errors import PipelineError
from stages.shots.plan_shots import ShotSettings, plan_shots
from stages.shots.shot_pins import ShotPin, read_pin
from tests.stages.planned_film import FILM, scratch_of, script_of

SCENE = """INT. KITCHEN - NIGHT

Mara fills the kettle.

{note}

MARA
You came back.

JONAS
I said I would.

Mara turns away.
"""


def planned(note="", pins=()):
    script = script_of(SCENE.format(note=note))
    settings = ShotSettings(fps=FILM, title_card=False, pins=tuple(pins))
    return plan_shots(script, scratch_of(script), settings).shots


def pin(shot, **values):
    return read_pin(values, "s01e01.shots.yaml:7", shot=shot)


def rules(shot):
    return {rule.aspect: (rule.rule, rule.because) for rule in shot.rules}


def test_a_note_means_the_shot_that_begins_there():
    plain, pinned = planned(), planned("[[shot: framing=close, movement=push]]")
    changed = [
        n for n, (a, b) in enumerate(zip(plain, pinned, strict=True)) if a.framing != b.framing
    ]
    (number,) = changed
    assert plain[number].template == "master"
    assert (pinned[number].framing, pinned[number].movement.kind) == ("CU", "push_in")
    assert rules(pinned[number])["framing"] == ("pinned", "pinned by episodes/s01e01.fountain:5")


def test_a_note_behind_everything_means_the_last_shot_that_is_written_and_not_the_look_back():
    script = script_of(SCENE.format(note="") + "\n[[shot: framing=close]]\n")
    settings = ShotSettings(fps=FILM, title_card=False)
    *_, last, tail = plan_shots(script, scratch_of(script), settings).shots
    assert (tail.template, tail.framing) == ("end_tail", "EWS")
    assert (last.action_beat, last.framing) == ("Mara turns away.", "CU")


def test_a_file_beside_it_means_a_shot_by_its_id_or_its_beginning():
    shots = planned()
    name = shots[1].shot_id
    for called in (name, name[:-2]):
        pinned = planned(pins=[pin(called, framing="extreme close-up", picture="Old Stove")])
        assert (pinned[1].framing, pinned[1].picture) == ("ECU", "old_stove")
        assert rules(pinned[1])["picture"] == ("pinned", "pinned by s01e01.shots.yaml:7")


def test_every_name_and_every_other_shot_stays():
    shots = planned()
    pinned = planned(
        pins=[pin(shots[1].shot_id, framing="wide", duration="5 s", movement="static")]
    )
    assert [shot.shot_id for shot in pinned] == [shot.shot_id for shot in shots]
    assert [a for a, b in zip(shots, pinned, strict=True) if a != b] == [shots[1]]


@pytest.mark.parametrize(
    ("written", "frames"),
    [("4s", 96), ("4.5 s", 108), ("3500 ms", 84), ("100 frames", 100), ("1 frame", 1), ("77f", 77)],
)
def test_lengths(written, frames):
    shots = planned()
    silent = next(shot for shot in shots if not shot.audio.vo and not shot.fade_out_frames)
    pinned = planned(pins=[pin(silent.shot_id, duration=written)])
    assert next(s for s in pinned if s.shot_id == silent.shot_id).duration_frames == frames


def test_a_longer_shot_moves_at_the_same_speed():
    place = planned()[0]
    assert place.movement.kind.startswith("pan")
    pinned = planned(pins=[pin(place.shot_id, duration="5 s")])[0]
    assert pinned.movement.travel_permille > place.movement.travel_permille


def test_words_are_never_cut():
    spoken = next(shot for shot in planned() if shot.audio.vo)
    said = max(vo.offset_frames + vo.duration_frames for vo in spoken.audio.vo)
    exact = planned(pins=[pin(spoken.shot_id, duration=f"{said} frames")])
    assert next(s for s in exact if s.shot_id == spoken.shot_id).duration_frames == said
    with pytest.raises(PipelineError, match=f"its words last {said}") as refused:
        planned(pins=[pin(spoken.shot_id, duration=f"{said - 1} frames")])
    assert refused.value.where == "s01e01.shots.yaml:7"
    assert f"give it {said} frames or more" in refused.value.hint


def test_the_file_counts_after_the_note():
    master = next(shot for shot in planned() if shot.template == "master")
    pinned = planned("[[shot: framing=close]]", [pin(master.shot_id, framing="wide")])
    assert next(s for s in pinned if s.shot_id == master.shot_id).framing == "WS"


@pytest.mark.parametrize(
    ("values", "said", "hint"),
    [
        ({"framing": "closest"}, "`closest` is no framing", "did you mean close?"),
        ({"framing": "banana"}, "`banana` is no framing", "use ews, ws"),
        ({"movement": "fly"}, "`fly` is no movement", "use static"),
        ({"duration": "long"}, "`long` is no length", "write 3s"),
        ({"duration": "0 frames"}, "0 frames is no length of a shot", "between one frame"),
        ({"duration": "500 s"}, "500 s is longer than two minutes", "shorten it"),
        ({"frame": "close"}, "`frame` is nothing that a shot has", "did you mean framing?"),
        ({"picture": ""}, "picture has no value", "picture: rooftop"),
        ({"framing": ["close"]}, "framing has no value", "framing: close"),
    ],
)
def test_mistakes_are_named_with_what_to_write(values, said, hint):
    with pytest.raises(PipelineError) as refused:
        planned(pins=[pin(planned()[0].shot_id, **values)])
    assert refused.value.code == "shot-pin"
    assert said in refused.value.problem
    assert hint in refused.value.hint


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("[[shot: framing]]", "`framing` is not key=value"),
        ("[[shot:]]", "the note pins nothing"),
        ("[[shot: colour=red]]", "`colour` is nothing that a shot has"),
    ],
)
def test_mistakes_in_notes(note, said):
    with pytest.raises(PipelineError, match=said) as refused:
        planned(note)
    assert refused.value.where == "episodes/s01e01.fountain:5"


def test_a_pin_for_nothing_is_refused_with_what_there_is():
    with pytest.raises(PipelineError, match="is no shot of this film") as refused:
        planned(pins=[ShotPin("s.yaml:1", shot="int_kitchen_nigth", framing="CU")])
    assert "int_kitchen_night" in refused.value.hint
    with pytest.raises(PipelineError, match="means several shots"):
        planned(pins=[ShotPin("s.yaml:1", shot="int_kitchen", framing="CU")])


def test_other_notes_are_left_alone():
    assert [s.framing for s in planned("[[the shot: think about it]]")] == [
        s.framing for s in planned()
    ]
