"""What a merge of two branches left in a canon folder, in words: what it is and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from schemas.errors import PipelineError

if TYPE_CHECKING:
    from orchestrator.canon.files import CanonFiles

HEAD_LINE: Final = re.compile(r"snapshots/(\d{4,}-[0-9a-f]{12}\.json)")
_CONFLICT: Final = re.compile(rb"^(?:<{7}|>{7}|\|{7})(?: |\r?$)|^={7}\r?$", re.MULTILINE)


def conflict_line(data: bytes) -> int:
    """The 1-based line of the first mark that a merge left in a text file; 0 for none."""
    found = _CONFLICT.search(data)
    return data.count(b"\n", 0, found.start()) + 1 if found else 0


def unfinished_merge(files: CanonFiles, head: bytes) -> PipelineError:
    """The error for a HEAD with the marks of a conflict."""
    sides = HEAD_LINE.findall(head.decode("utf-8", "replace"))
    told = " and ".join(f"{name} ({_change_of(files, name)})" for name in dict.fromkeys(sides))
    return PipelineError(
        "canon-merge",
        "canon/HEAD",
        f"holds an unfinished merge of {told or 'two branches'}",
        "`pipeline canon merge` keeps this branch's (or --keep NAME) and lets what the other "
        "branch made true wait for the gate and for you",
    )


def fork(files: CanonFiles, head: str | None, lost: list[str]) -> PipelineError:
    """The error for snapshots that the chain of the head does not hold."""
    told = ", ".join(f"{name} ({_change_of(files, name)})" for name in lost)
    several = len(lost) > 1
    return PipelineError(
        "canon-fork",
        "canon/snapshots",
        f"{told} {'are' if several else 'is'} not part of the truth that canon/HEAD names "
        f"({head or 'none'}), as after a merge of two branches",
        "`pipeline canon merge` keeps what HEAD names (or --keep NAME) and lets what the other "
        "branch made true wait for the gate and for you",
    )


def _change_of(files: CanonFiles, name: str) -> str:
    """Which episode made a snapshot, as far as that can be told."""
    try:
        snapshot = files.link(name).snapshot
        caused = snapshot.applied_diff or snapshot.reverted_diff
        episode = files.diff(caused).episode if caused else ""
    except PipelineError:
        return "which cannot be read"
    if snapshot.reverted_diff:
        return f"{episode} taken back"
    return episode or "the writer's own canon"
