"""How a cut-out figure is painted: forms with a shaded side, and tapering lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paintbox.shapes import Outline, curve, cut, shade, stroke

if TYPE_CHECKING:
    from paintbox.canvas import Canvas


def form(
    canvas: Canvas, outline: Outline, colours: tuple[str, str], turn: tuple[int, int] = (26, -10)
) -> None:
    """A filled shape with its far side in shade; `turn` says how wide the shade is, in pixels."""
    canvas.lay(cut(outline), colours[0])
    canvas.lay(shade(outline, *turn), colours[1])


def line(canvas: Canvas, points: Outline, width: int, colour: str, strength: int = 255) -> None:
    """A brush line that tapers at both ends."""
    line = curve(points, closed=False, steps=8)
    count = len(line)
    widths = [max(1, width * min(k + 2, count - k + 1, 7) // 7) for k in range(count)]
    canvas.lay(cut(stroke(line, widths)), colour, strength)
