"""The canon gate: a script against what was true before its episode."""

from __future__ import annotations

from typing import Literal

from canon.facts import as_of, moment_order
from canon.rules import RULES, Rule
from canon.rules.place import people_there
from canon.rules.statements import agrees, is_short_for
from canon.scenes import Presence
from canon.timeline import Moment, SceneOpens, Speech, Statement, introductions, moments
from canon.verdict import Breach, evidence_text
from canon.vocabulary import NONE, SCENE, attribute_of, joined
from canon.world import World
from schemas.artifact import SourceRef
from schemas.canon import (
    CanonDiff,
    CanonSnapshot,
    Fact,
    GateFinding,
    ModifiedFact,
    Provenance,
    StoryTime,
)
from schemas.ids import slug
from schemas.script import Script

Mode = Literal["strict", "flag", "off"]
Verdict = Literal["passed", "flagged", "blocked", "unchecked"]


def check_episode(
    script: Script,
    episode: str,
    before: CanonSnapshot,
    mode: Mode = "strict",
    rules: tuple[Rule, ...] = RULES,
) -> CanonDiff:
    """What the episode does to canon, with every contradiction found, in script order.

    `before` may be the head of the show: what this episode or later ones established is not seen.
    `base` is the digest of what was seen. A declared fact that contradicts canon is a finding and
    never part of the diff, so canon stays as it is, whatever `mode` makes of the finding:
    `strict` blocks, `flag` only flags. `off` asks no rule, for drafts: the script's word is taken,
    and the diff says that it is unchecked.
    """
    known = as_of(before, episode)
    walk = _Walk(script, episode, known, () if mode == "off" else rules)
    for moment in moments(script):
        walk.take(moment)
    walk.introduce()
    return CanonDiff.create(
        tenant=known.tenant,
        show=known.show,
        episode=episode,
        base=known.digest(),
        added_facts=walk.added,
        modified_facts=walk.modified,
        justification=f"what {_file_of(script, episode)} declares and introduces",
        gate=_verdict(walk.findings, mode),
        findings=tuple(walk.findings),
    )


def _verdict(findings: list[GateFinding], mode: Mode) -> Verdict:
    if mode == "off":
        return "unchecked"
    if not findings:
        return "passed"
    hard = any(finding.severity == "hard" for finding in findings)
    return "blocked" if hard and mode == "strict" else "flagged"


def _same_moment(one: Fact, other: Fact) -> bool:
    return moment_order(one.valid_from) == moment_order(other.valid_from)


def _file_of(script: Script, episode: str) -> str:
    sources = [written.source for written in script.scenes]
    sources += [written.source for written in script.facts]
    return sources[0].file if sources else episode


class _Walk:
    """One pass over a script: what is true at each moment, and what has been found so far."""

    def __init__(
        self, script: Script, episode: str, known: CanonSnapshot, rules: tuple[Rule, ...]
    ) -> None:
        self._introductions = introductions(script)
        self._episode = episode
        self._rules = rules
        self._world = World(
            # A snapshot as of an episode is in order: what has no end holds.
            [fact for fact in known.facts if fact.valid_until is None],
            cued=frozenset(i.identifier for i in self._introductions if i.cue is not None),
            places=frozenset(i.identifier for i in self._introductions if i.cue is None),
            episode=episode,
        )
        self._last_line = 0
        self._reported: set[tuple[str, str, str]] = set()
        self._established: list[tuple[Fact | None, Fact]] = []
        self.findings: list[GateFinding] = []

    @property
    def added(self) -> tuple[Fact, ...]:
        """Facts about what canon did not speak of."""
        return tuple(after for before, after in self._established if before is None)

    @property
    def modified(self) -> tuple[ModifiedFact, ...]:
        """Facts that take the place of another."""
        return tuple(
            ModifiedFact(before=before, after=after)
            for before, after in self._established
            if before is not None
        )

    def take(self, moment: Moment) -> None:
        """Ask every rule about the moment; a statement nothing speaks against becomes true."""
        if isinstance(moment, SceneOpens):
            self._world.enter(moment)
        contradicted = False
        for rule in self._rules:
            breach = rule.check(moment, self._world)
            if breach is not None:
                contradicted = contradicted or rule.severity == "hard"
                self._report(rule, breach, moment)
        self._see(moment)
        if isinstance(moment, Statement) and not contradicted:
            if moment.subject == SCENE:
                self._tell_scene(moment)
            else:
                self._state(moment)

    def introduce(self) -> None:
        """Give a name, as first written, to everyone who spoke and every place without one."""
        for introduction in self._introductions:
            subjects = (
                self._world.known_as(introduction.identifier)
                if introduction.cue is None
                else self._world.speakers(introduction.cue)
            )
            if len(subjects) > 1 or any(self._world.get(who, "name") for who in subjects):
                continue
            at = StoryTime(
                episode=self._episode,
                scene_id=introduction.scene_id,
                line=introduction.source.line,
            )
            self._establish(
                None,
                Fact(
                    subject=introduction.identifier,
                    attribute="name",
                    value=introduction.name,
                    valid_from=at,
                    provenance=self._provenance(at.scene_id, introduction.source),
                ),
            )

    def _state(self, statement: Statement) -> None:
        subject = self._world.subject(statement.subject)
        before = self._world.get(subject, statement.attribute)
        value = statement.value
        if before is not None:
            attribute = attribute_of(subject, statement.attribute)
            if statement.change:
                known = not attribute.many and agrees(value, before)
            else:
                known = is_short_for(value, before) or agrees(value, before)
            if known or value == before.value:
                return
            if attribute.many and not statement.change and slug(before.value) not in NONE:
                value = joined(attribute, before.value, value)
        self._establish(before, self._fact(statement, subject, value))

    def _fact(self, statement: Statement, subject: str, value: str) -> Fact:
        return Fact(
            subject=subject,
            attribute=statement.attribute,
            value=value,
            valid_from=self._moment(statement),
            provenance=self._provenance(statement.scene_id, statement.source),
        )

    def _tell_scene(self, statement: Statement) -> None:
        """What is said of a scene holds for it, and is no fact of the story."""
        course = self._world.course
        if statement.attribute == "weather":
            course.weather = self._fact(statement, SCENE, statement.value)
        elif statement.attribute == "time":
            course.time = self._fact(statement, SCENE, statement.value)

    def _see(self, moment: Moment) -> None:
        """Remember who was in the scene, for the rules about places."""
        course = self._world.course
        for person in people_there(moment, self._world):
            if course.now is None:
                return
            scene = course.now.scene
            at = StoryTime(episode=self._episode, scene_id=scene.scene_id, line=moment.source.line)
            fact = Fact(
                subject=person,
                attribute="location",
                value=scene.slug.location_name,
                valid_from=at,
                provenance=self._provenance(scene.scene_id, moment.source),
            )
            course.saw(person, Presence(scene.scene_id, course.now.places, course.instant, fact))

    def _establish(self, before: Fact | None, after: Fact) -> None:
        self._world.put(after)
        if before is not None and _same_moment(before, after):
            # Two changes on one source line leave the last one, not a fact valid for no time.
            for position, (older, newer) in enumerate(self._established):
                if newer is before:
                    self._established[position] = (older, after)
                    return
        self._established.append((before, after))

    def _moment(self, statement: Statement) -> StoryTime:
        """The story time of a statement; lines never run backwards, so that the last word stands.

        Outside any scene it is the beginning of the episode, line 0.
        """
        if not statement.scene_id:
            return StoryTime(episode=self._episode)
        self._last_line = max(statement.source.line, self._last_line)
        return StoryTime(episode=self._episode, scene_id=statement.scene_id, line=self._last_line)

    def _provenance(self, scene_id: str, source: SourceRef) -> Provenance:
        return Provenance(
            episode=self._episode, scene_id=scene_id, file=source.file, line=source.line
        )

    def _report(self, rule: Rule, breach: Breach, moment: Moment) -> None:
        fact = breach.evidence
        if isinstance(moment, Speech):
            # One finding a scene is enough to act on; a monologue would repeat it for every line.
            key = (rule.name, fact.subject, moment.scene.scene_id)
            if key in self._reported:
                return
            self._reported.add(key)
        self.findings.append(
            GateFinding(
                rule=rule.name,
                severity=rule.severity,
                subject=fact.subject,
                attribute=fact.attribute,
                problem=breach.problem,
                file=moment.source.file,
                line=moment.source.line,
                evidence=evidence_text(fact, self._episode),
                evidence_provenance=fact.provenance,
                hint=breach.hint,
            )
        )
