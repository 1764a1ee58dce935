"""Lines recorded by actors: found below `assets/voices`, matched to the lines of an episode.

A recording lies in the folder of its character and is called by its line: `LINE.WORDS.wav`, where
WORDS is a digest of what is said, or by the words themselves, as in `is_it_open.wav`. Either names
the words, so a line that was rewritten is never spoken as it was before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestrator.seams.foreign_file import leads_out
from orchestrator.shows.library import ASSETS, MAX_FILE_BYTES, SOUNDS
from schemas.digest import Digest, digest_bytes
from schemas.ids import slug
from stages.spoken_lines import SpokenLine

VOICES = "voices"
WORDS_CHARS = 8
_SLUG_CHARS = 60


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file below `assets/voices`; `name` is its path inside the show."""

    character: str
    stem: str
    name: str
    path: Path


@dataclass(slots=True)
class Recordings:
    """What was found for the lines of one episode.

    `of_line` holds the recording of each line that has one, `stale` the name of one whose words are
    not the line's any more; `unused` are names that fit no line, `doubled` names passed over for
    another of the same line.
    """

    of_line: dict[str, Recording] = field(default_factory=dict)
    stale: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)


def words_digest(text: str) -> str:
    """Names the words of a line: the same whatever the case, the signs and the spaces are."""
    return digest_bytes(_words(text).encode())[:WORDS_CHARS]


def file_name(line: SpokenLine) -> str:
    """What the recording of a line is to be called, below `assets/voices/CHARACTER`."""
    return f"{line.line_id}.{words_digest(line.text)}.wav"


def find_recordings(show: Path, lines: Sequence[SpokenLine]) -> Recordings:
    """Match the files below `assets/voices` to `lines`: by line and words, else by words alone."""
    found = Recordings()
    used: set[str] = set()
    by_character: dict[str, list[Recording]] = {}
    for recording in _scan(show):
        by_character.setdefault(recording.character, []).append(recording)
    for line in lines:
        candidates = by_character.get(line.speaker_id, [])
        ranked = _ranked(line, candidates)
        if ranked:
            found.of_line[line.line_id] = ranked[0]
            used.update(each.name for each in ranked)
            exact = [each for each in ranked if _names_line(each, line)]
            found.doubled += [each.name for each in exact[1:]]
        elif stale := next((each for each in candidates if _names_line(each, line)), None):
            found.stale[line.line_id] = stale.name
            used.add(stale.name)
    every = (each for some in by_character.values() for each in some)
    found.unused = [each.name for each in every if each.name not in used]
    return found


def digest_of_recording(
    recording: Recording, show: Path, digest_of: Callable[[Path], Digest]
) -> tuple[Digest | None, str]:
    """The digest of a recording; or None, and why it cannot be used."""
    name, path = recording.name, recording.path
    if leads_out(path, show):
        return None, f"{name} lies outside the show"
    if not path.is_file():
        return None, f"{name} is not a regular file"
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return None, f"{name} is larger than {MAX_FILE_BYTES >> 30} GiB"
        return digest_of(path), ""
    except OSError as error:
        return None, f"{name} could not be read: {error.strerror}"


def _scan(show: Path) -> list[Recording]:
    root = show / ASSETS / VOICES
    return [
        Recording(slug(path.parent.name), path.stem, path.relative_to(show).as_posix(), path)
        for path in sorted(root.glob("*/*"))
        if path.suffix.lower() in SOUNDS and not path.name.startswith(".")
    ]


def _ranked(line: SpokenLine, candidates: Sequence[Recording]) -> list[Recording]:
    """Those that hold the words of the line, its own first."""
    digest, called = words_digest(line.text), slug(line.text)[:_SLUG_CHARS]
    fitting = [each for each in candidates if _said(each) == digest or each.stem == called]
    return sorted(fitting, key=lambda each: (not _names_line(each, line), each.name))


def _said(recording: Recording) -> str:
    return recording.stem.rpartition(".")[2]


def _names_line(recording: Recording, line: SpokenLine) -> bool:
    return recording.stem.rpartition(".")[0] == line.line_id


def _words(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LNM")


def strangers_of(recordings: Recordings) -> list[str]:
    """What to tell people about files that no line takes."""
    told = []
    for names, what in (
        (recordings.unused, "fit no line of this episode"),
        (recordings.doubled, "were passed over for another one of the same line"),
    ):
        if names:
            more = f" and {len(names) - 3} more" if len(names) > 3 else ""
            told.append(f"{len(names)} recordings {what}: {', '.join(names[:3])}{more}")
    return told
