"""Which font files a show draws with, by content."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orchestrator.run.context import RunContext
from orchestrator.seams.foreign_file import take_copy
from orchestrator.shows.show import EpisodePlace
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import library, picture_library
from schemas.digest import Digest
from schemas.errors import PipelineError

FONT_VERSION: Final = 1
MAX_FILE_BYTES: Final = 64 << 20
"""Fonts of all Chinese, Japanese and Korean characters have some 20 MiB a weight."""


def font_files(context: RunContext) -> dict[Digest, Path]:
    """Digest to path: what the show's own fonts became, in their order, then the pinned ones.

    Raises PipelineError for a font that is not there, lies outside the show, or cannot be read.
    """
    from renderers.fonts.font_files import default_font_paths

    own = [_own_font(context, name) for name in context.project.fonts]
    found = {digest: context.registry.blobs.resolve(digest) for digest in own}
    stamps = context.registry.stamps
    return found | {stamps.digest_of(path): path for path in default_font_paths()}


def _own_font(context: RunContext, name: str) -> Digest:
    """A font of the show, read in a limited process and written anew."""
    path, where = _checked(context.place, name), f"project.yaml: fonts: {name}"
    digest = context.registry.stamps.digest_of(path)
    work = Work(
        kind="font",
        label=name,
        operation="ingest_font",
        version=FONT_VERSION,
        inputs={"file": digest},
        toolchain={"reader": library("fonttools"), "pictures": picture_library()},
    )

    def make(folder: Path) -> Made:
        from renderers.fonts.font_ingest import ingest_font

        out = folder / "font"
        source = take_copy(path, context.place.show, digest, folder)
        try:
            ingest_font(source, out, context.tools(folder))
        except PipelineError as error:
            if error.code != "broken-font":
                raise
            # A pure verdict about these bytes, so it is remembered like any result.
            return Made({}, {"problem": error.problem, "hint": error.hint})
        return Made({"font": Product(out, "font")})

    done = context.memo.remember(work, make)
    if "font" not in done.outputs:
        raise PipelineError("broken-font", where, done.facts["problem"], done.facts["hint"])
    return done.outputs["font"]


def _checked(place: EpisodePlace, name: str) -> Path:
    """The file of a font, when it is one of the show and of a size that a font can have."""
    show = place.show.resolve()
    path, where = (show / name).resolve(), f"project.yaml: fonts: {name}"
    if not path.is_relative_to(show) or not path.is_file():
        raise PipelineError(
            "font",
            where,
            "there is no such font file inside the show",
            "copy the .ttf or .otf file into the show, for example into assets/fonts/",
        )
    if path.stat().st_size > MAX_FILE_BYTES:
        raise PipelineError(
            "broken-font",
            where,
            f"is larger than {MAX_FILE_BYTES >> 20} MiB",
            "use a font of fewer characters",
        )
    return path
