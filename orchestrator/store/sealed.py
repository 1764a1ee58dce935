"""Small structured files of the registry that carry their own checksum.

A sealed file is one line of 64 hex characters, the digest of the rest, and the rest: canonical
JSON. Damage of any byte is noticed on reading.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from orchestrator.seams.durable_files import (
    READ_ONLY,
    make_folder,
    quarantine,
    replace_file,
    storage_error,
)
from schemas.canonical import canonical_bytes
from schemas.digest import digest_bytes


def write_sealed(path: Path, payload: dict[str, Any]) -> None:
    """Write `payload` to `path`, replacing what is there, durable."""
    body = canonical_bytes(payload, path.name)
    make_folder(path.parent)
    replace_file(path, digest_bytes(body).encode() + b"\n" + body, READ_ONLY)


def read_sealed(path: Path) -> dict[str, Any] | None:
    """The payload, or None when the file is missing or damaged (then it is put aside)."""
    try:
        payload = peek_sealed(path)
        if payload is None and path.exists():
            quarantine(path)
    except OSError as error:
        raise storage_error(error, path) from None
    return payload


def peek_sealed(path: Path) -> dict[str, Any] | None:
    """The payload, or None when the file is missing or damaged; nothing is moved.

    Raises OSError when the file may not be read.
    """
    try:
        data = path.read_bytes()
    except PermissionError:
        raise
    except OSError:
        return None
    checksum, _, body = data.partition(b"\n")
    if digest_bytes(body).encode() != checksum:
        return None
    payload = orjson.loads(body)
    return payload if isinstance(payload, dict) else None
