"""RecallIndex (plan §6.2): a memory over what was written, never authoritative."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StrictInt

from schemas.artifact import Artifact, Count, Frozen, Positive


class RecallEntry(Frozen):
    """A scene in a sentence or two, or one line of it, with its vector.

    `vector` holds pairs of dimension and weight, the dimensions rising; what is left out is 0.
    """

    kind: Literal["summary", "detail"]
    episode: str
    scene_id: str
    file: str
    line: Count
    text: str
    vector: tuple[tuple[Count, Annotated[StrictInt, Field(ge=-(2**31), lt=2**31)]], ...]


class RecallIndex(Artifact):
    """Every entry of the show, in the order of the story; made from Scripts alone.

    `embedder` names what made the vectors: only vectors of one embedder can be compared.
    """

    SCHEMA: ClassVar[str] = "RecallIndex/1.0.0"

    tenant: str = "default"
    show: str = ""
    embedder: str
    dimensions: Positive
    entries: tuple[RecallEntry, ...]
