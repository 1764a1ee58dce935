"""Reads a screenplay in Fountain 1.1 (fountain.io/syntax), every word of it, line by line.

Where the syntax leaves a choice, or real scripts need more than it says:

- A natural scene heading, a cue and a transition need a blank line (or a boneyard, note, heading
  or outline line) above; text below a heading needs none.
- Cues are in capitals by Unicode. Names in scripts without capitals are cues when forced with
  `@`, from the first time on, or when listed on the title page under `Characters`.
- A boneyard is left out, as the syntax asks; one that is never closed is ordinary text, and so is
  a note that is never closed or runs over an empty line.
- A line that was only a boneyard or a note does not end the speech or paragraph it stands in.
- `FADE IN:`, `FADE OUT.` and a few more cuts in common use are transitions, and so are the
  beginnings and ends of flashbacks and dreams.
- Scene numbers in the margins of a heading are its number; MORE, CONTINUED and page numbers are
  notes; a row of dashes is a page break.
- A slug line in capitals, with its full stop and its time of day, begins a scene even where no
  empty line stands above it, and `(quietly) Come in.` is a parenthetical and words.
- `LATER` and other times alone in capitals begin a scene in the place of the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from schemas.artifact import SourceRef
from schemas.errors import PipelineError
from schemas.script import Action, Dialogue, Lyric, Scene, Script, plain_text
from stages.reading.declared_facts import canon_error
from stages.reading.detect_language import detect_language, language_code
from stages.reading.fountain_blocks import FountainBlocks
from stages.reading.fountain_cue import cue_key
from stages.reading.fountain_lines import Line, erase_boneyards, lift_notes, split_lines
from stages.reading.fountain_title_page import TitlePage, read_title_page
from stages.reading.page_furniture import lift_page_furniture
from stages.reading.script_builder import ScriptBuilder

_OPEN_CANON: Final = re.compile(r"\[\[\s*canon\s*:", re.IGNORECASE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ENOUGH_WORDS = 20
# No page holds such a line. Taking marks out of one costs time with the square of its length.
_LONGEST_LINE_CHARS: Final = 1 << 18


def read_fountain(text: str, file: str, language: str = "") -> Script:
    """The Script that `text` spells out. `file` names it in every element's source.

    `language` (a code such as `fr`, or a name) wins over the title page's `Language:`, which wins
    over what the words look like. Raises PipelineError `empty-screenplay` when there is nothing to
    show or say, `canon-note` for a malformed `[[canon: …]]`, `not-a-screenplay` for NUL characters
    and endless lines, and `wrong-encoding` for lone surrogates.
    """
    refuse_unreadable(text, file)
    written = split_lines(text)
    _refuse_endless_line(written, file)
    lines = erase_boneyards(written)
    title_page = read_title_page(lines)
    body = lift_page_furniture(lift_notes(lines[title_page.rest :]))
    _refuse_open_canon(body, file)
    builder = ScriptBuilder(file)
    for line in lift_notes(title_page.lines):
        for note in line.notes:
            builder.declare(note, None)
    known = {cue_key(name) for name in title_page.characters}
    builder.add_all(FountainBlocks(body, known))
    refuse_empty(builder.scenes, file)
    return Script.create(
        language=_language(language, title_page, builder.scenes),
        title_page=title_page.entries,
        scenes=tuple(builder.scenes),
        facts=tuple(builder.facts),
    )


def _refuse_endless_line(lines: Sequence[Line], file: str) -> None:
    for line in lines:
        if len(line.text) > _LONGEST_LINE_CHARS:
            raise PipelineError(
                "not-a-screenplay",
                f"{file}:{line.number}",
                f"found a line of {len(line.text):,} characters, more than any screenplay has",
                f"part it into lines of at most {_LONGEST_LINE_CHARS:,} characters",
            )


def refuse_unreadable(text: str, file: str) -> None:
    """Raise for characters that no artifact can hold or that no text file has."""
    for pattern, code, problem in (
        ("\0", "not-a-screenplay", "a NUL character, which no text file has"),
        (
            _SURROGATE.pattern,
            "wrong-encoding",
            "half of a surrogate pair, which is not a character",
        ),
    ):
        if found := re.search(pattern, text):
            line = len(split_lines(text[: found.start()] + "."))
            raise PipelineError(
                code, f"{file}:{line}", f"found {problem}", "save it again as UTF-8 text"
            )


def refuse_empty(scenes: Iterable[Scene], file: str) -> None:
    """Raise PipelineError `empty-screenplay` when no scene has a slug line, action or words."""
    if any(
        scene.slug.text or any(isinstance(one, (Action, Dialogue, Lyric)) for one in scene.elements)
        for scene in scenes
    ):
        return
    raise PipelineError(
        "empty-screenplay",
        file,
        "found no scene, action or dialogue to film",
        "write a slug line such as `INT. KITCHEN - DAY`, a blank line and what happens; a title "
        "page, notes, outline lines and `/* … */` alone make no film",
    )


def language_of(scenes: Iterable[Scene]) -> str:
    """The language the scenes are in: that of what is said, when enough is said."""
    spoken: list[str] = []
    shown: list[str] = []
    for scene in scenes:
        for one in scene.elements:
            if isinstance(one, (Dialogue, Lyric)):
                spoken.append(plain_text(one.spans))
            elif isinstance(one, Action):
                shown.append(plain_text(one.spans))
    words = "\n".join(spoken)
    return detect_language(
        words if len(words.split()) >= _ENOUGH_WORDS else "\n".join((words, *shown))
    )


def _language(asked: str, title_page: TitlePage, scenes: Iterable[Scene]) -> str:
    return (
        language_code(asked) or asked or language_code(title_page.language) or language_of(scenes)
    )


def _refuse_open_canon(lines: Sequence[Line], file: str) -> None:
    for line in lines:
        if _OPEN_CANON.search(line.text):
            raise canon_error(
                SourceRef(file=file, line=line.number),
                "the canon note is not closed with `]]` before the next empty line",
            )
