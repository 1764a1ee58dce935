"""`pipeline.lock.json`: what each episode's film is known to be, small enough to commit.

It holds digests and no pictures. Of every decoded frame it keeps a few characters, so that the
first frame that differs has a number even where the locked film itself is gone.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Final

from pydantic import StrictInt

from orchestrator.seams.durable_files import replace_file
from orchestrator.seams.lock import locked as locked_file
from schemas.artifact import Artifact, Count, DigestText, Frozen, Positive
from schemas.documents import read_document
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.render_output import ToolEntry

LOCKFILE: Final = "pipeline.lock.json"
# Base64 characters kept of a frame's hash: 24 bits. The digest over the whole hashes decides
# whether a shot differs; these only say from which frame on.
FRAME_MARK_CHARS: Final = 4
# Marks a stage's setting among the inputs.
SETTING: Final = "setting "


class LockedDigest(Frozen):
    """Something by name, and its content digest."""

    name: str
    digest: str


class LockedShot(Frozen):
    """One shot as decoded from the film.

    `frames_digest` is over the hashes of its frames; `frame_marks` holds `FRAME_MARK_CHARS` of
    each. `sound_mark` is the beginning of the digest of the samples heard during the shot.
    """

    shot_id: str
    duration_frames: Positive
    frames_digest: DigestText
    frame_marks: str
    sound_mark: str


class LockedSound(Frozen):
    """The film's sound, decoded to 16 bit: a digest, samples per channel, and its loudness."""

    pcm_digest: DigestText
    samples: Positive
    integrated_centilufs: StrictInt | None
    true_peak_centidbtp: StrictInt | None


class LockedEpisode(Frozen):
    """Everything that is compared, in the order it is made.

    `inputs` are what the writer gave: screenplay, canon, assets, settings. `artifacts` are named
    by their stage. `stills` are the poster, the thumbnail and the contact sheet.
    """

    source: str
    profile: str
    format: Format
    inputs: tuple[LockedDigest, ...]
    toolchain: tuple[ToolEntry, ...]
    artifacts: tuple[LockedDigest, ...]
    shots: tuple[LockedShot, ...]
    sound: LockedSound
    captions: tuple[LockedDigest, ...]
    stills: tuple[LockedDigest, ...]
    film: DigestText
    film_bytes: Count


class Lockfile(Artifact):
    """The locked episodes of a show, by id."""

    SCHEMA: ClassVar[str] = "PipelineLock/1.0.0"

    episodes: dict[str, LockedEpisode]


def read_lockfile(show: Path) -> Lockfile:
    """The show's lockfile; an empty one when there is none.

    Raises PipelineError naming the line or field for a file that is not one.
    """
    try:
        data = (show / LOCKFILE).read_bytes()
    except FileNotFoundError:
        return Lockfile.create(episodes={})
    except OSError as error:
        raise PipelineError(
            "not-readable", LOCKFILE, f"could not be read: {error.strerror}", "check the file"
        ) from None
    return read_document(data, Lockfile, LOCKFILE)


def write_locked(show: Path, episode_id: str, locked: LockedEpisode) -> bool:
    """Put an episode into the show's lockfile; whether that changed anything.

    Raises PipelineError when the file cannot be written.
    """
    with locked_file(show / ".pipeline" / "locks" / "lockfile.lock", exclusive=True):
        before = read_lockfile(show)
        if before.episodes.get(episode_id) == locked:
            return False
        after = Lockfile.create(episodes={**before.episodes, episode_id: locked})
        replace_file(show / LOCKFILE, after.readable())
    return True


def frame_marks(hashes: list[str]) -> str:
    """`FRAME_MARK_CHARS` base64 characters of each frame's hash, given in hex, in order."""
    from base64 import b64encode

    whole_bytes = FRAME_MARK_CHARS * 3 // 4
    return "".join(b64encode(bytes.fromhex(h)[:whole_bytes]).decode("ascii") for h in hashes)


def first_other_frame(expected: str, actual: str) -> int | None:
    """The first frame whose mark differs or that only one side has; None when all are equal."""
    step = FRAME_MARK_CHARS
    longest = max(len(expected), len(actual))
    for at in range(0, longest, step):
        if expected[at : at + step] != actual[at : at + step]:
            return at // step
    return None
