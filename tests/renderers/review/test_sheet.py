"""The contact sheet holds every shot, whatever their number and shape."""

import pytest
from PIL import Image

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.review import sheet as drawing
from renderers.review.design import BACKGROUND
from renderers.review.sheet import Sheet, SheetShot, write_sheet
from renderers.seams import Tools

FONTS = FontSet(default_font_paths())


def sheet_of(folder, count, size=(64, 36), scene="INT. KITCHEN - DAY"):
    still = folder / "still.jpg"
    Image.new("RGB", size, (200, 40, 40)).save(still)
    shots = [
        SheetShot(still, number, "MCU · 2.4 s", scene, "preview") for number in range(1, count + 1)
    ]
    return Sheet("A Film", f"{count} shots", shots, size, FONTS)


def written(sheet, folder):
    out = folder / "contact_sheet.png"
    tools = Tools(SubprocessExecutor(), lambda digest: folder / digest, folder)
    write_sheet(sheet, out, pinned_ffmpeg(), tools)
    return out


def red_pictures(path):
    """How many separate red pictures the sheet shows, counted along its rows and columns."""
    with Image.open(path) as opened:
        picture = opened.convert("RGB")
    red = picture.getchannel("R").point(lambda level: 255 * (150 < level < 230))
    low = picture.getchannel("G").point(lambda level: 255 * (level < 90))
    mask = Image.composite(red, Image.new("L", picture.size), low)
    count = 0
    rows = [mask.crop((60, y, 61, y + 1)).getpixel((0, 0)) for y in range(mask.height)]
    for y in range(1, mask.height):
        if rows[y] and not rows[y - 1]:
            line = mask.crop((0, y + 5, mask.width, y + 6)).tobytes()
            count += sum(line[x] > 0 and not line[x - 1] for x in range(1, len(line)))
    return count


@pytest.mark.parametrize("count", [1, 13, 300])
def test_every_shot_is_on_the_sheet(tmp_path, count):
    out = written(sheet_of(tmp_path, count), tmp_path)
    with Image.open(out) as opened:
        assert (opened.format, opened.width) == ("PNG", 1920)
        assert opened.getpixel((2, 2)) == BACKGROUND
    assert red_pictures(out) == count


@pytest.mark.parametrize("size", [(36, 64), (64, 64), (384, 3)])
def test_pictures_of_any_shape_are_shown_whole(tmp_path, size):
    assert red_pictures(written(sheet_of(tmp_path, 7, size), tmp_path)) == 7


def test_a_long_film_is_drawn_in_pieces_no_bigger_than_those_of_a_short_one(tmp_path):
    def largest(count):
        sheet = sheet_of(tmp_path, count)
        bands = [band.height for band in drawing._bands(sheet, drawing._grid(sheet))]
        assert sum(bands) == drawing._grid(sheet).height(count)
        return max(bands)

    assert largest(300) <= largest(20)


def test_texts_are_cut_to_their_picture_and_no_letter_stops_them(tmp_path):
    plain = written(sheet_of(tmp_path, 2, scene=""), tmp_path).read_bytes()
    long = written(sheet_of(tmp_path, 2, scene="W" * 400 + "漢字\x1b[31m"), tmp_path)
    assert red_pictures(long) == 2
    assert long.read_bytes() != plain
    with Image.open(long) as opened:
        # Between the first picture and the second, nothing of the first one's text.
        gap = opened.convert("RGB").crop((48 + 441, 130, 48 + 441 + 18, opened.height))
    assert gap.getcolors() == [(gap.width * gap.height, BACKGROUND)]
