"""How a run draws its pictures: from specifications, plates and fonts."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from schemas.digest import Digest

if TYPE_CHECKING:
    from PIL.Image import Image

    from renderers.plates.picture import PictureSpec
    from renderers.providers.reference import Drawing


def draw(context: RunContext, spec: PictureSpec) -> Image:
    """A picture with all that is in it."""
    from renderers.plates.picture import draw_picture

    return draw_picture(spec, plates(context), context.font_set)


def drawing_of(context: RunContext) -> Drawing:
    """How the run's pictures are drawn: whole, their place alone, or their people alone."""
    from renderers.plates.picture import draw_people, draw_place
    from renderers.providers.reference import Drawing

    return Drawing(
        whole=lambda spec: draw(context, spec),
        place=lambda spec: draw_place(spec, plates(context)),
        people=lambda spec, ground: draw_people(spec, ground, plates(context)),
    )


def plates(context: RunContext) -> Callable[[Digest], Image]:
    """Plates by digest, opened."""
    return lambda digest: _opened(context.resolve(digest))


# An episode shows few plates, and each in many shots. A blob's path stands for its content, and
# nobody draws on a plate; at 1080p one is eight megabytes.
@lru_cache(maxsize=6)
def _opened(blob: Path) -> Image:
    from renderers.pictures.image_ingest import open_plate

    return open_plate(blob)
