"""The torture of the registry, in full or as a sample; prints figures, ends with 1 at a violation.

python -m tests.torture.run            everything: `make torture`
python -m tests.torture.run --sample   a few of each, as the tests do
python -m tests.torture.run --log FILE as far as one gets; the same again goes on from there
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from schemas.digest import tagged_digest
from tests.torture import commands, ordeals, scene, system_calls
from tests.torture.case_log import CaseLog, case_of

Job = partial[ordeals.Figures]


@dataclass(frozen=True)
class Amount:
    """How much of everything. `stride` takes every so-manieth write in the sweeps."""

    stride: int
    calls_stride: int
    command_stride: int
    random_kills: int
    corruptions: int
    mended: int
    beside: int
    evictions: int


FULL = Amount(1, 1, 1, 200, 1000, 40, 40, 40)
SAMPLE = Amount(151, 400, 40, 2, 50, 1, 1, 1)


def ordeals_of(amount: Amount, folder: Path, calm: ordeals.Undisturbed) -> dict[str, list[Job]]:
    """Every ordeal by name, as jobs that can run side by side."""
    template = folder / "template"
    scene.make(template)
    assert scene.run(template).code == 0
    count, film, span = len(calm.writes), calm.film, calm.seconds

    def sweep(how: str, first: int, only: Sequence[int]) -> list[Job]:
        return [
            partial(ordeals.one_fault, folder, how, at, film) for at in only[first :: amount.stride]
        ]

    every = range(1, count + 1)
    torn = [at for at, name in enumerate(calm.writes, 1) if name == "write"]
    # The samples of the sweeps begin at different writes, so that together they touch more.
    return {
        "killed at a write": sweep("kill", 5 % amount.stride, every),
        "killed in the middle of a write": sweep("tear", 0, torn),
        "one input/output error": sweep("EIO", 31 % amount.stride, every),
        "disk full from one write on": sweep("ENOSPC", 49 % amount.stride, every),
        "killed at a random moment": [
            partial(ordeals.one_random_kill, folder, seed, span, film)
            for seed in range(amount.random_kills)
        ],
        "one stored file damaged": [
            partial(ordeals.corruptions, folder / str(part), min(50, amount.corruptions), part)
            for part in range(max(1, amount.corruptions // 50))
        ],
        "many stored files damaged, then a run": [
            partial(ordeals.one_corrupted_run, folder, seed, film, template)
            for seed in range(amount.mended)
        ],
        "two runs and three collections at once": [
            partial(ordeals.one_gc_beside, folder, seed, span, film)
            for seed in range(amount.beside)
        ],
        "blobs deleted by hand under a run": [
            partial(ordeals.one_eviction, folder, seed, span, film)
            for seed in range(amount.evictions)
        ],
    }


def calls_of(amount: Amount, folder: Path, film: ordeals.Film) -> dict[str, list[Job]]:
    """The ordeals that strace brings about."""
    calls, made = system_calls.undisturbed(folder)
    assert made == film

    def sweep(how: system_calls.How, only: Sequence[system_calls.Call]) -> list[Job]:
        chosen = system_calls.spread(only, amount.calls_stride)
        return [partial(system_calls.one_call, folder, how, call, film) for call in chosen]

    filling = [call for call in calls if call.name in system_calls.FILLING]
    return {
        "killed at a system call": sweep("kill", calls),
        "one system call fails": sweep("EIO", calls),
        "one system call finds the disk full": sweep("ENOSPC", filling),
    }


def commands_of(amount: Amount, folder: Path, film: ordeals.Film) -> dict[str, list[Job]]:
    """Commands that change a show, killed at their writes."""
    prepared = {
        "collection killed at a write": commands.prepare(
            folder, commands.make_collectable, commands.collect, commands.names_kept
        ),
        "repair killed at a write": commands.prepare(
            folder, commands.make_damaged, commands.mend, partial(commands.film_again, film)
        ),
        "canon apply killed at a write": commands.prepare(
            folder, commands.make_proposed, commands.apply, commands.truth
        ),
    }
    return {
        name: [
            partial(commands.one_kill, folder, ordeal, at)
            for at in range(1, ordeal.writes + 1, amount.command_stride)
        ]
        for name, ordeal in prepared.items()
    }


def suffer(
    ordeal: str, jobs: Iterable[Job], pool: ProcessPoolExecutor, log: CaseLog
) -> tuple[Counter[str], list[str]]:
    """All jobs that the log does not know; returns all figures added up, and what went wrong."""
    total: Counter[str] = Counter()
    wrong, waiting = [], {}
    for job in jobs:
        case = case_of(job)
        known = log.known(ordeal, case)
        total.update(known or {})
        if known is None:
            waiting[pool.submit(job)] = case
    for future in as_completed(waiting):
        try:
            figures = future.result()
        except Exception as violation:
            wrong.append(f"{type(violation).__name__}: {violation}")
            log.went_wrong(ordeal, waiting[future], wrong[-1])
        else:
            log.ended(ordeal, waiting[future], figures)
            total.update(figures)
    return total, wrong


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--stride", type=int, default=0, help="every so-manieth write only")
    parser.add_argument("--only", default="", help="ordeals whose name holds this")
    parser.add_argument("--log", type=Path, help="go on from here, and note each case here")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    scene.load_everything()
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    calm = ordeals.undisturbed(folder)
    again = ordeals.undisturbed(folder)
    assert (calm.writes, calm.film) == (again.writes, again.film)
    log = CaseLog(arguments.log, tagged_digest("Torture", [list(calm.writes), calm.film]))
    print(f"an undisturbed run: {len(calm.writes)} writes, {again.seconds:.1f} s", flush=True)
    failed = False
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(arguments.jobs, fork) as pool:
        amount = SAMPLE if arguments.sample else FULL
        if arguments.stride:
            amount = replace(amount, stride=arguments.stride)
        chosen = ordeals_of(amount, folder, again) | commands_of(amount, folder, again.film)
        if reason := system_calls.missing():
            print(f"no system call is disturbed: {reason}", flush=True)
            failed = os.environ.get("CI", "").lower() in ("true", "1")
        else:
            chosen |= calls_of(amount, folder, again.film)
        for name, jobs in chosen.items():
            if arguments.only not in name:
                continue
            begun = time.monotonic()
            total, wrong = suffer(name, system_calls.spread(jobs, 1), pool, log)
            row = {"ordeal": name, **total, "violations": len(wrong)}
            print(json.dumps(row | {"seconds": round(time.monotonic() - begun)}), flush=True)
            for text in wrong:
                print(f"  VIOLATION {text}", flush=True)
            failed = failed or bool(wrong)
    if not failed:
        shutil.rmtree(folder)
    else:
        print(f"the shows that suffered are in {folder}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
