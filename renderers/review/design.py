"""Colours and measures that the contact sheet and the review page share."""

from __future__ import annotations

from typing import Final

from renderers.fonts.font_files import Colour

# All texts stand at 4.5:1 or more before the background (WCAG 2.2, 1.4.3).
BACKGROUND: Final[Colour] = (21, 23, 27)
TEXT: Final[Colour] = (238, 234, 226)
MUTED: Final[Colour] = (184, 182, 176)
FAINT: Final[Colour] = (146, 146, 144)

ACCENTS: Final[dict[str, Colour]] = {
    "placeholder": (232, 168, 92),
    "preview": (132, 190, 160),
    "standard": (124, 178, 226),
    "hq": (196, 160, 230),
}
"""By tier."""

SHEET_WIDTH_PX: Final = 1920
MARGIN_PX: Final = 48
GAP_PX: Final = 20
