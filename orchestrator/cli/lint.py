"""`pipeline lint`: what breaks the caption rules, without making anything."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import AsJson
from orchestrator.seams.console import say, say_json


def lint(
    what: Annotated[
        Path,
        typer.Argument(
            metavar="EPISODE|BUILD|CAPTIONS",
            help="An episode, its checkpoint folder, or a .srt, .vtt or .ass file.",
        ),
    ],
    language: Annotated[
        str,
        typer.Option(
            "--language", help="Language of a caption file, such as ja; the show's when left out."
        ),
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Say which captions break which rule; exit code 5 when any does.

    Of an episode also what looks as if it was meant otherwise than it is read.

    Examples:

      pipeline lint my-show/builds/s01e01

      pipeline lint my-show/episodes/s01e01.fountain --json

      pipeline lint translated.srt --language ja
    """
    from orchestrator.inspection.lint import lint as find
    from orchestrator.inspection.lint import linted_json, linted_text

    found = find(what, language)
    if as_json:
        say_json(linted_json(found))
    else:
        say(linted_text(found))
    return int(found.exit_code)
