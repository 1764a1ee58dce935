"""Nowhere in particular: a studio sweep of paper, or a dark stage with one light."""

from __future__ import annotations

from renderers.plates.ink import Colour, Glow
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places.backdrop import Backdrop
from renderers.plates.words import is_void

_SWEEP = 700.0
"""Where the paper begins to turn from wall to floor, in picture units from the top."""

_LAMP: Colour = (255, 246, 222)


def draw_limbo(b: Backdrop, place: str) -> None:
    """A ground without a horizon, so that only the people on it count."""
    dark = is_void(place)
    wall = darker(b.tones.dark, 560) if dark else mix(b.tones.wall, b.tones.trim, 420)
    wide = b.half + 400
    light = mix(wall, (150, 150, 190), 160) if dark else lighter(wall, 260)
    floor = mix(wall, (150, 150, 190), 90) if dark else darker(mix(wall, b.tones.floor, 260), 40)
    b.sheet.shade_down((-wide, -400, wide, 300), darker(wall, 160), wall)
    b.sheet.shade_down((-wide, 300, wide, _SWEEP), wall, light)
    b.sheet.shade_down((-wide, _SWEEP, wide, _SWEEP + 70), light, floor)
    b.sheet.shade_down((-wide, _SWEEP + 70, wide, 1400), floor, darker(floor, 230))
    b.sheet.glows.append(Glow(0, 420, b.half * 0.9, 560, _LAMP, 130 if dark else 380))
    b.sheet.oval((0, 812), b.half * 0.8, 122, mix(floor, _LAMP, 60 if dark else 160))
    b.sheet.oval((0, 812), b.half * 0.72, 104, mix(floor, _LAMP, 100 if dark else 240))
