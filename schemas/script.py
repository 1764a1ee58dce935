"""Script (plan §5.5): scenes and their elements in reading order, without camera instructions."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from schemas.artifact import Artifact, Flag, Frozen, SourceRef

Setting = Literal["INT", "EXT", "INT_EXT", ""]


class Span(Frozen):
    """A run of text in one style. Line breaks of the source are kept as newline characters."""

    text: str
    bold: Flag = False
    italic: Flag = False
    underline: Flag = False


class Action(Frozen):
    """What is seen. `centered` is Fountain's `> text <`."""

    kind: Literal["action"] = "action"
    spans: tuple[Span, ...]
    centered: Flag = False
    source: SourceRef


class Dialogue(Frozen):
    """One uninterrupted stretch of speech under a cue.

    A parenthetical in the middle of a speech starts a new Dialogue with `continues` set, so each
    has at most one parenthetical, and it stands before the words. `spans` is empty when a
    parenthetical ends the speech. `line_id` is derived from speaker, words and parenthetical.
    """

    kind: Literal["dialogue"] = "dialogue"
    line_id: str
    speaker_id: str
    speaker: str
    extensions: tuple[str, ...] = ()
    parenthetical: str = ""
    spans: tuple[Span, ...]
    continues: Flag = False
    dual_with: str | None = None
    sung: Flag = False
    source: SourceRef


class Transition(Frozen):
    """A cut instruction as written, such as `DISSOLVE TO:`."""

    kind: Literal["transition"] = "transition"
    text: str
    source: SourceRef


class Lyric(Frozen):
    """A sung line outside any speech. Sung lines inside a speech are Dialogue with `sung`."""

    kind: Literal["lyric"] = "lyric"
    line_id: str
    spans: tuple[Span, ...]
    source: SourceRef


class Note(Frozen):
    """A writer's note; never spoken or shown."""

    kind: Literal["note"] = "note"
    text: str
    source: SourceRef


class Section(Frozen):
    """An outline heading (`#`, level 1 and deeper); never spoken or shown."""

    kind: Literal["section"] = "section"
    text: str
    level: Annotated[int, Field(strict=True, ge=1)]
    source: SourceRef


class Synopsis(Frozen):
    """An outline summary (`=`); never spoken or shown."""

    kind: Literal["synopsis"] = "synopsis"
    text: str
    source: SourceRef


class PageBreak(Frozen):
    """A forced page break (`===`)."""

    kind: Literal["page_break"] = "page_break"
    source: SourceRef


Element = Annotated[
    Action | Dialogue | Transition | Lyric | Note | Section | Synopsis | PageBreak,
    Field(discriminator="kind"),
]


class SlugLine(Frozen):
    """A scene heading, as written and as understood. `text` is empty for an implied scene."""

    text: str
    setting: Setting = ""
    location_id: str | None = None
    location_name: str = ""
    time_of_day: str = ""


class Scene(Frozen):
    """One scene. `number` is the writer's own scene number, when there is one."""

    scene_id: str
    number: str | None = None
    slug: SlugLine
    emotional_tags: tuple[str, ...] = ()
    elements: tuple[Element, ...]
    source: SourceRef


class TitleEntry(Frozen):
    """One title page key with its values, a line each, as written."""

    key: str
    values: tuple[str, ...]


class DeclaredFact(Frozen):
    """A fact the writer declares about the story's truth.

    `change` is False for `subject.attribute = value` (this is so) and True for
    `subject.attribute -> value` (this becomes so, here).
    """

    subject: str
    attribute: str
    value: str
    change: Flag = False
    scene_id: str | None = None
    source: SourceRef


class Script(Artifact):
    """A screenplay, every word of it, with file and line."""

    SCHEMA: ClassVar[str] = "Script/1.0.0"

    language: str
    title_page: tuple[TitleEntry, ...] = ()
    scenes: tuple[Scene, ...]
    facts: tuple[DeclaredFact, ...] = ()


def plain_text(spans: tuple[Span, ...]) -> str:
    """The words of a run of spans, without their styling."""
    return "".join(span.text for span in spans)
