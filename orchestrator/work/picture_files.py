"""The files a show names for the look of its film: a colour table, and a mark for a corner."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.seams.foreign_file import refuse_outside, take_copy
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import picture_library
from renderers.pictures.grade import GRADE_VERSION, MAX_CUBE_BYTES
from renderers.pictures.watermark import WATERMARK_VERSION
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.render_plan import MarkStyle

_CUBE_SUFFIX = ".cube"
_SETTING = "project.yaml: picture"


@dataclass(frozen=True, slots=True)
class OwnPictureFiles:
    """What the files became: a colour table and a plate by digest."""

    lut: Digest | None = None
    watermark: MarkStyle | None = None

    def blobs(self) -> list[Digest]:
        """Everything that the render plan cannot be used without."""
        mark = self.watermark.blob if self.watermark else None
        return [blob for blob in (self.lut, mark) if blob]


def own_picture_files(context: RunContext) -> OwnPictureFiles:
    """Read the files that `picture` in the project names.

    Raises PipelineError `no-such-file`, `outside-show`, `broken-lut` or `broken-image`: unlike a
    missing asset, a look that was asked for is never left out.
    """
    grade = context.project.picture.grade
    lut = _cube(context, grade) if grade.lower().endswith(_CUBE_SUFFIX) else None
    return OwnPictureFiles(lut, _mark(context))


def _mark(context: RunContext) -> MarkStyle | None:
    mark = context.project.picture.watermark
    if mark is None:
        return None
    if mark.text:
        context.font_set.require(mark.text, f"{_SETTING}.watermark.text")
    return MarkStyle(
        blob=_plate(context, mark.image) if mark.image else None,
        text=mark.text,
        corner=mark.corner,
        height_percent=mark.height_percent,
        opacity_percent=mark.opacity_percent,
    )


def _cube(context: RunContext, name: str) -> Digest:
    path, digest = _file(context, name, "grade", MAX_CUBE_BYTES)
    work = Work(
        kind="asset",
        label=name,
        operation="read_cube",
        version=GRADE_VERSION,
        inputs={"file": digest},
        settings={},
        toolchain={},
    )

    def make(folder: Path) -> Made:
        from renderers.pictures.colour_cube import write_cube
        from renderers.pictures.grade import read_cube_text

        source = take_copy(path, context.place.show, digest, folder)
        out = folder / "cube"
        write_cube(read_cube_text(source.read_bytes(), name), out)
        return Made({"cube": Product(out, "colour table")})

    return context.memo.remember(work, make).outputs["cube"]


def _plate(context: RunContext, name: str) -> Digest:
    from renderers.pictures.image_ingest import MAX_FILE_BYTES

    path, digest = _file(context, name, "watermark.image", MAX_FILE_BYTES)
    fmt = context.project.format
    work = Work(
        kind="asset",
        label=name,
        operation="ingest_mark",
        version=WATERMARK_VERSION,
        inputs={"file": digest},
        settings={"width": fmt.width, "height": fmt.height},
        toolchain={"pictures": picture_library()},
    )

    def make(folder: Path) -> Made:
        from renderers.pictures.image_ingest import ingest_image

        source, out = take_copy(path, context.place.show, digest, folder), folder / "plate"
        try:
            ingest_image(source, out, context.tools(folder), fmt.width, fmt.height)
        except PipelineError as error:
            if error.code == "broken-image":
                raise PipelineError(error.code, name, error.problem, error.hint) from None
            raise
        return Made({"plate": Product(out, "plate")})

    return context.memo.remember(work, make).outputs["plate"]


def _file(context: RunContext, name: str, setting: str, most_bytes: int) -> tuple[Path, Digest]:
    """A file of the show and its digest."""
    show, where = context.place.show, f"{_SETTING}.{setting}"
    path = show / name
    refuse_outside(path, show, f"{where}: {name}")
    if not path.is_file():
        raise PipelineError(
            "no-such-file",
            where,
            f"there is no file {name} in the show",
            "write its path as seen from the show's folder, such as assets/look/name",
        )
    if path.stat().st_size > most_bytes:
        raise PipelineError(
            "file-too-large",
            where,
            f"{name} is larger than {most_bytes >> 20} MiB",
            "export it smaller",
        )
    return path, context.registry.stamps.digest_of(path)
