"""Figures are cut out of a plain ground, and out of nothing else."""

import pytest
from PIL import Image, ImageDraw

from renderers.pictures.plain_ground import cut_out


def before(ground, size=(400, 600)):
    picture = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 50, 299, 599), fill=(30, 60, 160))
    draw.rectangle((150, 200, 250, 300), fill=ground)
    return picture


@pytest.mark.parametrize("ground", [(250, 250, 250), (20, 200, 30), (0, 0, 0)])
def test_the_figure_alone_is_left(ground):
    cut = cut_out(before(ground))
    assert cut is not None
    assert (cut.mode, cut.size) == ("RGBA", (200, 550))
    assert cut.getchannel("A").getextrema() == (255, 255)
    # What looks like ground in the middle of the figure stays.
    assert cut.getpixel((100, 200)) == (*ground, 255)


def test_what_is_between_the_arms_and_joined_to_the_edge_is_cleared():
    picture = Image.new("RGB", (300, 300), "white")
    ImageDraw.Draw(picture).rectangle((100, 100, 140, 299), fill="navy")
    ImageDraw.Draw(picture).rectangle((180, 100, 220, 299), fill="navy")
    cut = cut_out(picture)
    assert cut is not None
    assert cut.size == (121, 200)
    assert cut.getpixel((60, 100))[3] == 0


def test_an_edge_is_soft():
    cut = cut_out(before((255, 255, 255), size=(400, 600)).reduce(3))
    assert cut is not None
    edge = cut.getpixel((0, 90))
    # Two thirds of the pixel were figure, and none of the ground is left in its colour.
    assert 160 <= edge[3] <= 180
    assert max(abs(one - other) for one, other in zip(edge[:3], (30, 60, 160), strict=True)) < 4


@pytest.mark.parametrize(
    "picture",
    [
        Image.effect_noise((200, 200), 90).convert("RGB"),
        Image.new("RGB", (200, 200), "white"),
        Image.linear_gradient("L").convert("RGB"),
    ],
)
def test_without_a_plain_ground_or_a_figure_nothing_is_cut(picture):
    assert cut_out(picture) is None
