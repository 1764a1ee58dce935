"""Captions keep clear of faces in close-ups, measured on burned-in frames."""

from dataclasses import replace

import numpy as np
import pytest

from renderers.captions.ass import text_box
from renderers.captions.cue import Cue
from renderers.captions.cues import build_cues, to_ass
from renderers.captions.faces import clear_of_faces, faces_shown
from schemas.render_plan import ChosenTake
from schemas.script import Span
from schemas.shot_list import Movement, ShotCharacter
from tests.renderers.captions.film import Said, film
from tests.renderers.captions.test_ass import render, request

TEXT = "I never said that it was open, and you know it."


def planned(framing="ECU", side="center", movement=None):
    """A film of one shot of 60 frames in which Mara speaks, and its cues."""
    shots, manifest, plan = film([Said(TEXT, 4, 50)], (60,))
    mara = ShotCharacter(id="mara", name="Mara", side=side, speaking=True)
    shot = shots.shots[0].model_copy(
        update={"framing": framing, "characters": (mara,), "movement": movement or Movement()}
    )
    shots = shots.model_copy(update={"shots": (shot,)})
    cues = build_cues(shots, manifest, plan)
    assert cues
    return clear_of_faces(cues, shots, manifest, plan), shots.shots[0], plan


@pytest.mark.parametrize(
    ("framing", "up"),
    [("ECU", True), ("CU", False), ("MCU", False), ("MS", False), ("WS", False), ("TITLE", False)],
)
def test_only_a_caption_on_a_face_goes_up(framing, up):
    cues, _, _ = planned(framing)
    assert [cue.at_top for cue in cues] == [up] * len(cues)


@pytest.mark.parametrize("framing", ["MS", "MCU", "CU", "ECU"])
@pytest.mark.parametrize("side", ["left", "center", "right"])
@pytest.mark.parametrize("kind", ["static", "push_in", "pull_out", "pan_left"])
def test_no_burned_in_caption_covers_a_face(framing, side, kind, tmp_path):
    movement = Movement(kind=kind, travel_permille=0 if kind == "static" else 60)
    cues, shot, plan = planned(framing, side, movement)
    wanted = request(width=1280, height=720, first_frame=0, frame_count=60)
    frame = render(to_ass(cues, wanted), wanted, tmp_path)[cues[0].start_frame]
    covered = frame != frame[0, 0]
    assert covered.any()
    for left, top, right, bottom in faces_shown(shot, (), plan):
        assert not covered[max(top, 0) : bottom, max(left, 0) : right].any()


@pytest.mark.parametrize("at_top", [True, False])
@pytest.mark.parametrize("rows", [1, 2])
@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (640, 360)])
def test_a_caption_stands_inside_the_box_it_is_said_to(at_top, rows, size, tmp_path):
    texts = ("I never said that it was open, MARA.", "And you know it.")[:rows]
    cue = Cue(0, 20, tuple((Span(text=text),) for text in texts), ("a",), at_top=at_top)
    wanted = request(width=size[0], height=size[1], first_frame=0, frame_count=2)
    frame = render(to_ass([cue], wanted), wanted, tmp_path)[0]
    down, across = np.nonzero(frame != frame[size[1] // 2, 0])
    left, top, right, bottom = text_box(cue, *size)
    assert left <= across.min()
    assert across.max() < right
    assert top - 2 <= down.min()
    assert down.max() < bottom + 2
    assert (down.max() - down.min()) * 10 > (bottom - top) * 8


def test_a_movement_shows_the_face_at_both_ends():
    _, shot, plan = planned("CU", movement=Movement(kind="push_in", travel_permille=60))
    wide, close = faces_shown(shot, (), plan)
    assert (close[2] - close[0]) > (wide[2] - wide[0]) * 104 // 100
    assert close[1] < wide[1]


def test_nobody_knows_where_the_faces_of_a_take_are():
    cues, _, _ = planned("ECU")
    shots, manifest, plan = film([Said(TEXT, 4, 50)], (60,))
    shot = shots.shots[0].model_copy(update={"framing": "ECU"})
    shots = shots.model_copy(update={"shots": (shot,)})
    plain = tuple(replace(cue, at_top=False) for cue in cues)
    assert clear_of_faces(plain, shots, manifest, plan)[0].at_top
    take = ChosenTake.model_construct(shot_id=shot.shot_id, clip="a" * 64)
    taken = plan.model_copy(update={"takes": (take,)})
    assert not clear_of_faces(plain, shots, manifest, taken)[0].at_top
