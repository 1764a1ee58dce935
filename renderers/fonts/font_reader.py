"""The child program that opens a stranger's font file, in its own limited process.

Run by `font_ingest` under limits, as `python -I font_reader.py SOURCE OUT`; it needs fontTools and
Pillow and nothing of ours. It writes a font of our own to OUT: the outlines, widths, letters and
layout rules of the first face, without programs for hinting, bitmaps and variations. Every letter
is drawn once before that font counts as good. One line of JSON goes to standard output: `{}` when
all went well, otherwise `{"problem": …, "hint": …}`. Both are an answer, so the exit code is 0; any
other exit means it died of a limit.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import unicodedata
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MAX_LETTER_EMS = 32
"""How many times the size of the font one letter may be wide or high; the widest in use, the
Arabic ligatures of whole phrases, have some fifteen."""

MAX_LETTERS = 200_000
"""Unicode 16 has 154,998 characters."""

TRIAL_SIZES_PX = (16, 64)

KINDS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"wOFF")
"""TrueType, OpenType, Apple's TrueType, the first of a collection, and WOFF (OpenType 1.9)."""

KEPT_TABLES = frozenset(
    {
        *("head", "hhea", "maxp", "hmtx", "OS/2", "cmap", "name", "post"),
        *("glyf", "loca", "CFF ", "kern"),
        # Without these Hindi and Arabic fall to pieces in burned captions.
        *("GDEF", "GSUB", "GPOS"),
    }
)
ANOTHER_FORM = "give it as a .ttf or .otf file"
ANOTHER_FONT = "export the font again, or use another"
FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME = 1, 2, 4, 6  # name IDs
_NAME_CHARS = 63


class RefusalError(Exception):
    """The file cannot become a font of ours, and why."""

    def __init__(self, problem: str, hint: str = ANOTHER_FONT) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


def open_font(path: str) -> BinaryIO:
    """The file for reading, when it is a regular one and begins as a font does."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise RefusalError(f"cannot be read ({error.strerror})", "check that it may") from error
    stream = os.fdopen(handle, "rb")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise RefusalError("is not a regular file", "put the font itself there")
    kind = stream.read(4)
    stream.seek(0)
    if kind == b"wOF2":
        raise RefusalError("is compressed as WOFF2, which is not read", ANOTHER_FORM)
    if kind not in KINDS:
        raise RefusalError("is not a readable font file", ANOTHER_FORM)
    return stream


def rebuild(stream: BinaryIO, out: str) -> list[int]:
    """Write what is needed of the first face to `out`; returns its letters as code points."""
    from fontTools.ttLib import TTFont

    with TTFont(stream, fontNumber=0, recalcBBoxes=False, recalcTimestamp=False) as font:
        refuse_unfit(font)
        for tag in [tag for tag in font.keys() if tag not in KEPT_TABLES]:  # noqa: SIM118
            if tag != "GlyphOrder":
                del font[tag]
        # Names of glyphs mean nothing here, and could be anything.
        count = font["maxp"].numGlyphs
        font.setGlyphOrder([f"glyph{number:05d}" for number in range(count)])
        letters = plain_letters(font)
        plain_names(font)
        font["post"].formatType = 3.0
        if "glyf" in font:
            without_programs(font)
        font.flavor = None
        font.save(out, reorderTables=False)
    return letters


def refuse_unfit(font: TTFont) -> None:
    """Raise for a font that lacks what drawing needs."""
    missing = {"head", "hhea", "maxp", "hmtx", "cmap", "name", "post"} - set(font.keys())
    if missing:
        raise RefusalError(f"has no table `{min(missing)}`")
    if "CFF " not in font and not ("glyf" in font and "loca" in font):
        raise RefusalError("has no outlines", "use a font of outlines, not of bitmaps or colours")
    if not 16 <= font["head"].unitsPerEm <= 16384:
        raise RefusalError(f"has {font['head'].unitsPerEm} units per em, not 16 to 16384")


def plain_letters(font: TTFont) -> list[int]:
    """Keep of the letter tables one of Unicode; returns its code points in order."""
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    found = dict(sorted((font.getBestCmap() or {}).items()))
    letters = {code: name for code, name in found.items() if not 0xD800 <= code <= 0xDFFF}
    if not letters:
        raise RefusalError("has no letters of Unicode")
    if len(letters) > MAX_LETTERS:
        raise RefusalError(f"claims to have {len(letters):,} letters")
    table = newTable("cmap")
    table.tableVersion, table.tables = 0, []
    below = {code: name for code, name in letters.items() if code <= 0xFFFF}
    for number, encoding, part in ((4, 1, below), (12, 10, letters)):
        subtable: Any = CmapSubtable.newSubtable(number)
        subtable.platformID, subtable.platEncID, subtable.language = 3, encoding, 0
        subtable.cmap = part
        table.tables.append(subtable)
    font["cmap"] = table
    return list(letters)


def plain_names(font: TTFont) -> None:
    """Keep four names, with nothing in them that a subtitle's style could take for its own."""
    from fontTools.ttLib import newTable

    old, new = font["name"], newTable("name")
    new.names = []
    for which in (FAMILY, STYLE, FULL_NAME, POSTSCRIPT_NAME):
        written = str(old.getDebugName(which) or "")[:_NAME_CHARS]
        kept = (c for c in written if unicodedata.category(c)[0] in "LN" or c in " -_.")
        text = "".join(kept).strip() or ("Regular" if which == STYLE else "Font of the show")
        new.setName(text, which, 3, 1, 0x409)
    font["name"] = new


def without_programs(font: TTFont) -> None:
    """Take the hinting programs out of every glyph."""
    glyphs = font["glyf"]
    for name in glyphs.keys():  # noqa: SIM118
        glyphs[name].removeHinting()
    limits = font["maxp"]
    for field in ("maxFunctionDefs", "maxInstructionDefs", "maxSizeOfInstructions", "maxStorage"):
        setattr(limits, field, 0)


def try_letters(path: str, letters: list[int]) -> None:
    """Draw every letter, so that none can surprise the process that draws the film."""
    from PIL import ImageFont

    for size_px in TRIAL_SIZES_PX:
        font = ImageFont.truetype(path, size_px, layout_engine=ImageFont.Layout.BASIC)
        for code in letters:
            box = font.getbbox(chr(code))
            if max(map(abs, box)) > MAX_LETTER_EMS * size_px:
                raise RefusalError(
                    f"the letter U+{code:04X} is more than {MAX_LETTER_EMS} times as large as"
                    " the font"
                )
            font.getmask(chr(code))


def answer(source: str, out: str) -> dict[str, str]:
    """Write the font; what went wrong as plain values, empty when nothing did."""
    try:
        with open_font(source) as stream:
            try_letters(out, rebuild(stream, out))
    except RefusalError as refusal:
        return {"problem": refusal.problem, "hint": refusal.hint}
    except MemoryError:
        return {"problem": "needs more memory than a font may", "hint": ANOTHER_FONT}
    except Exception as error:
        # Whatever a reader stumbles over, the file is at fault and not the program.
        said = " ".join(str(error).split())[:200] or type(error).__name__
        return {"problem": f"is not a readable font file ({said})", "hint": ANOTHER_FONT}
    return {}


def main(arguments: list[str]) -> int:
    """Entry point; see the module."""
    import logging

    # A remark about odd tables is not a reason to refuse a font.
    logging.disable(logging.CRITICAL)
    source, out = arguments
    sys.stdout.write(json.dumps(answer(source, out)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
