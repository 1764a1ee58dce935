"""Facts a writer declares in notes: `[[canon: mara.status = dead; mara.location -> harbour]]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from schemas.artifact import SourceRef
from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.script import DeclaredFact

_CANON: Final = re.compile(r"\s*canon\s*:", re.IGNORECASE)
_OPERATOR: Final = re.compile(r"->|→|=")
_HINT: Final = (
    "write [[canon: mara.status = dead]] for what is so, "
    "[[canon: mara.location -> harbour]] for what changes here; part several with `;`"
)


def read_declared_facts(
    text: str, source: SourceRef, scene_id: str | None
) -> Iterator[DeclaredFact]:
    """The facts of a canon note's words, in order; nothing for any other note.

    `source` is where the note starts. Statements are parted by `;` or a line end. Raises
    PipelineError `canon-note` for one that is not `subject.attribute = value` or `-> value`.
    """
    found = _CANON.match(text)
    if found is None:
        return
    count = 0
    for offset, line in enumerate(text.split("\n")):
        words = line[found.end() :] if not offset else line
        place = SourceRef(file=source.file, line=source.line + offset)
        for statement in filter(str.strip, words.split(";")):
            count += 1
            yield read_statement(statement, place, scene_id)
    if not count:
        raise canon_error(source, "the canon note declares nothing")


def read_statement(statement: str, source: SourceRef, scene_id: str | None) -> DeclaredFact:
    """One statement as a fact. Raises PipelineError `canon-note` when it is none."""
    operator = _OPERATOR.search(statement)
    if operator is None:
        raise canon_error(source, f"`{statement.strip()}` has neither `=` nor `->`")
    *subject, attribute = statement[: operator.start()].split(".")
    names = [slug(part, "") for part in subject]
    value = statement[operator.end() :].strip()
    if not names or not all(names) or not slug(attribute, ""):
        raise canon_error(
            source,
            f"`{statement[: operator.start()].strip()}` is not a subject, a dot and an attribute",
        )
    if not value:
        raise canon_error(source, f"`{statement.strip()}` gives no value")
    return DeclaredFact(
        subject=".".join(names),
        attribute=slug(attribute),
        value=value,
        change=operator.group() != "=",
        scene_id=scene_id,
        source=source,
    )


def canon_error(source: SourceRef, problem: str) -> PipelineError:
    """The refusal of a canon note, with how to write one."""
    return PipelineError("canon-note", f"{source.file}:{source.line}", problem, _HINT)
