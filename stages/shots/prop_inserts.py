"""Inserts of things in capitals: which of them a scene stops for, and out of whose time.

A director cuts to a thing when it first matters, not each time somebody holds it. So a thing is
seen by itself once in a scene; one in a paragraph, with two other shots in between, and never more
than one shot of four. The sentence that names it goes with it, and its time comes out of the time
that the paragraph has anyway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from schemas.ids import slug
from schemas.project import Inserts
from schemas.timing import FrameRate
from stages.people.name_spotting import begins_with_pronoun, named_in
from stages.sentences import reading_units, split_sentences
from stages.shots.props_in_capitals import Vocabulary, props_in
from stages.shots.shot_take import Take
from stages.shots.shot_timing import (
    reading_frames,
    reading_limit_units,
    reading_samples_frames,
    shortest_frames,
)

# Two other shots before the next insert, and three for each.
_APART: Final = 2
_SHOTS_FOR_EACH: Final = 4
# `It is open.` goes on about the thing that was named.
_ABOUT_IT: Final = re.compile(r"\b(?:it|its|itself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class InsertWish:
    """What a pin at `where` wants of a paragraph: an insert of `thing`, or none when empty."""

    where: str
    thing: str = ""


@dataclass(frozen=True, slots=True)
class PropWatch:
    """What decides about a scene's inserts: the words it may use, the setting of the show, and the
    wishes for its paragraphs by the line they begin at."""

    known: Vocabulary
    inserts: Inserts
    wishes: Mapping[int, InsertWish]


@dataclass(frozen=True, slots=True)
class _Found:
    """The take and the sentence of it that names a thing; `pinned` where a pin asks for it."""

    take: int
    sentence: int
    thing: str
    pinned: str = ""


def with_prop(
    made: Sequence[Take], before: Sequence[Take], watch: PropWatch, rate: FrameRate
) -> list[Take]:
    """The takes of a paragraph of action, with one for the thing that it is to stop for, if any.

    `before` are the scene's takes so far.
    """
    found = _found(made, before, watch)
    if found is None:
        return list(made)
    take = made[found.take]
    pieces = _pieces(take, found, watch, {who for each in before for who in each.people})
    takes = [*made[: found.take], *_timed(pieces, rate), *made[found.take + 1 :]]
    return [replace(each, part=part, parts=len(takes)) for part, each in enumerate(takes)]


def _found(made: Sequence[Take], before: Sequence[Take], watch: PropWatch) -> _Found | None:
    beat = made[0].beat
    if beat is None or beat.kind != "action" or beat.montage:
        return None
    wish = watch.wishes.get(beat.source.line)
    if wish is not None:
        return _wished(made, wish) if wish.thing else None
    if watch.inserts != "auto":
        return None
    seen = {slug(take.thing) for take in before if take.thing}
    inserts = [number for number, take in enumerate(before) if take.thing]
    for number, take in enumerate(made):
        at = len(before) + number
        too_soon = bool(inserts) and at - inserts[-1] <= _APART
        if too_soon or (inserts and len(inserts) + 1 > (at + 2) // _SHOTS_FOR_EACH):
            continue
        for position, sentence in enumerate(split_sentences(take.text)):
            for thing in props_in(sentence, watch.known):
                if slug(thing) not in seen:
                    return _Found(number, position, thing)
    return None


def _wished(made: Sequence[Take], wish: InsertWish) -> _Found | None:
    """The first sentence that names what a pin asks for, whatever its letters."""
    words = r"\s+".join(map(re.escape, wish.thing.split()))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    for number, take in enumerate(made):
        for position, sentence in enumerate(split_sentences(take.text)):
            if found := pattern.search(sentence):
                return _Found(number, position, found.group().upper(), wish.where)
    return None


def _pieces(take: Take, found: _Found, watch: PropWatch, seen: set[str]) -> list[Take]:
    """What is before the sentence with the thing, the thing, and what comes after it.

    Somebody who has not been seen in the scene, and of whom the paragraph says nothing else, is
    seen doing it first, and the thing then: the words stay for both.
    """
    sentences = split_sentences(take.text)
    end = found.sentence + 1
    while end < len(sentences) and _goes_on(sentences, found.sentence, end, watch.known):
        end += 1
    head, told, tail = sentences[: found.sentence], sentences[found.sentence : end], sentences[end:]
    thing = replace(
        take, kind="prop", people=(), text=" ".join(told), thing=found.thing, pinned=found.pinned
    )
    acts = named_in(told[0], watch.known.people) or begins_with_pronoun(told[0])
    elsewhere = head or (tail and set(take.people) <= seen)
    pieces = [replace(take, text=" ".join(head))] if head else []
    if take.people and acts and not elsewhere:
        pieces.append(replace(take, text=" ".join(told)))
        thing = replace(thing, echo=True)
    pieces.append(thing)
    if tail:
        pieces.append(replace(take, text=" ".join(tail)))
    return pieces


def _goes_on(sentences: Sequence[str], first: int, number: int, known: Vocabulary) -> bool:
    """Whether a sentence is about the thing that was named in the one before."""
    longer = " ".join(sentences[first : number + 1])
    about = _ABOUT_IT.search(sentences[number]) and not named_in(sentences[number], known.people)
    return bool(about) and reading_units(longer) <= reading_limit_units()


def _timed(pieces: Sequence[Take], rate: FrameRate) -> list[Take]:
    """Each piece as long as its words take to read, which is together what the paragraph had, but
    no shorter than a shot may be; an echo and the take before it share the time of their words."""
    least = shortest_frames(rate)
    if len(pieces) == 1:
        return [replace(pieces[0], duration_frames=reading_frames(pieces[0].text, rate))]
    timed: list[Take] = []
    for piece in pieces:
        frames = max(reading_samples_frames(piece.text, rate), least)
        if piece.echo:
            whole = max(timed[-1].duration_frames, 2 * least)
            frames = whole // 2
            timed[-1] = replace(timed[-1], duration_frames=whole - frames)
        timed.append(replace(piece, duration_frames=frames, split=True))
    return timed
