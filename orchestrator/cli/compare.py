"""`pipeline diff`: two builds side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import AsJson
from orchestrator.seams.console import answer


def diff(
    before: Annotated[Path, typer.Argument(metavar="BUILD_A", help="A checkpoint folder.")],
    now: Annotated[Path, typer.Argument(metavar="BUILD_B", help="Another one, or a copy.")],
    as_json: AsJson = False,
) -> int:
    """Say what differs between two builds: words, shots, lengths, facts, pictures, levels.

    Example:  pipeline diff old-copy/s01e01 my-show/builds/s01e01
    """
    from orchestrator.verification.compare import compare_builds
    from orchestrator.verification.compare_text import comparison_text

    return answer(compare_builds(before, now), comparison_text, as_json=as_json)
