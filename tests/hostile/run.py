"""The hostile texts and the fuzzing in full; part of `make torture`. Ends with 1 at a violation."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.hostile.fuzz import fuzz
from tests.hostile.shows import Traps, run_exact, run_raw
from tests.hostile.strings import hostile
from tests.hostile.watch import Canary, PlantedSecret


def strings(count: int, first: int) -> Counter[str]:
    """`count` texts through a structured script and through Fountain, beside armed traps."""
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        traps = Traps(Canary(), PlantedSecret(folder / "secrets"))
        texts = [hostile(number, traps.bait) for number in range(first, first + count)]
        figures = run_exact(folder, texts, traps) + run_raw(folder, texts, traps)
        figures["contacts"], figures["readings"] = traps.canary.contacts, traps.secret.readings
        return figures


def main() -> int:
    """Run all, print a row of figures for each part."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--strings", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=50, help="texts in one screenplay")
    parser.add_argument("--cases", type=int, default=100_000, help="broken screenplays")
    options = parser.parse_args()
    parts = {
        "hostile texts": [
            partial(strings, options.batch, first)
            for first in range(0, options.strings, options.batch)
        ],
        "broken screenplays": [partial(fuzz, n, 1000) for n in range(0, options.cases, 1000)],
    }
    failed = False
    with ProcessPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        for name, jobs in parts.items():
            begun, total, wrong = time.monotonic(), Counter[str](), []
            for future in [pool.submit(job) for job in jobs]:
                try:
                    total.update(future.result())
                except Exception as violation:
                    wrong.append(f"{type(violation).__name__}: {violation}"[:2000])
            seconds = round(time.monotonic() - begun)
            row = {"part": name, **total, "violations": len(wrong), "seconds": seconds}
            print(json.dumps(row), *wrong, sep="\n  VIOLATION ", flush=True)
            failed = failed or bool(wrong)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
