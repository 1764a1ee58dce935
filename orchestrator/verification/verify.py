"""`pipeline verify`: the film made again from its script, and held against the lockfile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestrator.reporting.report import Reporter
from orchestrator.seams.environment import chosen_ffmpeg
from orchestrator.seams.executor import SubprocessExecutor
from orchestrator.shows.show import EpisodePlace, find_episode
from orchestrator.verification.evidence import measure_film
from orchestrator.verification.expected_film import ExpectedFilm
from orchestrator.verification.fresh_render import FreshFilm, fresh_render
from orchestrator.verification.lockfile import (
    LOCKFILE,
    SETTING,
    LockedEpisode,
    read_lockfile,
    write_locked,
)
from orchestrator.verification.tiers import compare_episode, compare_toolchain
from orchestrator.verification.verdict import Verdict, closeness
from renderers.ffmpeg.binary import chosen_ffmpeg as find
from schemas.errors import PipelineError


@dataclass(frozen=True, slots=True)
class VerifyRequest:
    """One episode to verify. `update` writes what is found into the lockfile.

    `profile` is for an update; otherwise the locked one counts.
    """

    place: EpisodePlace
    profile: str = ""
    update: bool = False
    workers: int = 0


def verify_episode(request: VerifyRequest, reporter: Reporter) -> Verdict:
    """Render from the script with nothing remembered, and compare tier by tier.

    With `update` the finding becomes the lockfile's entry, unless nothing could be measured.
    Raises PipelineError when there is nothing to compare with, or the render failed.
    """
    place = request.place
    locked = read_lockfile(place.show).episodes.get(place.episode_id)
    if locked is None and not request.update:
        raise PipelineError(
            "nothing-to-compare",
            place.episode_id,
            f"{LOCKFILE} has no entry for it",
            f"look at the film, then `pipeline verify {place.name} --update`",
        )
    if locked is not None and not (locked.shots and locked.artifacts and locked.captions):
        raise PipelineError(
            "nothing-to-compare",
            f"{LOCKFILE}: {place.episode_id}",
            "the entry names no shots, artifacts or captions",
            f"write it again: `pipeline verify {place.name} --update`",
        )
    profile = request.profile
    if locked is not None and not (request.update and profile):
        profile = locked.profile
    profile = profile or "preview_local"
    executor = SubprocessExecutor()
    try:
        ffmpeg = find(chosen_ffmpeg(), executor)
        with fresh_render(place, profile, request.workers, reporter) as fresh:
            found = measure_film(fresh, ffmpeg, executor)
            if request.update:
                return _update(request, locked, found)
            assert locked is not None  # noqa: S101  refused above
            expected = ExpectedFilm(place, locked, ffmpeg, executor)
            return _compare(fresh, locked, found, expected)
    finally:
        executor.stop_all()


def locked_episodes(show: Path) -> Iterator[EpisodePlace]:
    """Every episode of the lockfile, in order of id. Raises PipelineError when there is none."""
    episodes = read_lockfile(show).episodes
    if not episodes:
        raise PipelineError(
            "nothing-to-compare",
            show.name,
            f"there is no {LOCKFILE} with an episode in it",
            "lock one: `pipeline verify EPISODE.fountain --update`",
        )
    for episode_id, locked in sorted(episodes.items()):
        source = show / locked.source
        if not source.resolve().is_relative_to(show.resolve()):
            raise PipelineError(
                "outside-show",
                f"{LOCKFILE}: {episode_id}",
                f"its source {locked.source} lies outside the show",
                "lock the episode again from inside the show",
            )
        yield find_episode(source)


def _update(request: VerifyRequest, before: LockedEpisode | None, found: LockedEpisode) -> Verdict:
    place = request.place
    changed = write_locked(place.show, place.episode_id, found)
    checks = compare_episode(before, found) if before else []
    return Verdict(place.episode_id, "updated" if changed else "same", tuple(checks))


def _compare(
    fresh: FreshFilm, locked: LockedEpisode, found: LockedEpisode, expected: ExpectedFilm
) -> Verdict:
    episode = fresh.place.episode_id
    checks = compare_episode(locked, found)
    expected.clear()
    if all(check.same for check in checks):
        return Verdict(episode, "same", tuple(checks))
    tools = compare_toolchain(locked, found)
    pictures = expected.show_first_difference(fresh, found)
    if tools and not _gave_something_else(locked, found):
        near, distances = closeness(fresh, locked, found, expected)
        every = (*checks, *distances)
        return Verdict(episode, "other-toolchain" if near else "differs", every, tools, pictures)
    checks = expected.explain(fresh, checks)
    return Verdict(episode, "differs", tuple(checks), tools, pictures)


def _gave_something_else(locked: LockedEpisode, found: LockedEpisode) -> bool:
    """Whether the writer's part differs; a setting that only one version knows is none of it."""
    before = {given.name: given.digest for given in locked.inputs}
    now = {given.name: given.digest for given in found.inputs}
    return any(
        before.get(name) != now.get(name)
        for name in before.keys() | now
        if (name in before and name in now) or f": {SETTING}" not in name
    )
