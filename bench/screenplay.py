"""A screenplay of any length for the measurements: always the same one, and no shot of it twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

EPISODE = "s01e01"

# How often each of these comes by is set by its length. Lengths share no divisor in pairs, so that
# the same words, people and place do not meet again within a film.
_PLACES = (
    "INT. HARBOUR OFFICE - DAY",
    "EXT. QUAY - EVENING",
    "INT. KITCHEN - NIGHT",
    "EXT. FOREST ROAD - MORNING",
    "INT. STATION HALL - DAY",
)
_PEOPLE = (("MARA", "ILYA"), ("ILYA", "OSKAR"), ("OSKAR", "MARA"), ("JUNE", "MARA"))
_ACTIONS = (
    "{0} puts the ledger on the table and opens it where the ribbon lies.",
    "A door moves in the wind. {0} does not look up from the map.",
    "{1} counts the keys on the wall and finds one too many.",
    "{0} holds the letter against the lamp. Nothing shows.",
    "{1} sets two cups down, far apart.",
    "Rain begins. {0} carries the crates out of it, one after the other.",
    "{1} walks to the window and wipes a circle into the dust.",
)
_OPENINGS = (
    "The boat was here before the tide turned,",
    "Nobody asked me for the second key,",
    "You wrote the number down yourself,",
    "There is a light on the far side every night,",
    "I have carried this since the winter,",
    "They closed the road at seven,",
    "Your brother signed for all of it,",
    "We could still tell them in the morning,",
    "The clock in the hall has been wrong for years,",
)
_CLOSINGS = (
    "and I let it go.",
    "so do not tell me that you forgot.",
    "and the other half is still missing.",
    "which is why I came back.",
    "and you know who paid for that.",
    "but somebody moved the boxes.",
    "and I would do it again.",
    "so we wait until it is dark.",
    "and that is the part I believe.",
    "but the ink was hardly dry.",
    "and not one of them looked at me.",
)
_AFTERTHOUGHTS = (
    "Look at me when I say it.",
    "I kept the receipt, if you must know.",
    "My mother would have laughed at that.",
    "Ask anyone on the quay.",
    "Or did you think the sea did it?",
    "It was a Thursday, and it rained.",
    "We were five then. Now we are two.",
)


def screenplay(scenes: int) -> str:
    """Fountain text of so many scenes: each an action and a talk of two, four shots and twenty
    seconds."""
    said = _speeches()
    written = ["Title: The Second Key\nCredit: written to be measured\n"]
    for number in range(scenes):
        first, second = _PEOPLE[number % len(_PEOPLE)]
        action = _ACTIONS[number % len(_ACTIONS)].format(first.title(), second.title())
        written += [f"{_PLACES[number % len(_PLACES)]} #{number + 1}#", action]
        written += [f"{who}\n{next(said)}" for who in (first, second)]
    return "\n\n".join(written) + "\n"


def write_show(show: Path, scenes: int, project: str = "") -> Path:
    """A show in a new folder, with `project` as further settings; returns its screenplay."""
    source = show / "episodes" / f"{EPISODE}.fountain"
    source.parent.mkdir(parents=True)
    source.write_text(screenplay(scenes), encoding="utf-8")
    (show / "project.yaml").write_text(f"title: The Second Key\n{project}", encoding="utf-8")
    return source


def edit_one_line(source: Path) -> None:
    """Say one line in the middle of the screenplay otherwise."""
    text = source.read_text(encoding="utf-8")
    closing = _CLOSINGS[0]
    places = [at for at in range(len(text)) if text.startswith(closing, at)]
    at = places[len(places) // 2]
    changed = f"{text[:at]}and I let all of it go.{text[at + len(closing) :]}"
    source.write_text(changed, encoding="utf-8")


def _speeches() -> Iterator[str]:
    for number in count():
        opening = _OPENINGS[number % len(_OPENINGS)]
        closing = _CLOSINGS[number % len(_CLOSINGS)]
        yield f"{opening} {closing} {_AFTERTHOUGHTS[number % len(_AFTERTHOUGHTS)]}"
