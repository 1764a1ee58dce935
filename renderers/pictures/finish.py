"""What every picture of a show gets last: its colour grade, and a mark in the corner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from renderers.pictures.colour_cube import Cube, coloured, read_cube
from renderers.pictures.grade import GRADE_VERSION, named_grade
from renderers.pictures.watermark import WATERMARK_VERSION, Mark, Placement, lettered, mark_of
from renderers.seams import Resolver
from schemas.digest import Digest
from schemas.project import Format
from schemas.render_plan import PictureStyle

if TYPE_CHECKING:
    from PIL.Image import Image

    from renderers.fonts.font_files import FontSet


@dataclass(frozen=True, slots=True)
class Finish:
    """The last steps of a show's pictures, as its render plan has them."""

    style: PictureStyle
    format: Format

    def grade_settings(self) -> dict[str, Any]:
        """What a graded picture depends on besides the blobs; nothing when there is no grade."""
        if self.style.grade == "neutral":
            return {}
        # A file is known by what it holds, not by its name.
        return {"grade": ["file" if self.style.lut else self.style.grade, GRADE_VERSION]}

    def grade_inputs(self) -> dict[str, Digest]:
        """The blob it depends on."""
        return {"colour table": self.style.lut} if self.style.lut else {}

    def mark_settings(self) -> dict[str, Any]:
        """What frames with the mark depend on besides the blobs; nothing when there is no mark."""
        mark = self.style.watermark
        return {"watermark": [mark.model_dump(mode="json"), WATERMARK_VERSION]} if mark else {}

    def mark_inputs(self) -> dict[str, Digest]:
        """The blob they depend on."""
        mark = self.style.watermark
        return {"watermark": mark.blob} if mark and mark.blob else {}

    def graded(self, image: Image, resolve: Resolver) -> Image:
        """An RGB picture in the show's colours."""
        cube: Cube | None
        if self.style.lut:
            cube = read_cube(resolve(self.style.lut))
        else:
            cube = named_grade(self.style.grade)
        return coloured(image, cube) if cube else image

    def mark(self, plate: Callable[[Digest], Image], fonts: FontSet) -> Mark | None:
        """The show's mark, ready to be laid over its frames."""
        style = self.style.watermark
        if style is None:
            return None
        width, height = self.format.width, self.format.height
        emblem = (
            plate(style.blob)
            if style.blob
            else lettered(style.text, max(height * style.height_percent // 100, 2), fonts)
        )
        placement = Placement(style.corner, style.height_percent, style.opacity_percent)
        return mark_of(emblem, placement, width, height)
