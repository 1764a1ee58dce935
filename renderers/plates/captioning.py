"""The texts of a storyboard picture: action strip, speaker's name, corner tag."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.fonts.font_files import TextStyle
from renderers.plates.ink import Colour
from renderers.plates.lettering import INK, PAPER, Box, Page, shortened, wash, wrapped, write

ACTION_LINES = 3
TAG_SEPARATOR = " · "
TAG_WIDTH_PERCENT = 62
"""How much of the safe box's width the corner tag may take before its place is cut."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The action strip laid out: its lines, its letters and its box in pixels."""

    lines: tuple[str, ...]
    size_px: int
    box: Box


def lay_strip(page: Page, text: str, *, at_top: bool) -> Strip | None:
    """The strip for an action text, or None without text. It never leaves the safe box."""
    left, top, right, low = page.safe
    size = max(5, page.unit * 32 // 1000)
    pad = max(2, size * 6 // 10)
    style = TextStyle((0, 0), size, INK)
    lines = wrapped(page, text, style, max(1, right - left - 2 * pad), ACTION_LINES)
    if not lines:
        return None
    tall = len(lines) * size * 13 // 10 + pad * 3 // 2
    widest = max(page.fonts.width(line, size) for line in lines)
    wide = min(right - left, widest + 2 * pad)
    x = (left + right - wide) // 2
    y = top + _tag_height(page) + size // 2 if at_top else low - tall
    return Strip(tuple(lines), size, (x, y, x + wide, y + tall))


def draw_strip(page: Page, strip: Strip) -> None:
    """Dark letters on a slip of paper with an ink edge."""
    left, top, right, low = strip.box
    edge = max(1, strip.size_px // 12)
    wash(page, (left + edge * 3, top + edge * 3, right + edge * 3, low + edge * 3), INK, 70)
    wash(page, strip.box, PAPER, 238)
    wash(page, (left, top, left + edge * 3, low), (206, 96, 62), 255)
    y = top + strip.size_px * 12 // 10
    pad = max(2, strip.size_px * 6 // 10)
    for line in strip.lines:
        write(page, line, TextStyle((left + pad, y), strip.size_px, INK))
        y += strip.size_px * 13 // 10


def draw_name(page: Page, name: str, side: str, colour: Colour) -> None:
    """The speaker's name: a small tag on the speaker's side, above where captions stand."""
    left, top, right, low = page.safe
    size = max(5, page.unit * 30 // 1000)
    pad = max(2, size // 2)
    style = TextStyle((0, 0), size, PAPER, bold=True)
    text = shortened(page, name, style, max(1, (right - left) * 2 // 5))
    if not text:
        return
    wide = page.fonts.width(text, size, bold=True) + 2 * pad + size // 3
    x = right - wide if side == "right" else left
    y = low - (low - top) * 25 // 100
    tall = size * 16 // 10
    wash(page, (x, y, x + wide, y + tall), INK, 205)
    wash(page, (x, y, x + max(2, size // 4), y + tall), colour, 255)
    write(
        page, text, TextStyle((x + pad + size // 4, y + size * 115 // 100), size, PAPER, bold=True)
    )


def draw_tag(page: Page, tag: str) -> None:
    """The corner tag that names the shot. A long place is cut, never what stands behind it."""
    left, top, right, _ = page.safe
    size = _tag_size(page)
    style = TextStyle((0, 0), size, PAPER)
    place, dot, rest = tag.partition(TAG_SEPARATOR)
    room = (right - left) * TAG_WIDTH_PERCENT // 100 - size
    behind = page.fonts.width(dot + rest, size)
    text = shortened(page, place, style, max(1, room - behind)) + dot + rest
    text = shortened(page, text, style, max(1, right - left - size))
    if not text:
        return
    wide = page.fonts.width(text, size) + size
    wash(page, (left, top, left + wide, top + _tag_height(page)), INK, 165)
    write(page, text, TextStyle((left + size // 2, top + size * 115 // 100), size, PAPER))


def _tag_size(page: Page) -> int:
    return max(5, page.unit * 24 // 1000)


def _tag_height(page: Page) -> int:
    return _tag_size(page) * 16 // 10
