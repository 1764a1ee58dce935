"""How a stage is run by whoever keeps the account of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from orchestrator.store.memo import Remembered
from schemas.artifact import Artifact
from schemas.digest import Digest


class StageRunner(Protocol):
    """Runs one stage, shows its artifact as a file, and returns the artifact's digest."""

    def __call__(
        self,
        name: str,
        artifact: str,
        model: type[Artifact],
        work: Callable[[], Remembered],
        accept: Callable[[Digest], None] = ...,
    ) -> Digest:
        """Run the stage. `accept` may refuse, by raising, what the stage made and showed."""
        ...
