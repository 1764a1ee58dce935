"""What a finished build came to, measured on the files that are delivered.

`python -m tests.film_report BUILD...` prints a row for each build folder: shots, seconds,
speeches, words, words that no caption shows, caption faults, loudness and true peak, and what had
to be drawn. The exit status is the number of builds with a hard fault.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

from stages.reading.decode_screenplay import decode_screenplay
from tests.film_build import Build, open_build
from tests.film_faults import Fault, film_faults, late_faults, shape_faults, time_faults
from tests.film_words import (
    SaidLine,
    missing_words,
    said_in_script,
    speakers_of,
    spoken_in_source,
    words_of_cue,
)


@dataclass(frozen=True)
class Report:
    """A build in figures; loudness in LUFS and peak in dBTP as measured on the film."""

    name: str
    shots: int
    seconds: float
    speeches: int
    words: int
    missing: tuple[str, ...]
    unread: int
    faults: tuple[Fault, ...]
    loudness: float | None
    peak: float | None
    placeholders: int

    @property
    def hard(self) -> tuple[Fault, ...]:
        """The faults that are never right."""
        return tuple(fault for fault in self.faults if fault.hard)


def report(build: Build) -> Report:
    """Measure a build."""
    lines = said_in_script(build.script)
    speakers = speakers_of(build.script)
    heard = [word for cue in build.cues for word in words_of_cue(cue, speakers)]
    loudness, peak = measure(build.film)
    return Report(
        name=build.folder.name,
        shots=len(build.shots.shots),
        seconds=build.ms(build.frames) / 1000,
        speeches=len(lines),
        words=sum(len(line.words) for line in lines),
        missing=tuple(missing_words(lines, heard)),
        unread=words_unread(build, lines),
        faults=(
            *shape_faults(build),
            *time_faults(build),
            *late_faults(build, lines),
            *film_faults(build, loudness, peak),
        ),
        loudness=loudness,
        peak=peak,
        placeholders=sum(r.status == "placeholder" for r in build.plan.resolutions),
    )


def words_unread(build: Build, lines: list[SaidLine]) -> int:
    """How many words the source speaks and the Script does not, by a reading of its own."""
    file = build.script.scenes[0].source.file
    source = build.folder.parent.parent / file
    if not source.is_file() or source.suffix != ".fountain":
        return 0
    spoken = spoken_in_source(decode_screenplay(source.read_bytes(), file))
    left = [word for line in lines for word in line.words]
    unread = 0
    for word in spoken:
        if word in left:
            left.remove(word)
        else:
            unread += 1
    return unread


def measure(film: Path) -> tuple[float | None, float | None]:
    """Integrated loudness and true peak by ffmpeg's own summary; None for silence."""
    told = subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(film)),
            *("-vn", "-af", "ebur128=peak=true", "-f", "null", "-"),
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stderr.rpartition("Summary:")[2]
    integrated = re.search(r"I:\s+(-?[\d.]+) LUFS", told)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", told)
    loudness = float(integrated[1]) if integrated else None
    return (
        None if loudness is None or loudness <= -70 else loudness,
        float(peak[1]) if peak else None,
    )


def main(folders: list[Path]) -> int:
    """Print the table; the number of builds with a hard fault or a missing word."""
    print("film | shots | s | lines | words | missing | unread | hard | soft | LUFS | dBTP | drawn")
    bad = 0
    for folder in folders:
        found = report(open_build(folder))
        soft = len(found.faults) - len(found.hard)
        bad += bool(found.hard or found.missing or found.unread)
        print(
            f"{found.name} | {found.shots} | {found.seconds:.1f} | {found.speeches} | "
            f"{found.words} | {len(found.missing)} | {found.unread} | {len(found.hard)} | {soft} | "
            f"{found.loudness} | {found.peak} | {found.placeholders}"
        )
        for word in found.missing[:5]:
            print(f"    missing: {word}")
        for fault in found.faults:
            print(f"    {'HARD' if fault.hard else 'soft'} {fault.kind} {fault.where}")
    return bad


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]]))
