"""Canon out of a show and into one: `pipeline canon export` and `import`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from canon.diff import owner_name
from canon.facts import current_facts, fact_key, moment_order
from orchestrator.canon.seed import SEED_FILES, facts_in, read_seed
from orchestrator.canon.store import SEED_FOLDER, CanonStore
from orchestrator.seams.durable_files import replace_file, storage_error
from orchestrator.seams.lock import locked
from schemas.canon import CanonSnapshot, Fact, StoryTime
from schemas.canonical import readable_bytes
from schemas.errors import PipelineError

SEED: Final = SEED_FILES[0]


def exported(snapshot: CanonSnapshot, plain: bool = False) -> bytes:
    """The snapshot as its contract, or `plain`: what holds now by subject, as a writer types it."""
    if not plain:
        return snapshot.readable()
    by_subject: dict[str, dict[str, str]] = {}
    for fact in current_facts(snapshot):
        by_subject.setdefault(fact.subject, {})[fact.attribute] = fact.value
    return readable_bytes(by_subject)


def import_facts(store: CanonStore, path: Path, adopt: bool = False) -> int:
    """Take the facts of a file into the writer's own canon; how many are new there.

    The file may have any form of a seed, or be an exported snapshot; `adopt` allows one of another
    show. Raises PipelineError `canon-import` for facts that the own canon has with another value
    (all of them named, nothing written), `canon-foreign` for a snapshot of another show or tenant.
    """
    facts, snapshot = facts_in(path, str(path))
    if snapshot is not None:
        _refuse_foreign(store, snapshot, path, adopt)
    with locked(store.files.lock, exclusive=True):
        folder = store.files.folder
        if any((folder / name).exists() for name in SEED_FILES[1:]):
            raise PipelineError(
                "canon-import",
                SEED_FOLDER,
                "the writer's own canon is YAML, and an import writes JSON",
                f"put the facts there by hand, or write it as {SEED_FOLDER}/{SEED} first",
            )
        own = read_seed(folder, SEED_FOLDER)
        joined, new = _joined(own, facts, path)
        if new:
            try:
                replace_file(folder / SEED, readable_bytes(_as_written(joined)))
            except OSError as error:
                raise storage_error(error, folder / SEED) from None
        return new


def _joined(own: tuple[Fact, ...], more: tuple[Fact, ...], path: Path) -> tuple[list[Fact], int]:
    known = {(fact_key(fact), moment_order(fact.valid_from)): fact for fact in own}
    clashes = []
    new = 0
    for fact in more:
        place = (fact_key(fact), moment_order(fact.valid_from))
        mine = known.get(place)
        if mine is None:
            known[place] = fact
            new += 1
        elif mine.value != fact.value:
            name = f"{fact.subject}.{fact.attribute}"
            clashes.append(f"{name} = {fact.value}, and here it is {mine.value}")
    if clashes:
        raise PipelineError(
            "canon-import",
            str(path),
            f"says otherwise than {SEED_FOLDER}/{SEED}: " + "; ".join(clashes),
            "keep the one that is true in each, then import again; nothing was written",
        )
    return list(known.values()), new


def _as_written(facts: list[Fact]) -> dict[str, Any]:
    """By subject when every fact always held, as a list with dates otherwise."""
    if any(fact.valid_until is not None or fact.valid_from != StoryTime() for fact in facts):
        return {"facts": [_listed(fact) for fact in facts]}
    by_subject: dict[str, dict[str, str]] = {}
    for fact in facts:
        by_subject.setdefault(fact.subject, {})[fact.attribute] = fact.value
    return by_subject


def _listed(fact: Fact) -> dict[str, Any]:
    listed: dict[str, Any] = {
        "subject": fact.subject,
        "attribute": fact.attribute,
        "value": fact.value,
    }
    if fact.valid_from != StoryTime():
        listed["valid_from"] = fact.valid_from.model_dump(mode="json")
    if fact.valid_until is not None:
        listed["valid_until"] = fact.valid_until.model_dump(mode="json")
    return listed


def _refuse_foreign(store: CanonStore, snapshot: CanonSnapshot, path: Path, adopt: bool) -> None:
    same_show = snapshot.show in ("", store.owner.show)
    if snapshot.tenant == store.owner.tenant and (same_show or adopt):
        return
    foreign = snapshot.tenant != store.owner.tenant
    raise PipelineError(
        "canon-foreign",
        str(path),
        f"is the canon of {owner_name(snapshot)}",
        "what belongs to another tenant is never taken over"
        if foreign
        else "take its facts over on purpose with --adopt",
    )
