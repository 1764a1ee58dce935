"""The words a provider gets for a transformation: the person's own scene, and what must not change.

The scene goes out word for word and once. Nothing is taken out of it, made milder or put in other
words, whatever a provider says to it: what a provider refuses is a person's to decide about.
"""

from __future__ import annotations

from typing import Final, Literal

from renderers.providers.contract import Medium

PROMPT_VERSION: Final = 1
SHORTEST_SCENE_CHARS, LONGEST_SCENE_CHARS = 10, 2000
LONGEST_STYLE_CHARS: Final = 100
ASPECTS: Final = ("original", "16:9", "9:16", "1:1", "4:3", "3:4")
Shows = Literal["person", "figure", "place"]
"""What the result is to show: somebody somewhere, somebody to be cut out, or a place alone."""

_KEPT: Final = "It is the same person: face, hair and build stay recognisable."
_NEW_LIGHT: Final = "Light, shadow and perspective are those of the new place."
_MOVEMENT: Final = "Every movement stays as it is in the clip."
_ALONE: Final = (
    "Seen whole from head to foot, turned to the viewer's right, alone before a plain, evenly lit "
    "white ground without shadow."
)
_EMPTY: Final = "Nobody is in it. The room, its walls and its furniture stay where they are."


def scene_prompt(
    medium: Medium, scene: str, style: str, aspect: str, shows: Shows = "person"
) -> str:
    """The prompt for a scene that is trimmed and of allowed length."""
    given = "picture" if medium == "image" else "clip"
    if shows == "place":
        parts = [f"The place of this {given}, in another state: {_sentence(scene)}", _EMPTY]
    else:
        parts = [f"The person of this {given}, in another scene: {_sentence(scene)}", _KEPT]
        parts.append(_ALONE if shows == "figure" else _NEW_LIGHT)
    if medium == "video":
        parts.append(_MOVEMENT)
    if style:
        parts.append(f"Style: {_sentence(style)}")
    if aspect != "original":
        parts.append(f"Aspect ratio: {aspect}.")
    return " ".join(parts)


def _sentence(text: str) -> str:
    return text if text[-1:] in ".!?…。！？" else f"{text}."
