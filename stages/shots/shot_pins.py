"""Pins: what a writer wants of one shot, whatever the grammar would do.

A pin stands in a note in the script, `[[shot: framing=close, duration=3s]]`, and means the shot
that begins there, or in the file beside it, under the shot's id. It changes framing, duration,
movement or picture; what a shot covers, and its name, stay.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.script import Note, Script
from schemas.shot_list import Framing, Movement, MovementKind, RuleAspect, Shot, ShotRule
from schemas.timing import FrameRate
from stages.shots import shot_timing
from stages.shots.pin_length import is_length, pinned_frames

_NOTE: Final = re.compile(r"\s*shot\s*:", re.IGNORECASE)
# The field's words for what the codes stand for.
_CODES: Final[tuple[Framing, ...]] = ("EWS", "WS", "MLS", "MS", "MCU", "CU", "ECU")
FRAMINGS: Final[Mapping[str, Framing]] = {
    **{code.lower(): code for code in _CODES},
    "extreme wide": "EWS",
    "wide": "WS",
    "full": "MLS",
    "medium long": "MLS",
    "medium": "MS",
    "medium close": "MCU",
    "close": "CU",
    "extreme close": "ECU",
}
MOVEMENTS: Final[Mapping[str, MovementKind]] = {
    "static": "static",
    "hold": "static",
    "push": "push_in",
    "push in": "push_in",
    "pull": "pull_out",
    "pull out": "pull_out",
    "pan left": "pan_left",
    "pan right": "pan_right",
}
KEYS: Final = ("framing", "duration", "movement", "picture", "insert")
NEVER: Final = "never"


@dataclass(frozen=True, slots=True)
class ShotPin:
    """What is asked of one shot. `where` is for people: a file and line.

    It means the shot called `shot` or beginning so, or, when that is empty, the first shot of
    `scene_id` from source line `line` on. `insert` is the thing that its paragraph is to stop for,
    `NEVER` for none, empty when nothing is said of that.
    """

    where: str
    shot: str = ""
    scene_id: str = ""
    line: int = 0
    framing: Framing | None = None
    duration: str = ""
    movement: MovementKind | None = None
    picture: str = ""
    insert: str = ""


def pins_in(script: Script) -> tuple[ShotPin, ...]:
    """The pins of the script's notes, in order. Raises PipelineError `shot-pin`."""
    return tuple(
        _pin_of_note(element, scene.scene_id)
        for scene in script.scenes
        for element in scene.elements
        if isinstance(element, Note) and _NOTE.match(element.text)
    )


def read_pin(values: Mapping[str, Any], where: str, **target: Any) -> ShotPin:
    """A pin from what was written. Raises PipelineError `shot-pin` naming key and choices."""
    for key, value in values.items():
        if key not in KEYS:
            close = difflib.get_close_matches(str(key), KEYS, 1)
            known = f"did you mean {close[0]}?" if close else f"use {', '.join(KEYS)}"
            raise _refused(where, f"`{key}` is nothing that a shot has", known)
        if key == "insert" and value is False:
            # YAML reads `no` so.
            continue
        if not isinstance(value, (str, int)) or isinstance(value, bool) or not str(value).strip():
            raise _refused(
                where, f"{key} has no value", f"write for example {key}: {_EXAMPLES[key]}"
            )
    duration = str(values.get("duration", "")).strip()
    if duration and not is_length(duration):
        raise _refused(where, f"`{duration}` is no length", "write 3s, 2.5 s, 1500 ms or 72 frames")
    return ShotPin(
        where=where,
        framing=_chosen(values, "framing", FRAMINGS, where),
        duration=duration,
        movement=_chosen(values, "movement", MOVEMENTS, where),
        picture=slug(str(values["picture"])) if "picture" in values else "",
        insert=_insert(values),
        **target,
    )


def apply_pins(shots: Sequence[Shot], pins: Sequence[ShotPin], rate: FrameRate) -> tuple[Shot, ...]:
    """The shots with every pin applied, in order; of two for the same aspect the later counts.

    Raises PipelineError `shot-pin` for a pin that means no shot, and for one that cannot be met: a
    shot shorter than what is said in it, or a card without its words.
    """
    pinned = list(shots)
    for pin in pins:
        position = meant(pin, shots)
        pinned[position] = _applied(pinned[position], pin, rate)
    return tuple(pinned)


_EXAMPLES: Final = {
    **{"framing": "close", "duration": "3s", "movement": "push", "picture": "rooftop"},
    "insert": "lantern",
}


def _insert(values: Mapping[str, Any]) -> str:
    if "insert" not in values:
        return ""
    wanted = " ".join(str(values["insert"]).split())
    return NEVER if wanted.casefold() in (NEVER, "no", "none", "false") else wanted


def _pin_of_note(note: Note, scene_id: str) -> ShotPin:
    where = f"{note.source.file}:{note.source.line}"
    text = note.text[_NOTE.match(note.text).end() :]  # type: ignore[union-attr]
    values: dict[str, str] = {}
    for statement in filter(str.strip, re.split(r"[,;\n]", text)):
        key, equals, value = statement.partition("=")
        if not equals:
            problem = f"`{statement.strip()}` is not key=value"
            raise _refused(where, problem, "write [[shot: framing=close, duration=3s]]")
        values[key.strip().lower()] = value.strip()
    if not values:
        raise _refused(where, "the note pins nothing", "write [[shot: framing=close]]")
    return read_pin(values, where, scene_id=scene_id, line=note.source.line)


def _chosen(values: Mapping[str, Any], key: str, known: Mapping[str, Any], where: str) -> Any:
    if key not in values:
        return None
    wanted = re.sub(r"[\s_-]+", " ", str(values[key]).strip().lower())
    wanted = wanted.removesuffix(" shot").removesuffix(" up") if wanted not in known else wanted
    if wanted not in known:
        close = difflib.get_close_matches(wanted, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"use {', '.join(known)}"
        raise _refused(where, f"`{values[key]}` is no {key}", hint)
    return known[wanted]


def meant(pin: ShotPin, shots: Sequence[Shot]) -> int:
    """Which shot a pin means, counted from 0. Raises PipelineError `shot-pin` when it means none.

    A note behind everything in its scene means the last shot of what is written there, not the look
    back that the film ends on.
    """
    if not pin.shot:
        here = [
            number
            for number, shot in enumerate(shots)
            if shot.scene_id == pin.scene_id and shot.template != "end_tail"
        ]
        after = [n for n in here if shots[n].source.line >= pin.line]
        if not here:
            raise _refused(pin.where, "its scene has no shot", "put the note into a scene")
        return after[0] if after else here[-1]
    names = [shot.shot_id for shot in shots]
    found = [n for n, name in enumerate(names) if name == pin.shot]
    found = found or [n for n, name in enumerate(names) if name.startswith(pin.shot)]
    if len(found) == 1:
        return found[0]
    close = difflib.get_close_matches(pin.shot, names, 3, 0.5) or names[:3]
    several = "means several shots" if found else "is no shot of this film"
    raise _refused(
        pin.where,
        f"`{pin.shot}` {several}",
        f"`pipeline explain EPISODE --shots` lists them: {', '.join(close)}",
    )


def _applied(shot: Shot, pin: ShotPin, rate: FrameRate) -> Shot:
    changed: dict[str, Any] = {}
    rules: dict[RuleAspect, ShotRule] = {}
    if (pin.framing or pin.picture) and shot.framing == "TITLE":
        raise _refused(
            pin.where, "a card has no framing and no picture", "pin its duration or movement"
        )
    if pin.framing:
        changed["framing"] = pin.framing
        rules["framing"] = _pinned("framing", pin)
    if pin.picture:
        changed["picture"] = pin.picture
        rules["picture"] = _pinned("picture", pin)
    frames = shot.duration_frames
    if pin.duration:
        frames = pinned_frames(pin.duration, pin.where, rate)
        _require_room(shot, pin, frames, rate)
        changed["duration_frames"] = frames
        rules["duration"] = _pinned("duration", pin)
    if pin.movement or (pin.duration and shot.movement.travel_permille):
        kind = pin.movement or shot.movement.kind
        travel = shot_timing.travel_permille(kind, frames, rate)
        changed["movement"] = Movement(kind=kind, travel_permille=travel)
        if pin.movement:
            rules["movement"] = _pinned("movement", pin)
    kept = [rule for rule in shot.rules if rule.aspect not in rules]
    changed["rules"] = (*kept, *rules.values())
    return shot.model_copy(update=changed)


def _require_room(shot: Shot, pin: ShotPin, frames: int, rate: FrameRate) -> None:
    said = max((vo.offset_frames + vo.duration_frames for vo in shot.audio.vo), default=0)
    fades = shot.transition_in.duration_frames + shot.fade_out_frames
    least = max(said, min(fades, shot.duration_frames))
    if frames < least:
        what = "its words last" if said >= fades else "its fades last"
        raise _refused(
            pin.where,
            f"{shot.shot_id} cannot be {frames} frames long: {what} {least}",
            f"give it {least} frames or more at {rate.text()} a second, or shorten the line",
        )


def _pinned(aspect: RuleAspect, pin: ShotPin) -> ShotRule:
    return ShotRule(aspect=aspect, rule="pinned", because=f"pinned by {pin.where}")


def _refused(where: str, problem: str, hint: str) -> PipelineError:
    return PipelineError("shot-pin", where, problem, hint)
