"""How long the canon gate takes as a season grows: `python -m bench.canon [--write]`.

The yardstick is a season of 100 episodes, 500 characters and 50,000 facts, checked in under a
second. Every size is generated the same on every machine; CPU seconds of `check_episode` alone are
told, with the snapshot in memory, and the best of three counts.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

from canon.gate import check_episode
from schemas.artifact import SourceRef
from schemas.canon import CanonSnapshot, Fact, Provenance, StoryTime
from schemas.script import DeclaredFact, Dialogue, Element, Scene, Script, SlugLine, Span

PAGE: Final = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN: Final = "<!-- measured by `python -m bench.canon` -->"
END: Final = "<!-- end of what the gate takes -->"
SIZES: Final = ((10, 50, 5_000), (50, 250, 25_000), (100, 500, 50_000), (200, 1_000, 100_000))
_ROUNDS: Final = 3
_SCENES: Final = 40
_LINES: Final = 5
_ATTRIBUTES: Final = ("age", "status", "location", "friend", "holds", "spouse", "alias")


def season(episodes: int, characters: int, facts: int) -> CanonSnapshot:
    """A canon of that many facts, established evenly along that many episodes."""
    made = []
    for number in range(facts):
        who, turn = number % characters, number // characters
        listed = turn < len(_ATTRIBUTES)
        attribute = _ATTRIBUTES[turn] if listed else f"trait_{turn}"
        episode = f"s01e{1 + number * episodes // facts:03d}"
        at = StoryTime(episode=episode, scene_id="scene1", line=1 + number % 400)
        source = Provenance(
            episode=episode, scene_id="scene1", file=f"episodes/{episode}.fountain", line=at.line
        )
        value = _value(attribute, who, characters)
        made.append(
            Fact(
                subject=f"person_{who}",
                attribute=attribute,
                value=value,
                valid_from=at,
                provenance=source,
            )
        )
    return CanonSnapshot.create(facts=tuple(made))


def episode_of(characters: int) -> Script:
    """An episode of 40 scenes, five lines in each and two declared facts, with nothing amiss."""
    scenes, facts = [], []
    for number in range(_SCENES):
        line = 1 + number * 20
        source = SourceRef(file="episodes/next.fountain", line=line)
        elements: list[Element] = []
        for place in range(_LINES):
            who = (number * _LINES + place) % characters
            elements.append(
                Dialogue(
                    line_id=f"line-{number}-{place}",
                    speaker_id=f"person_{who}",
                    speaker=f"PERSON {who}",
                    spans=(Span(text="Here we are."),),
                    source=source.model_copy(update={"line": line + 2 + 3 * place}),
                )
            )
        scene_id = f"scene{number}"
        scenes.append(
            Scene(
                scene_id=scene_id,
                slug=SlugLine(text="INT. TOWN", location_id="town", location_name="TOWN"),
                elements=tuple(elements),
                source=source,
            )
        )
        for attribute, value in (("mood", f"mood {number}"), ("friend", "person_0")):
            facts.append(
                DeclaredFact(
                    subject=f"person_{number % characters}",
                    attribute=attribute,
                    value=value,
                    change=True,
                    scene_id=scene_id,
                    source=source.model_copy(update={"line": line + 1}),
                )
            )
    return Script.create(language="en", scenes=tuple(scenes), facts=tuple(facts))


def seconds(episodes: int, characters: int, facts: int) -> float:
    """The best of three times for one episode after that season."""
    known, script = season(episodes, characters, facts), episode_of(characters)
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = time.process_time()
        diff = check_episode(script, f"s01e{episodes + 1:03d}", known)
        best = min(best, time.process_time() - begin)
        if diff.gate != "passed":
            raise SystemExit(f"the generated season contradicts itself: {diff.findings[0]}")
    return best


def table() -> str:
    """The measurements as a Markdown table."""
    rows = ["| episodes | characters | facts | CPU seconds |", "| ---: | ---: | ---: | ---: |"]
    for episodes, characters, facts in SIZES:
        took = seconds(episodes, characters, facts)
        rows.append(f"| {episodes} | {characters} | {facts:,} | {took:.2f} |")
    return "\n".join(rows) + "\n"


def _value(attribute: str, who: int, characters: int) -> str:
    others = f"person_{(who + 1) % characters}, person_{(who + 7) % characters}"
    listed = {
        "age": str(20 + who % 60),
        "status": "alive",
        "location": "town",
        "friend": others,
        "holds": f"thing_{who}",
        "spouse": f"person_{who ^ 1}",
        "alias": f"The {who}th",
    }
    return listed.get(attribute, f"value {who}")


def _write(measured: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.index(BEGIN) + len(BEGIN), text.index(END)
    PAGE.write_text(f"{text[:before]}\n{measured}{text[after:]}", encoding="utf-8")


if __name__ == "__main__":
    told = table()
    sys.stdout.write(told)
    if "--write" in sys.argv[1:]:
        _write(told)
