"""The takes of an episode on disk, and which of them the film uses.

    takes/s01e01/kitchen.7f3a/001.mp4     as the provider gave it (or .mkv)
    takes/s01e01/kitchen.7f3a/001.json    where it comes from, what it cost, whether it fits
    takes/s01e01/choices.json             the active take of each shot, or why its preview stands
    takes/s01e01/waiting.json             an upgrade whose cost waits for approval

They lie beside the episodes and not in the registry: the registry can be made again, and what was
paid for cannot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from orchestrator.seams.clock import utc_now
from orchestrator.seams.durable_files import (
    make_folder,
    replace_file,
    replace_with_copy,
    storage_error,
)
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.seams.lock import locked
from orchestrator.shows.show import EpisodePlace
from orchestrator.work.upgrade_wish import UpgradeWish
from schemas.canonical import readable_bytes
from schemas.digest import digest_file
from schemas.documents import check, read_document
from schemas.errors import PipelineError
from schemas.take import Take

TAKES: Final = "takes"
CHOICES: Final = "choices.json"
WISH: Final = "waiting.json"
PREVIEW_PROFILE: Final = "preview_local"
PREVIEW: Final = 0
"""The number that stands for the preview."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a shot shows: take `number`, or its preview, with the reason when more was wanted."""

    number: int
    provider: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of an episode and the profile they were made under, empty when there are none."""

    profile: str = ""
    shots: Mapping[str, Choice] = field(default_factory=dict)


def profile_of(place: EpisodePlace) -> str:
    """The profile that an episode was last upgraded under, else the preview's."""
    return TakeStore(place.show, place.episode_id).choices().profile or PREVIEW_PROFILE


class TakeStore:
    """The takes of one episode. Safe for threads and processes."""

    def __init__(self, show: Path, episode: str) -> None:
        self._show = show
        self.episode = episode
        self.folder = show / TAKES / episode

    def takes(self, shot_id: str = "") -> list[Take]:
        """Every take, or those of one shot, by shot and number.

        Raises PipelineError for a description that cannot be read.
        """
        pattern = f"{shot_id or '*'}/[0-9]*.json"
        return [self._read(path) for path in sorted(self.folder.glob(pattern))]

    def take(self, shot_id: str, number: int) -> Take:
        """One take. Raises PipelineError `no-take`."""
        path = self.folder / shot_id / f"{number:03d}.json"
        if not path.is_file():
            known = ", ".join(str(take.number) for take in self.takes(shot_id))
            raise PipelineError(
                "no-take",
                f"{self.episode}, shot {shot_id}",
                f"there is no take {number}",
                f"there is take {known}" if known else "`pipeline upgrade` makes takes",
            )
        return self._read(path)

    def of_job(self, job: str) -> Take | None:
        """The take that came of a job of the ledger."""
        return next((take for take in self.takes() if job and take.job == job), None)

    def path(self, take: Take) -> Path:
        """Where the clip of a take lies. Raises PipelineError when it leads out of the show."""
        path = self.folder / take.shot_id / Path(take.file).name
        refuse_outside(path, self._show, path.relative_to(self._show).as_posix())
        return path

    def add(self, clip: Path, **fields: Any) -> Take:
        """Keep a clip as the next take of its shot; a job that has a take already keeps that."""
        folder = self.folder / fields["shot_id"]
        make_folder(folder)
        with locked(self.folder / ".lock", exclusive=True):
            known = self.of_job(fields.get("job", ""))
            if known is not None:
                return known
            number = 1 + max((take.number for take in self.takes(fields["shot_id"])), default=0)
            file = f"{number:03d}{_ending(clip)}"
            take = Take.create(
                episode=self.episode,
                number=number,
                clip=digest_file(clip),
                file=file,
                made_at=utc_now(),
                **fields,
            )
            check(take.payload(), Take, f"take {number} of {take.shot_id}")
            replace_with_copy(folder / file, clip)
            replace_file(folder / f"{number:03d}.json", take.readable())
            return take

    def choices(self) -> Choices:
        """The choices. Raises PipelineError for a file that cannot be read."""
        path = self.folder / CHOICES
        if not path.is_file():
            return Choices()
        where = path.relative_to(self._show).as_posix()
        refuse_outside(path, self._show, where)
        try:
            written = orjson.loads(path.read_bytes())
            shots = {
                str(shot): Choice(int(one["take"]), str(one["provider"]), str(one["reason"]))
                for shot, one in written["shots"].items()
            }
            return Choices(str(written["profile"]), shots)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise PipelineError(
                "choices",
                where,
                "the choice of takes cannot be read",
                "put it back from git, or delete it: every take stays, and "
                "`pipeline takes pick` chooses again",
            ) from None

    def choose(self, changed: Mapping[str, Choice], profile: str = "") -> None:
        """Change the choice of some shots; the others keep theirs."""
        make_folder(self.folder)
        with locked(self.folder / ".lock", exclusive=True):
            before = self.choices()
            shots = {**before.shots, **changed}
            written = {
                "profile": profile or before.profile,
                "shots": {
                    shot: {"take": one.number, "provider": one.provider, "reason": one.reason}
                    for shot, one in sorted(shots.items())
                },
            }
            replace_file(self.folder / CHOICES, readable_bytes(written))

    def waiting_wish(self, profile: str) -> UpgradeWish | None:
        """The upgrade under this profile whose cost nobody had approved when it was asked for."""
        path = self.folder / WISH
        if not path.is_file():
            return None
        try:
            written = orjson.loads(path.read_bytes())
            if written.pop("profile") != profile:
                return None
            return UpgradeWish.model_validate(written)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            raise PipelineError(
                "wish",
                path.relative_to(self._show).as_posix(),
                "the upgrade that waits cannot be read",
                "delete it and ask for the upgrade again; nothing was bought for it",
            ) from None

    def keep_wish(self, wish: UpgradeWish | None, profile: str) -> None:
        """Keep an upgrade that waits for approval; None forgets the one that waited."""
        path = self.folder / WISH
        if wish is None:
            path.unlink(missing_ok=True)
            return
        make_folder(self.folder)
        replace_file(path, readable_bytes({"profile": profile, **wish.model_dump(mode="json")}))

    def _read(self, path: Path) -> Take:
        where = path.relative_to(self._show).as_posix()
        refuse_outside(path, self._show, where)
        try:
            return read_document(path.read_bytes(), Take, where)
        except OSError as error:
            raise storage_error(error, path) from None


def _ending(clip: Path) -> str:
    """By what the file begins with: Matroska's EBML header (RFC 8794), else MP4."""
    with clip.open("rb") as file:
        return ".mkv" if file.read(4) == b"\x1aE\xdf\xa3" else ".mp4"
