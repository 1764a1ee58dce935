"""Writes `schemas/json/*.schema.json` from the models: `python -m schemas.export`."""

from __future__ import annotations

from pathlib import Path

from schemas.canonical import readable_bytes
from schemas.documents import ARTIFACTS, json_schema

FOLDER = Path(__file__).parent / "json"


def exported() -> dict[str, bytes]:
    """File name to content of every exported schema."""
    return {
        f"{model.schema_name()}.schema.json": readable_bytes(json_schema(model))
        for model in ARTIFACTS
    }


def main() -> None:
    """Write every schema file."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in exported().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
