"""Small scripts and snapshots, built line by line, for tests of the gate."""

from __future__ import annotations

import re

from schemas.artifact import SourceRef
from schemas.canon import CanonSnapshot, Fact, Provenance, StoryTime
from schemas.ids import slug
from schemas.script import DeclaredFact, Dialogue, Element, Scene, Script, SlugLine, Span

FILE = "episodes/{}.fountain"


def script(text: str, episode: str = "s01e01") -> Script:
    """Lines of `INT. KITCHEN - DAY`, `MARA (V.O.): words`, `mara.status = dead`, `x.y -> z`."""
    file = FILE.format(episode)
    scenes: list[tuple[SlugLine, SourceRef, list[Element]]] = []
    facts: list[DeclaredFact] = []
    for number, line in enumerate(text.strip("\n").split("\n"), start=1):
        source = SourceRef(file=file, line=number)
        words = line.strip()
        if statement := re.fullmatch(r"(\w+)\.(\w+) (=|->) (.+)", words):
            scene_id = f"scene{len(scenes)}" if scenes else None
            subject, attribute, operator, value = statement.groups()
            facts.append(
                DeclaredFact(
                    subject=subject,
                    attribute=attribute,
                    value=value,
                    change=operator == "->",
                    scene_id=scene_id,
                    source=source,
                )
            )
        elif cue := re.fullmatch(r"([^():]+?)((?: \([^()]*\))*): ?(.*)", words):
            scenes[-1][2].append(_speech(cue, number, source))
        elif words:
            scenes.append((_slug_line(words), source, []))
    return Script.create(
        language="en",
        scenes=tuple(
            Scene(scene_id=f"scene{number}", slug=heading, elements=tuple(elements), source=source)
            for number, (heading, source, elements) in enumerate(scenes, start=1)
        ),
        facts=tuple(facts),
    )


def fact(claim: str, episode: str = "", line: int = 0) -> Fact:
    """`fact("mara.status = dead", "s01e01", 40)`; without an episode, a fact of the seed."""
    key, value = claim.split(" = ")
    subject, attribute = key.split(".")
    file = FILE.format(episode) if episode else "canon/canon.json"
    return Fact(
        subject=subject,
        attribute=attribute,
        value=value,
        valid_from=StoryTime(episode=episode, line=line),
        provenance=Provenance(episode=episode, file=file, line=line),
    )


def canon(*claims: str, episode: str = "", line: int = 0) -> CanonSnapshot:
    """A snapshot of facts, all from one episode or all from the seed."""
    return CanonSnapshot.create(facts=tuple(fact(claim, episode, line) for claim in claims))


def claims(snapshot: CanonSnapshot) -> list[str]:
    """The facts that still hold, as `subject.attribute = value`."""
    return [
        f"{item.subject}.{item.attribute} = {item.value}"
        for item in snapshot.facts
        if item.valid_until is None
    ]


def _slug_line(text: str) -> SlugLine:
    matched = re.fullmatch(r"(?:INT|EXT)\. (.+?)(?: - (DAY|NIGHT))?", text)
    if matched is None:
        return SlugLine(text=text)
    name = matched[1]
    return SlugLine(
        text=text,
        location_id=slug(name),
        location_name=name,
        time_of_day=matched[2] or "",
    )


def _speech(cue: re.Match[str], number: int, source: SourceRef) -> Dialogue:
    spans = (Span(text=cue[3]),) if cue[3] else ()
    return Dialogue(
        line_id=f"line{number}",
        speaker_id=slug(cue[1]),
        speaker=cue[1],
        extensions=tuple(re.findall(r"\(([^()]*)\)", cue[2])),
        spans=spans,
        source=source,
    )
