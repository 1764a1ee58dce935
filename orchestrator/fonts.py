"""Which font files a show draws with, by content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orchestrator.show import EpisodePlace
from schemas.digest import Digest, digest_file
from schemas.errors import PipelineError


def font_files(
    place: EpisodePlace, digest_of: Callable[[Path], Digest] = digest_file
) -> dict[Digest, Path]:
    """Digest, as `digest_of` finds it, to path: the show's own fonts first, then the pinned ones.

    Raises PipelineError for a font that is not there or lies outside the show.
    """
    from renderers.fonts import default_font_paths

    show = place.show.resolve()
    own = []
    for name in place.settings.project.fonts:
        path = (show / name).resolve()
        if not path.is_relative_to(show) or not path.is_file():
            raise PipelineError(
                "font",
                f"project.yaml: fonts: {name}",
                "there is no such font file inside the show",
                "copy the .ttf or .otf file into the show, for example into assets/fonts/",
            )
        own.append(path)
    return {digest_of(path): path for path in (*own, *default_font_paths())}
