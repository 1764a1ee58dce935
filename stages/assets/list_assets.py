"""Shot list to asset manifest: everything that has to be seen or heard, each once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from schemas.asset_manifest import (
    AssetManifest,
    AssetNeed,
    Attribute,
    NeedKind,
    VoItem,
    asset_key,
)
from schemas.errors import PipelineError
from schemas.script import Script
from schemas.shot_list import Shot, ShotList
from stages.people.performance import delivery, emotion, pacing
from stages.people.said_looks import Looks, all_looks, said_looks
from stages.spoken_lines import SpokenLine, spoken_lines

BED: Final = "bed"
_Wanted = tuple[NeedKind, str, tuple[Attribute, ...]]


def list_assets(
    script: Script, shot_list: ShotList, looks: Looks = MappingProxyType({})
) -> AssetManifest:
    """What the shots need, in the order they first need it, and every line to be heard or read.

    `looks` is what is known of people before this script, and outweighs what it says of them.

    Raises PipelineError `shots-mismatch` when the shot list was planned from another script.
    """
    lines = tuple(spoken_lines(script))
    _refuse_other_script(lines, shot_list)
    tags = {scene.scene_id: scene.emotional_tags for scene in script.scenes}
    return AssetManifest.create(
        language=script.language,
        timing_lock_hash=shot_list.timing_lock_hash,
        needs=tuple(_needs(shot_list.shots, all_looks(said_looks(script), looks))),
        vo_items=tuple(_vo_item(line, tags) for line in lines),
    )


def _needs(shots: Iterable[Shot], looks: Looks) -> Iterator[AssetNeed]:
    users: dict[_Wanted, dict[str, None]] = {}
    beds: dict[_Wanted, dict[str, None]] = {}
    for shot in shots:
        for wanted in _wanted_by(shot, looks):
            users.setdefault(wanted, {})[shot.shot_id] = None
        if mood := shot.audio.music_mood:
            beds.setdefault(("music", BED, _attributes(mood=mood)), {})[shot.shot_id] = None
    for (kind, subject_id, attributes), used_by in (users | beds).items():
        yield AssetNeed(
            asset_key=asset_key(kind, subject_id, attributes),
            kind=kind,
            subject_id=subject_id,
            attributes=attributes,
            used_by=tuple(used_by),
        )


def _wanted_by(shot: Shot, looks: Looks) -> Iterator[_Wanted]:
    place = shot.environment
    if shot.location_id is not None:
        attributes = _attributes(
            place=place.place, setting=place.setting, time_of_day=place.time_of_day
        )
        yield "background", shot.picture or shot.location_id, attributes
    for person in shot.characters:
        yield "character", person.id, looks.get(person.id, ())
    for tag in shot.audio.sfx:
        yield "sfx", tag, ()


def _attributes(**named: str) -> tuple[Attribute, ...]:
    """The properties that are known, by name."""
    return tuple(Attribute(name=name, value=value) for name, value in named.items() if value)


def _vo_item(line: SpokenLine, tags: Mapping[str, tuple[str, ...]]) -> VoItem:
    return VoItem(
        asset_key=asset_key("vo", line.line_id),
        line_id=line.line_id,
        speaker_id=line.speaker_id,
        speaker=line.speaker,
        spans=line.spans,
        off_screen=line.off_screen,
        sung=line.sung,
        dual_with=line.dual_with,
        emotion=emotion(line.parenthetical, tags[line.scene_id]),
        pacing=pacing(line.parenthetical),
        heard_through=line.heard_through,
        delivery=delivery(line.parenthetical),
    )


def _refuse_other_script(lines: Iterable[SpokenLine], shot_list: ShotList) -> None:
    written = {line.line_id for line in lines}
    placed = {vo.line_id for shot in shot_list.shots for vo in shot.audio.vo}
    if different := sorted(written ^ placed):
        raise PipelineError(
            "shots-mismatch",
            "the shot list",
            f"it was planned from another script: {', '.join(different[:3])} "
            f"{'is' if len(different) == 1 else 'are'} in one of them only",
            "plan the shots again from this script",
        )
