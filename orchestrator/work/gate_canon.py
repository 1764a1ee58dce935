"""The canon gate: a Script against what is true before its episode."""

from __future__ import annotations

from pathlib import Path

from orchestrator.canon_store import canon_of
from orchestrator.context import RunContext
from orchestrator.memo import Made, Product, Remembered, Work
from orchestrator.registry import RecordOrigin
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.digest import Digest
from schemas.errors import GateBlocked
from schemas.script import Script

GATE_VERSION = 2


def gate_canon(context: RunContext, script: Digest) -> Remembered:
    """Check the script. The diff it implies is the artifact, blocked or not."""
    from canon.facts import as_of

    before = as_of(_head(context), context.place.episode_id)
    known = context.registry.blobs.put_bytes(before.preimage())
    kept = RecordOrigin("CanonSnapshot", CanonSnapshot.SCHEMA, (), {"name": "read_canon"})
    context.registry.record(known, kept)
    work = Work(
        kind="stage",
        label="gate_canon",
        operation="gate_canon",
        version=GATE_VERSION,
        inputs={"script": script, "canon": known},
        settings={
            "episode": context.place.episode_id,
            "continuity_mode": context.project.continuity_mode,
        },
    )
    return context.memo.remember(work, lambda _folder: _check(context, script, before))


def refuse_contradictions(context: RunContext, diff: CanonDiff) -> None:
    """Raise GateBlocked when the gate blocked, with every contradiction in a writer's words."""
    from canon.describe import describe_findings

    if diff.gate == "flagged":
        context.warnings += [f"canon: {finding.problem}" for finding in diff.findings]
    if diff.gate == "blocked":
        count = len(diff.findings)
        raise GateBlocked(
            "canon-conflict",
            context.place.name,
            f"contradicts the story in {count} place{'s' if count > 1 else ''}; no film was made\n"
            + describe_findings(diff),
            "mend the script there, or declare the change where it happens: "
            "[[canon: subject.attribute -> value]]",
        )


def apply_diff(context: RunContext, diff: CanonDiff) -> bool:
    """Move the show's truth on, now that the film is made; whether anything changed.

    An episode outside any show has no truth to keep.
    """
    if not keeps_canon(context.place.show) or diff.gate != "passed":
        return False
    store = canon_of(context.place)
    before = store.head().digest()
    return store.apply(diff).digest() != before


def moves_canon(context: RunContext, diff: CanonDiff) -> bool:
    """Whether applying the diff would change what is true: not after it was applied."""
    from canon.diff import apply_diff as after

    if not keeps_canon(context.place.show):
        return False
    head = canon_of(context.place).head()
    return after(head, diff) is not head


def keeps_canon(show: Path) -> bool:
    """Whether this folder is a show, or has begun a canon of its own."""
    from orchestrator.show import project_file

    return project_file(show) is not None or (show / "canon").is_dir()


def _head(context: RunContext) -> CanonSnapshot:
    keeps = keeps_canon(context.place.show)
    return canon_of(context.place).head() if keeps else CanonSnapshot.create(facts=())


def _check(context: RunContext, script: Digest, before: CanonSnapshot) -> Made:
    from canon.episode import episode_of
    from canon.gate import check_episode

    loaded = context.load(Script, script)
    episode = context.place.episode_id
    diff = check_episode(loaded, episode, before, context.project.continuity_mode)
    about = episode_of(loaded, episode, diff.added_facts)
    return Made({"artifact": Product(diff, "CanonDiff"), "episode": Product(about, "Episode")})
