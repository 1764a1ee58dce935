"""A place that was painted just before is not painted again, and nobody can tell."""

from dataclasses import replace

import pytest
from PIL import Image

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.picture import PictureSpec, draw_picture
from renderers.plates.places import known_places
from schemas.shot_list import ShotCharacter

FONTS = FontSet(default_font_paths())
QUAY = PictureSpec(320, 180, "MCU", "quay", "EXT", "QUAY", "DUSK")


def who(name, side="left"):
    return ShotCharacter(id=name, name=name.upper(), side=side, speaking=True)


def nothing(digest):
    raise AssertionError(digest)


def drawn(spec):
    return draw_picture(spec, nothing, FONTS)


@pytest.fixture
def painted(monkeypatch):
    known_places._painted.clear()
    seen = []
    paint = known_places.paint_background

    def counted(frame, images):
        seen.append(frame.spec)
        return paint(frame, images)

    monkeypatch.setattr(known_places, "paint_background", counted)
    yield seen
    known_places._painted.clear()


def test_one_place_serves_everyone_who_stands_there(painted):
    shots = [
        replace(QUAY, characters=(who("mara"),), action_beat="She waits."),
        replace(QUAY, characters=(who("ilya"),), tag="sc-1"),
    ]
    together = [drawn(shot).tobytes() for shot in shots]
    assert len(painted) == 1
    for shot, before in zip(shots, together, strict=True):
        known_places._painted.clear()
        assert drawn(shot).tobytes() == before


@pytest.mark.parametrize(
    "other",
    [
        {"time_of_day": "NIGHT"},
        {"framing": "CU"},
        {"location_id": "pier"},
        {"width": 322},
        {"safe_margin_permille": 20},
        {"characters": (who("mara", "right"),)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_whatever_the_camera_sees_otherwise_is_painted(painted, other):
    first = replace(QUAY, characters=(who("mara"),))
    drawn(first)
    drawn(replace(first, **other))
    assert len(painted) == 2


def test_what_is_drawn_on_a_place_stays_off_the_next_picture(painted):
    alone = drawn(QUAY).tobytes()
    drawn(replace(QUAY, characters=(who("mara", "center"),)))
    assert drawn(QUAY).tobytes() == alone


def test_no_more_is_kept_than_fits(painted, monkeypatch):
    monkeypatch.setattr(known_places, "_KEPT_BYTES", 2 * 320 * 180 * 3)
    for name in ("a", "b", "c", "c", "b", "a"):
        drawn(replace(QUAY, location_id=name))
    assert [spec.location_id for spec in painted] == ["a", "b", "c", "a"]


def test_an_own_plate_is_known_by_its_digest(painted):
    plates = {"1" * 64: (200, 0, 0), "2" * 64: (0, 0, 200)}

    def plate(digest):
        return Image.new("RGB", (320, 180), plates[digest])

    for digest, colour in plates.items():
        spec = replace(QUAY, background=digest)
        assert draw_picture(spec, plate, FONTS).getpixel((160, 20)) == colour
