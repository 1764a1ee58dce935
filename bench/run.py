"""`make bench`: how long a film takes, against the bare encode of its own frames.

Nothing fails here when a goal is not kept: a busy machine must not break a build. Look at the
ratios, and prefer CPU seconds to those on the wall when something else is running.
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys

from bench import measurements as what
from bench import table


def main() -> None:
    """Measure, print, and with --write put the tables into docs/performance.md."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="cold runs of the shorter episodes")
    parser.add_argument("--quick", action="store_true", help="one round, and no long films")
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    options = parser.parse_args()
    _compile_once()
    lanes = len(os.sched_getaffinity(0))
    parts = _quick(lanes) if options.quick else _whole(lanes, options.rounds)
    measured = "\n\n".join([*parts, table.machine(lanes)])
    print(measured)
    if options.write:
        table.write(measured)


def _compile_once() -> None:
    """Lay the program's byte code beside its source, as installing it does: Python would compile
    every module again in each run where it was told to write none (PYTHONDONTWRITEBYTECODE)."""
    for package in ("canon", "orchestrator", "renderers", "schemas", "stages"):
        compileall.compile_dir(what.ROOT / package, quiet=2)


def _quick(lanes: int) -> list[str]:
    against = [what.against_bare(what.EXAMPLE_SHOW, 1, lanes, _tell)]
    again = what.run_again(what.SHORT, lanes, _tell)
    return [table.against_table(against), table.again_table(again, what.help_text())]


def _whole(lanes: int, rounds: int) -> list[str]:
    against = [
        what.against_bare(what.EXAMPLE_SHOW, rounds, lanes, _tell),
        what.against_bare(what.SHORT, rounds, lanes, _tell),
        what.against_bare(what.TEN_MINUTES, 1, lanes, _tell),
    ]
    again = what.run_again(what.MEDIUM, lanes, _tell)
    costs = what.scaling(what.SHORT, (1, 2, 4), _tell)
    hour, run = what.largest(what.AN_HOUR, lanes, _tell)
    memory = [
        (what.MEDIUM.name, again.made, again.cold),
        (what.AN_HOUR.name, hour, run),
    ]
    return [
        table.against_table(against),
        table.again_table(again, what.help_text()),
        table.scaling_table(what.SHORT.name, costs),
        table.memory_table(memory),
    ]


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
