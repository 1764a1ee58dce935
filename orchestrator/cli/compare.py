"""`pipeline diff`: two builds side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.seams.console import say, say_json


def diff(
    before: Annotated[Path, typer.Argument(metavar="BUILD_A", help="A checkpoint folder.")],
    now: Annotated[Path, typer.Argument(metavar="BUILD_B", help="Another one, or a copy.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Say what differs between two builds: words, shots, lengths, facts, pictures, levels.

    Example:  pipeline diff old-copy/s01e01 my-show/builds/s01e01
    """
    from orchestrator.verification.compare import compare_builds
    from orchestrator.verification.compare_text import comparison_text

    found = compare_builds(before, now)
    if as_json:
        say_json(found)
    else:
        say(comparison_text(found))
    return 0
