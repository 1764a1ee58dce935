"""What is said in a film, letter by letter with its frame, to hold captions against."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from renderers.captions.cue import CaptionLimits, limits_for
from renderers.captions.dual import simultaneous
from renderers.captions.labels import speaker_labels
from renderers.captions.lines import HeardLine, heard_lines
from renderers.captions.sounds import HeardSound, heard_sounds, manner_of
from schemas.asset_manifest import AssetManifest
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList

# Unicode's punctuation that opens, and its initial quotation marks.
_OPENING: Final = ("Ps", "Pi")


@dataclass(frozen=True, slots=True)
class SpokenLetter:
    """A letter or digit, its line, and the film frame in which it begins to sound.

    `first` marks the first of its line; `label` is the name a viewer needs there, if any.
    """

    letter: str
    frame: int
    line: HeardLine
    first: bool
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that follow each other, or one moment in which several are heard at once."""

    letters: tuple[SpokenLetter, ...]
    together: bool
    text: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(each.letter for each in self.letters))


@dataclass(frozen=True, slots=True)
class Speech:
    """All that is said, in order, and the names that captions may put before it.

    For viewers who do not hear it, `manners` may stand there as well, and `sounds` alone.
    """

    passages: tuple[Passage, ...]
    speakers: tuple[str, ...]
    manners: tuple[str, ...] = ()
    sounds: tuple[HeardSound, ...] = ()


def speech_of(shot_list: ShotList, manifest: AssetManifest, plan: RenderPlan) -> Speech:
    """The speech of a film. Raises PipelineError `line-not-placed`."""
    lines = heard_lines(shot_list, manifest, plan)
    sdh = plan.captions.sdh
    room_chars = limits_for(manifest.language, _limits(plan)).line_chars
    groups = simultaneous(lines)
    heard = tuple(line for group in groups for line in group)
    labels = iter(
        speaker_labels(heard, always=sdh, room_chars=room_chars, language=manifest.language)
    )
    passages: list[Passage] = []
    alone: list[SpokenLetter] = []
    for group in groups:
        letters = [each for line in group for each in _letters(line, next(labels))]
        if len(group) == 1:
            alone += letters
            continue
        passages += (Passage(tuple(alone), False), Passage(tuple(letters), True))
        alone = []
    passages.append(Passage(tuple(alone), False))
    items = (*manifest.vo_items, *(line.item for line in heard))
    names = {" ".join(item.speaker.split()) for item in items}
    manners = {manner_of(item, manifest.language) for item in manifest.vo_items} if sdh else set()
    return Speech(
        passages=tuple(passages),
        speakers=tuple(sorted(name for name in names if name)),
        manners=tuple(sorted(filter(None, manners))),
        sounds=heard_sounds(shot_list, plan, manifest.language) if sdh else (),
    )


def _limits(plan: RenderPlan) -> CaptionLimits:
    style = plan.captions
    return CaptionLimits(style.max_line_chars, style.max_lines, style.max_chars_per_second)


def letters_of(text: str) -> str:
    """The letters and digits: what is left when signs, spaces and breaks are no matter."""
    return "".join(sign for sign in text if sign.isalnum())


def _letters(line: HeardLine, label: str) -> Iterator[SpokenLetter]:
    first = True
    for position, sign in enumerate(line.text):
        if sign.isalnum():
            frame = line.frame_at(_with_signs(line.text, position))
            yield SpokenLetter(sign, frame, line, first, label if first else "")
            first = False


def _with_signs(text: str, position: int) -> int:
    """Where the signs right before a letter begin: a quotation mark takes no time to say.

    All of them where a space is before them; where words stand without spaces, only those that
    open something, since the others end the word before.
    """
    begin = position
    while begin and not (text[begin - 1].isalnum() or text[begin - 1].isspace()):
        begin -= 1
    if begin == 0 or text[begin - 1].isspace():
        return begin
    while unicodedata.category(text[position - 1]) in _OPENING:
        position -= 1
    return position


def lines_of(letters: Iterable[SpokenLetter]) -> tuple[HeardLine, ...]:
    """The lines that the letters belong to, each once."""
    return tuple({letter.line.item.line_id: letter.line for letter in letters}.values())
