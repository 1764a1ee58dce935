"""The transformations of a show on disk.

    transforms/me-3f9a01bc/001.png     as the provider gave it (or .jpg, .webp, .mp4, .mkv)
    transforms/me-3f9a01bc/001.json    where it comes from: source, prompt, provider, cost

One folder for each wish, a number for each variation. They lie beside the episodes and not only in
the registry: the registry can be made again, and what was paid for cannot.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from orchestrator.seams.clock import utc_now
from orchestrator.seams.durable_files import (
    make_folder,
    replace_file,
    replace_with_copy,
    storage_error,
)
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.seams.lock import locked
from schemas.digest import Digest, digest_file
from schemas.documents import check, read_document
from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.transform import Transform

TRANSFORMS: Final = "transforms"
_SHOWN_HEX = 8
_MAX_NAME_CHARS = 40


class TransformStore:
    """The variations of one wish. Safe for threads and processes."""

    def __init__(self, show: Path, media_name: str, wish: Digest) -> None:
        self._show = show
        self._wish = wish
        name = slug(Path(media_name).stem, "media")[:_MAX_NAME_CHARS]
        self.folder = show / TRANSFORMS / f"{name}-{wish[:_SHOWN_HEX]}"

    def kept(self) -> dict[int, Transform]:
        """Every variation whose file is there and whole, by its number.

        Raises PipelineError `transform-damaged` for one that is not: it was paid for.
        """
        refuse_outside(self.folder, self._show, self._name(self.folder))
        found = {}
        for path in sorted(self.folder.glob("[0-9]*.json")):
            made = self._read(path)
            file = self.path(made)
            if not file.is_file() or digest_file(file) != made.media:
                raise PipelineError(
                    "transform-damaged",
                    self._name(file),
                    "is missing, or is not what was kept there",
                    f"put it back from a backup; or delete {path.name} too, and it is bought again",
                )
            found[made.number] = made
        return found

    def path(self, made: Transform) -> Path:
        """Where the file of a variation lies. Raises PipelineError when it leads out."""
        path = self.folder / Path(made.file).name
        refuse_outside(path, self._show, self._name(path))
        return path

    def name_of(self, made: Transform) -> str:
        """The same, relative to the show."""
        return self._name(self.path(made))

    def of_job(self, job: str) -> Transform | None:
        """What came of a job of the ledger."""
        return next((made for made in self.kept().values() if job and made.job == job), None)

    def add(self, file: Path, number: int, ending: str, **fields: Any) -> Transform:
        """Keep a file as a variation; one that has its number already stays as it is."""
        make_folder(self.folder)
        with locked(self.folder / ".lock", exclusive=True):
            known = self.kept().get(number)
            if known is not None:
                return known
            name = f"{number:03d}{ending}"
            made = Transform.create(
                wish=self._wish,
                number=number,
                media=digest_file(file),
                file=name,
                made_at=utc_now(),
                **fields,
            )
            check(made.payload(), Transform, f"variation {number}")
            replace_with_copy(self.folder / name, file)
            replace_file(self.folder / f"{number:03d}.json", made.readable())
            return made

    def _read(self, path: Path) -> Transform:
        where = self._name(path)
        refuse_outside(path, self._show, where)
        try:
            return read_document(path.read_bytes(), Transform, where)
        except OSError as error:
            raise storage_error(error, path) from None

    def _name(self, path: Path) -> str:
        return path.relative_to(self._show).as_posix()
