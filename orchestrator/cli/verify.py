"""`pipeline verify`: whether the film still comes out as it was locked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.seams.console import say, say_json
from schemas.errors import PipelineError

if TYPE_CHECKING:
    from orchestrator.shows.show import EpisodePlace
    from orchestrator.verification.verdict import Verdict
    from orchestrator.verification.verify_report import Failure


def verify(
    what: Annotated[
        Path | None,
        typer.Argument(
            metavar="[EPISODE|BUILD]",
            help="An episode or its checkpoint folder; without it, all that is locked here.",
        ),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Lock the film as it comes out now.")
    ] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=0, max=64, help="Shots at a time; 0 is one per core.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the checks as JSON.")] = False,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write JUnit XML, too.")
    ] = None,
) -> int:
    """Render again from the script with nothing remembered, and compare with pipeline.lock.json.

    Examples:

      pipeline verify

      pipeline verify my-show/episodes/s01e01.fountain --update
    """
    from orchestrator.verification.verify_report import (
        exit_code_of,
        junit_xml,
        results_json,
        summary_line,
    )

    results: list[Verdict | Failure] = []
    for place, profile in _places(what):
        result = _one(place, profile, update, workers)
        results.append(result)
        if not as_json:
            _tell(result)
    if junit is not None:
        _write(junit, junit_xml(results))
    if as_json:
        say_json(results_json(results))
    elif len(results) > 1:
        say(summary_line(results))
    return max(map(exit_code_of, results))


def _places(what: Path | None) -> list[tuple[EpisodePlace, str]]:
    """The episodes meant, each with its profile; an empty profile means the locked one."""
    from orchestrator.inspection.inspect import show_at
    from orchestrator.run.resume import find_build
    from orchestrator.shows.show import find_episode
    from orchestrator.verification.verify import locked_episodes

    if what is None:
        return [(place, "") for place in locked_episodes(show_at(Path()))]
    if what.is_dir():
        return [find_build(what)]
    return [(find_episode(what), "")]


def _one(place: EpisodePlace, profile: str, update: bool, workers: int) -> Verdict | Failure:
    from orchestrator.reporting.report import SilentReporter
    from orchestrator.verification.verify import VerifyRequest, verify_episode
    from orchestrator.verification.verify_report import Failure

    request = VerifyRequest(place, profile, update, workers)
    try:
        return verify_episode(request, SilentReporter())
    except PipelineError as error:
        return Failure(place.episode_id, error)


def _tell(result: Verdict | Failure) -> None:
    from orchestrator.error_boundary import tell
    from orchestrator.verification.verify_report import Failure, verdict_text

    if isinstance(result, Failure):
        tell(result.error, as_json=False)
    else:
        say(verdict_text(result))


def _write(path: Path, data: bytes) -> None:
    from orchestrator.seams.durable_files import storage_error

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise storage_error(error, path) from None
