"""The files of a canon folder: read with their digests checked, written so that none is half there.

Snapshots and diffs are named by their digests and never change. What a merge of two branches leaves
behind is found here and told, never guessed at: marks of a conflict in a file, and two snapshots in
one place of the chain.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from orchestrator.canon.merge import HEAD_LINE, conflict_line, fork, unfinished_merge
from orchestrator.seams.durable_files import (
    READ_ONLY,
    publish,
    replace_file,
    storage_error,
    write_new,
)
from orchestrator.seams.foreign_file import refuse_outside
from schemas.artifact import Artifact
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.digest import Digest, digest_bytes, tagged_digest
from schemas.documents import AnyArtifact, read_payload
from schemas.errors import PipelineError
from schemas.ids import slug

CANON: Final = "canon"
HEAD: Final = "HEAD"
PROPOSALS: Final = "proposals"
NAMED_HEX: Final = 12
_NAME: Final = re.compile(r"(?P<number>\d{4,})-(?P<digest>[0-9a-f]{12})\.json")
_EPISODE_CHARS: Final = 80
# Named before its snapshot is written and taken out after the head has moved: what a killed
# process leaves is told from what a merge brought.
_APPLYING: Final = ".applying"


@dataclass(frozen=True, slots=True)
class Link:
    """A stored snapshot, its place in the chain, and its digest as it was stored."""

    number: int
    snapshot: CanonSnapshot
    digest: Digest

    @property
    def name(self) -> str:
        """Its file's name."""
        return link_name(self.number, self.digest)


class CanonFiles:
    """One canon folder. Whoever writes holds the lock of it."""

    def __init__(self, show: Path) -> None:
        self.show = show
        self.folder = show / CANON
        self.snapshots = self.folder / "snapshots"
        self.diffs = self.folder / "diffs"
        self.lock = self.folder / ".lock"

    def head_name(self) -> str | None:
        """The file name that HEAD holds, None without a HEAD.

        Raises PipelineError `canon-merge` for an unfinished merge, `canon-corrupt` for anything
        that names no snapshot.
        """
        path = self.folder / HEAD
        if not path.exists():
            self._refuse_lost_head()
            return None
        data = self._read(path)
        if conflict_line(data):
            raise unfinished_merge(self, data)
        line = data.decode("utf-8", "replace").strip()
        named = HEAD_LINE.fullmatch(line)
        if named is None:
            raise corrupt(f"{CANON}/{HEAD}", f"does not name a snapshot, it says {line[:80]!r}")
        return named[1]

    def link(self, name: str) -> Link:
        """A snapshot by file name. Raises PipelineError `canon-corrupt` when it is not whole."""
        snapshot, digest = self.verified(self.snapshots / name, CanonSnapshot)
        return Link(_number(name), snapshot, digest)

    def diff(self, digest: Digest) -> CanonDiff:
        """A diff by digest. Raises PipelineError `canon-corrupt` when it is not there."""
        return self.verified(self.diff_path(digest), CanonDiff)[0]

    def diff_path(self, digest: Digest) -> Path:
        """Where a stored diff is. Raises PipelineError `canon-corrupt` when it is not there."""
        shown = digest[:NAMED_HEX]
        found = sorted(self.diffs.glob(f"*-{shown}.json"))
        if not found:
            raise corrupt(f"{CANON}/diffs", f"the diff *-{shown}.json is gone")
        return found[0]

    def strays(self, head: str | None) -> list[str]:
        """Snapshots that no chain to the head can hold: beside one of its links, or after it."""
        last = _number(head) if head else 0
        names = sorted(p.name for p in self.snapshots.glob("*.json") if _NAME.fullmatch(p.name))
        alone: dict[int, int] = {}
        for name in names:
            alone[_number(name)] = alone.get(_number(name), 0) + 1
        return [n for n in names if n != head and (_number(n) >= last or alone[_number(n)] > 1)]

    def refuse_strays(self, head: str | None, strays: list[str]) -> None:
        """Raise PipelineError `canon-fork` for snapshots that the head does not follow from."""
        kept: set[str] = set()
        link = self.link(head) if head else None
        while link is not None:
            kept.add(link.name)
            link = self.before(link)
        lost = [name for name in strays if name not in kept]
        if lost:
            raise fork(self, head, lost)

    def before(self, link: Link) -> Link | None:
        """The parent of a link, None at the beginning of the chain."""
        parent = link.snapshot.parent
        return None if parent is None else self.link(link_name(link.number - 1, parent))

    def prepare(self) -> None:
        """Make the folders, and take out what a killed process left: we hold the lock."""
        for folder in (self.folder, self.snapshots, self.diffs):
            refuse_outside(folder, self.show, folder.relative_to(self.show).as_posix())
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder, self.snapshots, self.diffs):
            for leftover in folder.glob(".*.tmp"):
                leftover.unlink(missing_ok=True)
        self.forget_unfinished()

    def forget_unfinished(self) -> None:
        """Take out the snapshots that a killed process wrote and the head never came to."""
        note = self.folder / _APPLYING
        if not note.is_file():
            return
        head = self.head_name()
        last = _number(head) if head else 0
        try:
            for name in note.read_text(encoding="utf-8", errors="replace").split():
                if _NAME.fullmatch(name) and _number(name) > last:
                    (self.snapshots / name).unlink(missing_ok=True)
            note.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, note) from None

    def append(self, links: list[tuple[Link, CanonDiff | None]]) -> None:
        """Write the links with their diffs, each before the head moves to it."""
        note = self.folder / _APPLYING
        replace_file(note, "".join(f"{link.name}\n" for link, _ in links).encode())
        for link, diff in links:
            if diff is not None:
                self.write(self.diffs / diff_name(diff), diff)
            self.write(self.snapshots / link.name, link.snapshot)
            replace_file(self.folder / HEAD, f"snapshots/{link.name}\n".encode())
        note.unlink(missing_ok=True)

    def write(self, path: Path, artifact: Artifact) -> None:
        """Write a file that never changes."""
        data = artifact.readable()
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        write_new(temporary, data, READ_ONLY)
        publish(temporary, path, digest_bytes(data))

    def verified(self, path: Path, model: type[AnyArtifact]) -> tuple[AnyArtifact, Digest]:
        """A file that is named by its digest, and that digest. Raises PipelineError."""
        where = f"{CANON}/{path.parent.name}/{path.name}"
        if not path.is_file():
            raise corrupt(where, "is gone")
        try:
            payload = orjson.loads(self._read(path))
        except orjson.JSONDecodeError as error:
            raise corrupt(where, f"is not JSON any more ({error})") from None
        try:
            digest = tagged_digest(model.schema_name(), payload)
        except PipelineError as error:
            raise corrupt(where, f"was changed: {error.problem}") from None
        named = path.stem.rsplit("-", 1)[-1]
        if not digest.startswith(named):
            raise corrupt(where, f"was changed: its content has the digest {digest[:12]}")
        return read_payload(payload, model, where), digest

    def _refuse_lost_head(self) -> None:
        # The very first snapshot is the seed itself, so a process killed right after it lost
        # nothing; a longer chain without a head has lost its place.
        later = [path.name for path in self.snapshots.glob("*-*.json") if path.name[:4] != "0001"]
        if later:
            raise corrupt(
                f"{CANON}/{HEAD}", f"is gone, though there are snapshots up to {max(later)}"
            )

    def _read(self, path: Path) -> bytes:
        where = f"{CANON}/{path.relative_to(self.folder).as_posix()}"
        refuse_outside(path, self.show, where)
        try:
            return path.read_bytes()
        except OSError as error:
            raise PipelineError(
                "canon-unreadable",
                where,
                f"cannot be read: {error.strerror or error}",
                "check that it is a file you may read",
            ) from None


def link_name(number: int, digest: Digest) -> str:
    """`0003-<digest>.json`."""
    return f"{number:04d}-{digest[:NAMED_HEX]}.json"


def diff_name(diff: CanonDiff) -> str:
    """`s01e02-<digest>.json`; the writer's own changes are called `own`."""
    episode = slug(diff.episode)[:_EPISODE_CHARS] if diff.episode else "own"
    return f"{episode}-{diff.digest()[:NAMED_HEX]}.json"


def corrupt(where: str, problem: str) -> PipelineError:
    """The error for a file that is not what was stored."""
    hint = "put it back from version control or a backup; or "
    if where.startswith(f"{CANON}/{PROPOSALS}/"):
        hint += "delete it, and run its episode again"
    else:
        hint += (
            "let canon/HEAD name an older snapshot (snapshots/NNNN-….json), delete those after "
            "it, and run the episodes after it again"
        )
    return PipelineError("canon-corrupt", where, problem, hint)


def _number(name: str) -> int:
    return int(name.split("-", maxsplit=1)[0])
