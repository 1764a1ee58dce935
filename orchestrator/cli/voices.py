"""`pipeline voices`: the voices there are, who has which, and the sheet an actor records from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import AsJson
from orchestrator.seams.console import answer, say, say_json
from schemas.errors import ExitCode, PipelineError

SHEET = "sheet"


class MissingEpisodeError(PipelineError):
    """A sheet of nothing; a usage error."""

    exit_code = ExitCode.USAGE


def voices(
    what: Annotated[
        str,
        typer.Argument(
            metavar="[LANGUAGE|EPISODE|sheet]",
            help="A language such as en-GB; an episode, for its cast; or sheet EPISODE.",
        ),
    ] = "",
    episode: Annotated[
        Path | None, typer.Argument(metavar="[EPISODE]", help="The episode of a sheet.")
    ] = None,
    character: Annotated[str, typer.Option("--character", help="Only this one's lines.")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the sheet as CSV.")] = False,
    as_json: AsJson = False,
) -> int:
    """List voices for `casting`, the cast of an episode, or the lines for actors to record.

    Examples:

      pipeline voices en-GB

      pipeline voices my-show/episodes/s01e01.fountain

      pipeline voices sheet my-show/episodes/s01e01.fountain --character mara
    """
    if what == SHEET:
        return _sheet(episode, character, as_csv, as_json)
    if Path(what).suffix and Path(what).is_file():
        return _cast(Path(what), as_json)
    from renderers.speech.casting import list_voices

    names = list(list_voices(what))
    if as_json:
        say_json({"language": what, "voices": names})
    else:
        say("\n".join(names))
    return 0


def _cast(episode: Path, as_json: bool) -> int:
    from orchestrator.shows.show import find_episode
    from orchestrator.voices.sheet import cast_of, cast_text

    return answer(cast_of(find_episode(episode)), cast_text, as_json=as_json)


def _sheet(episode: Path | None, character: str, as_csv: bool, as_json: bool) -> int:
    from orchestrator.shows.show import find_episode
    from orchestrator.voices.sheet import sheet_csv, sheet_markdown, sheet_of

    if episode is None:
        raise MissingEpisodeError(
            "usage",
            "pipeline voices sheet",
            "an episode is needed",
            "pipeline voices sheet my-show/episodes/s01e01.fountain",
        )
    sheet = sheet_of(find_episode(episode), character)
    if as_json:
        say_json(sheet)
    else:
        say((sheet_csv(sheet) if as_csv else sheet_markdown(sheet)).rstrip("\r\n"))
    return 0
