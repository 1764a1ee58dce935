"""Facts in story order: which came first, which hold now, and what was true before an episode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from schemas.canon import CanonSnapshot, Fact, StoryTime
from schemas.ids import slug

EpisodeKey = tuple[tuple[tuple[int, int, str], ...], str]
MomentKey = tuple[EpisodeKey, int]
FactKey = tuple[str, str]

_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Retirement:
    """`subject.attribute` stopped being known at a story time, with nothing in its place."""

    subject: str
    attribute: str
    at: StoryTime


@dataclass(frozen=True, slots=True)
class History:
    """Facts as they were established, all open, and the retirements nothing followed."""

    facts: tuple[Fact, ...]
    retirements: tuple[Retirement, ...]


@lru_cache(maxsize=4096)
def episode_order(episode: str) -> EpisodeKey:
    """A sort key: digits compare as numbers (`s01e02` before `s01e10`), text without case.

    The empty id, which stands for the time before the first episode, is the lowest. Ids that
    differ only in leading zeros or case are ordered by their characters.
    """
    parts = _DIGITS.split(episode)
    natural = tuple(
        (1, int(part), "") if position % 2 else (0, 0, part.casefold())
        for position, part in enumerate(parts)
    )
    return natural, episode


def moment_order(moment: StoryTime) -> MomentKey:
    """A sort key for story times: by episode, then by source line."""
    return episode_order(moment.episode), moment.line


def fact_key(fact: Fact) -> FactKey:
    """What the fact is about. At any moment at most one value holds per key."""
    return fact.subject, fact.attribute


def normalized(fact: Fact) -> Fact:
    """The fact with subject and attribute in the form of ids (`Mara Voss` is `mara_voss`)."""
    subject, attribute = _id(fact.subject), _id(fact.attribute)
    if (subject, attribute) == fact_key(fact):
        return fact
    return fact.model_copy(update={"subject": subject, "attribute": attribute})


def history(facts: Iterable[Fact]) -> History:
    """Take the validity ends apart again: those a following fact explains, and retirements."""
    opened: list[Fact] = []
    retirements: list[Retirement] = []
    for key, group in _groups(facts):
        opened += [_until(fact, None) for fact in group]
        retirements += [Retirement(*key, end) for end in _unexplained_ends(group)]
    return History(tuple(opened), tuple(retirements))


def chain(past: History) -> tuple[Fact, ...]:
    """The facts in their fixed order, each valid until the next of its key or its retirement.

    Of two facts that one episode establishes at the same moment the later in the fixed order
    stands; a seed fact of that moment gives way to the episode's.
    """
    ends: dict[FactKey, list[StoryTime]] = {}
    for retirement in past.retirements:
        ends.setdefault((retirement.subject, retirement.attribute), []).append(retirement.at)
    chained: list[Fact] = []
    for key, group in _groups(past.facts):
        chained += _chained(group, ends.get(key, ()))
    return tuple(chained)


def current_facts(snapshot: CanonSnapshot) -> tuple[Fact, ...]:
    """The facts that still hold at the end of the snapshot, in their fixed order."""
    return tuple(fact for fact in chain(history(snapshot.facts)) if fact.valid_until is None)


def as_of(snapshot: CanonSnapshot, episode: str) -> CanonSnapshot:
    """What was true before `episode` began.

    Facts of that episode and of later ones are left out, and what they ended is open again. A
    seed fact that the writer dated to the episode itself holds from its beginning. The result is
    a view: it has no parent, so that its digest depends on nothing but its facts and its show.
    """
    limit = episode_order(episode)
    known: list[Fact] = []
    for _, group in _groups(snapshot.facts):
        ends = [end for end in _unexplained_ends(group) if episode_order(end.episode) < limit]
        known += _chained([fact for fact in group if _known_before(fact, limit)], ends)
    return CanonSnapshot.create(tenant=snapshot.tenant, show=snapshot.show, facts=tuple(known))


def _unexplained_ends(group: Sequence[Fact]) -> list[StoryTime]:
    """Where facts of one key end and no other of them begins."""
    if len(group) == 1:
        only = group[0].valid_until
        return [] if only is None else [only]
    return [
        end
        for fact, following in zip(group, [*group[1:], None], strict=True)
        if (end := fact.valid_until) is not None
        and (following is None or moment_order(end) != moment_order(following.valid_from))
    ]


def _chained(group: Sequence[Fact], ends: Sequence[StoryTime]) -> Sequence[Fact]:
    """Facts of one key in their order, each with its end."""
    if len(group) == 1 and not ends and group[0].valid_until is None:
        return group
    standing = list({_established(fact): fact for fact in group}.values())
    chained: list[Fact] = []
    for fact, following in zip(standing, [*standing[1:], None][: len(standing)], strict=True):
        candidates = [end for end in ends if moment_order(end) > moment_order(fact.valid_from)]
        if following is not None:
            candidates.append(following.valid_from)
        chained.append(_until(fact, min(candidates, key=moment_order, default=None)))
    return chained


def _until(fact: Fact, end: StoryTime | None) -> Fact:
    return fact if fact.valid_until == end else fact.model_copy(update={"valid_until": end})


@lru_cache(maxsize=65_536)
def _id(name: str) -> str:
    """Of the same few names, in canons of many facts."""
    return slug(name)


def _known_before(fact: Fact, limit: EpisodeKey) -> bool:
    source, since = fact.provenance.episode, fact.valid_from
    if source and episode_order(source) >= limit:
        return False
    begins = episode_order(since.episode)
    return begins < limit or (begins == limit and not source and since.line == 0)


def _established(fact: Fact) -> tuple[MomentKey, str]:
    return moment_order(fact.valid_from), fact.provenance.episode


def _groups(facts: Iterable[Fact]) -> Iterator[tuple[FactKey, list[Fact]]]:
    """The facts by key, in order. Most are the only one of theirs and need no further order."""
    ordered = sorted(map(normalized, facts), key=fact_key)
    for key, found in groupby(ordered, key=fact_key):
        group = list(found)
        if len(group) > 1:
            group.sort(key=_within_key)
        yield key, group


def _within_key(fact: Fact) -> tuple[MomentKey, EpisodeKey, str, str]:
    return (
        moment_order(fact.valid_from),
        episode_order(fact.provenance.episode),
        fact.valid_from.scene_id,
        fact.value,
    )
