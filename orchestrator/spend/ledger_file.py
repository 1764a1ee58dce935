"""The ledger's two files: lines that each hold the digest of the one before, and the newest digest.

`ledger.jsonl` is only ever appended to and `ledger.head` says how far it goes, so that a changed or
shortened ledger is noticed instead of being a licence to spend again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from orchestrator.seams.clock import utc_now
from orchestrator.seams.durable_files import replace_file, storage_error, sync_folder
from orchestrator.spend.book import Book
from schemas.canonical import canonical_bytes
from schemas.digest import Digest, digest_bytes
from schemas.errors import PipelineError

FOLDER = "spend"
LEDGER, HEAD, LOCK = "ledger.jsonl", "ledger.head", ".lock"
_NOTHING = digest_bytes(b"")


def has_ledger(show: Path) -> bool:
    """Whether anything was ever booked in a show."""
    return (show / FOLDER / LEDGER).is_file()


@dataclass(slots=True)
class LedgerWriter:
    """Appends to a ledger that was read whole, under the lock that its maker holds."""

    path: Path
    head: Path
    book: Book
    count: int
    last: Digest
    size: int

    def append(self, entry: dict[str, Any]) -> None:
        """Write one line, durable, and take it into the book."""
        entry = {"seq": self.count + 1, "prev": self.last, "at": utc_now(), **entry}
        try:
            self.book.enter(entry)
        except ValueError as error:
            raise PipelineError("ledger-order", LEDGER, str(error), "this is a bug") from None
        line = canonical_bytes(entry, LEDGER)
        try:
            self._write(line + b"\n")
        except OSError as error:
            raise storage_error(error, self.path) from None
        self.count, self.last = self.count + 1, digest_bytes(line)
        self.size += len(line) + 1
        replace_file(self.head, f"{self.count} {self.last}\n".encode("ascii"))

    def _write(self, line: bytes) -> None:
        new = not self.path.exists()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.ftruncate(descriptor, self.size)
            os.lseek(descriptor, self.size, os.SEEK_SET)
            view = memoryview(line)
            while view:
                view = view[os.write(descriptor, view) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if new:
            sync_folder(self.path.parent)


def read_ledger(folder: Path) -> LedgerWriter:
    """Every whole line of the ledger in `folder`, checked against the one before it and the head.

    The caller holds the lock. Raises PipelineError `ledger-damaged`.
    """
    path, head_path = folder / LEDGER, folder / HEAD
    try:
        data = path.read_bytes() if path.exists() else b""
        head = head_path.read_text("ascii").split() if head_path.exists() else ["0", _NOTHING]
    except (OSError, UnicodeDecodeError):
        raise _damaged("it cannot be read") from None
    # A line without its end was never answered for: whoever wrote it died while writing.
    whole = data[: data.rfind(b"\n") + 1]
    book, last, count = Book(), _NOTHING, 0
    seen = {(0, _NOTHING)}
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            _enter_next(book, orjson.loads(line), number, last)
        except (ValueError, KeyError, TypeError) as error:
            raise _damaged(f"line {number}: {error}") from None
        last, count = digest_bytes(line), number
        seen.add((number, last))
    if len(head) != 2 or not head[0].isdigit() or (int(head[0]), head[1]) not in seen:
        raise _damaged("its last lines are missing")
    return LedgerWriter(path, head_path, book, count, last, len(whole))


def _enter_next(book: Book, entry: dict[str, Any], number: int, last: Digest) -> None:
    if entry["seq"] != number or entry["prev"] != last:
        raise ValueError("it does not follow the line before it")
    book.enter(entry)


def _damaged(problem: str) -> PipelineError:
    return PipelineError(
        "ledger-damaged",
        f"{FOLDER}/{LEDGER}",
        f"the account of what was spent is not whole: {problem}",
        "put it back from git or a backup; until then nothing is bought",
    )
