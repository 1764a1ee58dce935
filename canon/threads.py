"""Questions a story leaves open: a subject with a `question`, until its status is `closed`.

[[canon: the_key.question = Who has the key?]]
[[canon: the_key.status -> closed]]
"""

from __future__ import annotations

from typing import Final

from canon.facts import current_facts, moment_order
from schemas.canon import CanonSnapshot, Fact
from schemas.context_pack import OpenThread
from schemas.episode import Thread
from schemas.ids import slug
from schemas.script import DeclaredFact, Script

_QUESTION: Final = "question"
_STATUS: Final = "status"
_CLOSED: Final = frozenset({"closed", "answered", "resolved", "dropped"})


def open_threads(known: CanonSnapshot) -> tuple[OpenThread, ...]:
    """The threads that canon holds open, in the order in which they were opened."""
    facts = current_facts(known)
    closed = {fact.subject for fact in facts if _closes(fact.attribute, fact.value)}
    asked = [f for f in facts if f.attribute == _QUESTION and f.subject not in closed]
    return tuple(map(_thread, sorted(asked, key=lambda fact: moment_order(fact.valid_from))))


def threads_of(script: Script) -> tuple[Thread, ...]:
    """The threads that a script opens and does not close itself."""
    asked: dict[str, DeclaredFact] = {}
    for fact in script.facts:
        subject, attribute = slug(fact.subject), slug(fact.attribute)
        if attribute == _QUESTION:
            asked[subject] = fact
        elif _closes(attribute, fact.value):
            asked.pop(subject, None)
    return tuple(Thread(text=f.value, scene_id=f.scene_id or "") for f in asked.values())


def _closes(attribute: str, value: str) -> bool:
    return attribute == _STATUS and slug(value) in _CLOSED


def _thread(fact: Fact) -> OpenThread:
    source = fact.provenance
    return OpenThread(
        subject=fact.subject,
        text=fact.value,
        episode=source.episode,
        scene_id=source.scene_id,
        file=source.file,
        line=source.line,
    )
