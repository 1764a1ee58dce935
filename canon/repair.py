"""Changes of the script, never of canon, that may mend a finding: the gate has to confirm each.

A repair stays where the finding is: at a declaration it makes the script agree with canon, makes
the change explicit, or takes the claim back; at a cue it says that the voice comes from elsewhere
or that the person has moved; at a slug line that the place is a ruin, or the scene remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from canon.fountain_lines import FountainLines
from schemas.canon import GateFinding
from schemas.ids import slug
from schemas.script import Dialogue, Scene, Script

_STATEMENT: Final = re.compile(
    r"(?P<key>[^;\[\]=>→]+?\.[^;\[\]=>→.]+?)(?P<space>\s*)(?P<operator>->|→|=)\s*"
    r"(?P<value>[^;\[\]]*[^;\[\]\s])"
)
_INTRODUCTION: Final = re.compile(r"^\s*canon\s*:\s*", re.IGNORECASE)
_LONE_NOTE: Final = re.compile(r"\s*\[\[[^;\[\]]*\]\]\s*")
_CUE: Final = re.compile(r"^(?P<name>\s*@?[^(（^]*?)\s*(?P<rest>[(（^].*)?$")
_BESIDE: Final = re.compile(r"[(（]\s*O\.?\s*[SC]\.?\s*[)）]\s*", re.IGNORECASE)
_SCENE_NUMBER: Final = re.compile(r"\s*(?P<number>#[\w.\-]+#)?\s*$")


@dataclass(frozen=True, slots=True)
class Repair:
    """A changed text of the episode, and what was done in a writer's words."""

    what: str
    text: str


def repairs(
    text: str, script: Script, finding: GateFinding, true_value: str | None
) -> Iterator[Repair]:
    """What may mend the finding, the change that means least first; none for what is not known.

    `text` is the Fountain source that `script` was read from; `true_value` what the evidence of
    the finding says.
    """
    lines = FountainLines.of(text)
    scene, cue = _spoken_at(script, finding.line)
    if cue is not None and scene is not None:
        yield from _at_cue(lines, scene, cue, finding)
        return
    heading = next((s for s in script.scenes if _opens(s, finding.line)), None)
    if heading is not None:
        yield from _at_heading(lines, heading)
    else:
        yield from _at_statements(lines, finding, true_value)
        around = [s for s in script.scenes if s.slug.text and s.source.line < finding.line]
        if around:
            yield _remembered(lines, around[-1])


def _at_statements(
    lines: FountainLines, finding: GateFinding, true_value: str | None
) -> Iterator[Repair]:
    """What can be done to the claims of a line, the one that the finding is about first."""
    about = _claims_in(lines.line(finding.line), finding)
    if about and about[0][0]:
        # Evidence about another attribute says nothing of this one's value.
        yield from _at_claim(lines, finding, about[0][1], true_value)
        return
    for _, found in about:
        yield from _at_claim(lines, finding, found, None)


def _at_claim(
    lines: FountainLines, finding: GateFinding, found: re.Match[str], true_value: str | None
) -> Iterator[Repair]:
    words = lines.line(finding.line)
    key, space = found["key"], found["space"]
    name = _INTRODUCTION.sub("", key).strip()

    def written(operator: str, value: str) -> str:
        statement = f"{key}{space or ' '}{operator} {value}"
        changed = words[: found.start()] + statement + words[found.end() :]
        return lines.with_line(finding.line, changed).text

    if true_value is not None:
        yield Repair(f"let the script say what canon says: {true_value}", written("=", true_value))
    if found["operator"] == "=":
        yield Repair(
            f"say that {name} becomes {found['value']} here", written("->", found["value"])
        )
    if _LONE_NOTE.fullmatch(words):
        yield Repair(f"take {name} out", lines.without_line(finding.line).text)
    else:
        yield Repair(f"take {name} out", lines.with_line(finding.line, _without(words, found)).text)


def _at_cue(
    lines: FountainLines, scene: Scene, cue: Dialogue, finding: GateFinding
) -> Iterator[Repair]:
    place = scene.slug.location_id
    if finding.attribute == "location" and place and scene.slug.text:
        note = f"[[canon: {finding.subject}.location -> {place}]]"
        moved = lines.with_after(scene.source.line, "", note)
        yield Repair(f"say that {finding.subject} has come to {place}", moved.text)
    spoken = lines
    for number in _cues_of(scene, cue.speaker_id):
        spoken = spoken.with_line(number, _from_elsewhere(spoken.line(number)))
    yield Repair(f"let {cue.speaker} be heard and not seen in this scene (V.O.)", spoken.text)
    if scene.slug.text:
        yield _remembered(lines, scene)


def _at_heading(lines: FountainLines, scene: Scene) -> Iterator[Repair]:
    words, name = lines.line(scene.source.line), scene.slug.location_name
    if name and name in words:
        ruined = words.replace(name, f"{name} (RUINS)", 1)
        yield Repair("set the scene in the ruins", lines.with_line(scene.source.line, ruined).text)
    yield _remembered(lines, scene)


def _remembered(lines: FountainLines, scene: Scene) -> Repair:
    words = lines.line(scene.source.line)
    end = _SCENE_NUMBER.search(words)
    number = f" {end['number']}" if end and end["number"] else ""
    body = words[: end.start()] if end else words
    marked = lines.with_line(scene.source.line, f"{body} (FLASHBACK){number}")
    return Repair("make the scene a memory (FLASHBACK)", marked.text)


def _spoken_at(script: Script, line: int) -> tuple[Scene | None, Dialogue | None]:
    for scene in script.scenes:
        for element in scene.elements:
            if isinstance(element, Dialogue) and element.source.line == line:
                return scene, element
    return None, None


def _cues_of(scene: Scene, speaker_id: str) -> list[int]:
    return [
        element.source.line
        for element in scene.elements
        if isinstance(element, Dialogue)
        and element.speaker_id == speaker_id
        and not element.continues
    ]


def _from_elsewhere(cue: str) -> str:
    """The cue with (V.O.), in place of an (O.S.): `MARA (CONT'D) ^` is `MARA (V.O.) (CONT'D) ^`."""
    found = _CUE.match(cue)
    if found is None:
        return cue
    rest = _BESIDE.sub("", found["rest"] or "").strip()
    return f"{found['name']} (V.O.) {rest}".rstrip()


def _opens(scene: Scene, line: int) -> bool:
    return bool(scene.slug.text) and scene.source.line == line


def _claims_in(words: str, finding: GateFinding) -> list[tuple[bool, re.Match[str]]]:
    """The claims of a line, and whether each is of the finding's own attribute; such first.

    The subject may be called by another of its names.
    """
    claims = []
    for found in _STATEMENT.finditer(words):
        *subject, attribute = _INTRODUCTION.sub("", found["key"]).split(".")
        own = slug(attribute, "") == finding.attribute
        named = ".".join(slug(part, "") for part in subject) == finding.subject
        claims.append((own, named, found))
    claims.sort(key=lambda claim: (not claim[0], not claim[1]))
    return [(own, found) for own, _, found in claims]


def _without(words: str, found: re.Match[str]) -> str:
    """The line without one of several statements and the `;` that parted it."""
    introduced = _INTRODUCTION.match(found["key"])
    start = found.start() + (introduced.end() if introduced else 0)
    before, after = words[:start], words[found.end() :]
    if after.lstrip().startswith(";"):
        return before + after.lstrip()[1:].lstrip()
    return before.rstrip().removesuffix(";").rstrip() + after
