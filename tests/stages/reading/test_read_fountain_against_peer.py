"""The same plain script through another reader of Fountain, fountain-py: what is said agrees."""

from __future__ import annotations

from fountain import ElementType, FountainParser

from schemas.script import Dialogue, plain_text
from stages.reading.read_fountain import read_fountain

# Only what that reader handles: names in ASCII, no dual dialogue, no emphasis.
SCRIPT = """Title: The Ferry
Author: A. Writer

EXT. FERRY PIER - DAWN

Fog. A bell RINGS somewhere out on the water.

MARA
You came.

JON (O.S.)
(out of breath)
They moved the boat.
Twice.

MARA
Who did?

CUT TO:

INT. FERRY - CONTINUOUS

The deck is empty.

CAPTAIN'S VOICE (V.O.)
All aboard.
(coughs)
All two of you.

.BELOW DECK

JON
Mara, wait.

> THE END <
"""


def test_cues_words_and_headings_agree() -> None:
    peer = FountainParser().parse(SCRIPT).elements
    script = read_fountain(SCRIPT, "ferry.fountain")
    lines = [x for scene in script.scenes for x in scene.elements if isinstance(x, Dialogue)]

    def of(kind: ElementType) -> list[str]:
        return [element.text for element in peer if element.type is kind]

    assert [x.source.line for x in lines if not x.continues] == [
        element.line_number for element in peer if element.type is ElementType.CHARACTER
    ]
    assert "\n".join(plain_text(x.spans) for x in lines) == "\n".join(of(ElementType.DIALOGUE))
    assert [scene.slug.text for scene in script.scenes] == [
        text.removeprefix(".") for text in of(ElementType.SCENE_HEADING)
    ]
    assert len(lines) == 6
