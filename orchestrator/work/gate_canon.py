"""The canon gate: a Script against what is true before its episode."""

from __future__ import annotations

from orchestrator.canon.proposals import Proposals
from orchestrator.canon.store import canon_of, keeps_canon
from orchestrator.run.context import RunContext
from orchestrator.shows.show import EpisodePlace
from orchestrator.store.memo import Made, Product, Remembered, Work
from orchestrator.store.registry import RecordOrigin
from schemas.canon import CanonDiff, CanonSnapshot
from schemas.digest import Digest
from schemas.errors import GateBlocked
from schemas.script import Script

GATE_VERSION = 5


def gate_canon(context: RunContext, script: Digest) -> Remembered:
    """Check the script. The diff it implies is the artifact, blocked or not."""
    before, pending = canon_before(context.place)
    known = _keep(context, before)
    kept = ((diff.episode, _keep(context, diff)) for diff in pending)
    proposed = {f"pending {episode} {digest[:12]}": digest for episode, digest in kept}
    work = Work(
        kind="stage",
        label="gate_canon",
        operation="gate_canon",
        version=GATE_VERSION,
        inputs={"script": script, "canon": known, **proposed},
        settings={
            "episode": context.place.episode_id,
            "continuity_mode": context.project.continuity_mode,
        },
    )
    return context.memo.remember(work, lambda _folder: _check(context, script, before, pending))


def canon_before(place: EpisodePlace) -> tuple[CanonSnapshot, tuple[CanonDiff, ...]]:
    """What is true before an episode, and what earlier ones propose.

    Raises what `CanonStore.head` and `Proposals.all` raise.
    """
    from canon.diff import earlier_than
    from canon.facts import as_of

    if not keeps_canon(place.show):
        return as_of(CanonSnapshot.create(facts=()), place.episode_id), ()
    store = canon_of(place)
    proposals = earlier_than(place.episode_id, Proposals(store).all())
    return as_of(store.head(), place.episode_id), proposals


def refuse_contradictions(context: RunContext, diff: CanonDiff) -> None:
    """Raise GateBlocked when the gate blocked, with every contradiction in a writer's words."""
    from canon.describe import describe_findings

    context.canon_gate = diff.gate
    if diff.gate == "unchecked":
        context.warnings.append(
            "canon: nothing was checked (continuity_mode: off): a draft, not to be published"
        )
    if diff.gate == "flagged":
        context.warnings += [
            f"canon: {finding.problem}" + (f" ({finding.evidence})" if finding.pending else "")
            for finding in diff.findings
        ]
    if diff.gate == "blocked":
        if keeps_canon(context.place.show):
            Proposals(canon_of(context.place)).withdraw(diff.episode)
        count = len(diff.findings)
        raise GateBlocked(
            "canon-conflict",
            context.place.name,
            f"contradicts the story in {count} place{'s' if count > 1 else ''}; no film was made\n"
            + describe_findings(diff),
            "mend the script there, or declare the change where it happens: "
            "[[canon: subject.attribute -> value]]",
        )


def _keep(context: RunContext, document: CanonSnapshot | CanonDiff) -> Digest:
    """Store what was read of the canon folder, so that the gate's inputs are in the registry."""
    digest = context.registry.blobs.put_bytes(document.preimage())
    if context.registry.read_record(digest) is None:
        origin = RecordOrigin(document.schema_name(), document.SCHEMA, (), {"name": "read_canon"})
        context.registry.record(digest, origin)
    return digest


def _check(
    context: RunContext, script: Digest, before: CanonSnapshot, pending: tuple[CanonDiff, ...]
) -> Made:
    from canon.episode import episode_of
    from canon.pending import check_with_pending

    loaded = context.load(Script, script)
    episode = context.place.episode_id
    mode = context.project.continuity_mode
    diff = check_with_pending(loaded, episode, before, pending, mode)
    about = episode_of(loaded, episode, diff.added_facts)
    return Made({"artifact": Product(diff, "CanonDiff"), "episode": Product(about, "Episode")})
