"""Shots and render plan to the places in time of every line, effect, room and piece of music."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from schemas.asset_manifest import Attribute, Delivery, HeardThrough, asset_key
from schemas.digest import Digest
from schemas.render_plan import RenderPlan
from schemas.shot_list import Shot, ShotList
from schemas.timing import SAMPLE_RATE_HZ, FrameRate, frames_to_samples
from stages.assets.list_assets import BED

# A mood that lasts less than this does not change the music: it would be over before it is heard.
SHORTEST_MUSIC_SAMPLES: Final = 8 * SAMPLE_RATE_HZ
# A sound follows the cut that shows its cause by a quarter of a second.
_EFFECT_LEAD_SAMPLES: Final = SAMPLE_RATE_HZ // 4
# All lines are made equally loud first. How far these may leave the others: enough to be told from
# them, and little enough that nobody reaches for the volume.
_DELIVERY_CENTIDB: Final[dict[Delivery, int]] = {"": 0, "whisper": -500, "soft": -200, "shout": 200}


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A recording and the film sample it starts at; `gain_centidb` is against the other lines."""

    blob: Digest
    start: int
    line_id: str
    gain_centidb: int = 0
    heard_through: HeardThrough = ""


@dataclass(frozen=True, slots=True)
class PlacedEffect:
    """A sound and its film samples; it ends with its scene, or when it is asked for again."""

    blob: Digest
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedMusic:
    """Music and the film samples of the mood it is for."""

    blob: Digest
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlacedRoom:
    """A stretch of film in one place; `place` is a location id, empty for cards."""

    place: str
    outdoors: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SoundPlan:
    """Everything heard in a film of `total_samples`, in samples at 48 kHz."""

    total_samples: int
    lines: tuple[PlacedLine, ...]
    effects: tuple[PlacedEffect, ...]
    music: tuple[PlacedMusic, ...]
    rooms: tuple[PlacedRoom, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A shot between two film samples."""

    shot: Shot
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Section:
    """Shots under the same music, or under none."""

    blob: Digest | None
    start: int
    end: int


def place_sound(shot_list: ShotList, plan: RenderPlan) -> SoundPlan:
    """Where everything sounds. Every place has its room tone, whether or not anything else does."""
    stretches = tuple(_stretches(shot_list))
    blobs = {r.asset_key: r.blob for r in plan.resolutions if r.blob}
    return SoundPlan(
        total_samples=stretches[-1].end if stretches else 0,
        lines=tuple(_lines(stretches, plan, shot_list.fps)),
        effects=tuple(_effects(stretches, blobs)),
        music=tuple(_music(stretches, blobs)),
        rooms=tuple(_rooms(stretches)),
    )


def _stretches(shot_list: ShotList) -> Iterator[_Stretch]:
    frames = 0
    for shot in shot_list.shots:
        start = frames_to_samples(frames, shot_list.fps)
        frames += shot.duration_frames
        yield _Stretch(shot, start, frames_to_samples(frames, shot_list.fps))


def _lines(
    stretches: Sequence[_Stretch], plan: RenderPlan, rate: FrameRate
) -> Iterator[PlacedLine]:
    recorded = {vo.line_id: vo for vo in plan.vo if vo.audio is not None}
    frames = 0
    for stretch in stretches:
        for vo in stretch.shot.audio.vo:
            line = recorded.get(vo.line_id)
            # A line that goes on over a cut was placed with its beginning.
            if line is not None and line.audio is not None and vo.in_frames == 0:
                start = frames_to_samples(frames + vo.offset_frames, rate)
                gain = _DELIVERY_CENTIDB[line.delivery]
                yield PlacedLine(line.audio, start, vo.line_id, gain, line.heard_through)
        frames += stretch.shot.duration_frames


def _effects(stretches: Sequence[_Stretch], blobs: Mapping[str, Digest]) -> Iterator[PlacedEffect]:
    for _, group in groupby(stretches, key=lambda stretch: stretch.shot.scene_id):
        scene = list(group)
        asked: list[tuple[Digest, int]] = []
        for stretch in scene:
            tags = stretch.shot.audio.sfx
            length = stretch.end - stretch.start
            lead = min(_EFFECT_LEAD_SAMPLES, length // 4)
            for number, tag in enumerate(tags):
                blob = blobs.get(asset_key("sfx", tag))
                if blob is not None:
                    # In the order they are written, spread over the shot.
                    asked.append((blob, stretch.start + lead + number * length // len(tags)))
        for number, (blob, start) in enumerate(asked):
            again = (later for same, later in asked[number + 1 :] if same == blob)
            yield PlacedEffect(blob, start, next(again, scene[-1].end))


def _music(stretches: Sequence[_Stretch], blobs: Mapping[str, Digest]) -> Iterator[PlacedMusic]:
    """One piece for every stretch of the same music; moods that resolve alike are one."""
    sections: list[_Section] = []
    for stretch in stretches:
        blob = _bed(stretch.shot.audio.music_mood, blobs)
        if sections and sections[-1].blob == blob:
            sections[-1] = _Section(blob, sections[-1].start, stretch.end)
        else:
            sections.append(_Section(blob, stretch.start, stretch.end))
    for section in _lasting(sections):
        if section.blob is not None:
            yield PlacedMusic(section.blob, section.start, section.end)


def _bed(mood: str, blobs: Mapping[str, Digest]) -> Digest | None:
    return blobs.get(asset_key("music", BED, (Attribute(name="mood", value=mood),)))


def _lasting(sections: Sequence[_Section]) -> list[_Section]:
    """The sections without those too short to be heard: the one before goes on over them.

    At the film's beginning the one behind takes them over.
    """
    kept: list[_Section] = []
    for section in sections:
        short = section.end - section.start < SHORTEST_MUSIC_SAMPLES
        if kept and (short or section.blob == kept[-1].blob):
            kept[-1] = _Section(kept[-1].blob, kept[-1].start, section.end)
        elif not short or section is sections[-1]:
            begin = kept[-1].end if kept else 0
            kept.append(_Section(section.blob, begin, section.end))
    return kept


def _rooms(stretches: Sequence[_Stretch]) -> Iterator[PlacedRoom]:
    def where(stretch: _Stretch) -> tuple[str, bool]:
        shot = stretch.shot
        return shot.location_id or "", shot.environment.setting == "EXT"

    for (place, outdoors), group in groupby(stretches, key=where):
        inside = list(group)
        yield PlacedRoom(place, outdoors, inside[0].start, inside[-1].end)
