"""What in a screenplay looks as if it was meant otherwise than Fountain reads it.

Nothing is changed: the words are shown as they stand. But a film in which nobody speaks, because
the writer set the names as in a stage play, should not come as a surprise.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from schemas.script import Action, Dialogue, Script, plain_text
from stages.people.name_spotting import begins_with_pronoun
from stages.reading.near_names import near_names
from stages.reading.on_screen_text import pieces_of
from stages.sentences import split_sentences
from stages.shots.scene_breakdown import introduced

_LONGEST_NAME_CHARS: Final = 30
_MOST_NAME_WORDS: Final = 3
# So many alike are no accident.
_HABIT: Final = 2
_COLON: Final = re.compile(r"\s*(?P<name>[^\W\d_][^:：()\n]{0,29}?)\s*(?:\([^()]*\)\s*)?[:：]\s*\S")
_NO_NAME: Final = frozenset(
    {
        *(
            "SFX",
            "FX",
            "VFX",
            "SOUND",
            "SOUNDS",
            "MUSIC",
            "SONG",
            "NOTE",
            "NOTES",
            "INSERT",
            "ANGLE",
        ),
        *("CLOSE", "WIDE", "POV", "LATER", "SCENE", "ACT", "MONTAGE", "PLACE", "TIME", "SETTING"),
        *("CAST", "CHARACTERS"),
    }
)
_BRACKETS: Final = re.compile(r"(?<!\s)\s*[(（][^()（）]*[)）]\s*$")
_STOPS: Final = tuple('.!?…,;:-–—"”»。！？、：')
_SCENE: Final = re.compile(
    r"\W{0,4}(?:SCENE|SC[ÈE]NE|SZENE|ESCENA|SCENA|CENA)\s+(?:\d{1,3}|[IVX]{1,5})\b", re.IGNORECASE
)
_QUOTED: Final = re.compile(r"[\"“„«][^\"“”„«»\n]{2,}[\"”“»]")
_SHOWN_CHARS: Final = 40


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    where: str
    followed: bool
    """Whether another paragraph of action is the next thing in the scene."""

    @property
    def lines(self) -> list[str]:
        return [line for line in self.text.splitlines() if line.strip()]


def reading_advice(script: Script) -> tuple[str, ...]:
    """A sentence for each habit of writing that Fountain reads otherwise, with its first place."""
    paragraphs = tuple(_paragraphs(script))
    spoken = [one for scene in script.scenes for one in scene.elements if isinstance(one, Dialogue)]
    speakers = {line.speaker.casefold() for line in spoken}
    found = (
        _stage_play(paragraphs, speakers),
        _small_names(paragraphs, speakers),
        _parted_names(paragraphs, speakers),
        _swallowed_names(paragraphs, speakers),
        _scene_words(script, paragraphs),
        "" if spoken else _prose(paragraphs),
        "" if spoken or introduced(script, {}) else _unseen(paragraphs),
        *near_names(spoken),
    )
    return tuple(filter(None, found))


def _paragraphs(script: Script) -> Iterator[_Paragraph]:
    for scene in script.scenes:
        for element, following in pairwise((*scene.elements, None)):
            if isinstance(element, Action) and not element.centered:
                text = plain_text(element.spans)
                where = f"{element.source.file}:{element.source.line}"
                yield _Paragraph(text, where, isinstance(following, Action))


def _stage_play(paragraphs: Sequence[_Paragraph], speakers: set[str]) -> str:
    """`MARA: You're late.`"""
    named = []
    for paragraph in paragraphs:
        found = _COLON.match(paragraph.text)
        name = found["name"].strip() if found else ""
        if _may_be_name(name) and not any(piece.shown for piece in pieces_of(paragraph.text)):
            named.append((paragraph, name.casefold()))
    return _told(
        _habits(named, speakers),
        "looks like speech, but is shown and not spoken: set the name on a line of its own, in "
        "capitals, and the words on the next line",
    )


def _small_names(paragraphs: Sequence[_Paragraph], speakers: set[str]) -> str:
    """A short first line and more below it, as a cue in small letters has."""
    named = []
    for paragraph in paragraphs:
        first = _BRACKETS.sub("", paragraph.lines[0]) if len(paragraph.lines) > 1 else ""
        if _may_be_name(first) and not first.isupper() and not first.startswith(tuple("-*•")):
            named.append((paragraph, first.strip().casefold()))
    kept = _habits(named, speakers)
    names = list(dict.fromkeys(name for _, name in kept))
    if kept and all(name.upper() == name for name in names):
        advice = "write @ before each name, or list the names on the title page"
    else:
        advice = "write the name in capitals, or list the names on the title page"
    example = ", ".join(_as_written(kept, name) for name in names[:_MOST_NAME_WORDS])
    return _told(
        kept,
        f"looks like a speech, but is shown and not spoken: {advice}, as `Characters: {example}`",
    )


def _parted_names(paragraphs: Sequence[_Paragraph], speakers: set[str]) -> str:
    """A name alone, with an empty line between it and the words."""
    named = []
    for paragraph in paragraphs:
        name = _BRACKETS.sub("", paragraph.text).strip()
        if paragraph.followed and len(paragraph.lines) == 1 and name.isupper():
            named.extend([(paragraph, name.casefold())] if _may_be_name(name) else [])
    repeated = {name for name, count in Counter(name for _, name in named).items() if count > 1}
    return _told(
        [each for each in named if each[1] in repeated | speakers],
        "looks like a name with its words below an empty line, so they are shown and not spoken: "
        "take out the empty line between name and words",
    )


def _swallowed_names(paragraphs: Sequence[_Paragraph], speakers: set[str]) -> str:
    """A name and words in the middle of a paragraph, where the empty line above is missing."""
    named = []
    for paragraph in paragraphs:
        for name in paragraph.lines[1:-1]:
            plain = _BRACKETS.sub("", name).strip()
            if plain.isupper() and _may_be_name(plain):
                named.append((replace(paragraph, text=name.strip()), plain.casefold()))
    kept = [each for each in named if each[1] in speakers]
    return _told(
        kept or (named if len(named) >= _HABIT and not speakers else []),
        "looks like a name inside this paragraph, so it and its words are shown and not spoken: "
        "leave an empty line above each name",
    )


def _scene_words(script: Script, paragraphs: Sequence[_Paragraph]) -> str:
    """`SCENE 2. A garden.` in a script without slug lines."""
    if any(scene.slug.setting for scene in script.scenes):
        return ""
    return _told(
        [(each, "") for each in paragraphs if _SCENE.match(each.text)],
        "looks like the beginning of a scene, but is shown: a scene begins with INT. or EXT., as "
        "in `INT. KITCHEN - NIGHT`, or with a full stop, as in `.KITCHEN`",
    )


def _prose(paragraphs: Sequence[_Paragraph]) -> str:
    quoting = [(each, "") for each in paragraphs if _QUOTED.search(each.text)]
    quoting = [each for each in quoting if not any(p.shown for p in pieces_of(each[0].text))]
    return _told(
        quoting if len(quoting) >= _HABIT else [],
        "has words in quotation marks, and nobody speaks in this film: what is spoken stands on "
        "its own lines below the speaker's name in capitals",
    )


def _unseen(paragraphs: Sequence[_Paragraph]) -> str:
    """People whom nothing tells from things, as nobody is brought in."""
    told = [
        (each, "")
        for each in paragraphs
        if any(begins_with_pronoun(sentence) for sentence in split_sentences(each.text))
    ]
    return _told(
        told,
        "is about somebody, and nobody is drawn in this film: bring people in once in capitals, "
        "with an age or behind an article, as `MARA, 30, cooks.` or `A MAN waits.`",
    )


def _habits(
    named: Sequence[tuple[_Paragraph, str]], speakers: set[str]
) -> list[tuple[_Paragraph, str]]:
    """Those named like a speaker of the film, or all of them when they are no accident."""
    if len(named) >= _HABIT and not speakers:
        return list(named)
    counted = Counter(name for _, name in named)
    return [each for each in named if each[1] in speakers or counted[each[1]] > _HABIT]


def _may_be_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _MOST_NAME_WORDS
        and len(text.strip()) <= _LONGEST_NAME_CHARS
        and any(sign.isalpha() for sign in text)
        and not text.rstrip().endswith(_STOPS)
        and words[0].upper() not in _NO_NAME
    )


def _as_written(named: Sequence[tuple[_Paragraph, str]], name: str) -> str:
    first = next(paragraph.lines[0] for paragraph, other in named if other == name)
    return _BRACKETS.sub("", first).strip()


def _told(named: Sequence[tuple[_Paragraph, str]], advice: str) -> str:
    """Where the first one stands, how many more there are, and what to do; empty for none."""
    if not named:
        return ""
    first = named[0][0]
    words = first.lines[0].strip()
    shown = words if len(words) <= _SHOWN_CHARS else words[: _SHOWN_CHARS - 1].rstrip() + "…"
    more = f", like {len(named) - 1} more," if len(named) > 1 else ""
    return f"{first.where}: `{shown}`{more} {advice}"
