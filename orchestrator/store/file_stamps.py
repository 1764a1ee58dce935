"""Digests of files that have not changed since they were hashed, so that nothing is read twice.

A file is known again by its size, inode, and times of modification and of change. The change time
is the kernel's own and cannot be set back, so only an edit within the same tick could go unseen;
a file that changed within the last seconds is therefore hashed each time (as git does with files
that are as young as its index).
"""

from __future__ import annotations

from pathlib import Path

from orchestrator.seams.clock import epoch_s
from orchestrator.store.sealed import read_sealed, write_sealed
from schemas.digest import Digest, digest_file

STAMPS = "stamps.json"
# FAT keeps times to two seconds, the coarsest of common file systems.
SETTLED_S = 3


class FileStamps:
    """What is known of files outside the blob store, kept in one sealed file.

    Losing it costs a reading of the files and nothing else. Not for blobs: they are hashed before
    every use.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._known: dict[str, list[str]] | None = None
        self._changed = False

    def digest_of(self, path: Path) -> Digest:
        """The digest of a file's bytes. Raises OSError when it cannot be read."""
        known = self._load()
        state = path.stat()
        stamp = [
            str(n) for n in (state.st_size, state.st_ino, state.st_mtime_ns, state.st_ctime_ns)
        ]
        name = str(path.absolute())
        found = known.get(name)
        if found is not None and found[1:] == stamp:
            return found[0]
        digest = digest_file(path)
        settled = state.st_ctime_ns // 1_000_000_000 + SETTLED_S < epoch_s()
        if settled:
            known[name] = [digest, *stamp]
            self._changed = True
        elif known.pop(name, None) is not None:
            self._changed = True
        return digest

    def save(self) -> None:
        """Keep what was learnt, without the files that are gone. Raises PipelineError."""
        if self._changed and self._known is not None:
            here = {name: found for name, found in self._known.items() if Path(name).is_file()}
            write_sealed(self._store, {"files": here})
            self._changed = False

    def _load(self) -> dict[str, list[str]]:
        if self._known is None:
            files = (read_sealed(self._store) or {}).get("files")
            self._known = dict(files) if isinstance(files, dict) else {}
        return self._known
