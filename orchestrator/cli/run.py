"""`pipeline run` and `pipeline resume`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import Build, Episode
from orchestrator.seams.console import remark, say, say_json

if TYPE_CHECKING:
    from orchestrator.run.request import RunRequest, RunResult
    from orchestrator.shows.show import EpisodePlace

Profile = Annotated[
    str,
    typer.Option(
        "--profile",
        help="Render profile; changes nothing before the RenderPlan. Left out, a film keeps the "
        "takes it was upgraded with; preview_local shows none of them.",
    ),
]
Workers = Annotated[
    int, typer.Option("--workers", min=0, max=64, help="Shots at a time; 0 is one per core.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print the film's path, and nothing else but errors.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the run summary as JSON.")]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Exit with 6 when the film itself is not as asked, such as off its loudness; "
        "a placeholder is no such fault.",
    ),
]


def run(
    episode: Episode,
    profile: Profile = "",
    workers: Workers = 0,
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Make the film of an episode; what is done already is not done again.

    Example:  pipeline run my-show/episodes/s01e01.fountain
    """
    from orchestrator.run.request import RunRequest
    from orchestrator.shows.profiles import check_profile, check_provider
    from orchestrator.shows.show import find_episode
    from orchestrator.upgrades.takes import profile_of

    if profile:
        check_profile(profile)
    place = find_episode(episode)
    check_provider(profile, place.settings.project)
    chosen = profile or profile_of(place)
    return make(RunRequest(place, chosen, workers, strict), quiet, as_json)


def resume(
    build: Build,
    workers: Workers = 0,
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Go on from a checkpoint folder, after a stop, a failure or a deleted file.

    Example:  pipeline resume my-show/builds/s01e01
    """
    from orchestrator.run.request import RunRequest
    from orchestrator.run.resume import find_build
    from orchestrator.shows.profiles import check_profile

    place, profile = find_build(build)
    check_profile(profile)
    return make(RunRequest(place, profile, workers, strict), quiet, as_json)


def go_on(place: EpisodePlace, profile: str) -> RunResult:
    """Run an episode that waited, without a word of progress."""
    from orchestrator.reporting.progress import make_reporter
    from orchestrator.run.engine import run_episode
    from orchestrator.run.request import RunRequest

    return run_episode(RunRequest(place, profile), make_reporter(quiet=True))


def make(request: RunRequest, quiet: bool, as_json: bool) -> int:
    """Run, say how it went, and return the exit code."""
    from orchestrator.error_boundary import tell
    from orchestrator.reporting.progress import make_reporter
    from orchestrator.run.engine import run_episode

    result = run_episode(request, make_reporter(quiet or as_json))
    if as_json:
        say_json(result.summary.payload())
    if result.error is not None:
        tell(result.error, as_json=False)
    elif not as_json:
        _tell_result(result, quiet)
    return int(result.exit_code)


def _tell_result(result: RunResult, quiet: bool) -> None:
    from orchestrator.run.delivery import REVIEW

    summary = result.summary
    if not quiet:
        seconds = summary.elapsed_ms / 1000
        count = len(summary.placeholders)
        placeholders = f", {count} placeholder{'s' if count > 1 else ''}" if count else ""
        remark(
            f"{summary.state} in {seconds:.1f} s: {summary.memo_misses} made, "
            f"{summary.memo_hits} reused{placeholders}"
        )
        page = result.build / REVIEW
        if summary.memo_misses and page.is_file():
            remark(f"every shot with its words and its reasons: {page}")
    say(str(result.build / f"{summary.episode}.mp4"))
