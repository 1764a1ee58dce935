"""Small fonts made for tests: good ones, and ones that mean harm."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import ttProgram

LETTERS = "AB"


def square(side: int = 800) -> Any:
    """A glyph that is a black square."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, side), (100 + side, side), (100 + side, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


def built(glyphs: dict[str, Any] | None = None, **more: Any) -> TTFont:
    """A font with the letters A and B and what `glyphs` adds or puts in their place."""
    drawn = {".notdef": square(), "A": square(), "B": square(400)} | (glyphs or {})
    font = FontBuilder(more.get("units", 1000), isTTF=True)
    font.setupGlyphOrder(list(drawn))
    font.setupCharacterMap({65: "A", 66: "B"})
    for glyph in drawn.values():
        # Never worked out from the parts: those of a hostile glyph have no end.
        glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax = 0, 0, 1000, 1000
    font.setupGlyf(drawn, calcGlyphBounds=False)
    font.setupHorizontalMetrics(dict.fromkeys(drawn, (1000, 100)))
    font.setupHorizontalHeader(ascent=900, descent=-100)
    font.setupNameTable({"familyName": more.get("family", "Squares"), "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    return font.font


def bytes_of(font: TTFont, **more: Any) -> bytes:
    """The file of a font; nothing that could recurse in it is worked out again."""
    font.recalcBBoxes = False
    font.recalcTimestamp = False
    out = io.BytesIO()
    for name, value in more.items():
        setattr(font, name, value)
    font.save(out)
    return out.getvalue()


def good() -> bytes:
    """A font that is one."""
    return bytes_of(built())


def composite(*parts: str) -> Any:
    """A glyph that consists of others."""
    pen = TTGlyphPen(dict.fromkeys(parts))
    for part in parts:
        pen.addComponent(part, (1, 0, 0, 1, 0, 0))
    return pen.glyph()


def loop() -> bytes:
    """Two letters, each part of the other."""
    return bytes_of(built({"A": composite("B"), "B": composite("A")}))


def doubling(depth: int = 60) -> bytes:
    """A letter of two halves, each of two halves, and so on: 2^60 parts without a point."""
    levels = {f"L{n}": composite(f"L{n + 1}", f"L{n + 1}") for n in range(depth)}
    empty = TTGlyphPen(None).glyph()
    font = built({"A": composite("L0", "L0"), **levels, f"L{depth}": empty})
    font["maxp"].maxComponentDepth = 0xFFFF
    return bytes_of(font)


def endless_program() -> bytes:
    """A glyph whose hinting program jumps back for ever."""
    glyph = square()
    glyph.program = ttProgram.Program()
    glyph.program.fromAssembly(["PUSHW[ ]", "-3", "JMPR[ ]"])
    font = built({"A": glyph})
    font["maxp"].maxSizeOfInstructions = 100
    return bytes_of(font)


def woff_bomb(size_bytes: int = 5 << 28) -> bytes:
    """A table of 1.25 gigabytes of zeros, in a few megabytes."""
    packer = zlib.compressobj(1)
    chunk = bytes(1 << 20)
    packed = b"".join(packer.compress(chunk) for _ in range(size_bytes >> 20)) + packer.flush()
    return _as_woff(good(), b"cmap", packed, size_bytes)


def _as_woff(plain: bytes, tag: bytes, packed: bytes, claimed: int) -> bytes:
    """The font as WOFF 1.0, one table of it in another form than the rest."""
    count = struct.unpack(">H", plain[4:6])[0]
    rows = [struct.unpack(">4sLLL", plain[12 + 16 * n : 28 + 16 * n]) for n in range(count)]
    at = 44 + 20 * count
    directory, body = b"", b""
    for name, checksum, offset, length in rows:
        data = packed if name == tag else plain[offset : offset + length]
        whole = claimed if name == tag else length
        directory += struct.pack(">4sLLLL", name, at + len(body), len(data), whole, checksum)
        body += data + b"\0" * (-len(data) % 4)
    total = at + len(body)
    head = struct.pack(">4s4sLHHLHHLLLLL", b"wOFF", plain[:4], total, count, 0, total, *[0] * 7)
    return head + directory + body


def with_table(tag: str, data: bytes) -> bytes:
    """The good font with one table in other words."""
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    font = TTFont(io.BytesIO(good()))
    raw = DefaultTable(tag)
    raw.data = data
    font[tag] = raw
    return bytes_of(font)


def claiming(tag: bytes, offset: int, length: int) -> bytes:
    """The good font whose directory says that a table lies elsewhere or is of another size."""
    font = bytearray(good())
    for row in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16):
        if font[row : row + 4] == tag:
            font[row + 8 : row + 16] = struct.pack(">LL", offset, length)
    return bytes(font)


def huge_groups() -> bytes:
    """Letters by groups of four billion code points."""
    groups = b"".join(struct.pack(">LLL", 0, 0xFFFFFFFF, 1) for _ in range(1000))
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, 1000) + groups
    return with_table("cmap", struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table)


def every_letter() -> bytes:
    """All code points there are, and they look the same."""
    table = struct.pack(">HHLLLLLL", 13, 0, 28, 0, 1, 0, 0x10FFFF, 1)
    return with_table("cmap", struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table)


def giant_letter() -> bytes:
    """A letter two thousand times as large as its font."""
    return bytes_of(built({"A": square(32000)}, units=16))


def write(path: Path, data: bytes) -> Path:
    """The bytes as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
