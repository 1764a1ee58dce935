"""The checkpoint folder: a view of the registry for people, made again whenever it is not right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orchestrator.seams.durable_files import (
    make_folder,
    replace_file,
    replace_with_copy,
    storage_error,
)
from orchestrator.store.registry import Registry
from orchestrator.store.sealed import read_sealed, write_sealed
from schemas.digest import Digest, digest_bytes

SUMMARY = "run_summary.json"
LOGS = "logs"


class CheckpointFolder:
    """Files of one build. Remembers what it wrote, so that a person's edit is never lost."""

    def __init__(self, build: Path, registry: Registry, note: Callable[[str], None]) -> None:
        self.path = build
        self._ledger = registry.root / "views" / f"{build.name}.json"
        self._written: dict[str, Digest] = dict(read_sealed(self._ledger) or {})
        self._note = note
        self._stamps = registry.stamps
        self._changed = False

    def prepare(self) -> None:
        """Make the folder. Raises PipelineError when that is refused."""
        make_folder(self.path / LOGS)

    def put(self, name: str, data: bytes) -> None:
        """Make the file `name` hold `data`."""
        if self._take(name, digest_bytes(data)):
            replace_file(self.path / name, data)

    def put_copy(self, name: str, resolve: Callable[[Digest], Path], digest: Digest) -> None:
        """Make the file `name` a copy of a blob, resolved only when it has to be copied."""
        self._make_room(name)
        if self._take(name, digest):
            replace_with_copy(self.path / name, resolve(digest))

    def take_out(self, name: str) -> None:
        """Remove a file that is no longer true; it stays in the registry."""
        path = self.path / name
        if path.is_file():
            self._set_edit_aside(name, path)
            try:
                path.unlink(missing_ok=True)
                if path.parent != self.path and not any(path.parent.iterdir()):
                    path.parent.rmdir()
            except OSError as error:
                raise storage_error(error, path) from None
        if self._written.pop(name, None) is not None:
            self._changed = True

    def close(self) -> None:
        """Remember what was written."""
        if self._changed:
            write_sealed(self._ledger, dict(self._written))
            self._changed = False
        self._stamps.save()

    def _take(self, name: str, digest: Digest) -> bool:
        """Whether `name` must be written; sets a person's edit aside first."""
        path = self.path / name
        if path.is_dir():
            self._move(path, "moved")
            self._note(f"{path.parent.name}/{name} was a folder; it was moved aside")
        elif path.is_file():
            if self._digest(path) == digest:
                self._remember(name, digest)
                return False
            self._set_edit_aside(name, path)
        self._remember(name, digest)
        return True

    def _make_room(self, name: str) -> None:
        """Make the folder a file lies in, as `stems` for `stems/mix.flac`."""
        folder = (self.path / name).parent
        if folder.exists() and not folder.is_dir():
            self._move(folder, "moved")
            self._note(f"{self.path.name}/{folder.name} was a file; it was moved aside")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise storage_error(error, folder) from None

    def _remember(self, name: str, digest: Digest) -> None:
        if self._written.get(name) != digest:
            self._written[name] = digest
            self._changed = True

    def _set_edit_aside(self, name: str, path: Path) -> None:
        ours = self._written.get(name)
        if ours is None or self._digest(path) == ours:
            return
        aside = self._move(path, "edited")
        self._note(
            f"{path.parent.name}/{name} was edited by hand; this folder is only a view, so the "
            f"edit was kept as {aside.name} and not read"
        )

    def _move(self, path: Path, why: str) -> Path:
        """Give `path` a name that nothing has, before its ending."""
        stem, dot, suffix = path.name.partition(".")
        number = 1
        while (aside := path.with_name(f"{stem}.{why}-{number}{dot}{suffix}")).exists():
            number += 1
        try:
            path.rename(aside)
        except OSError as error:
            raise storage_error(error, path) from None
        return aside

    def _digest(self, path: Path) -> Digest | None:
        """What the file holds, or None when it cannot be read, which no file of ours is."""
        try:
            return self._stamps.digest_of(path)
        except OSError:
            return None
