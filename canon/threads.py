"""Questions a story leaves open: `[[open: Who has the key?]]` until `[[closed: Who has the key?]]`.

A thread is closed by its words, whatever their case and punctuation, in the same episode or a
later one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from canon.facts import episode_order
from schemas.context_pack import OpenThread
from schemas.ids import slug
from schemas.script import Note, Script

_MARK: Final = re.compile(r"\s*(?P<mark>open|closed)\s*:\s*(?P<text>.*\S)", re.IGNORECASE | re.S)


def open_threads(episodes: Sequence[tuple[str, Script]]) -> tuple[OpenThread, ...]:
    """The threads that are open after these episodes, in the order in which they were opened."""
    waiting: dict[str, OpenThread] = {}
    for episode, script in sorted(episodes, key=lambda each: episode_order(each[0])):
        for scene in script.scenes:
            for element in scene.elements:
                found = _MARK.match(element.text) if isinstance(element, Note) else None
                if found is None:
                    continue
                text = " ".join(found["text"].split())
                if found["mark"].lower() == "closed":
                    waiting.pop(slug(text), None)
                    continue
                thread = OpenThread(
                    text=text,
                    episode=episode,
                    scene_id=scene.scene_id,
                    file=element.source.file,
                    line=element.source.line,
                )
                waiting.setdefault(slug(text), thread)
    return tuple(waiting.values())
