"""`make bench`: how long a film takes, against the bare encode of its own frames.

Nothing fails here when a limit is not kept: a busy machine must not break a build. Look at the
ratio, and prefer CPU seconds to those on the wall when something else is running.
"""

from __future__ import annotations

import argparse
import os
import sys

from bench.measure import Cost
from bench.rounds import one_round
from bench.table import ratios, table, write


def main() -> None:
    """Measure, print, and with --write put the table into docs/performance.md."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured")
    parser.add_argument("--write", action="store_true", help="update docs/performance.md")
    options = parser.parse_args()
    lanes = len(os.sched_getaffinity(0))
    rounds: list[dict[str, Cost]] = []
    for number in range(1, options.rounds + 1):
        _tell(f"round {number} of {options.rounds}")
        rounds.append(one_round(lanes, _tell))
        now = ratios(rounds[-1:])
        _tell(f"cold run to bare encode: {now.wall_s:.2f} on the wall, {now.cpu_s:.2f} in CPU")
    measured = table(rounds, lanes)
    print(measured)
    if options.write:
        write(measured)


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
