"""The screenplay file into a Script."""

from __future__ import annotations

from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.shows.show import EpisodePlace
from orchestrator.store.memo import Remembered, Work
from orchestrator.store.registry import RecordOrigin
from schemas.errors import PipelineError
from schemas.script import Script

READER_VERSION = 6
# The longest published screenplays are below 1 MiB of text.
MAX_SCREENPLAY_BYTES = 16 << 20


def read_script(context: RunContext) -> Remembered:
    """Read the episode's source. The source itself is kept as a blob, the root of all lineage."""
    place = context.place
    data = read_source(place)
    source = context.registry.blobs.put_bytes(data)
    context.registry.record(source, RecordOrigin("screenplay", "", (), {"name": "write"}))
    suffix = place.source.suffix.lower()
    work = Work(
        kind="stage",
        label="read_script",
        operation="read_script",
        version=READER_VERSION,
        inputs={"screenplay": source},
        settings={"file": place.name, "suffix": suffix, "language": context.project.language},
    )
    return context.remember_artifact(
        work, lambda: parse_screenplay(data, place.source, place.name, context.project.language)
    )


def read_source(place: EpisodePlace) -> bytes:
    """The bytes of an episode's file. Raises PipelineError as `read_screenplay` does."""
    return read_screenplay(place.source, place.name)


def read_screenplay(source: Path, name: str) -> bytes:
    """The bytes of a screenplay, called `name`.

    Raises PipelineError when it is too long or unreadable.
    """
    try:
        size = source.stat().st_size
        if size > MAX_SCREENPLAY_BYTES:
            raise PipelineError(
                "not-a-screenplay",
                name,
                f"holds {size / 1e6:.1f} MB, and no screenplay is longer than "
                f"{MAX_SCREENPLAY_BYTES / 1e6:.1f} MB",
                "give the screenplay's text file",
            )
        return source.read_bytes()
    except OSError as error:
        raise PipelineError(
            "not-readable",
            name,
            f"could not be read: {error.strerror}",
            "look whether you may read the file, and whether the disk is in order",
        ) from None


def parse_screenplay(data: bytes, source: Path, name: str, language: str) -> Script:
    """The Script in `data`; the ending of `source` says how it is written. Raises PipelineError."""
    from stages.reading.decode_screenplay import decode_screenplay
    from stages.reading.read_fountain import read_fountain
    from stages.reading.read_structured import read_structured

    suffix = source.suffix.lower()
    if suffix == ".json":
        return read_structured(data, name, "json")
    if suffix in (".yaml", ".yml"):
        return read_structured(data, name, "yaml")
    return read_fountain(decode_screenplay(data, name), name, language)
