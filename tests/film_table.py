"""`make film-report`: the example and five other screenplays rendered, and what they came to.

Everything is measured on what is delivered: captions by reading the file back, loudness on the
film, movement against an ideal camera, cutting rules on the ShotList. `--write` puts the table into
docs/film-craft.md. The exit status is the number of films outside a limit.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from stages.shots.check_shots import crossed_lines, jump_cuts
from tests.film_build import Build, open_build
from tests.film_faults import caption_offsets
from tests.film_motion import motion_error_px
from tests.film_report import measure
from tests.film_words import said_in_script

ROOT = Path(__file__).parents[1]
FILMS = ROOT / "tests" / "films"
EXAMPLE = ROOT / "examples" / "nine-twenty"
DOCUMENT = ROOT / "docs" / "film-craft.md"
BEGIN, END = "<!-- measured by `make film-report` -->", "<!-- end of what is measured -->"
PROJECT = "id: films\nmusic: generated\nformat: {width: 640, height: 360}\n"

LOUDNESS_LU = 0.5
OFFSET_FRAMES = 3
MOTION_PX = 0.1


@dataclass(frozen=True)
class Measured:
    """A film in figures. Loudness is None for a silent film; lengths are seconds."""

    name: str
    shots: int
    seconds: float
    captions: int
    errors: int
    warnings: int
    loudness: float | None
    peak: float | None
    target: float
    peak_limit: float
    offset_frames: int
    motion_px: float
    crossed_lines: int
    jump_cuts: int
    drawn_percent: int
    mean_s: float
    shortest_s: float
    longest_s: float

    def outside(self) -> list[str]:
        """Which limits are not kept."""
        wrong = {
            "captions": self.errors > 0,
            "loudness": self.loudness is not None
            and abs(self.loudness - self.target) > LOUDNESS_LU,
            "true peak": self.peak is not None and self.peak > self.peak_limit,
            "caption offset": self.offset_frames > OFFSET_FRAMES,
            "motion": self.motion_px > MOTION_PX,
            "180°": self.crossed_lines > 0,
            "30°": self.jump_cuts > 0,
        }
        return [name for name, is_wrong in wrong.items() if is_wrong]

    def row(self) -> str:
        """As a row of the table."""
        sound = "silent" if self.loudness is None else f"{self.loudness:.1f} / {self.peak:.1f}"
        cells = (
            self.name.replace("_", " "),
            f"{self.shots} in {self.seconds:.0f} s",
            f"{self.mean_s:.1f} ({self.shortest_s:.1f} to {self.longest_s:.1f})",
            f"{self.captions}: {self.errors} / {self.warnings}",
            str(self.offset_frames),
            sound.replace("-", "−"),
            f"{self.motion_px:.3f}",
            f"{self.crossed_lines} / {self.jump_cuts}",
            f"{self.drawn_percent} %",
        )
        return f"| {' | '.join(cells)} |"


HEAD = (
    "| film | shots | seconds a shot | captions: errors / warnings | offset, frames "
    "| LUFS / dBTP | motion, px RMS | 180° / 30° | drawn |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def measure_film(build: Build) -> Measured:
    """Measure a build folder."""
    output = json.loads((build.folder / "render_output.json").read_bytes())
    check = output["caption_check"]
    errors = sum(violation["severity"] == "error" for violation in check["violations"])
    loudness, peak = measure(build.film)
    offsets = [away for _, away, _ in caption_offsets(build, said_in_script(build.script))]
    broken = [
        each.rule for each in [*crossed_lines(build.shots.shots), *jump_cuts(build.shots.shots)]
    ]
    lengths = [build.ms(shot.duration_frames) / 1000 for shot in build.shots.shots]
    drawn = sum(shot["tier"] == "placeholder" for shot in output["shots"])
    frame_ms = 1000 * build.shots.fps.den / build.shots.fps.num
    return Measured(
        name=build.folder.name,
        shots=len(lengths),
        seconds=sum(lengths),
        captions=check["captions"],
        errors=errors,
        warnings=len(check["violations"]) - errors,
        loudness=loudness,
        peak=peak,
        target=build.plan.loudness.target_centilufs / 100,
        peak_limit=build.plan.loudness.true_peak_max_centidbtp / 100,
        # Times in a caption file are whole milliseconds.
        offset_frames=max((-int(-(away - 1) // frame_ms) for away in offsets), default=0),
        motion_px=motion_error_px(build.shots.shots, build.plan.format),
        crossed_lines=broken.count("180_degree"),
        jump_cuts=broken.count("30_degree"),
        drawn_percent=round(100 * drawn / len(lengths)),
        mean_s=statistics.fmean(lengths),
        shortest_s=min(lengths),
        longest_s=max(lengths),
    )


def render(episode: Path) -> Build:
    """Run an episode with the real command and open what came out.

    Raises CalledProcessError when it fails.
    """
    program = "from orchestrator.cli.main import run_program; run_program()"
    subprocess.run(
        [sys.executable, "-c", program, "run", "--quiet", str(episode)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    (folder,) = episode.parents[1].glob(f"builds/{episode.stem}")
    return open_build(folder)


def lay_out(folder: Path) -> list[Path]:
    """The six shows in a folder; the episodes in the order of the table."""
    generated = shutil.ignore_patterns("builds", ".pipeline", "HEAD", ".lock", "diffs", "snapshots")
    shutil.copytree(EXAMPLE, folder / "example", ignore=generated)
    episodes = [folder / "example" / "episodes" / "s01e01.fountain"]
    for film in sorted(FILMS.glob("*.fountain")):
        show = folder / film.stem
        (show / "episodes").mkdir(parents=True)
        (show / "project.yaml").write_text(PROJECT, encoding="utf-8")
        episodes.append(Path(shutil.copy(film, show / "episodes")))
    return episodes


def write(films: Sequence[Measured]) -> None:
    """Put the table between its marks in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join((HEAD, *(film.row() for film in films)))
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Render, measure, print; the number of films outside a limit."""
    parser = argparse.ArgumentParser(prog="film-report", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="update docs/film-craft.md")
    options = parser.parse_args()
    films = []
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="films-") as folder:
        for episode in lay_out(Path(folder)):
            films.append(measure_film(render(episode)))
            print(films[-1].row(), *films[-1].outside(), flush=True)
    if options.write:
        write(films)
    return sum(bool(film.outside()) for film in films)


if __name__ == "__main__":
    sys.exit(main())
