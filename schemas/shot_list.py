"""ShotList (plan §5.6) and the timing lock, which is born here and never changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from schemas.artifact import Artifact, Count, DigestText, Flag, Frozen, Positive, SourceRef
from schemas.digest import Digest, tagged_digest
from schemas.ids import slug
from schemas.script import Setting
from schemas.timing import FrameRate

Framing = Literal["EWS", "WS", "MLS", "MS", "MCU", "CU", "ECU", "TITLE"]
Side = Literal["left", "center", "right"]
MovementKind = Literal["static", "push_in", "pull_out", "pan_left", "pan_right"]
TransitionKind = Literal[
    "cut",
    "fade_in",
    "fade_out",
    "fade_through_black",
    "dissolve",
    "smash_cut",
    "match_cut",
    "wipe",
]


class Movement(Frozen):
    """Camera movement. `travel_permille` is the change over the shot, in 1/1000 of the frame width
    (for a push or pull: of the framed width)."""

    kind: MovementKind = "static"
    travel_permille: Count = 0


class ShotCharacter(Frozen):
    """Someone on screen; `name` is what a viewer would call them.

    `pose` is a posture and perhaps a gesture (`sitting, on the phone`), `holding` the kind of thing
    in their hands (`schemas.held_things`), or what the script calls it.
    """

    id: str
    name: str
    pose: str = "standing"
    expression: str = "neutral"
    side: Side = "center"
    speaking: Flag = False
    holding: str = ""


class Environment(Frozen):
    """The place as the slug line gives it; `place` is its display name."""

    setting: Setting = ""
    place: str = ""
    time_of_day: str = ""


class VoPlacement(Frozen):
    """A stretch of a spoken line heard in this shot.

    Starting `offset_frames` after the shot does, the line is heard from its own frame `in_frames`
    for `duration_frames`. A line cut over several shots has one placement in each, contiguous.
    """

    line_id: str
    offset_frames: Count
    in_frames: Count = 0
    duration_frames: Count


class ShotAudio(Frozen):
    """What is heard."""

    vo: tuple[VoPlacement, ...] = ()
    sfx: tuple[str, ...] = ()
    music_mood: str = ""


class TransitionIn(Frozen):
    """How the shot begins; `duration_frames` is 0 for every kind of cut. A dissolve, a wipe and a
    fade through black lie across the cut: half of them belongs to the shot before."""

    kind: TransitionKind = "cut"
    duration_frames: Count = 0


RuleAspect = Literal[
    "subject", "framing", "side", "pose", "movement", "duration", "transition", "picture", "text"
]


class ShotRule(Frozen):
    """Why one aspect of a shot is as it is: the rule's name, and what made it apply."""

    aspect: RuleAspect
    rule: str
    because: str


class Shot(Frozen):
    """One shot. `template` names the rule that made it and `reason` says why, for `explain`;
    `rules` say so for each aspect.

    `action_beat` is what happens, for the storyboard; `title_lines` is the text of a TITLE shot.
    `insert` names the one thing that the picture is of, as the writer does.
    `super_lines` are words that lie over the picture, or over black in a TITLE shot.
    `picture` names a background of the library that stands in for the place's own.
    `fade_out_frames` is how long the picture fades to black at the shot's end, 0 for not at all.
    """

    shot_id: str
    scene_id: str
    template: str
    reason: str
    duration_frames: Positive
    framing: Framing
    movement: Movement
    characters: tuple[ShotCharacter, ...] = ()
    location_id: str | None = None
    environment: Environment
    action_beat: str = ""
    title_lines: tuple[str, ...] = ()
    insert: str = ""
    super_lines: tuple[str, ...] = ()
    audio: ShotAudio
    transition_in: TransitionIn
    fade_out_frames: Count = 0
    source: SourceRef
    picture: str = ""
    rules: tuple[ShotRule, ...] = ()


_ABSENT = frozenset({"gone", "missing", "no", "without", "vanished"})


def shows_prop(shot: Shot, subject_id: str) -> bool:
    """Whether a shot's action names a thing in whole words, `KEY RING` the thing `key_ring`, and
    the picture has room for it: a wide one, or one with nobody in it. Not where the action says in
    English that it is not there: `The box is gone.` An insert shows its own thing and no other."""
    if shot.insert:
        return f"_{subject_id}_" in f"_{slug(shot.insert, '')}_"
    said = set(shot.action_beat.casefold().replace(".", " ").replace(",", " ").split())
    if said & _ABSENT:
        return False
    roomy = shot.framing in ("EWS", "WS") or (shot.framing != "TITLE" and not shot.characters)
    return roomy and f"_{subject_id}_" in f"_{slug(shot.action_beat, '')}_"


class ShotList(Artifact):
    """The film, shot by shot, at a fixed rate."""

    SCHEMA: ClassVar[str] = "ShotList/1.4.0"

    fps: FrameRate
    shots: tuple[Shot, ...]
    timing_lock_hash: DigestText


def timing_lock_hash(fps: FrameRate, shots: Iterable[Shot]) -> Digest:
    """BLAKE3 over the rate and the ordered durations and voice placements, and nothing else.

    A changed framing or pose keeps the lock; a changed frame count or a moved line breaks it.
    """
    timeline = [_locked(shot) for shot in shots]
    return tagged_digest("TimingLock", {"fps": [fps.num, fps.den], "timeline": timeline})


def shot_lock_hash(fps: FrameRate, shot: Shot) -> Digest:
    """One shot's own part of the timing lock: what a clip made for it has to keep to.

    It does not change when other shots do.
    """
    return tagged_digest("ShotLock", {"fps": [fps.num, fps.den], "shot": _locked(shot)})


def _locked(shot: Shot) -> list[Any]:
    placements = [
        [vo.line_id, vo.offset_frames, vo.in_frames, vo.duration_frames] for vo in shot.audio.vo
    ]
    return [shot.duration_frames, placements]
