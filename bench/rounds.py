"""One round of measurements on a fresh copy of the example."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.bare_encode import bare_encode, rendered_film
from bench.measure import Cost, cost_of

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "nine-twenty"
EPISODE = "s01e01"
# A line of the episode, and what somebody makes of it.
LINE, EDITED = "You're a tape.", "You are only a tape."

_MADE_BY_RUNS = shutil.ignore_patterns("builds", ".pipeline", "HEAD", ".lock", "diffs", "snapshots")


def one_round(lanes: int, told: Callable[[str], None]) -> dict[str, Cost]:
    """Everything once, in turns, so that what else the machine does hits all alike.

    The bare encode goes before and after the cold run, and counts with the mean of both.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        cold = _new_copy(Path(name) / "cold")
        warm = _new_copy(Path(name) / "warm")
        told("preparing the film whose frames are encoded")
        cost_of(_run(warm, lanes))
        film = rendered_film(warm, EPISODE)
        told("bare encode")
        before = bare_encode(film, lanes)
        told("cold run")
        costs = {"cold run": cost_of(_run(cold, lanes))}
        told("bare encode again")
        after = bare_encode(film, lanes)
        costs["bare encode"] = Cost(
            (before.wall_s + after.wall_s) / 2, (before.cpu_s + after.cpu_s) / 2
        )
        told("run again, nothing changed")
        costs["nothing changed"] = cost_of(_run(cold, lanes))
        _edit(cold)
        told("run again, one line changed")
        costs["one line changed"] = cost_of(_run(cold, lanes))
        helps = sorted((cost_of((_command(), "--help")) for _ in range(5)), key=_wall_s)
        costs["--help"] = helps[2]
    return costs


def _wall_s(cost: Cost) -> float:
    return cost.wall_s


def _new_copy(show: Path) -> Path:
    shutil.copytree(EXAMPLE, show, ignore=_MADE_BY_RUNS)
    return show


def _run(show: Path, lanes: int) -> tuple[str, ...]:
    episode = show / "episodes" / f"{EPISODE}.fountain"
    return (_command(), "run", str(episode), "--workers", str(lanes), "--quiet")


def _command() -> str:
    return str(Path(sys.executable).with_name("pipeline"))


def _edit(show: Path) -> None:
    episode = show / "episodes" / f"{EPISODE}.fountain"
    text = episode.read_text(encoding="utf-8")
    if text.count(LINE) != 1:
        raise ValueError(f"{LINE!r} is no line of {EPISODE} any more; choose another one")
    episode.write_text(text.replace(LINE, EDITED), encoding="utf-8")
