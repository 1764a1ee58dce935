"""Upgrades that are killed while a provider works, and started again: nothing is bought twice.

The real `pipeline upgrade` runs against a server on this machine and dies by SIGKILL at a request,
before the service has seen it or after it has done its work. Then it is started again.

python -m tests.torture.provider_kills            every request of every provider, 1,000 random runs
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator.spend.ledger import Ledger
from orchestrator.upgrades.takes import TakeStore
from renderers.providers.table import BY_ID
from tests.fake_providers import services
from tests.fake_providers.clips import wandering_square
from tests.fake_providers.server import Fake, Fault, serving
from tests.fake_providers.table import FAKES, SECRETS
from tests.orchestrator.show_on_disk import ROOT, make_show, pipeline

SCRIPT = "INT. KITCHEN - DAY\n\nMara waits.\n"
CAP_CENTS = 100
PROJECT = """id: test
voice: none
format: {width: 160, height: 90}
cost_policy: {max_run_budget_cents: %d, max_day_budget_cents: %d, approval: auto}
providers:
  %s: {base_url: "%s", look_every_ms: 0%s}
"""
PROGRAM = "from orchestrator.cli.main import run_program; run_program()"
# As often a run is started again before it counts as one that does not come to its end.
MOST_STARTS = 4


@dataclass(frozen=True)
class Ground:
    """What cases stand on: a folder for their shows, a show to copy, and what services give."""

    folder: Path
    show: Path
    clip: bytes


@dataclass
class Reaper:
    """Kills a process at its `at`th request, before the service sees it or `after` it did."""

    at: int = 0
    after: bool = False
    seen: int = 0
    process: subprocess.Popen[str] | None = None
    started: threading.Event = field(default_factory=threading.Event)
    guard: threading.RLock = field(default_factory=threading.RLock)

    def watch(self, fake: Fake) -> None:
        """Stand between the program and the service."""
        real = fake.handle

        def handle(*request: Any) -> Any:
            with self.guard:
                self.seen += 1
                mine = self.seen == self.at
                if mine and not self.after:
                    self._kill()
                    return ((500, {}, b""), "drop")
                answer = real(*request)
                if mine:
                    self._kill()
                    return answer[0], "drop"
                return answer

        fake.handle = handle  # type: ignore[method-assign]

    def _kill(self) -> None:
        self.started.wait(60)
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


def ground(folder: Path) -> Ground:
    """A show with a finished preview, to be copied."""
    show = folder / "template"
    episode = make_show(show, SCRIPT, PROJECT % (0, 1, "runway", "http://127.0.0.1:9", ""))
    ended = pipeline("run", episode, "--quiet")
    assert ended.code == 0, ended.err
    return Ground(folder, show, wandering_square(folder / "clip.mp4"))


@contextmanager
def show_with(name: str, on: Ground, into: Path, polls: int = 3) -> Iterator[Fake]:
    """A copy of the show that knows one provider."""
    shutil.copytree(on.show, into)
    with serving(FAKES[name](clip=on.clip, polls=polls)) as fake:
        more = ""
        if name == "comfyui":
            (into / "workflow.json").write_text(json.dumps(services.WORKFLOW))
            more = ", workflow: workflow.json"
        set_up = PROJECT % (CAP_CENTS, CAP_CENTS, name, fake.url, more)
        (into / "project.yaml").write_text(set_up)
        yield fake


def upgrade(show: Path, name: str, reaper: Reaper, *, every_shot: bool = False) -> int:
    """`pipeline upgrade` as a process; its exit code, negative when it was killed."""
    reaper.started.clear()
    build = show / "builds" / "s01e01"
    # Always the same shot: `--worst 1` is another one as soon as the first has its take.
    shot = json.loads((build / "shot_list.json").read_bytes())["shots"][0]["shot_id"]
    shots = () if every_shot else ("--shots", shot)
    arguments = ("upgrade", str(build), *shots, "--profile", f"hq_{name}", "--quiet")
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env={**os.environ, **SECRETS, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    reaper.process = process
    reaper.started.set()
    _, said = process.communicate(timeout=300)
    assert process.returncode in (0, -signal.SIGKILL), said
    return process.returncode


def requests_of(name: str, on: Ground) -> int:
    """How many requests an upgrade makes that nobody disturbs."""
    into = on.folder / f"{name} undisturbed"
    with show_with(name, on, into) as fake:
        reaper = Reaper()
        reaper.watch(fake)
        assert upgrade(into, name, reaper) == 0
        assert check(into, name, fake) == "fetched"
        assert len(fake.jobs) == 1
        return reaper.seen


def one_kill(name: str, on: Ground, at: int, after: bool) -> str:
    """Killed at one request and started again; how it ended: `fetched` or `parked`."""
    into = on.folder / f"{name} {at} {'after' if after else 'before'}"
    with show_with(name, on, into) as fake:
        reaper = Reaper(at, after)
        reaper.watch(fake)
        assert upgrade(into, name, reaper) == -signal.SIGKILL, "it was not killed"
        assert upgrade(into, name, reaper) == 0
        assert len(fake.jobs) <= 1, f"{len(fake.jobs)} jobs were handed in"
        ended = check(into, name, fake)
    shutil.rmtree(into)
    return ended


def one_random_run(seed: int, on: Ground) -> str:
    """A provider with faults and a run with deaths, all by the dice, until a run ends by itself."""
    dice = random.Random(seed)  # noqa: S311  a test's dice
    name = dice.choice(list(FAKES))
    into = on.folder / f"random {seed}"
    with show_with(name, on, into, dice.randint(0, 4)) as fake:
        fake.outcome = dice.choice(["done", "done", "done", "failed", "rejected"])
        for _ in range(dice.randint(0, 2)):
            step, kind = dice.choice(["submit", "poll", "fetch"]), dice.choice(["drop", "cut"])
            fake.faults.append(Fault(step, kind))
        reaper = Reaper()
        reaper.watch(fake)
        for start in range(MOST_STARTS):
            reaper.seen = 0
            reaper.at = dice.randint(1, 9) if start < MOST_STARTS - 1 else 0
            reaper.after = dice.random() < 0.5
            if upgrade(into, name, reaper) == 0:
                break
        reaper.at = 0
        assert upgrade(into, name, reaper) == 0
        ended = check(into, name, fake)
    shutil.rmtree(into)
    return ended


def check(show: Path, name: str, fake: Fake) -> str:
    """Nothing bought twice, nothing lost, nothing over the cap; how the newest job ended."""
    book = Ledger(show).book()
    assert book.spoken_for() <= CAP_CENTS * 10_000, "over the cap"
    taken = [job for job in book.jobs.values() if job.handle or job.standing == "unknown"]
    assert len(fake.jobs) <= len(taken), "a job that nobody knows of"
    assert all(job.standing in ("settled", "unknown", "released") for job in book.jobs.values()), (
        "a job was left open"
    )
    takes = TakeStore(show, "s01e01").takes()
    of_jobs = [take.job for take in takes]
    assert len(set(of_jobs)) == len(of_jobs), "two takes of one job"
    fetched = [job.job for job in book.jobs.values() if job.note.endswith("a clip")]
    assert sorted(fetched) == sorted(of_jobs), "a clip that was paid for is lost"
    output = json.loads((show / "builds" / "s01e01" / "render_output.json").read_text())
    if any(job.standing == "unknown" for job in book.jobs.values()):
        assert not BY_ID[name].capabilities.dedups_submits  # type: ignore[union-attr]
        assert output["status"] == "degraded" and "spend release" in output["reasons"][0]
        return "parked"
    if of_jobs:
        assert output["status"] == "completed"
        return "fetched"
    assert output["status"] == "degraded"
    return "failed"


def suffer(name: str, cases: list[Callable[[], str]], hands: int) -> int:
    """All cases side by side, one line of figures; how many violated a promise."""
    total: Counter[str] = Counter()
    with ThreadPoolExecutor(hands) as pool:
        for future in [pool.submit(case) for case in cases]:
            try:
                total[future.result()] += 1
            except Exception as violation:
                total["violations"] += 1
                print(f"  VIOLATION {name}: {type(violation).__name__}: {violation}", flush=True)
    row = {"ordeal": name, "cases": len(cases), **total}
    print(json.dumps({"violations": 0} | row), flush=True)
    return total["violations"]


def kills_of(name: str, on: Ground) -> list[Callable[[], str]]:
    """A case for each request of a provider, before and after."""

    def case(at: int, after: bool) -> Callable[[], str]:
        return lambda: one_kill(name, on, at, after)

    requests = range(1, requests_of(name, on) + 1)
    return [case(at, after) for at in requests for after in (False, True)]


def main() -> int:
    hands = len(os.sched_getaffinity(0))
    folder = Path(tempfile.mkdtemp(prefix="provider-kills-"))
    on = ground(folder)
    wrong = sum(suffer(f"killed at a request to {n}", kills_of(n, on), hands) for n in FAKES)

    def run(seed: int) -> Callable[[], str]:
        return lambda: one_random_run(seed, on)

    wrong += suffer("random faults and deaths", [run(seed) for seed in range(1000)], hands)
    if not wrong:
        shutil.rmtree(folder)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
