"""Recall (plan §6.2): what was written and is like a question. Colour, never truth.

Nothing of this may reach the gate; a test reads the gate's imports.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Final

from canon.embedding import Embedder, Vector
from canon.facts import episode_order
from schemas.recall import RecallEntry, RecallIndex
from schemas.script import Action, Dialogue, Scene, Script, Synopsis, plain_text

FULL_SCORE_E4: Final = 10_000
_LONGEST_CHARS: Final = 400


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and how much it is like the question: the cosine, in 1/10000."""

    entry: RecallEntry
    score_e4: int


def build_index(
    scripts: Sequence[tuple[str, Script]], embedder: Embedder, show: str = "", tenant: str = ""
) -> RecallIndex:
    """The index over the Scripts of a show's episodes, whatever their order is given in."""
    ordered = sorted(scripts, key=lambda each: episode_order(each[0]))
    entries = [
        RecallEntry(**fields, vector=embedder.embed(str(fields["text"])))
        for episode, script in ordered
        for scene in script.scenes
        for fields in _entries_of(episode, scene)
    ]
    owner = {"tenant": tenant} if tenant else {}
    return RecallIndex.create(
        **owner,
        show=show,
        embedder=embedder.name,
        dimensions=embedder.dimensions,
        entries=tuple(entries),
    )


def recall(
    index: RecallIndex, question: str, embedder: Embedder, limit: int = 5, before: str = ""
) -> tuple[Hit, ...]:
    """The entries most like the question, best first; of equals the earlier in the story.

    `before` leaves out that episode and later ones. What many entries share counts for little.
    Raises ValueError for an index of another embedder.
    """
    if index.embedder != embedder.name:
        raise ValueError(f"the index is of {index.embedder}, the question of {embedder.name}")
    weights = _weights(index.entries)
    asked = _weighted(embedder.embed(question), weights)
    norm = _dot(asked, asked)
    hits = []
    for place, entry in enumerate(index.entries):
        if before and episode_order(entry.episode) >= episode_order(before):
            continue
        vector = _weighted(entry.vector, weights)
        score = _cosine_e4(_dot(asked, vector), norm, _dot(vector, vector))
        if score > 0:
            hits.append((-score, place, entry))
    return tuple(Hit(entry, -score) for score, _, entry in sorted(hits)[:limit])


def summary_of(scene: Scene) -> str:
    """A scene in a sentence or two: its place, its synopsis or else how it opens, who speaks."""
    told = [e.text for e in scene.elements if isinstance(e, Synopsis)]
    if not told:
        opening = (plain_text(e.spans) for e in scene.elements if isinstance(e, Action))
        told = [text for text in [next(opening, "")] if text]
    speakers = dict.fromkeys(e.speaker for e in scene.elements if isinstance(e, Dialogue))
    parts = [scene.slug.text, *told, ", ".join(filter(None, speakers))]
    sentences = (part.rstrip(".") for part in map(_one_line, parts))
    return _shortened(". ".join(filter(None, sentences)))


def _entries_of(episode: str, scene: Scene) -> Iterator[dict[str, object]]:
    place = {"episode": episode, "scene_id": scene.scene_id, "file": scene.source.file}
    summary = summary_of(scene)
    if summary:
        yield {"kind": "summary", "line": scene.source.line, "text": summary, **place}
    for element in scene.elements:
        if isinstance(element, Action):
            text = plain_text(element.spans)
        elif isinstance(element, Dialogue) and element.spans:
            text = f"{element.speaker}: {plain_text(element.spans)}"
        else:
            continue
        detail = _shortened(_one_line(text))
        if detail:
            yield {"kind": "detail", "line": element.source.line, "text": detail, **place}


def _weights(entries: Sequence[RecallEntry]) -> dict[int, int]:
    """By dimension, how rare it is: the length in bits of one in how many entries has it."""
    having = Counter(dimension for entry in entries for dimension, _ in entry.vector)
    return {dimension: (len(entries) // count).bit_length() for dimension, count in having.items()}


def _weighted(vector: Vector, weights: dict[int, int]) -> dict[int, int]:
    return {dimension: value * weights.get(dimension, 1) for dimension, value in vector}


def _dot(one: dict[int, int], other: dict[int, int]) -> int:
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[dimension] for dimension, value in one.items() if dimension in other)


def _cosine_e4(dot: int, one: int, other: int) -> int:
    if dot <= 0 or not one or not other:
        return 0
    return isqrt(dot * dot * FULL_SCORE_E4**2 // (one * other))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_CHARS else f"{text[: _LONGEST_CHARS - 1]}…"
