"""What verifying an episode came to, and how near a film of another toolchain is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from orchestrator.verification.tiers import Check, first_difference
from renderers.film.film_distance import ShotDistance, film_distance
from renderers.seams import Tools
from schemas.errors import ExitCode

if TYPE_CHECKING:
    from orchestrator.verification.expected_film import ExpectedFilm
    from orchestrator.verification.fresh_render import FreshFilm
    from orchestrator.verification.lockfile import LockedEpisode

Status = Literal["same", "updated", "other-toolchain", "differs"]

# A frame below either limit shows something else, and is not only encoded differently.
MIN_SSIM_E4: Final = 9500
MIN_PSNR_CENTIDB: Final = 3000
# EBU R 128 allows one loudness unit where the level cannot be corrected afterwards.
MAX_LOUDNESS_OFF_CENTILU: Final = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """One episode's result. `toolchain` says what is another, `evidence` what was written."""

    episode: str
    status: Status
    checks: tuple[Check, ...]
    toolchain: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def exit_code(self) -> ExitCode:
        """REFUSED when the film is not what was locked."""
        return ExitCode.REFUSED if self.status == "differs" else ExitCode.DONE

    @property
    def first(self) -> Check | None:
        """The first difference in chain order."""
        return first_difference(self.checks)


def closeness(
    fresh: FreshFilm, locked: LockedEpisode, found: LockedEpisode, expected: ExpectedFilm
) -> tuple[bool, list[Check]]:
    """Whether a film of another toolchain is near the locked one, and a check for each distance.

    A locked film that is not here cannot be compared, and that is not near.
    """
    cut = [(shot.shot_id, shot.duration_frames) for shot in locked.shots]
    if cut != [(shot.shot_id, shot.duration_frames) for shot in found.shots]:
        problem = "the two films are not cut alike, so their pictures cannot be compared"
        return False, [Check("distance", "cut", problem)]
    if locked.format != found.format:
        problem = "the two films do not have the same format"
        return False, [Check("distance", "format", problem)]
    checks = _pictures(fresh, locked, found, expected)
    checks.append(Check("distance", "loudness", _loudness_problem(locked, found)))
    checks.append(Check("distance", "captions", _captions_problem(locked, found)))
    return all(check.same for check in checks), checks


def _pictures(
    fresh: FreshFilm, locked: LockedEpisode, found: LockedEpisode, expected: ExpectedFilm
) -> list[Check]:
    """A check per shot. Frames that are equal need no locked film to be compared with."""
    if all(
        before.frames_digest == now.frames_digest
        for before, now in zip(locked.shots, found.shots, strict=True)
    ):
        return [Check("distance", shot.shot_id) for shot in found.shots]
    film = expected.film()
    if film is None:
        return [Check("distance", "pictures", "the locked film is not here to compare them with")]
    made = fresh.registry.blobs.resolve(fresh.output.film.blob)
    with fresh.registry.scratch() as folder:
        tools = Tools(expected.executor, fresh.registry.blobs.resolve, folder)
        durations = [shot.duration_frames for shot in found.shots]
        distances = film_distance(film, made, durations, expected.ffmpeg, tools)
    return [
        Check("distance", shot.shot_id, _look(distance))
        for shot, distance in zip(found.shots, distances, strict=True)
    ]


def _look(distance: ShotDistance) -> str:
    if distance.ssim_e4 >= MIN_SSIM_E4 and distance.psnr_centidb >= MIN_PSNR_CENTIDB:
        return ""
    return (
        f"looks different: SSIM {distance.ssim_e4 / 10_000:.4f}, "
        f"PSNR {distance.psnr_centidb / 100:.2f} dB in its worst frame"
    )


def _loudness_problem(locked: LockedEpisode, found: LockedEpisode) -> str:
    before, now = locked.sound.integrated_centilufs, found.sound.integrated_centilufs
    if before is None or now is None:
        return "" if before == now else "one film is silent and the other is not"
    off = now - before
    return f"{off / 100:+.2f} LU off" if abs(off) > MAX_LOUDNESS_OFF_CENTILU else ""


def _captions_problem(locked: LockedEpisode, found: LockedEpisode) -> str:
    """Words and their times are no matter of taste: they are the same or they are not."""
    return "" if locked.captions == found.captions else "the captions are not the same"
