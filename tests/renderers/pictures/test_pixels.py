"""Colours are BT.709 to the level, whatever the picture."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from renderers.pictures.pixels import dimmed, picture_of_planes, planes_of

# Red, green, blue to Y, Cb, Cr at 8 bit, limited range: the 100 % bars of ITU-R BT.709,
# as SMPTE RP 219 tables them.
BARS = {
    "white": ((255, 255, 255), (235, 128, 128)),
    "black": ((0, 0, 0), (16, 128, 128)),
    "red": ((255, 0, 0), (63, 102, 240)),
    "green": ((0, 255, 0), (173, 42, 26)),
    "blue": ((0, 0, 255), (32, 240, 118)),
    "yellow": ((255, 255, 0), (219, 16, 138)),
    "cyan": ((0, 255, 255), (188, 154, 16)),
    "magenta": ((255, 0, 255), (78, 214, 230)),
}


def ideal(red, green, blue):
    """BT.709 as its text gives it, items 3.2 to 3.4, in floating point."""
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        16 + 219 * luma / 255,
        128 + 224 * (blue - luma) / 1.8556 / 255,
        128 + 224 * (red - luma) / 1.5748 / 255,
    )


@pytest.mark.parametrize("name", BARS)
def test_colour_bars(name):
    rgb, yuv = BARS[name]
    planes = planes_of(Image.new("RGB", (4, 6), rgb))
    assert [plane.shape for plane in planes] == [(6, 4), (3, 2), (3, 2)]
    assert all(plane.dtype == np.uint8 for plane in planes)
    for plane, level in zip(planes, yuv, strict=True):
        assert np.abs(plane.astype(int) - level).max() <= 1


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12), st.integers(1, 12))
def test_every_level_is_within_one_of_the_ideal(seed, half_width, half_height):
    rgb = np.random.default_rng(seed).integers(
        0, 256, (2 * half_height, 2 * half_width, 3), np.uint8
    )
    luma, blue, red = planes_of(Image.fromarray(rgb))
    wanted_luma = ideal(*np.moveaxis(rgb.astype(np.float64), -1, 0))[0]
    means = rgb.astype(np.float64).reshape(half_height, 2, half_width, 2, 3).mean(axis=(1, 3))
    _, wanted_blue, wanted_red = ideal(*np.moveaxis(means, -1, 0))
    for found, wanted in ((luma, wanted_luma), (blue, wanted_blue), (red, wanted_red)):
        assert np.abs(found - wanted).max() <= 0.52


def test_all_greys_have_no_colour():
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[None, :], 2, axis=0)
    luma, blue, red = planes_of(Image.fromarray(np.stack([ramp] * 3, axis=-1)))
    assert (blue == 128).all()
    assert (red == 128).all()
    assert luma[0, 0] == 16
    assert luma[0, 255] == 235
    assert (np.diff(luma[0].astype(int)) >= 0).all()


def test_a_picture_of_another_mode_is_taken_as_it_looks():
    grey = planes_of(Image.new("L", (2, 2), 77))
    for mode in ("RGB", "RGBA"):
        same = planes_of(Image.new("L", (2, 2), 77).convert(mode))
        assert [plane.tolist() for plane in same] == [plane.tolist() for plane in grey]
    assert [plane.tolist()[0][0] for plane in grey] == [82, 128, 128]


def test_dimming_goes_from_black_to_the_picture():
    picture = bytes([16, 100, 235, 60]) + bytes([90]) + bytes([240])
    assert dimmed(picture, 4, 0, 12) == bytes([16, 16, 16, 16, 128, 128])
    assert dimmed(picture, 4, 12, 12) == picture
    assert dimmed(picture, 4, 6, 12) == bytes([16, 58, 125, 38, 109, 184])


@given(st.binary(min_size=6, max_size=6), st.integers(2, 48))
def test_a_fade_never_turns_back(picture, levels):
    # Limited range: nothing is darker than black.
    picture = bytes(max(value, 16) for value in picture)
    steps = np.array([list(dimmed(picture, 4, n, levels)) for n in range(levels + 1)])
    assert (np.diff(steps[:, :4], axis=0) >= 0).all()
    distance = np.abs(steps[:, 4:] - 128)
    assert (np.diff(distance, axis=0) >= 0).all()
    assert bytes(steps[-1].tolist()) == picture


@pytest.mark.parametrize("name", BARS)
def test_colour_bars_come_back(name):
    rgb, yuv = BARS[name]
    grey = [Image.new("L", (2, 2), level) for level in yuv]
    assert picture_of_planes(grey).getpixel((1, 1)) == pytest.approx(rgb, abs=2)
