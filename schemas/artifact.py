"""What every artifact has in common: a schema tag, a canonical form, a digest."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from schemas.canonical import readable_bytes
from schemas.digest import DIGEST_PATTERN, Digest, digest_bytes, tagged_preimage

DigestText = Annotated[str, Field(pattern=DIGEST_PATTERN)]
Count = Annotated[StrictInt, Field(ge=0)]
Positive = Annotated[StrictInt, Field(ge=1)]
Flag = StrictBool


class Frozen(BaseModel):
    """An immutable part of an artifact. Unknown fields are ignored (plan §30.2)."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, defer_build=True)


class Artifact(Frozen):
    """A whole artifact. `SCHEMA` is its tag, `Name/MAJOR.MINOR.PATCH`."""

    SCHEMA: ClassVar[str]

    schema_tag: Annotated[str, Field(alias="schema", pattern=r"^[A-Za-z]+/\d+\.\d+\.\d+$")]

    @classmethod
    def create(cls, **fields: Any) -> Self:
        """A new artifact of the current schema version."""
        return cls(schema=cls.SCHEMA, **fields)

    @classmethod
    def schema_name(cls) -> str:
        """The tag without its version, such as `ShotList`."""
        return cls.SCHEMA.split("/")[0]

    def payload(self) -> dict[str, Any]:
        """The artifact as plain JSON values, under the field names of the contract."""
        return self.model_dump(mode="json", by_alias=True)

    def preimage(self) -> bytes:
        """The bytes the digest is taken over; also how the registry stores the artifact."""
        return tagged_preimage(self.schema_name(), self.payload())

    def digest(self) -> Digest:
        """Content digest: BLAKE3 over the schema name, a newline and canonical JSON."""
        return digest_bytes(self.preimage())

    def readable(self) -> bytes:
        """Indented JSON for the checkpoint folder."""
        return readable_bytes(self.payload())


class SourceRef(Frozen):
    """Where something was written: a file name relative to the show, and a 1-based line."""

    file: str
    line: Positive
