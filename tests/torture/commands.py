"""Kills `gc`, `fsck --repair` and `canon apply` at a chosen write, and looks at what is left."""

from __future__ import annotations

import json
import os
import random
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.seams.clock import epoch_s
from orchestrator.seams.durable_files import holds
from orchestrator.store.collect import Limits, plan_collection, remove
from orchestrator.store.fsck import check, repair
from orchestrator.store.inventory import take_stock
from orchestrator.store.registry import Registry
from schemas.canonical import canonical_bytes
from tests.torture import scene
from tests.torture.faults import Fault
from tests.torture.ordeals import Figures, Film

_DAMAGED_FILES = 12
_SEED = 6


@dataclass(frozen=True)
class Ordeal:
    """A command on copies of a prepared show: its number of writes and what it comes to."""

    template: Path
    work: Callable[[Path], int]
    look: Callable[[Path], object]
    writes: int
    outcome: object


def prepare(
    folder: Path,
    make: Callable[[Path], None],
    work: Callable[[Path], int],
    look: Callable[[Path], object],
) -> Ordeal:
    """Make the show, run the command on a copy in peace and count its writes."""
    template = folder / f"before {work.__name__}"
    make(template)
    with scene.stage(folder, f"{work.__name__} counted", template) as show:
        ended = _finished(show, work, Fault("count"))
        assert ended.code == 0, ended.printed
        writes = len(ended.printed.rsplit("COUNTED", 1)[1].split())
        assert writes > 0
        return Ordeal(template, work, look, writes, look(show))


def one_kill(folder: Path, ordeal: Ordeal, at: int) -> Figures:
    """Killed at the `at`-th write; the command once more then comes to what it always does."""
    with scene.stage(folder, f"{ordeal.work.__name__}-{at}", ordeal.template) as show:
        good = _good_blobs(show)
        ended = _finished(show, ordeal.work, Fault("kill", at))
        assert ended.code == -signal.SIGKILL, (show, ended)
        if ordeal.work is not collect:
            assert good <= _good_blobs(show), (show, "a good blob went")
        broken = [f for f in check(Registry(show)).findings if f.kind in _POINTING_TO_NOTHING]
        assert ordeal.work is mend or not broken, (show, broken)
        again = _finished(show, ordeal.work)
        assert again.code == 0, (show, again)
        assert ordeal.look(show) == ordeal.outcome, show
        return {"cases": 1, "killed": 1}


# Kinds of findings that no killed command may leave behind; unfinished files it may.
_POINTING_TO_NOTHING = ("damaged", "blob-missing", "result-lost", "run-lost", "lineage")


def collect(show: Path) -> int:
    """`gc --delete` without a grace period."""
    registry = Registry(show)
    registry.prepare()
    with registry.alone():
        remove(plan_collection(registry, Limits(grace_s=-1), epoch_s()))
    return 0


def mend(show: Path) -> int:
    """`fsck --repair`."""
    registry = Registry(show)
    with registry.alone():
        _, after = repair(registry)
    return len(after.findings)


def apply(show: Path) -> int:
    """`canon apply` of what the episode proposes."""
    from orchestrator.cli.main import main

    return main(["canon", "apply", scene.EPISODE, "--show", str(show), "--by", "Ada"])


def make_collectable(show: Path) -> None:
    """A film, and what another version of its script has left."""
    scene.make(show, scene.SCRIPT.replace("waits", "leaves").replace("open", "shut"))
    assert scene.run(show).code == 0
    scene.make(show)
    assert scene.run(show).code == 0


def make_damaged(show: Path) -> None:
    """A film in whose registry some files are cut short and some are gone."""
    scene.make(show)
    assert scene.run(show).code == 0
    chance = random.Random(_SEED)  # noqa: S311
    files = sorted(
        path
        for part in ("blobs", "records", "memo", "heads")
        for path in (show / ".pipeline" / part).rglob("*")
        if path.is_file()
    )
    for number, path in enumerate(chance.sample(files, _DAMAGED_FILES)):
        if number % 2:
            path.unlink()
        else:
            path.chmod(0o644)
            os.truncate(path, path.stat().st_size // 2)


def make_proposed(show: Path) -> None:
    """A show whose episode says something new about the world."""
    scene.make(show, "INT. HALL - DAY\n\nMARA\nHello.\n\n[[canon: mara.mood -> calm]]\n")
    (show / "canon").mkdir()
    (show / "canon" / "canon.json").write_text(json.dumps({"mara": {"mood": "sad"}}))
    episode = show / "episodes" / f"{scene.EPISODE}.fountain"
    assert scene.pipeline(show, "canon", "propose", str(episode)).code == 0


def names_kept(show: Path) -> object:
    """What a registry holds by part and name, and that all of it is sound."""
    registry = Registry(show)
    found = check(registry)
    assert not found.findings, found.findings
    stock = take_stock(registry)
    return {
        part: sorted(getattr(stock, part)) for part in ("blobs", "records", "memo", "runs", "heads")
    }


def film_again(expected: Film, show: Path) -> object:
    """The film that the next run makes; `expected` is what it has to be."""
    assert not check(Registry(show)).findings
    ended = scene.run(show)
    assert ended.code == 0, ended.printed
    assert scene.film(show) == expected
    return expected


def truth(show: Path) -> object:
    """The verified canon and what still waits."""
    from orchestrator.canon.store import canon_at

    store = canon_at(show)
    store.verify()
    proposals = sorted(path.name for path in (show / "canon" / "proposals").glob("*.json"))
    return canonical_bytes(store.head().payload()), len(store.log()), proposals


def _good_blobs(show: Path) -> set[str]:
    registry = Registry(show)
    if not registry.root.is_dir():
        return set()
    blobs = take_stock(registry).blobs
    return {digest for digest, stored in blobs.items() if holds(stored.path, digest)}


def _finished(show: Path, work: Callable[[Path], int], fault: Fault | None = None) -> scene.Ended:
    return scene.finish(scene.forked(show, lambda: work(show), fault), show)
