"""Fonts by file, never by name: the same glyphs on every machine.

The default fonts are the DejaVu files that come inside the matplotlib wheel; matplotlib itself is
never imported.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from renderers.fonts.fonts_to_have import font_for
from renderers.fonts.joined_letters import joined
from renderers.fonts.pictographs import is_pictograph
from schemas.errors import PipelineError

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_DEFAULT_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
_DEFAULT_FOLDER = ("mpl-data", "fonts", "ttf")

# Marks, format and control characters have no picture of their own that a reader would miss.
_SILENT = frozenset({"Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})

Colour = tuple[int, int, int]


def default_font_paths() -> tuple[Path, ...]:
    """DejaVu Sans, regular and bold.

    Raises PipelineError `fonts-missing` when the matplotlib wheel is not installed.
    """
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        raise PipelineError(
            "fonts-missing",
            "fonts",
            "the default fonts come with the matplotlib package, which is not installed",
            "install the program again with its requirements, or list fonts in project.yaml",
        )
    folder = Path(found.origin).parent.joinpath(*_DEFAULT_FOLDER)
    paths = tuple(folder / name for name in _DEFAULT_FILES)
    for path in paths:
        if not path.is_file():
            raise PipelineError(
                "fonts-missing",
                path.name,
                "the matplotlib package does not hold this font file",
                "install the program again with its requirements, or list fonts in project.yaml",
            )
    return paths


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: what it covers and whether it is bold."""

    path: Path
    bold: bool
    covers: frozenset[int]


@dataclass(slots=True)
class FontSet:
    """Font files in order of preference. Files are opened when first needed.

    Any bold file serves bold text; a character that it lacks comes from the next file that has it.
    """

    paths: tuple[Path, ...]
    _faces: list[Face] = field(default_factory=list)
    _orders: dict[bool, list[Face]] = field(default_factory=dict)
    _fonts: dict[tuple[Path, int], FreeTypeFont] = field(default_factory=dict)

    def font(self, size_px: int, *, bold: bool = False) -> FreeTypeFont:
        """The first choice at a size in pixels (at least 1)."""
        return self._open(self._ranked(bold)[0], size_px)

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that no font can draw, each once, in order."""
        lost: dict[str, None] = {}
        for sign in unicodedata.normalize("NFC", text):
            if self._draws_something(sign) and self._covering(sign, bold=False) is None:
                lost[sign] = None
        return tuple(lost)

    def require(self, text: str, where: str) -> None:
        """Nothing, when every character can be drawn, or left out as a pictograph among letters.

        Raises PipelineError `missing-glyph` naming the first character that no font has.
        """
        lost = self.missing(text)
        if all(map(is_pictograph, lost)) and self._draws_without(text, lost):
            return
        first = lost[0]
        name = unicodedata.name(first, "no Unicode name")
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        raise PipelineError(
            "missing-glyph",
            where,
            f"no font has the character {first!r} U+{ord(first):04X} {name}{more}",
            "add a font file that has it under `fonts:` in project.yaml" + _example(first),
        )

    def _draws_without(self, text: str, lost: Collection[str]) -> bool:
        return not lost or any(self._draws_something(sign) for sign in text if sign not in lost)

    def runs(
        self, text: str, size_px: int, *, bold: bool = False
    ) -> Iterator[tuple[str, FreeTypeFont]]:
        """The drawable text cut into stretches of one font. Silent characters stay only where the
        font has them, and so do pictographs."""
        current: Face | None = None
        gathered = ""
        for sign in unicodedata.normalize("NFC", text):
            face = self._covering(sign, bold=bold)
            if face is None:
                if not self._draws_something(sign) or is_pictograph(sign):
                    continue
                face = self._ranked(bold)[0]
            elif unicodedata.category(sign) in {"Cc", "Cf", "Cs"}:
                continue
            if current is not None and face is not current:
                yield gathered, self._open(current, size_px)
                gathered = ""
            current = face
            gathered += sign
        if current is not None and gathered:
            yield gathered, self._open(current, size_px)

    def joined(self, text: str) -> str:
        """The text with Arabic letters as they are joined, where the fonts have those forms."""
        return joined(text, lambda sign: self._covering(sign, bold=False) is not None)

    def width(self, text: str, size_px: int, *, bold: bool = False) -> int:
        """How wide the text is, its letters joined, in pixels, rounded up."""
        runs = self.runs(self.joined(text), size_px, bold=bold)
        total = sum(font.getlength(part) for part, font in runs)
        return int(total + 0.999)

    def draw(self, draw: ImageDraw, text: str, style: TextStyle) -> None:
        """The text on one line, literally as it is, its baseline beginning at `style.at`."""
        x = float(style.at[0])
        for part, font in self.runs(text, style.size_px, bold=style.bold):
            draw.text((int(x), style.at[1]), part, font=font, fill=style.colour, anchor="ls")
            x += font.getlength(part)

    def _loaded(self) -> list[Face]:
        if not self._faces:
            self._faces.extend(_read_face(path) for path in self.paths)
        return self._faces

    def _ranked(self, bold: bool) -> list[Face]:
        known = self._orders.get(bold)
        if known:
            return known
        # A stable sort: the order of the project stays within each weight.
        faces = self._orders[bold] = sorted(self._loaded(), key=lambda face: face.bold != bold)
        if not faces:
            raise PipelineError(
                "fonts-missing", "fonts", "no font file was given", "list one in project.yaml"
            )
        return faces

    def _covering(self, sign: str, *, bold: bool) -> Face | None:
        code = ord(sign)
        return next((face for face in self._ranked(bold) if code in face.covers), None)

    def _open(self, face: Face, size_px: int) -> FreeTypeFont:
        key = (face.path, max(1, size_px))
        if key not in self._fonts:
            from PIL import ImageFont

            # The other layout engine, Raqm, depends on what the machine has installed.
            self._fonts[key] = ImageFont.truetype(
                str(face.path), key[1], layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[key]

    @staticmethod
    def _draws_something(sign: str) -> bool:
        return unicodedata.category(sign) not in _SILENT


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Where and how a line is drawn; `at` is the left end of its baseline in pixels."""

    at: tuple[int, int]
    size_px: int
    colour: Colour
    bold: bool = False


def _example(sign: str) -> str:
    name = font_for(sign)
    return f", for example {name}: `fonts: [assets/fonts/FILE.ttf]`" if name else ""


def _read_face(path: Path) -> Face:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            covers = frozenset(font.getBestCmap() or {})
            bold = bool(font["head"].macStyle & 1)
    except (OSError, TTLibError, KeyError) as error:
        raise PipelineError(
            "broken-font",
            path.name,
            f"not a readable font file ({error})",
            "give a .ttf or .otf file under `fonts:` in project.yaml",
        ) from error
    return Face(path, bold, covers)
