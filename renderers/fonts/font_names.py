"""The family name inside a font file: what a subtitle renderer asks for."""

from __future__ import annotations

from pathlib import Path


def family_name(font: Path) -> str:
    """Name ID 1 of the font's `name` table (OpenType), empty when it has none."""
    from fontTools.ttLib import TTFont

    with TTFont(str(font), lazy=True, fontNumber=0) as opened:
        return str(opened["name"].getDebugName(1) or "")
