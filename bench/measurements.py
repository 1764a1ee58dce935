"""What is measured: cold runs against the bare encode, runs again, numbers of workers, memory."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import screenplay
from bench.bare_encode import bare_encode
from bench.measure import Cost, cost_of
from bench.ready_frames import encodings_of
from renderers.film.segments import repeat_of

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "nine-twenty"
_EXAMPLE_EPISODE = "s01e01"
_MADE_BY_RUNS = shutil.ignore_patterns("builds", ".pipeline", "HEAD", ".lock", "diffs", "snapshots")
# An hour is measured with small pictures: what grows with a film's length does so at any size,
# and pictures are worked on one by one. Only the height of the base line changes.
_SMALL_PICTURES = "format: {width: 160, height: 90}\n"

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Show:
    """An episode to measure. `scenes` 0 is the example; otherwise one that is generated."""

    name: str
    scenes: int = 0
    project: str = ""


EXAMPLE_SHOW = Show("the example, `examples/nine-twenty`")
SHORT = Show("generated, 10 scenes", 10)
MEDIUM = Show("generated, 15 scenes", 15)
TEN_MINUTES = Show("generated, 30 scenes", 30)
AN_HOUR = Show("generated, 180 scenes, 160 × 90", 180, _SMALL_PICTURES)


@dataclass(frozen=True, slots=True)
class Made:
    """A show's film in figures: shots, and length in frames and in seconds."""

    shots: int
    frames: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Against:
    """Cold runs and the bare encode of the same frames, one of each a round, in turns.

    Of the `frames` that the bare encode takes, all of the film's different clips, the run gives
    `encoded_frames` to the encoder, and repeats groups of stills for the others.
    """

    show: Show
    made: Made
    frames: int
    encoded_frames: int
    cold: tuple[Cost, ...]
    bare: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command, with the programs it started and its own largest memory."""

    cost: Cost
    programs: int
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class Again:
    """A cold run, the same with nothing changed, and with one spoken line changed."""

    show: Show
    made: Made
    cold: Run
    unchanged: Run
    edited: Run


def against_bare(show: Show, rounds: int, lanes: int, tell: Tell) -> Against:
    """Measure cold runs against the yardstick, in turns, so that what else the machine does hits
    both alike."""
    cold: list[Cost] = []
    bare: list[Cost] = []
    with _copy_of(show) as source:
        tell(f"{show.name}: making its frames ready")
        clips = encodings_of(source, lanes)
        made = _made(source)
        for number in range(1, rounds + 1):
            tell(f"{show.name}: bare encode, {number} of {rounds}")
            bare.append(bare_encode(clips, lanes))
            tell(f"{show.name}: cold run, {number} of {rounds}")
            with _copy_of(show) as fresh:
                cold.append(cost_of(_command(fresh, lanes)))
            now = cold[-1], bare[-1]
            tell(
                f"{show.name}: {now[0].wall_s / now[1].wall_s:.2f} times on the wall, "
                f"{now[0].cpu_s / now[1].cpu_s:.2f} in CPU"
            )
    frames = sum(clip.frame_count for clip in clips)
    encoded_frames = sum(repeat_of(clip).encoded_frames for clip in clips)
    return Against(show, made, frames, encoded_frames, tuple(cold), tuple(bare))


def run_again(show: Show, lanes: int, tell: Tell) -> Again:
    """Measure a run with nothing to do, and one with a line to do."""
    with _copy_of(show) as source:
        tell(f"{show.name}: cold run")
        cold = _observed(source, lanes)
        tell(f"{show.name}: nothing changed")
        unchanged = _observed(source, lanes)
        screenplay.edit_one_line(source)
        tell(f"{show.name}: one line changed")
        edited = _observed(source, lanes)
        return Again(show, _made(source), cold, unchanged, edited)


def scaling(show: Show, workers: Sequence[int], tell: Tell) -> dict[int, Cost]:
    """Cold runs by number of workers."""
    costs = {}
    for count in workers:
        tell(f"{show.name}: cold run, {count} at a time")
        with _copy_of(show) as source:
            costs[count] = cost_of(_command(source, count))
    return costs


def largest(show: Show, lanes: int, tell: Tell) -> tuple[Made, Run]:
    """A cold run, watched for its memory."""
    tell(f"{show.name}: memory")
    with _copy_of(show) as source:
        run = _observed(source, lanes)
        return _made(source), run


def help_text() -> Cost:
    """The middle one of five times `pipeline --help`."""
    program = str(Path(sys.executable).with_name("pipeline"))
    return sorted((cost_of((program, "--help")) for _ in range(5)), key=lambda c: c.wall_s)[2]


@contextmanager
def _copy_of(show: Show) -> Iterator[Path]:
    """The screenplay of a fresh copy of the show that lives as long as the context."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        copy = Path(name) / "show"
        if show.scenes:
            yield screenplay.write_show(copy, show.scenes, show.project)
        else:
            shutil.copytree(EXAMPLE, copy, ignore=_MADE_BY_RUNS)
            yield copy / "episodes" / f"{_EXAMPLE_EPISODE}.fountain"


def _command(source: Path, lanes: int) -> tuple[str, ...]:
    program = str(Path(sys.executable).with_name("pipeline"))
    return (program, "run", str(source), "--workers", str(lanes), "--quiet")


def _observed(source: Path, lanes: int) -> Run:
    report = source.parents[1] / "observed.json"
    watched = (sys.executable, "-m", "bench.observed_run", str(report))
    cost = cost_of((*watched, *_command(source, lanes)[1:]), cwd=ROOT)
    seen = json.loads(report.read_bytes())
    return Run(cost, seen["programs"], seen["peak_bytes"])


def _made(source: Path) -> Made:
    build = source.parents[1] / "builds" / source.stem
    output = json.loads((build / "render_output.json").read_bytes())
    frames, fps = output["film"]["duration_frames"], output["film"]["format"]["fps"]
    return Made(len(output["shots"]), frames, frames * fps["den"] / fps["num"])
