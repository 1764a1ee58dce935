"""How the people of each shot hold themselves, by what the script says up to there.

Only what is seen follows from it: no shot is named, timed or cut by it, so a new sentence in a
scene changes neither the names of its shots nor the takes that hang on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from schemas.script import Action, Dialogue, Scene, Script, plain_text
from schemas.shot_list import Shot, ShotCharacter, ShotRule
from stages.people.name_spotting import KnownName
from stages.people.performance import NEUTRAL
from stages.people.said_poses import Bearing, Poses, Said, genders, said_poses

# With these a picture tells by itself that somebody is seen from behind, over the shoulder.
_AWAY: Final = "away"
_LONGEST_BECAUSE_CHARS: Final = 90


def with_bearing(
    shots: Iterable[Shot], script: Script, names: Mapping[str, str]
) -> tuple[Shot, ...]:
    """The shots with pose, held thing and expression of everyone in them; `names` by id."""
    everyone = [KnownName(id=i, name=name, here=False) for i, name in names.items()]
    who = genders(script, everyone)
    scenes: dict[str, Poses] = {}
    before: Poses = {}
    for scene in script.scenes:
        speakers = {each.speaker_id for each in scene.elements if isinstance(each, Dialogue)}
        known = [KnownName(id=i, name=n, here=i in speakers) for i, n in names.items()]
        said = said_poses(scene, known, who)
        scenes[scene.scene_id] = {**_carried(before), **said}
        before = said if _cuts_to_and_fro(scene) else {}
    return tuple(_posed(shot, scenes.get(shot.scene_id, {})) for shot in shots)


def _cuts_to_and_fro(scene: Scene) -> bool:
    """Whether people of this scene are seen in the next one too, as in a telephone call."""
    return any(
        "INTERCUT" in plain_text(each.spans).replace("-", "")
        for each in scene.elements
        if isinstance(each, Action)
    )


def _carried(before: Poses) -> Poses:
    last = {who: said[-1].kept for who, said in before.items() if said}
    return {who: (Said(0, "", "", kept, kept),) for who, kept in last.items()}


def _posed(shot: Shot, poses: Poses) -> Shot:
    people, rules = [], []
    for person in shot.characters:
        found = _bearing(shot, poses.get(person.id, ()))
        if found is None or person.pose == _AWAY:
            people.append(person)
            continue
        posed = _borne(person, *found)
        people.append(posed)
        if posed != person:
            rules.append(_rule(posed, found[0]))
    if not rules:
        return shot
    return shot.model_copy(
        update={"characters": tuple(people), "rules": _in_order(shot.rules, rules)}
    )


def _borne(person: ShotCharacter, bearing: Bearing, direct: bool) -> ShotCharacter:
    expression = person.expression
    if bearing.expression and (direct or expression == NEUTRAL):
        expression = bearing.expression
    return person.model_copy(
        update={"pose": bearing.pose, "holding": bearing.holding, "expression": expression}
    )


def _bearing(shot: Shot, said: Sequence[Said]) -> tuple[Bearing, bool] | None:
    """What is said last before the shot, or in it; whether it is said of this very speech."""
    line, told = shot.source.line, " ".join(shot.action_beat.split())
    found: tuple[Bearing, bool] | None = None
    now: Said | None = None
    for each in said:
        if each.line > line:
            break
        if each.line < line:
            found = (each.kept, False)
        elif each.direct:
            found = (each.kept, False) if told else (each.shown, True)
        elif not told or each.is_before(told):
            found = (each.kept, False)
        elif each.is_in(told):
            found = (_together(now, each), False)
            now = each
    return found


def _together(before: Said | None, after: Said) -> Bearing:
    """Two sentences of one shot: she runs, and then she throws, running."""
    shown = after.shown
    if before is None:
        return shown
    posture = before.shown.posture if shown.posture == before.kept.posture else shown.posture
    return replace(shown, posture=posture, gesture=shown.gesture or before.shown.gesture)


def _rule(person: ShotCharacter, bearing: Bearing) -> ShotRule:
    looks = [person.pose]
    if person.holding:
        looks.append(f"with a thing in hand ({person.holding})")
    if person.expression != NEUTRAL:
        looks.append(person.expression)
    because = bearing.because
    if len(because) > _LONGEST_BECAUSE_CHARS:
        because = because[: _LONGEST_BECAUSE_CHARS - 1].rstrip() + "…"
    return ShotRule(
        aspect="pose", rule="as_told", because=f"{person.name}: {', '.join(looks)}: {because!r}"
    )


def _in_order(rules: Sequence[ShotRule], added: Sequence[ShotRule]) -> tuple[ShotRule, ...]:
    """The rules with those of poses behind those of sides."""
    first = [n for n, rule in enumerate(rules) if rule.aspect in {"subject", "framing", "side"}]
    place = max(first, default=-1) + 1
    return (*rules[:place], *added, *rules[place:])
