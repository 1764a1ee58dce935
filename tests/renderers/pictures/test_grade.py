"""Grades: named ones keep their promise, a .cube file is read to the digit or refused by line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from renderers.pictures.colour_cube import FULL, Cube, coloured, cube_of, read_cube, write_cube
from renderers.pictures.grade import named_grade, read_cube_text
from schemas.errors import PipelineError
from schemas.project import GRADES

IDENTITY_2 = """TITLE "nothing"
# a comment
LUT_3D_SIZE 2
DOMAIN_MIN 0.0 0.0 0.0
DOMAIN_MAX 1 1 1
0 0 0
1 0 0
0 1 0
1.0 1.0 0
0 0 1e0
1 0 1
0 1 1
1 1 1
"""


def colours():
    """A picture with 32 768 colours, evenly spread."""
    steps = np.arange(32, dtype=np.uint16) * 255 // 31
    grid = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).reshape(256, 128, 3)
    return Image.fromarray(grid.astype(np.uint8))


def means(name):
    """What the mean colour of a grey of 128 becomes."""
    cube = named_grade(name)
    return coloured(Image.new("RGB", (4, 4), (128, 128, 128)), cube).getpixel((0, 0))


def spread(image):
    """How colourful a picture is: the mean distance between its strongest and weakest channel."""
    values = np.asarray(image).astype(int)
    return (values.max(axis=2) - values.min(axis=2)).mean()


def test_a_cube_that_changes_nothing_changes_no_colour():
    picture = colours()
    assert coloured(picture, cube_of(lambda colour: colour)).tobytes() == picture.tobytes()
    read = read_cube_text(IDENTITY_2.encode(), "x.cube")
    assert coloured(picture, read).tobytes() == picture.tobytes()


def test_neutral_is_no_cube_and_every_other_grade_is_another_look():
    assert named_grade("neutral") is None
    looks = {coloured(colours(), named_grade(name)).tobytes() for name in GRADES[1:]}
    assert len(looks) == 5
    assert colours().tobytes() not in looks


def test_each_named_grade_does_what_its_name_says():
    red, _, blue = means("warm")
    assert red > 128 > blue
    red, _, blue = means("cool")
    assert red < 128 < blue
    assert spread(coloured(colours(), named_grade("vibrant"))) > spread(colours())
    assert spread(coloured(colours(), named_grade("vintage"))) < spread(colours()) * 8 / 10
    cinematic = named_grade("cinematic")
    dark = coloured(Image.new("RGB", (2, 2), (60, 60, 60)), cinematic).getpixel((0, 0))
    light = coloured(Image.new("RGB", (2, 2), (200, 200, 200)), cinematic).getpixel((0, 0))
    assert dark[2] > dark[0]
    assert light[0] > light[2]


@pytest.mark.parametrize("name", GRADES[1:])
def test_no_grade_turns_a_dark_ramp_over_or_loses_the_lightest(name):
    ramp = Image.linear_gradient("L").convert("RGB")
    luma = np.asarray(coloured(ramp, named_grade(name)).convert("L"))[:, 0].astype(int)
    assert (np.diff(luma) >= 0).all()
    assert luma[-1] > 215
    assert luma[0] < 45


def test_a_colour_between_the_points_is_mixed_from_them():
    cube = Cube(2, [0, 0, 0] * 4 + [0, 0, 0, 0, 0, 0, 0, 0, 0, FULL, 0, 0])
    # Red only where all of red, green and blue are full: a half each gives an eighth.
    assert coloured(Image.new("RGB", (1, 1), (128, 128, 128)), cube).getpixel((0, 0))[0] == 32


def test_values_are_read_exactly_and_clipped():
    text = IDENTITY_2.replace("1.0 1.0 0\n", "0.5 -3 7e5\n").replace("1 0 1\n", "0.25 1e-2 .75\n")
    points = read_cube_text(b"\xef\xbb\xbf" + text.encode(), "x.cube").points
    assert list(points[9:12]) == [32768, 0, 65535]
    assert list(points[15:18]) == [16384, 655, 49151]


BROKEN = {
    "no size": ("0 0 0\n", "line 1: has values before LUT_3D_SIZE"),
    "nothing": ("", "has no LUT_3D_SIZE"),
    "one-dimensional": ("LUT_1D_SIZE 16\n", "line 1: holds a one-dimensional table"),
    "huge": ("LUT_3D_SIZE 4096\n", "found '4096'"),
    "one point": ("LUT_3D_SIZE 1\n", "found '1'"),
    "twice": ("LUT_3D_SIZE 2\nLUT_3D_SIZE 2\n", "line 2: should hold one LUT_3D_SIZE"),
    "domain": ("LUT_3D_SIZE 2\nDOMAIN_MAX 2 2 2\n", "line 2: has a domain other than 0 to 1"),
    "short": ("LUT_3D_SIZE 2\n0 0 0\n", "has 1 lines of values where 8 are wanted"),
    "long": (IDENTITY_2 + "0 0 0\n", "line 14: has more than the 8 lines"),
    "two numbers": ("LUT_3D_SIZE 2\n0 0\n", "line 2: should hold three numbers, found 2"),
    "no number": ("LUT_3D_SIZE 2\n0 0 nan\n", "line 2: holds"),
    "hexadecimal": ("LUT_3D_SIZE 2\n0 0 0x1\n", "line 2: should hold numbers such as 0.25"),
    "comma": ("LUT_3D_SIZE 2\n0,5 0 0\n", "line 2: should hold numbers such as 0.25"),
    "exponent": ("LUT_3D_SIZE 2\n1e999 0 0\n", "line 2: should hold numbers such as 0.25"),
    "endless": ("LUT_3D_SIZE 2\n" + "0 " * 400 + "\n", "line 2: is longer than 300 characters"),
    "another keyword": ("LUT_3D_SIZE 2\nEVIL 1\n", "line 2: holds EVIL, unknown"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_is_no_cube_is_refused_by_line(case):
    text, told = BROKEN[case]
    if case == "no number":
        told = "line 2: should hold numbers such as 0.25"
    with pytest.raises(PipelineError) as caught:
        read_cube_text(text.encode(), "look.cube")
    assert caught.value.code == "broken-lut"
    assert told in f"{caught.value.where}: {caught.value.problem}"


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x89PNG\r\n\x1a\n" * 9, b" " * (17 << 20)])
def test_a_file_that_is_not_text_or_too_large_is_refused(data):
    with pytest.raises(PipelineError, match=r"is not text|is larger than 16 MiB"):
        read_cube_text(data, "look.cube")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_cube_or_a_refusal(data):
    for text in (data, b"LUT_3D_SIZE 2\n" + data):
        try:
            read_cube_text(text, "x.cube")
        except PipelineError as error:
            assert error.code == "broken-lut"


def test_a_cube_comes_back_from_its_file(tmp_path):
    cube = cube_of(lambda colour: (colour[2], colour[0] // 2, 7))
    write_cube(cube, tmp_path / "cube")
    again = read_cube(tmp_path / "cube")
    assert (again.side, list(again.points)) == (cube.side, list(cube.points))
    (tmp_path / "cube").write_bytes((tmp_path / "cube").read_bytes()[:-1])
    with pytest.raises(PipelineError, match="not a colour table"):
        read_cube(tmp_path / "cube")
