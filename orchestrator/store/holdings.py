"""How much room a show's results take: by kind in the registry, by episode in its build folder."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from orchestrator.shows.show import BUILDS
from orchestrator.store.registry import Registry

UNRECORDED = "unrecorded"


def sizes_by_kind(registry: Registry) -> dict[str, dict[str, int]]:
    """Number and bytes of the blobs of each kind, the largest kind first.

    What no readable record names is `unrecorded`.
    """
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"files": 0, "bytes": 0})
    for path in sorted((registry.root / "blobs").glob("??/*")):
        if not path.is_file() or len(path.name) != 62:
            continue
        record = registry.read_record(path.parent.name + path.name)
        entry = found[record["kind"] if record else UNRECORDED]
        entry["files"] += 1
        entry["bytes"] += path.stat().st_size
    return dict(sorted(found.items(), key=lambda item: (-item[1]["bytes"], item[0])))


def size_of_build(show: Path, episode: str) -> int:
    """Bytes of everything in an episode's build folder; 0 when there is none."""
    files = (path for path in (show / BUILDS / episode).rglob("*") if not path.is_symlink())
    return sum(path.stat().st_size for path in files if path.is_file())
