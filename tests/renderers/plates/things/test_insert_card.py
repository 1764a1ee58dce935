"""The card that stands in for a thing that there is no picture of."""

from dataclasses import replace

import numpy as np
import pytest

from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.picture import PictureSpec, draw_picture

FONTS = FontSet(tuple(default_font_paths()))
PLAIN = PictureSpec(640, 360, "ECU", location_id="hall", setting="INT", place="HALL")


def drawn(spec):
    return np.asarray(draw_picture(spec, lambda digest: None, FONTS)).astype(int)


@pytest.mark.parametrize(
    "name", ["SAMOVAR", "KEY", "THE TAPE RECORDER", "{\\\\an8}<b>%s", "W" * 60]
)
@pytest.mark.parametrize("size", [(640, 360), (360, 640), (64, 64)])
def test_the_name_stands_on_a_card_inside_the_picture(monkeypatch, name, size):
    rows = []
    real = FontSet.draw

    def noted(self, draw, text, style):
        wide = self.width(text, style.size_px, bold=style.bold)
        rows.append((text, style.at[0], style.at[0] + wide))
        real(self, draw, text, style)

    monkeypatch.setattr(FontSet, "draw", noted)
    drawn(replace(PLAIN, width=size[0], height=size[1], insert=name))
    assert all(0 <= left < right <= size[0] for _, left, right in rows)
    if size != (64, 64):
        assert "".join(text for text, *_ in rows).replace(" ", "") == name.replace(" ", "")


def test_a_card_is_paper_on_the_darkened_place():
    with_card, without = drawn(replace(PLAIN, insert="SAMOVAR")), drawn(PLAIN)
    assert (with_card[120:200, 200:230].mean(axis=2) > 230).all()
    assert with_card[:20].mean() < without[:20].mean()


def test_a_thing_of_a_known_kind_is_drawn_and_named_instead_of_lettered_on_a_card():
    letter, gun, place = (drawn(replace(PLAIN, insert=what)) for what in ("LETTER", "A GUN", ""))
    paper = (letter[110:140, 250:390].min(axis=2) > 200).mean()
    assert paper > 0.7, "an envelope fills the middle"
    assert (gun[110:140, 250:390].max(axis=2) < 130).mean() > 0.3, "a pistol is dark"
    for shown in (letter, gun):
        assert shown[:20].mean() < place[:20].mean(), "the place steps back"
