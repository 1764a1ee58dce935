"""What was written anew between two scripts: scenes, words spoken and seen, facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from canon.verdict import claim
from orchestrator.verification.alignment import align
from schemas.artifact import SourceRef
from schemas.canon import CanonDiff
from schemas.script import Action, Dialogue, Lyric, Scene, Script, Transition, plain_text


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of the script that is seen or heard. `who` is empty for what is seen."""

    kind: str
    who: str
    text: str
    source: SourceRef

    def name(self) -> tuple[str, str, str]:
        """What makes two passages the same, wherever they stand."""
        return self.kind, self.who, self.text

    def shown(self, kind: str) -> dict[str, Any]:
        """The passage as JSON values, with what happened to it."""
        where = f"{self.source.file}:{self.source.line}"
        return {"change": kind, "kind": self.kind, "who": self.who, "where": where}


def compare_scenes(before: Script, now: Script) -> list[dict[str, Any]]:
    """Scenes added, removed, moved and renamed, in that order; empty when they are the same."""
    found = align(before.scenes, now.scenes, lambda scene: scene.scene_id, lambda _a, _b: True)
    renamed = [(a, b) for a, b in found.changed if a.slug.text != b.slug.text]
    return [
        *({"change": "added", "scene": _heading(scene)} for scene in found.added),
        *({"change": "removed", "scene": _heading(scene)} for scene in found.removed),
        *({"change": "moved", "scene": _heading(scene)} for _, scene in found.moved),
        *({"change": "renamed", "scene": _heading(b), "before": _heading(a)} for a, b in renamed),
    ]


def compare_words(before: Script, now: Script) -> list[dict[str, Any]]:
    """Every passage changed, added, removed or moved, in the order of the script as it is now.

    Passages of a scene that is gone follow at the end.
    """
    scenes = align(before.scenes, now.scenes, lambda scene: scene.scene_id, lambda _a, _b: True)
    earlier = {after.scene_id: scene for scene, after in scenes.paired()}
    changes = []
    for scene in now.scenes:
        was = earlier.get(scene.scene_id)
        changes += _in_scene(_passages(was) if was else [], _passages(scene), _heading(scene))
    for scene in scenes.removed:
        changes += _in_scene(_passages(scene), [], _heading(scene))
    return changes


def compare_facts(before: CanonDiff, now: CanonDiff) -> list[dict[str, str]]:
    """Facts that only one of the two episodes establishes, changes or ends."""
    claims = [_claims(before), _claims(now)]
    gone = [{"change": "no longer", "fact": fact} for fact in claims[0] if fact not in claims[1]]
    come = [{"change": "new", "fact": fact} for fact in claims[1] if fact not in claims[0]]
    return [*gone, *come]


def _in_scene(before: list[_Passage], now: list[_Passage], scene: str) -> list[dict[str, Any]]:
    def alike(one: _Passage, other: _Passage) -> bool:
        return (one.kind, one.who) == (other.kind, other.who)

    found = align(before, now, _Passage.name, alike)
    changes = [p.shown("added") | {"now": p.text} for p in found.added]
    changes += [p.shown("moved") | {"now": p.text} for _, p in found.moved]
    changes += [
        p.shown("changed") | {"before": was.text, "now": p.text} for was, p in found.changed
    ]
    changes.sort(key=lambda change: int(change["where"].rsplit(":", 1)[1]))
    changes += [p.shown("removed") | {"before": p.text} for p in found.removed]
    return [change | {"scene": scene} for change in changes]


def _passages(scene: Scene) -> list[_Passage]:
    found = []
    for element in scene.elements:
        match element:
            case Dialogue():
                said = plain_text(element.spans)
                text = f"({element.parenthetical}) {said}" if element.parenthetical else said
                found.append(_Passage("dialogue", element.speaker, text, element.source))
            case Action():
                found.append(_Passage("action", "", plain_text(element.spans), element.source))
            case Lyric():
                found.append(_Passage("lyric", "", plain_text(element.spans), element.source))
            case Transition():
                found.append(_Passage("transition", "", element.text, element.source))
            case _:
                continue  # notes, sections and page breaks are neither seen nor heard
    return found


def _heading(scene: Scene) -> str:
    return scene.slug.text or scene.scene_id


def _claims(diff: CanonDiff) -> list[str]:
    return [
        *(claim(fact) for fact in diff.added_facts),
        *(f"{claim(change.after)} (was {change.before.value})" for change in diff.modified_facts),
        *(f"{claim(fact)} ends" for fact in diff.removed_facts),
    ]
