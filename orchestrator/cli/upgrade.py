"""`pipeline upgrade`, `estimate`, `providers` and `spend`: better shots, and what they cost."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.cli.options import Build, ShowFolder
from orchestrator.cli.run import AsJson, Quiet, Strict, Workers
from orchestrator.seams.console import answer, say

Profile = Annotated[
    str, typer.Option("--profile", help="standard_local, or hq_ and a provider: hq_runway.")
]
Shots = Annotated[
    str, typer.Option("--shots", help="Shots by id or its beginning, with commas between.")
]
Scenes = Annotated[
    str, typer.Option("--scene", help="Scenes by id or its beginning, with commas between.")
]
Worst = Annotated[int, typer.Option("--worst", min=0, help="The so many shots that need it most.")]
QualityLevel = Annotated[str, typer.Option("--quality", help="low, standard or high.")]

spend_app = typer.Typer(
    help="What was reserved and paid, and jobs whose fate is unknown.", no_args_is_help=True
)


def upgrade(
    build: Build,
    profile: Profile = "standard_local",
    shots: Shots = "",
    scene: Scenes = "",
    worst: Worst = 0,
    quality: QualityLevel = "standard",
    again: Annotated[
        bool, typer.Option("--again", help="Make a new take where one that fits is there.")
    ] = False,
    workers: Workers = 0,
    strict: Strict = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> int:
    """Replace shots of a film with better ones; timing, sound and captions stay as they are.

    Examples:

      pipeline upgrade my-show/builds/s01e01 --worst 3

      pipeline upgrade my-show/builds/s01e01 --profile hq_runway --shots kitchen.7f3a
    """
    from orchestrator.cli.run import make
    from orchestrator.run.request import RunRequest
    from orchestrator.run.resume import find_build
    from orchestrator.shows.profiles import check_upgrade_profile
    from orchestrator.upgrades.upgrade import check_upgrade, wish_of

    check_upgrade_profile(profile)
    place, _ = find_build(build)
    wish = wish_of(quality, shots, scene, worst, again)
    check_upgrade(place, profile, wish)
    return make(RunRequest(place, profile, workers, strict, wish), quiet, as_json)


def estimate(
    build: Annotated[
        Path, typer.Argument(help="A checkpoint folder, or an episode that has no film yet.")
    ],
    profile: Profile = "standard_local",
    shots: Shots = "",
    scene: Scenes = "",
    worst: Worst = 0,
    quality: QualityLevel = "standard",
    as_json: AsJson = False,
) -> int:
    """Say what an upgrade would cost, shot by shot, and what services would be paid for speech.

    Nobody is asked and nothing is bought.

    Examples:

      pipeline estimate my-show/builds/s01e01 --profile hq_runway

      pipeline estimate my-show/episodes/s01e02.fountain
    """
    from orchestrator.run.resume import find_build
    from orchestrator.shows.profiles import check_upgrade_profile
    from orchestrator.shows.show import find_episode
    from orchestrator.upgrades.estimate import estimate_text, estimate_upgrade
    from orchestrator.upgrades.upgrade import wish_of

    check_upgrade_profile(profile)
    place = find_episode(build) if build.is_file() else find_build(build)[0]
    wish = wish_of(quality, shots, scene, worst, False)
    return answer(estimate_upgrade(place, profile, wish), estimate_text, as_json=as_json)


def providers(
    show_folder: Annotated[Path, typer.Argument(metavar="[SHOW]", help="A show.")] = Path(),
    as_json: AsJson = False,
) -> int:
    """List who can make shots, what each can do, and what it still needs.

    Example:  pipeline providers my-show
    """
    from orchestrator.upgrades.provider_list import list_providers, providers_text

    return answer(list_providers(show_folder), providers_text, as_json=as_json)


@spend_app.command("show", short_help="What was reserved and paid.")
def spend_show(show_folder: ShowFolder = Path(), as_json: AsJson = False) -> int:
    """Say what was paid, what is put aside, and which jobs may have been lost.

    Example:  pipeline spend show --show my-show
    """
    from orchestrator.spend.account import spend_of, spend_text

    return answer(spend_of(show_folder), spend_text, as_json=as_json)


@spend_app.command("settle", short_help="Fetch what was paid for and never came.")
def spend_settle(show_folder: ShowFolder = Path(), as_json: AsJson = False) -> int:
    """Look at every job that a provider still has: finished clips become takes, nothing is bought.
    What a run that died had put aside and never sent is free again.

    Runs, upgrades and resumed runs do the same for their own episode.

    Example:  pipeline spend settle --show my-show
    """
    from orchestrator.spend.settle import settle_show, settle_text

    return answer(settle_show(show_folder), settle_text, as_json=as_json)


@spend_app.command("release", short_help="Say that a provider never took a job.")
def spend_release(
    job: Annotated[str, typer.Argument(help="The job, or the beginning of its name.")],
    show_folder: ShowFolder = Path(),
) -> int:
    """Free the money of a job whose fate was unknown, after a look at the provider's own list.

    The shot may be bought again then; if the provider did take the job, it is paid twice.

    Example:  pipeline spend release 4be2a1 --show my-show
    """
    from orchestrator.spend.account import release_job

    say(release_job(show_folder, job))
    return 0
