"""Postures, gestures and things in the hand, as pictures show them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.people.face_boxes import face_boxes
from renderers.plates.people.gestures import ARMS
from renderers.plates.people.moods import MOODS
from renderers.plates.people.poses import GROUNDS, Pose, pose_of
from renderers.plates.picture import PictureSpec, draw_picture, spec_payload
from renderers.plates.things.kinds import THINGS
from schemas import held_things
from schemas.shot_list import ShotCharacter

FONTS = FontSet(default_font_paths())
ROOM = PictureSpec(480, 270, "WS", location_id="kitchen", setting="INT", place="KITCHEN")
POSTURES = ("sitting", "sitting on a sofa", "sitting up in bed", "sitting on a step",
            "sitting on the ground", "kneeling", "crouching", "lying", "lying in bed", "running",
            "walking")  # fmt: skip
GESTURES = ("on the phone", "head in hands", "hugging", "turned", "arms crossed", "hands on hips",
            "praying", "pointing", "waving", "hands raised", "reaching")  # fmt: skip


def of(pose: str = "standing", holding: str = "", **changes) -> PictureSpec:
    who = ShotCharacter(id="mara", name="MARA", pose=pose, holding=holding, side="left")
    return replace(ROOM, characters=(who,), **changes)


def pixels(spec: PictureSpec) -> np.ndarray:
    image = draw_picture(spec, lambda digest: Image.new("RGB", (1, 1)), FONTS)
    return np.asarray(image).astype(int)


def figure(spec: PictureSpec) -> tuple[int, int, int, int]:
    """What somebody covers of the place: left, top, right, bottom."""
    empty = replace(spec, characters=())
    if spec.framing not in ("WS", "EWS"):
        raise ValueError("a closer view of the place depends on who is in it")
    there = np.abs(pixels(spec) - pixels(empty)).max(axis=2) > 24
    rows, columns = np.flatnonzero(there.any(axis=1)), np.flatnonzero(there.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


@pytest.mark.parametrize(
    ("words", "pose"),
    [
        ("standing", Pose()),
        ("away", Pose("away")),
        ("sitting, on the phone", Pose("sitting", "ear")),
        ("sitting on a step, arms crossed", Pose("step", "crossed")),
        ("lying in bed", Pose("bed")),
        ("standing, turned", Pose("standing", "turned")),
        ("levitating", Pose()),
    ],
)
def test_a_pose_is_a_posture_and_a_gesture(words, pose):
    assert pose_of(words) == pose


def test_every_posture_and_gesture_of_a_shot_list_is_drawn_in_its_own_way():
    plain = pixels(of())
    seen = {pixels(of(pose)).tobytes() for pose in POSTURES}
    seen |= {pixels(of(f"standing, {gesture}")).tobytes() for gesture in GESTURES}
    assert len(seen | {plain.tobytes()}) == len(POSTURES) + len(GESTURES) + 1


@pytest.mark.parametrize("posture", [p for p in POSTURES if p != "walking"])
def test_whoever_does_not_stand_is_lower_and_on_the_same_ground(posture):
    left, top, right, bottom = figure(of(posture))
    _, standing_top, _, standing_bottom = figure(of())
    assert top > standing_top + 3
    assert abs(bottom - standing_bottom) <= 6
    assert (right - left > 2 * (bottom - top)) == posture.startswith("lying")


def test_the_face_of_someone_who_lies_is_found_on_its_side():
    (standing,), (lying,) = (face_boxes(of(pose)) for pose in ("standing", "lying"))
    wide, high = (lying.box[2] - lying.box[0], lying.box[3] - lying.box[1])
    assert (wide, high) == pytest.approx(
        (standing.box[3] - standing.box[1], standing.box[2] - standing.box[0]), abs=2
    )
    assert lying.box[1] > standing.box[3]
    assert face_boxes(of("standing, turned")) == ()


@pytest.mark.parametrize("framing", ["MLS", "MS", "MCU", "CU"])
def test_a_seated_face_in_a_closer_picture_stays_in_it_and_low(framing):
    pair = (
        ShotCharacter(id="mara", name="MARA", pose="sitting on the ground", side="left"),
        ShotCharacter(id="tom", name="TOM", side="right"),
    )
    faces = {
        face.character_id: face.box
        for face in face_boxes(replace(ROOM, framing=framing, characters=pair))
    }
    assert faces["mara"][1] > faces["tom"][1]
    assert faces["mara"][3] < 270


def test_all_that_sit_are_framed_as_if_they_stood():
    both = tuple(
        ShotCharacter(id=name, name=name, pose="sitting", side=side)
        for name, side in (("mara", "left"), ("tom", "right"))
    )
    standing = tuple(who.model_copy(update={"pose": "standing"}) for who in both)
    low = face_boxes(replace(ROOM, framing="MS", characters=both))
    high = face_boxes(replace(ROOM, framing="MS", characters=standing))
    assert all(0 < one.box[1] - two.box[1] < 30 for one, two in zip(low, high, strict=True))


def test_two_who_hold_each_other_stand_close():
    pair = tuple(
        ShotCharacter(id=name, name=name, pose=pose, side=side)
        for name, side, pose in (
            ("mara", "left", "standing, hugging"),
            ("tom", "right", "standing, hugging"),
        )
    )
    apart = tuple(who.model_copy(update={"pose": "standing"}) for who in pair)

    def gap(people):
        boxes = sorted(face.box for face in face_boxes(replace(ROOM, characters=people)))
        return boxes[1][0] - boxes[0][2]

    assert 0 < gap(pair) < gap(apart) // 3, "close, and neither face hides the other"


def test_the_pictures_know_every_thing_that_the_shot_list_can_name():
    assert set(THINGS) == set(held_things.THINGS)
    assert {thing.hold for thing in THINGS.values()} <= set(ARMS)


@pytest.mark.parametrize("kind", sorted(THINGS))
def test_a_thing_in_the_hand_is_seen_standing_and_sitting(kind):
    for pose in ("standing", "sitting"):
        for framing in ("WS", "MS"):
            without = pixels(of(pose, framing=framing))
            held = pixels(of(pose, kind, framing=framing))
            assert (np.abs(held - without).max(axis=2) > 40).sum() > 20, (kind, pose, framing)


def test_what_nobody_can_draw_is_not_drawn():
    assert (pixels(of("standing", "samovar")) == pixels(of())).all()


def test_what_is_held_is_part_of_what_a_picture_depends_on():
    assert spec_payload(of("standing", "box")) != spec_payload(of())


def test_a_shoulder_near_the_camera_holds_nothing():
    pair = (
        ShotCharacter(id="mara", name="MARA", side="left"),
        ShotCharacter(id="tom", name="TOM", pose="away", side="right"),
    )
    plain = replace(ROOM, framing="MS", characters=pair)
    held = replace(plain, characters=(pair[0], pair[1].model_copy(update={"holding": "box"})))
    assert (pixels(plain) == pixels(held)).all()


def test_every_posture_has_its_ground():
    assert GROUNDS["standing"] > GROUNDS["running"] > GROUNDS["sitting"] > GROUNDS["kneeling"]
    assert GROUNDS["kneeling"] > GROUNDS["crouching"] > GROUNDS["ground"] > GROUNDS["lying"]


@pytest.mark.parametrize("framing", ["WS", "MCU"])
def test_every_mood_has_a_face_of_its_own(framing):
    spec = of(framing=framing)
    faces = {pixels(replace(spec, characters=(_feeling(mood),))).tobytes() for mood in MOODS}
    assert len(faces) == len(MOODS)


def _feeling(mood: str) -> ShotCharacter:
    return ShotCharacter(id="anna", name="ANNA", expression=mood)


def test_tears_are_seen_on_a_crying_face_and_shut_eyes_on_a_sleeping_one():
    close = replace(ROOM, framing="CU")
    plain, crying, asleep = (
        pixels(replace(close, characters=(_feeling(mood),))) for mood in ("sad", "crying", "asleep")
    )
    (face,) = face_boxes(replace(close, characters=(_feeling("sad"),)))
    left, top, right, low = face.box

    def water(image):
        part = image[top:low, left:right]
        return ((part[..., 2] > 205) & (part[..., 0] < 190)).sum()

    def white(image):
        return (image[top : (top + low) // 2, left:right].min(axis=2) > 225).sum()

    assert water(crying) > 60 and water(plain) == 0
    assert white(plain) > 30 and white(asleep) == 0


def test_the_head_of_someone_who_lies_stays_in_an_upright_picture():
    people = (
        ShotCharacter(id="mara", name="MARA", pose="lying in bed", side="left"),
        ShotCharacter(id="tom", name="TOM", side="right"),
    )
    upright = replace(ROOM, width=270, height=480, characters=people)
    box = next(face.box for face in face_boxes(upright) if face.character_id == "mara")
    assert box[0] >= 0 and box[2] <= 270


PEOPLE = st.builds(
    ShotCharacter,
    id=st.sampled_from(["mara", "old_tom", "boy"]),
    name=st.just("SOMEBODY"),
    pose=st.builds(
        ", ".join,
        st.tuples(st.sampled_from((*POSTURES, "standing", "away")), st.sampled_from(GESTURES)),
    ),
    expression=st.sampled_from(sorted(MOODS)),
    holding=st.sampled_from(["", "samovar", *sorted(THINGS)]),
    side=st.sampled_from(["left", "center", "right"]),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PEOPLE, max_size=7),
    st.sampled_from(["EWS", "WS", "MLS", "MS", "MCU", "CU", "ECU"]),
    st.sampled_from([(16, 16), (90, 160), (160, 90), (400, 20), (20, 400)]),
    st.sampled_from(["KITCHEN", "CAR", "BUS", "PLANE", "ATTIC", "GARAGE", "SPACESHIP", "LODGE"]),
)
def test_any_company_in_any_frame_is_drawn_and_always_the_same(people, framing, size, place):
    spec = replace(
        ROOM, width=size[0], height=size[1], framing=framing, characters=tuple(people), place=place
    )
    first, again = pixels(spec), pixels(spec)
    assert first.shape == (size[1], size[0], 3) and (first == again).all()
    assert len(face_boxes(spec)) <= len(people)
