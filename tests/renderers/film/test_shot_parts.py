"""Which frames are a shot's alone and which are a transition's; no frame is lost or shown twice."""

from hypothesis import given
from hypothesis import strategies as st

from renderers.film.shot_parts import Body, Join, ShotPart, film_parts
from schemas.artifact import SourceRef
from schemas.shot_list import Environment, Movement, Shot, ShotAudio, TransitionIn

PUSH = Movement(kind="push_in", travel_permille=40)


def shot(frames, kind="cut", length=0, movement=None, fade_out=0):
    return Shot(
        shot_id=f"s.{frames}",
        scene_id="s",
        template="t",
        reason="r",
        duration_frames=frames,
        framing="WS",
        movement=movement or Movement(),
        environment=Environment(),
        audio=ShotAudio(),
        transition_in=TransitionIn(kind=kind, duration_frames=length),
        fade_out_frames=fade_out,
        source=SourceRef(file="x", line=1),
    )


def test_a_dissolve_lies_across_the_cut():
    parts = film_parts([shot(48, movement=PUSH), shot(60, "dissolve", 24)])
    assert parts == (
        Body(0, 0, ShotPart(0, 36, 0, 12)),
        Join(
            number=1,
            film_frame=36,
            kind="dissolve",
            leaving_frames=12,
            before=ShotPart(36, 24, 0, 12),
            after=ShotPart(-12, 24),
        ),
        Body(1, 60, ShotPart(12, 48)),
    )


def test_an_odd_frame_belongs_to_the_shot_that_comes():
    _, join, body = film_parts([shot(48), shot(60, "wipe", 7)])
    assert (join.leaving_frames, join.film_frame, join.before.count) == (3, 45, 7)
    assert (body.film_frame, body.part) == (52, ShotPart(4, 56))


def test_cuts_and_fades_take_nothing_from_a_neighbour():
    shots = [
        shot(30, "fade_in", 10, fade_out=10),
        shot(30, "smash_cut"),
        shot(30, "match_cut"),
        shot(30, "fade_in", 12),
    ]
    assert [part.part for part in film_parts(shots)] == [ShotPart(0, 30)] * 4


def test_nothing_comes_before_the_first_shot():
    assert film_parts([shot(30, "dissolve", 12)]) == (Body(0, 0, ShotPart(0, 30)),)


def test_a_transition_too_long_for_its_shots_is_shortened():
    parts = film_parts([shot(5), shot(9, "dissolve", 200), shot(2, "dissolve", 200)])
    assert [part.part.count for part in parts if isinstance(part, Body)] == [3, 5, 2]
    assert [part.before.count for part in parts if isinstance(part, Join)] == [6]


KINDS = ["cut", "dissolve", "wipe", "fade_through_black", "fade_in"]
SHOTS = st.lists(
    st.builds(shot, st.integers(1, 40), st.sampled_from(KINDS), st.integers(0, 50), st.just(PUSH)),
    min_size=1,
    max_size=8,
)


@given(SHOTS)
def test_every_locked_frame_is_in_one_part(shots):
    parts = film_parts(shots)
    at = 0
    for part in parts:
        seen = part.part if isinstance(part, Body) else part.before
        assert part.film_frame == at
        assert seen.count > 0
        at += seen.count
    assert at == sum(each.duration_frames for each in shots)
    assert [p.number for p in parts if isinstance(p, Body)] == list(range(len(shots)))


@given(SHOTS)
def test_a_shots_camera_goes_on_evenly_through_its_parts(shots):
    """Each frame of the film shows the frame of its shot that was locked there."""
    starts, at = [], 0
    for each in shots:
        starts.append(at)
        at += each.duration_frames
    ways = {}
    for part in film_parts(shots):
        seen = [(part.number, part.part)] if isinstance(part, Body) else []
        if isinstance(part, Join):
            seen = [(part.number - 1, part.before), (part.number, part.after)]
        for number, piece in seen:
            assert part.film_frame - starts[number] == piece.first
            way = (piece.lead_frames, piece.run_out_frames)
            assert ways.setdefault(number, way) == way
            assert -way[0] <= piece.first
            assert piece.first + piece.count <= shots[number].duration_frames + way[1]
