"""What a registry has to survive. Every ordeal returns its figures, and raises at a violation."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from orchestrator.seams.clock import epoch_s
from orchestrator.store.collect import Limits, plan_collection, remove
from orchestrator.store.fsck import check, repair
from orchestrator.store.registry import Registry
from tests.torture import scene
from tests.torture.faults import Fault, How

Film = dict[str, str]
Figures = dict[str, int]


@dataclass(frozen=True)
class Undisturbed:
    """A run left in peace: its writes by name, what it makes, and how long it takes."""

    writes: tuple[str, ...]
    film: Film
    seconds: float


def undisturbed(folder: Path) -> Undisturbed:
    with scene.stage(folder, "counted") as show:
        begun = time.monotonic()
        ended = scene.run(show, fault=Fault("count"))
        seconds = time.monotonic() - begun
        assert ended.code == 0, ended.printed
        names = ended.printed.rsplit("COUNTED ", 1)[1].split()
        return Undisturbed(tuple(names), scene.film(show), seconds)


def survive(show: Path, expected: Film) -> Figures:
    """After a disturbance: nothing corrupt, all mended, and the next run makes the same film."""
    registry = Registry(show)
    before, after = repair(registry) if registry.root.is_dir() else (None, None)
    corrupt = [f for f in before.findings if f.kind == "damaged"] if before else []
    assert not corrupt, (show, corrupt)
    assert not after or not after.findings, (show, after)
    ended = scene.run(show)
    assert ended.code == 0, (show, ended.printed)
    assert scene.film(show) == expected, show
    last = check(registry)
    assert not last.findings, (show, last.findings)
    assert last.put_aside == 0, show
    return {"findings": len(before.findings) if before else 0}


def one_fault(folder: Path, how: How, at: int, expected: Film) -> Figures:
    """A run disturbed at its `at`-th write, then recovery."""
    with scene.stage(folder, f"{how}-{at}") as show:
        ended = scene.run(show, fault=Fault(how, at))
        if ended.code == -signal.SIGKILL:
            assert how in ("kill", "tear"), (show, ended)
            children_are_gone(show)
        return outlived(show, ended, expected)


def outlived(show: Path, ended: scene.Ended, expected: Film) -> Figures:
    """How a disturbed run ended, every promise kept, and that the next run makes the film."""
    figures: Figures = {"cases": 1, "killed": 0, "refused": 0, "unharmed": 0, "findings": 0}
    if ended.code == -signal.SIGKILL:
        figures["killed"] = 1
    elif ended.code == 0:
        # A log line or a time stamp may be lost without harm; the film may not.
        figures["unharmed"] = 1
        assert scene.film(show) == expected, show
    else:
        figures["refused"] = 1
        assert ended.code == 1, (show, ended)
        assert "what to do:" in ended.printed, (show, ended)
        assert "Traceback" not in ended.printed, (show, ended)
    return figures | survive(show, expected)


def children_are_gone(show: Path) -> None:
    """What a killed run had started ends with it, within moments."""
    deadline = time.monotonic() + 10
    while left := scene.survivors(show):
        assert time.monotonic() < deadline, left
        time.sleep(0.01)


def one_random_kill(folder: Path, seed: int, within_s: float, expected: Film) -> Figures:
    """A run killed at a random moment, its children gone with it, then recovery."""
    chance = random.Random(seed)  # noqa: S311
    with scene.stage(folder, f"random-{seed}") as show:
        episode = show / "episodes" / f"{scene.EPISODE}.fountain"
        child = scene.start(show, "run", str(episode), "--workers", str(1 + seed % 2))
        time.sleep(chance.uniform(0, within_s))
        os.kill(child, signal.SIGKILL)
        killed = scene.finish(child, show).code == -signal.SIGKILL
        children_are_gone(show)
        figures = survive(show, expected)
        return {"cases": 1, "killed": int(killed)} | figures


def corruptions(folder: Path, count: int, seed: int) -> Figures:
    """Single stored files flipped, cut or emptied, one at a time: each is found by its name."""
    chance = random.Random(seed)  # noqa: S311
    kinds = {"flip": 0, "truncate": 0, "empty": 0}
    folder.mkdir(exist_ok=True)
    with scene.stage(folder, "corrupted") as show:
        assert scene.run(show).code == 0
        registry = Registry(show)
        files = sorted(
            path
            for part in ("blobs", "records", "memo", "runs", "heads", "views")
            for path in (registry.root / part).rglob("*")
            if path.is_file()
        )
        assert not check(registry).findings
        for _ in range(count):
            path, how = chance.choice(files), chance.choice(sorted(kinds))
            good = path.read_bytes()
            path.chmod(0o644)
            path.write_bytes(_damaged(good, how, chance))
            told = {finding.path for finding in check(registry).findings}
            assert path.relative_to(show).as_posix() in told, (path, how)
            kinds[how] += 1
            path.write_bytes(good)
            path.chmod(0o444)
        assert not check(registry).findings
    return {"cases": count, "found": sum(kinds.values()), **kinds}


def one_corrupted_run(folder: Path, seed: int, expected: Film, template: Path) -> Figures:
    """Many files damaged at once; repair and the next run bring everything back."""
    chance = random.Random(seed)  # noqa: S311
    with scene.stage(folder, f"mended-{seed}", template) as show:
        registry = Registry(show)
        files = sorted(
            p for p in registry.root.rglob("*") if p.is_file() and "locks" not in p.parts
        )
        for path in chance.sample(files, chance.randint(1, len(files))):
            good = path.read_bytes()
            path.chmod(0o644)
            path.write_bytes(_damaged(good, chance.choice(["flip", "truncate", "empty"]), chance))
        for path in scene.build(show).iterdir():
            if path.is_file():
                path.unlink()
        if seed % 2:
            before, after = repair(registry)
            assert before.findings
            assert not after.findings, after
        ended = scene.run(show)
        assert ended.code == 0, ended.printed
        assert scene.film(show) == expected
        _, after = repair(registry)
        assert not after.findings, after
    return {"cases": 1}


def one_gc_beside(folder: Path, seed: int, within_s: float, expected: Film) -> Figures:
    """Collections without grace while two runs want the same registry."""
    chance = random.Random(seed)  # noqa: S311
    with scene.stage(folder, f"beside-{seed}") as show:
        episode = str(show / "episodes" / f"{scene.EPISODE}.fountain")
        first = scene.start(show, "run", episode, "--workers", "1")
        children = [first]
        for _ in range(3):
            time.sleep(chance.uniform(0, within_s / 4))
            children.append(scene.forked(show, lambda: _collect(show)))
        children.append(scene.start(show, "run", episode, "--workers", "1"))
        ended = [scene.finish(child, show) for child in children]
        assert all(each.code == 0 for each in ended), ended
        assert scene.film(show) == expected
        assert not check(Registry(show)).findings
    return {"cases": 1, "runs": 2, "collections": 3}


def one_eviction(folder: Path, seed: int, within_s: float, expected: Film) -> Figures:
    """Blobs deleted by hand under a run, against all rules: never a wrong film."""
    chance = random.Random(seed)  # noqa: S311
    figures = {"cases": 1, "completed": 0, "refused": 0}
    with scene.stage(folder, f"evicted-{seed}") as show:
        child = scene.start(show, "run", str(show / "episodes" / f"{scene.EPISODE}.fountain"))
        time.sleep(chance.uniform(0, within_s))
        for path in sorted((show / ".pipeline" / "blobs").rglob("*")):
            if path.is_file() and chance.random() < 0.5:
                path.unlink(missing_ok=True)
        ended = scene.finish(child, show)
        assert ended.code in (0, 1), ended
        figures["completed" if ended.code == 0 else "refused"] = 1
        if ended.code == 0:
            assert scene.film(show) == expected
        else:
            assert "what to do:" in ended.printed, ended
        survive(show, expected)
    return figures


def _collect(show: Path) -> int:
    registry = Registry(show)
    registry.prepare()
    with registry.alone():
        remove(plan_collection(registry, Limits(grace_s=-1), epoch_s()))
    return 0


def _damaged(good: bytes, how: str, chance: random.Random) -> bytes:
    if how == "empty":
        return b""
    if how == "truncate":
        return good[: chance.randrange(len(good))]
    at = chance.randrange(len(good))
    return good[:at] + bytes([good[at] ^ (1 << chance.randrange(8))]) + good[at + 1 :]
