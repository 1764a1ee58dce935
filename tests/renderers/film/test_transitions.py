"""Transitions: mixed in integers from raw pictures, and encoded as what they are."""

import av
import numpy as np
import pytest
from PIL import Image

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.film.segments import SegmentRequest
from renderers.film.shot_parts import Join, film_parts
from renderers.film.transitions import (
    TransitionRequest,
    dissolved,
    encode_transition,
    mixed_pictures,
    wiped,
)
from renderers.seams import Tools
from schemas.project import Format
from schemas.shot_list import Movement
from tests.renderers.film.test_shot_parts import shot

WIDTH, HEIGHT = 96, 64
FMT = Format(width=WIDTH, height=HEIGHT)
LUMA = WIDTH * HEIGHT


def grey(level):
    return bytes([level]) * LUMA + bytes([128]) * (LUMA // 2)


def transition(kind, length, before=(40, 40, 40), after=(200, 200, 200), **first):
    shots = [shot(30, **first), shot(30, kind, length)]
    join = next(part for part in film_parts(shots) if isinstance(part, Join))

    def seen(number, part, colour):
        moving = shots[number].movement.travel_permille > 0
        canvas = (WIDTH + 4, HEIGHT + 4) if moving else (WIDTH, HEIGHT)

        def draw():
            ramp = Image.linear_gradient("L").rotate(90).resize(canvas).convert("RGB")
            return ramp if moving else Image.new("RGB", canvas, colour)

        return SegmentRequest(shots[number], FMT, pinned_ffmpeg(), draw, canvas, part=part)

    return TransitionRequest(
        kind, seen(0, join.before, before), seen(1, join.after, after), join.leaving_frames
    )


def middles(request):
    """The luma in the middle of each picture."""
    return [raw[LUMA // 2 + WIDTH // 2] for _, raw in mixed_pictures(request)]


def test_a_dissolve_goes_evenly_from_one_picture_to_the_other():
    assert [dissolved(grey(20), grey(220), (n, 4))[0] for n in range(4)] == [60, 100, 140, 180]


def test_a_dissolve_of_a_picture_with_itself_is_that_picture():
    noise = np.random.default_rng(3).integers(0, 256, LUMA * 3 // 2, np.uint8).tobytes()
    assert all(dissolved(noise, noise, (n, 7)) == noise for n in range(7))
    assert all(wiped(noise, noise, (WIDTH, HEIGHT), (n, 7)) == noise for n in range(7))


def test_a_wipe_comes_from_the_left_behind_a_soft_upright_edge():
    raw = wiped(grey(20), grey(220), (WIDTH, HEIGHT), (2, 5))
    rows = np.frombuffer(raw[:LUMA], np.uint8).reshape(HEIGHT, WIDTH)
    assert (rows == rows[0]).all()
    assert list(np.flatnonzero(rows[0] == 220)) == list(range(45))
    assert list(np.flatnonzero(rows[0] == 20)) == list(range(52, 96))
    assert list(rows[0][45:52]) == [195, 170, 145, 120, 95, 70, 45]


def test_a_wipe_moves_all_the_way_in_equal_steps():
    new = [
        np.count_nonzero(
            np.frombuffer(wiped(grey(20), grey(220), (WIDTH, HEIGHT), (n, 11))[:WIDTH], np.uint8)
            > 120
        )
        for n in range(11)
    ]
    assert set(np.diff(new)) <= {8, 9}
    assert (new[0], new[-1]) == (4, 91)


def test_a_fade_through_black_is_black_at_the_cut_only():
    levels = middles(transition("fade_through_black", 8))
    # Luma 50 and 188 are what RGB 40 and 200 are in limited range.
    assert levels == [41, 33, 24, 16, 16, 59, 102, 145]


def test_beyond_a_fade_to_black_a_shot_is_black():
    levels = middles(transition("dissolve", 8, after=(0, 0, 0), fade_out=10))
    assert levels[4:] == [16] * 4
    assert levels[0] > 16


def test_the_camera_goes_on_through_a_transition():
    push = Movement(kind="pan_right", travel_permille=40)
    pictures = [raw for _, raw in mixed_pictures(transition("dissolve", 10, movement=push))]
    assert len(pictures) == 10
    assert len(set(pictures)) == 10


@pytest.mark.parametrize("kind", ["dissolve", "wipe", "fade_through_black"])
def test_what_is_encoded_is_what_was_mixed(tmp_path, kind):
    request = transition(kind, 12)
    tools = Tools(SubprocessExecutor(), lambda digest: tmp_path / digest, tmp_path)
    clip = encode_transition(request, tools, tmp_path)
    with av.open(str(clip)) as opened:
        found = [f.to_ndarray()[HEIGHT // 2, WIDTH // 2] for f in opened.decode(video=0)]
    assert len(found) == 12
    assert np.abs(np.array(found, int) - np.array(middles(request), int)).max() <= 3
