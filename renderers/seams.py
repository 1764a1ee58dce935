"""What the renderers are given from outside: a way to run programs and a way to reach blobs.

Renderers never open the registry or start a process themselves; the orchestrator hands them an
`Executor`, a `Resolver` and a scratch folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from schemas.digest import Digest

Resolver = Callable[[Digest], Path]
"""A blob's digest to a readable file holding exactly those bytes."""

DEFAULT_WALL_LIMIT_S = 600


@dataclass(frozen=True, slots=True)
class Command:
    """A program to run. `purpose` is for people: `encode shot kitchen.7f3a`.

    `stdin` is fed chunk by chunk and then closed; without it the program gets an empty input.
    `cwd` is where it runs, so that argv can name scratch files without any path; `env` is added
    to the small fixed environment every program gets.
    """

    argv: tuple[str, ...]
    purpose: str
    stdin: Iterable[bytes] | None = None
    wall_limit_s: int = DEFAULT_WALL_LIMIT_S
    cwd: Path | None = None
    env: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Completed:
    """A program that ended with exit code 0, and what it printed."""

    stdout: bytes
    stderr: str


class Executor(Protocol):
    """Runs a command in its own process group that dies with its parent."""

    def run(self, command: Command) -> Completed:
        """Run to the end.

        Raises PipelineError `program-failed` (non-zero exit, with the last lines it printed),
        `program-timeout`, `program-missing`; or, whatever it was given to read, `program-killed`
        or `no-space`.
        """
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """The seams as one value."""

    executor: Executor
    resolve: Resolver
    scratch: Path
