"""Raw pictures of a take in the show's colours."""

import numpy as np
from PIL import Image

from renderers.pictures.colour_cube import coloured
from renderers.pictures.grade import named_grade
from renderers.pictures.graded_take import grade_pictures
from renderers.pictures.pixels import planes_of
from schemas.project import Format

FORMAT = Format(width=64, height=64)


def raw_of(*pictures):
    return b"".join(plane.tobytes() for each in pictures for plane in planes_of(each))


def test_every_picture_gets_the_colours_of_the_grade(tmp_path):
    cube = named_grade("warm")
    flat = [Image.new("RGB", (64, 64), colour) for colour in ((40, 90, 140), (200, 180, 60))]
    (tmp_path / "raw").write_bytes(raw_of(*flat))
    out = grade_pictures(
        tmp_path / "raw", FORMAT, lambda image: coloured(image, cube), tmp_path / "out"
    )
    found = np.frombuffer(out.read_bytes(), np.uint8).astype(int)
    wanted = np.frombuffer(raw_of(*(coloured(each, cube) for each in flat)), np.uint8).astype(int)
    assert found.shape == wanted.shape
    # Once more through eight bits: a level or two.
    assert np.abs(found - wanted).max() <= 2
    assert np.abs(found - np.frombuffer(raw_of(*flat), np.uint8)).max() > 5


def test_pictures_that_are_not_changed_keep_their_edges(tmp_path):
    ramp = Image.linear_gradient("L").resize((64, 64)).convert("RGB")
    (tmp_path / "raw").write_bytes(raw_of(ramp))
    out = grade_pictures(tmp_path / "raw", FORMAT, lambda image: image, tmp_path / "out")
    was = np.frombuffer((tmp_path / "raw").read_bytes(), np.uint8).astype(int)
    assert np.abs(np.frombuffer(out.read_bytes(), np.uint8) - was).max() <= 1
