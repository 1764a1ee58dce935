"""Content digests: BLAKE3, 32 bytes, as 64 lower-case hex characters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from blake3 import blake3

from schemas.canonical import canonical_bytes

Digest = str

DIGEST_PATTERN = r"^[0-9a-f]{64}$"


def digest_bytes(data: bytes) -> Digest:
    """BLAKE3 of `data`."""
    return blake3(data).hexdigest()


def digest_file(path: Path) -> Digest:
    """BLAKE3 of a file's bytes, read in bounded memory. Raises OSError as `open` does."""
    hasher = blake3()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            hasher.update(chunk)
    return hasher.hexdigest()


def tagged_preimage(name: str, payload: Any) -> bytes:
    """What is hashed for a structured value: its name, a newline, its canonical JSON.

    The name keeps two kinds of value with equal fields from ever sharing a digest.
    """
    return name.encode("utf-8") + b"\n" + canonical_bytes(payload, name)


def tagged_digest(name: str, payload: Any) -> Digest:
    """Digest of `tagged_preimage(name, payload)`."""
    return digest_bytes(tagged_preimage(name, payload))
