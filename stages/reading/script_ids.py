"""Ids of scenes, speakers and lines, made from what was written and not from where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.ids import UniqueIds, short_digest, slug
from schemas.script import Span

OPENING = "opening"


def speaker_id_of(name: str) -> str:
    """The id of a character, from the name in the cue without its extensions."""
    return slug(name)


def scene_id_of(slug_text: str, number: str | None, ids: UniqueIds) -> str:
    """`sc-<number>` when the writer numbered the scene, else its slug line; never given twice."""
    if number:
        return ids.take(f"sc-{number}")
    return ids.take(slug(slug_text, "scene") if slug_text else OPENING)


def line_id_of(speaker_id: str, parenthetical: str, spans: Sequence[Span], ids: UniqueIds) -> str:
    """Speaker and 8 hex characters of a digest of what is said and how; never given twice.

    A sung line outside any speech has no speaker and starts with `lyric`.
    """
    said = {
        "speaker": speaker_id,
        "parenthetical": parenthetical,
        "text": "".join(span.text for span in spans),
    }
    return ids.take(f"{speaker_id or 'lyric'}-{short_digest('Line', said)}")
