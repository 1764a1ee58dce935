"""Outlines in whole pixels, and the masks they cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw

from paintbox.noise import scatter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Point = tuple[int, int]
Outline = list[Point]

# Masks are cut at four times the size and averaged down: 17 grey levels along an edge.
OVERSAMPLE = 4


@dataclass(frozen=True, slots=True)
class Mask:
    """How much of each pixel is covered, 0 to 255, and where the block sits in the picture."""

    x: int
    y: int
    cover: NDArray[np.int32]


def box(left: int, top: int, right: int, bottom: int) -> Outline:
    """A rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def curve(points: Sequence[Point], closed: bool = True, steps: int = 12) -> Outline:
    """A smooth line through the points (Catmull-Rom, in whole numbers)."""
    count = len(points)
    last = count if closed else count - 1
    line: Outline = []
    for index in range(last):
        four = [points[_wrap(index + k, count, closed)] for k in (-1, 0, 1, 2)]
        line += [_between(four, step, steps) for step in range(steps)]
    return line if closed else [*line, points[-1]]


def rough(points: Sequence[Point], amount: int, seed: int, piece: int = 24) -> Outline:
    """The outline as scissors would cut it: every `piece` pixels, off by up to `amount`."""
    line: Outline = []
    for index, (x0, y0) in enumerate(points):
        x1, y1 = points[(index + 1) % len(points)]
        parts = max(1, (abs(x1 - x0) + abs(y1 - y0)) // piece)
        for part in range(parts):
            x = x0 + (x1 - x0) * part // parts
            y = y0 + (y1 - y0) * part // parts
            line.append((x + _off(x, y, seed, amount), y + _off(y, x, seed + 1, amount)))
    return line


def stroke(points: Sequence[Point], widths: Sequence[int]) -> Outline:
    """A brush line through the points, as wide as said at each (pixels)."""
    sides: tuple[Outline, Outline] = ([], [])
    for index, (x, y) in enumerate(points):
        before, after = points[max(0, index - 1)], points[min(len(points) - 1, index + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = max(1, _root(dx * dx + dy * dy))
        half = widths[min(index, len(widths) - 1)]
        nx, ny = -dy * half // (2 * length), dx * half // (2 * length)
        sides[0].append((x + nx, y + ny))
        sides[1].append((x - nx, y - ny))
    return sides[0] + sides[1][::-1]


def cut(outline: Sequence[Point]) -> Mask:
    """The mask of a filled outline."""
    xs, ys = [p[0] for p in outline], [p[1] for p in outline]
    left, top = min(xs) - 1, min(ys) - 1
    size = (max(xs) - left + 2, max(ys) - top + 2)
    big = Image.new("L", (size[0] * OVERSAMPLE, size[1] * OVERSAMPLE))
    moved = [((x - left) * OVERSAMPLE, (y - top) * OVERSAMPLE) for x, y in outline]
    ImageDraw.Draw(big).polygon(moved, fill=255)
    return _shrunk(big, left, top)


def shade(outline: Sequence[Point], dx: int, dy: int) -> Mask:
    """The part of a shape that the same shape, moved by dx and dy, does not cover."""
    whole = cut(outline)
    other = cut([(x + dx, y + dy) for x, y in outline]).cover
    height, width = whole.cover.shape
    moved = np.zeros((height + 2 * abs(dy), width + 2 * abs(dx)), dtype=np.int32)
    top, left = abs(dy) + dy, abs(dx) + dx
    moved[top : top + height, left : left + width] = other
    inside = moved[abs(dy) : abs(dy) + height, abs(dx) : abs(dx) + width]
    return Mask(whole.x, whole.y, whole.cover * (255 - inside) // 255)


def disc(x: int, y: int, rx: int, ry: int = 0) -> Mask:
    """The mask of a filled circle or ellipse around a point."""
    ry = ry or rx
    left, top = x - rx - 1, y - ry - 1
    big = Image.new("L", ((2 * rx + 3) * OVERSAMPLE, (2 * ry + 3) * OVERSAMPLE))
    right, bottom = (2 * rx + 1) * OVERSAMPLE, (2 * ry + 1) * OVERSAMPLE
    ImageDraw.Draw(big).ellipse((OVERSAMPLE, OVERSAMPLE, right, bottom), fill=255)
    return _shrunk(big, left, top)


def _shrunk(big: Image.Image, left: int, top: int) -> Mask:
    return Mask(left, top, np.asarray(big.reduce(OVERSAMPLE)).astype(np.int32))


def _between(four: list[Point], step: int, steps: int) -> Point:
    t, t2, t3 = step * steps * steps, step * step * steps, step**3
    whole = steps**3
    weights = (-t3 + 2 * t2 - t, 3 * t3 - 5 * t2 + 2 * whole, -3 * t3 + 4 * t2 + t, t3 - t2)
    x = sum(w * p[0] for w, p in zip(weights, four, strict=True))
    y = sum(w * p[1] for w, p in zip(weights, four, strict=True))
    return (x + whole) // (2 * whole), (y + whole) // (2 * whole)


def _wrap(index: int, count: int, closed: bool) -> int:
    return index % count if closed else max(0, min(count - 1, index))


def _off(x: int, y: int, seed: int, amount: int) -> int:
    return scatter(x & 0xFFFF, y & 0xFFFF, seed) * (2 * amount + 1) // 65536 - amount


def _root(square: int) -> int:
    root = square
    while root * root > square:
        root = (root + square // root) // 2
    return root
