"""CanonSnapshot and CanonDiff (plan §5.2, §5.3): the story's truth and how it changes."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.artifact import Artifact, Count, DigestText, Flag, Frozen


class StoryTime(Frozen):
    """A point in the story: an episode and, within it, a scene and source line.

    `episode` is empty for what was true before the first episode. Episodes are ordered naturally
    by id (`s01e02` before `s01e10`).
    """

    episode: str = ""
    scene_id: str = ""
    line: Count = 0


class Provenance(Frozen):
    """Where a fact was established: the episode, scene, and file with line."""

    episode: str = ""
    scene_id: str = ""
    file: str = ""
    line: Count = 0


class Fact(Frozen):
    """`subject.attribute` is `value` from `valid_from` until `valid_until` (None: still)."""

    subject: str
    attribute: str
    value: str
    valid_from: StoryTime = StoryTime()
    valid_until: StoryTime | None = None
    provenance: Provenance = Provenance()


class CanonSnapshot(Artifact):
    """All facts at one point; immutable, chained to its parent by digest.

    `show` is the id the show's settings give it, empty where they give none. What made the
    snapshot out of its parent is the diff applied, or the diff taken back.
    """

    SCHEMA: ClassVar[str] = "CanonSnapshot/1.1.0"

    tenant: str = "default"
    show: str = ""
    parent: DigestText | None = None
    applied_diff: DigestText | None = None
    reverted_diff: DigestText | None = None
    facts: tuple[Fact, ...]


class GateFinding(Frozen):
    """A contradiction: the rule it breaks, where the script does, and the evidence against it.

    `pending` is set where the evidence is a proposal that nobody has approved yet.
    """

    rule: str
    severity: Literal["hard", "soft"]
    subject: str
    attribute: str
    problem: str
    file: str
    line: Count
    evidence: str
    evidence_provenance: Provenance
    hint: str
    pending: Flag = False


class ModifiedFact(Frozen):
    """A fact whose value changed."""

    before: Fact
    after: Fact


class CanonDiff(Artifact):
    """What an episode adds, changes or retires, why, and what the gate said.

    Without an episode it is a change of the writer's own canon. `unchecked` is a draft's: with
    `continuity_mode: off` no rule was asked, so nothing made of it may be published.
    """

    SCHEMA: ClassVar[str] = "CanonDiff/1.2.0"

    tenant: str = "default"
    show: str = ""
    episode: str
    base: DigestText | None = None
    added_facts: tuple[Fact, ...] = ()
    modified_facts: tuple[ModifiedFact, ...] = ()
    removed_facts: tuple[Fact, ...] = ()
    justification: str
    gate: Literal["passed", "flagged", "blocked", "unchecked"]
    findings: tuple[GateFinding, ...] = ()
