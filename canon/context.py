"""The strict context pack (plan §6.4): what a generation step may know before an episode.

Facts, events and open threads come from canon as it stands when the episode begins, the summary
from the Script of the episode before, colour from the recall layer, each with where it comes from.
What matters most is packed first; what has no room is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from canon.episode import episode_of
from canon.facts import as_of, chain, current_facts, episode_order, fact_key, history
from canon.recall import Hit
from canon.threads import open_threads
from canon.verdict import claim
from schemas.artifact import Frozen
from schemas.canon import CanonSnapshot, Fact
from schemas.canonical import canonical_bytes
from schemas.context_pack import (
    ContextPack,
    EpisodeBrief,
    LeftOut,
    PastEvent,
    Recalled,
)
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.script import Dialogue, Script

DEFAULT_BUDGET_BYTES: Final = 16_000
# For the five counts of what was left out, of up to ten digits more than their zeros.
_COUNTS_BYTES: Final = 50
# What a step has to know of anybody it writes about.
_FIRST: Final = ("name", "alias", "status", "location", "age")
_ONE: Final = ("last_episode",)


@dataclass(frozen=True, slots=True)
class Told:
    """An earlier episode: its id, its Script and that Script's digest."""

    episode: str
    script: Script
    digest: Digest


@dataclass(frozen=True, slots=True)
class Question:
    """For which episode, of what it is about (None: everybody), and how large in bytes."""

    episode: str
    script: Script | None = None
    budget_bytes: int = DEFAULT_BUDGET_BYTES


def assemble_context(
    question: Question, head: CanonSnapshot, earlier: Sequence[Told], recalled: Sequence[Hit] = ()
) -> ContextPack:
    """The pack for an episode; the same for the same input, and never larger than its budget.

    Raises PipelineError `context-budget` for one that holds not even an empty pack.
    """
    known = as_of(head, question.episode)
    limit = episode_order(question.episode)
    past = [told for told in earlier if episode_order(told.episode) < limit]
    past.sort(key=lambda told: episode_order(told.episode))
    frame = ContextPack.create(
        tenant=head.tenant,
        show=head.show,
        episode=question.episode,
        budget_bytes=question.budget_bytes,
        canon=known.digest(),
    )
    about = subjects_of(question.script) if question.script else None
    return _packed(frame, _by_importance(known, past, about, recalled))


def subjects_of(script: Script) -> frozenset[str]:
    """The ids a script is about: who speaks, where it plays, and what it declares facts of."""
    found = {fact.subject for fact in script.facts}
    for scene in script.scenes:
        found.add(scene.slug.location_id or "")
        found |= {e.speaker_id for e in scene.elements if isinstance(e, Dialogue)}
    return frozenset(map(slug, found - {""}))


def question_text(script: Script | None, known: CanonSnapshot, past: Sequence[Told]) -> str:
    """What the recall layer is asked: the names of the episode, or what is open before it."""
    if script is not None:
        names = sorted(subjects_of(script))
        return " ".join(name.replace("_", " ") for name in names)
    return " ".join(thread.text for thread in open_threads(known)) or _summary(past)


def _by_importance(
    known: CanonSnapshot,
    past: Sequence[Told],
    about: frozenset[str] | None,
    recalled: Sequence[Hit],
) -> Iterator[tuple[str, Frozen]]:
    if past:
        last = past[-1]
        told = episode_of(last.script, last.episode)
        brief = EpisodeBrief(
            episode=last.episode, title=told.title, summary=told.summary, script=last.digest
        )
        yield "last_episode", brief
    threads = open_threads(known)
    for thread in threads:
        yield "open_threads", thread
    open_subjects = {thread.subject for thread in threads}
    facts = tuple(f for f in current_facts(known) if f.subject not in open_subjects)
    near = _near(facts, about)
    ranked = sorted(facts, key=lambda fact: (_rank(fact, about, near), fact_key(fact)))
    for fact in ranked:
        if _rank(fact, about, near) < 3:
            yield "facts", fact
    for event in _events(known, near):
        yield "past_events", event
    for fact in ranked:
        if _rank(fact, about, near) == 3:
            yield "facts", fact
    for hit in recalled:
        entry = hit.entry
        yield (
            "recalled",
            Recalled(
                kind=entry.kind,
                text=entry.text,
                episode=entry.episode,
                scene_id=entry.scene_id,
                file=entry.file,
                line=entry.line,
                score_e4=hit.score_e4,
            ),
        )


def _near(facts: Sequence[Fact], about: frozenset[str] | None) -> frozenset[str]:
    """Who it is about, what points to them and what they point to; without a script, all."""
    subjects = {fact.subject for fact in facts}
    if about is None:
        return frozenset(subjects)
    called = {
        fact.subject
        for fact in facts
        if fact.attribute in ("name", "alias")
        and any(slug(name) in about for name in fact.value.split(","))
    }
    own = about | called
    pointed = {slug(fact.value) for fact in facts if fact.subject in own} & subjects
    pointing = {fact.subject for fact in facts if slug(fact.value) in own}
    return frozenset(own | pointed | pointing)


def _rank(fact: Fact, about: frozenset[str] | None, near: frozenset[str]) -> int:
    if about is None or fact.subject in about:
        return 0 if fact.attribute in _FIRST else 1
    return 2 if fact.subject in near else 3


def _events(known: CanonSnapshot, near: frozenset[str]) -> list[PastEvent]:
    """What episodes changed, of those who matter first, the latest first."""
    changes: list[tuple[Fact, Fact]] = []
    for _, group in groupby(chain(history(known.facts)), key=fact_key):
        changes += [pair for pair in pairwise(group) if pair[1].provenance.episode]
    changes.sort(key=lambda pair: fact_key(pair[1]))
    changes.sort(key=lambda pair: _moment(pair[1]), reverse=True)
    changes.sort(key=lambda pair: pair[1].subject not in near)
    return [
        PastEvent(
            text=f"{claim(after)} (was {before.value})",
            episode=after.provenance.episode,
            scene_id=after.provenance.scene_id,
            file=after.provenance.file,
            line=after.provenance.line,
        )
        for before, after in changes
        if before.value != after.value
    ]


def _moment(fact: Fact) -> tuple[object, int]:
    return episode_order(fact.valid_from.episode), fact.valid_from.line


def _packed(frame: ContextPack, wanted: Iterator[tuple[str, Frozen]]) -> ContextPack:
    """As much as fits, the first first; where one is too large, a smaller one may still fit."""
    room = frame.budget_bytes - len(frame.preimage()) - _COUNTS_BYTES
    if room < 0:
        raise PipelineError(
            "context-budget",
            frame.episode,
            f"a budget of {frame.budget_bytes} bytes holds no pack, let alone a fact",
            f"give it some thousand, such as {DEFAULT_BUDGET_BYTES}",
        )
    kept: dict[str, list[Frozen]] = {}
    left: dict[str, int] = {}
    for section, item in wanted:
        size = len(canonical_bytes(item.model_dump(mode="json"))) + 1
        if size <= room:
            room -= size
            kept.setdefault(section, []).append(item)
        else:
            left[section] = left.get(section, 0) + 1
    facts = sorted((f for f in kept.get("facts", []) if isinstance(f, Fact)), key=fact_key)
    fields: dict[str, object] = {
        section: tuple(items) for section, items in kept.items() if section not in _ONE
    }
    fields |= {"facts": tuple(facts), "left_out": LeftOut(**left)}
    fields |= {section: kept[section][0] for section in _ONE if section in kept}
    return frame.model_copy(update=fields)


def _summary(past: Sequence[Told]) -> str:
    return episode_of(past[-1].script, past[-1].episode).summary if past else ""
