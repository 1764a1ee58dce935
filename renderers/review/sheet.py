"""The contact sheet: every shot of a film as a small picture, with its number and its facts.

It is drawn row by row and handed to the encoder as it grows, so that a long film takes no more
memory here than a short one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.ffmpeg.binary import Ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, raw_rgb_input, still_picture
from renderers.fonts.font_files import FontSet, TextStyle
from renderers.plates.lettering import Page, shortened, write
from renderers.review.design import (
    ACCENTS,
    BACKGROUND,
    FAINT,
    GAP_PX,
    MARGIN_PX,
    MUTED,
    SHEET_WIDTH_PX,
    TEXT,
)
from renderers.seams import Command, Tools

if TYPE_CHECKING:
    from PIL.Image import Image

# Columns for pictures of 16:9, by the most shots they are right for; more shots, smaller pictures.
_COLUMNS: Final = ((12, 4), (30, 5), (80, 6), (160, 8))
_MOST_COLUMNS: Final = 10
# A tenth larger than with the default level, and written in a quarter of the time.
_QUICK: Final = ("-compression_level", "1")


@dataclass(frozen=True, slots=True)
class SheetShot:
    """One shot on the sheet: its still (JPEG), and what stands below it.

    `facts` are its framing and length, `scene` where it plays, `tier` how it was made.
    """

    still: Path
    number: int
    facts: str
    scene: str
    tier: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet. `still_size` is what the stills measure, in pixels."""

    title: str
    summary: str
    shots: Sequence[SheetShot]
    still_size: tuple[int, int]
    fonts: FontSet


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where everything lies, in pixels."""

    columns: int
    picture: tuple[int, int]
    letters: int
    head: int
    foot: int

    @property
    def cell_height(self) -> int:
        return self.picture[1] + self.letters * 4 + GAP_PX

    def height(self, shots: int) -> int:
        return self.head + -(-shots // self.columns) * self.cell_height + self.foot


def write_sheet(sheet: Sheet, out_png: Path, ffmpeg: Ffmpeg, tools: Tools) -> None:
    """Draw the sheet and write it as PNG, through ffmpeg, whose compression is the same anywhere.

    Raises PipelineError when the encoder fails.
    """
    grid = _grid(sheet)
    size = (SHEET_WIDTH_PX, grid.height(len(sheet.shots)))
    argv = (
        *(str(ffmpeg.path), *GLOBAL_OPTIONS, *raw_rgb_input(size)),
        *(*still_picture(), *_QUICK, out_png.name),
    )
    pictures = (picture.tobytes() for picture in _bands(sheet, grid))
    tools.executor.run(Command(argv, "write the contact sheet", pictures, cwd=out_png.parent))


def _grid(sheet: Sheet) -> _Grid:
    wide, high = sheet.still_size
    count = len(sheet.shots)
    by_count = next((columns for most, columns in _COLUMNS if count <= most), _MOST_COLUMNS)
    # Upright pictures are narrower by as much as makes them cover the same area.
    columns = max(1, min(math.isqrt(by_count * by_count * 16 * high // (9 * wide)), 2 * by_count))
    width = (SHEET_WIDTH_PX - 2 * MARGIN_PX - (columns - 1) * GAP_PX) // columns
    letters = max(10, min(18, width // 19))
    return _Grid(columns, (width, width * high // wide), letters, 116, MARGIN_PX - GAP_PX)


def _bands(sheet: Sheet, grid: _Grid) -> Iterator[Image]:
    """The sheet from top to bottom, a row of shots at a time."""
    yield _head(sheet, grid)
    for first in range(0, len(sheet.shots), grid.columns):
        band = _empty(grid.cell_height)
        for place, shot in enumerate(sheet.shots[first : first + grid.columns]):
            left = MARGIN_PX + place * (grid.picture[0] + GAP_PX)
            _draw_shot(band, left, shot, sheet, grid)
        yield band
    yield _empty(grid.foot)


def _empty(height: int) -> Image:
    from PIL import Image as Images

    return Images.new("RGB", (SHEET_WIDTH_PX, height), BACKGROUND)


def _head(sheet: Sheet, grid: _Grid) -> Image:
    band = _empty(grid.head)
    right = SHEET_WIDTH_PX - MARGIN_PX
    page = Page(band, (MARGIN_PX, 0, right, grid.head), sheet.fonts)
    title = TextStyle((MARGIN_PX, 56), 34, TEXT, bold=True)
    write(page, shortened(page, sheet.title, title, right - MARGIN_PX), title)
    summary = TextStyle((MARGIN_PX, 88), 18, MUTED)
    write(page, shortened(page, sheet.summary, summary, right - MARGIN_PX), summary)
    return band


def _draw_shot(band: Image, left: int, shot: SheetShot, sheet: Sheet, grid: _Grid) -> None:
    from PIL import Image as Images

    with Images.open(shot.still, formats=("JPEG",)) as opened:
        small = opened.convert("RGB").resize(grid.picture, Images.Resampling.BICUBIC)
    band.paste(small, (left, 0))
    width, tall = grid.picture
    letters = grid.letters
    page = Page(band, (left, 0, left + width, band.height), sheet.fonts)
    line = tall + letters * 3 // 2
    number = TextStyle((left, line), letters, TEXT, bold=True)
    text = f"{shot.number}"
    write(page, text, number)
    after = left + page.fonts.width(text, letters, bold=True) + letters * 2 // 3
    tier = TextStyle((0, line), letters, ACCENTS.get(shot.tier, MUTED))
    tier_left = left + width - page.fonts.width(shot.tier, letters)
    write(page, shot.tier, TextStyle((tier_left, line), letters, tier.colour))
    facts = TextStyle((after, line), letters, MUTED)
    write(page, shortened(page, shot.facts, facts, tier_left - after - letters // 2), facts)
    scene = TextStyle((left, line + letters * 3 // 2), letters, FAINT)
    write(page, shortened(page, shot.scene, scene, width), scene)
