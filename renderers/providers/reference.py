"""What a provider is shown of a shot: clean pictures without letters, and structured words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

from renderers.framings import FRAMINGS
from renderers.plates.picture import PictureSpec
from renderers.providers.contract import ShotPrompt
from renderers.providers.parallax import MARGIN
from schemas.project import Format, Project
from schemas.shot_list import Movement, Shot

if TYPE_CHECKING:
    from PIL.Image import Image

REFERENCE_VERSION = 2
_MOTION = {
    "static": "camera stands still",
    "push_in": "slow push in",
    "pull_out": "slow pull out",
    "pan_left": "slow pan left",
    "pan_right": "slow pan right",
}
_SETTING = {"INT": "interior", "EXT": "exterior", "INT_EXT": "interior and exterior"}
# A phrase is no paragraph (plan §22.2).
_PHRASE_CHARS = 160


def prompt_of(shot: Shot, project: Project) -> ShotPrompt:
    """The shot in structured fields; nothing of the dialogue or the action's prose goes out."""
    people = ", ".join(_person(who.name, who.expression) for who in shot.characters)
    place = " ".join(
        part
        for part in (
            _SETTING.get(shot.environment.setting, ""),
            shot.environment.place,
            shot.environment.time_of_day.lower(),
        )
        if part
    )
    subject = f"{FRAMINGS[shot.framing]} of {shot.insert or people or place or 'the scene'}"
    if (shot.insert or people) and place:
        subject += f", {place}"
    return ShotPrompt(
        subject=_phrase(subject),
        motion=motion_of(shot.movement),
        style=_phrase(", ".join(filter(None, (project.visual_style, project.genre)))),
        mood=_phrase(shot.audio.music_mood),
    )


def motion_of(movement: Movement) -> str:
    """The camera's movement in words."""
    return _MOTION[movement.kind if movement.travel_permille else "static"]


def clean_spec(spec: PictureSpec, width: int, height: int) -> PictureSpec:
    """The picture without tag, strip, card and names, of another size."""
    nameless = tuple(who.model_copy(update={"name": ""}) for who in spec.characters)
    return replace(
        spec,
        width=width,
        height=height,
        characters=nameless,
        action_beat="",
        insert="",
        tag="",
        safe_margin_permille=0,
    )


@dataclass(frozen=True, slots=True)
class Drawing:
    """How pictures are made: a whole one, its place, and its people on a ground that is given."""

    whole: Callable[[PictureSpec], Image]
    place: Callable[[PictureSpec], Image]
    people: Callable[[PictureSpec, Image], Image]


def first_frame(spec: PictureSpec, fmt: Format, drawing: Drawing) -> bytes:
    """The shot's picture at the film's size as PNG, as it is before the camera moves."""
    return png_of(drawing.whole(clean_spec(spec, fmt.width, fmt.height)))


def layers(
    spec: PictureSpec, size: tuple[int, int], drawing: Drawing
) -> tuple[tuple[str, bytes], ...]:
    """The people, cut out, and the place without them as PNG, larger than `size` by `MARGIN`."""
    width, height = (int(side * MARGIN) // 2 * 2 for side in size)
    margin = int(1000 * (MARGIN - 1) / 2)
    scene = replace(clean_spec(spec, width, height), safe_margin_permille=margin)
    if not scene.characters:
        return (("background", png_of(drawing.whole(scene))),)
    behind = ("background", png_of(drawing.place(scene)))
    return (behind, ("people", png_of(cut_out(scene, drawing))))


def cut_out(spec: PictureSpec, drawing: Drawing) -> Image:
    """The people with exact transparency, RGBA.

    Painted on black and on white, a pixel shows how much of the ground comes through it (the
    classic two-ground matte of Smith and Blinn, 1996), soft edges and the light behind included.
    """
    import numpy as np
    from PIL import Image as Images

    grounds = [Images.new("RGB", (spec.width, spec.height), each) for each in ("black", "white")]
    black, white = (
        np.asarray(drawing.people(spec, ground).convert("RGB")).astype(np.int32)
        for ground in grounds
    )
    alpha = 255 - np.clip((white - black).max(axis=2), 0, 255)
    solid = np.maximum(alpha, 1)[..., None]
    colour = np.clip((black * 255 + solid // 2) // solid, 0, 255)
    both = np.concatenate([colour, alpha[..., None]], axis=2).astype(np.uint8)
    return Images.fromarray(both, "RGBA")


def png_of(picture: Image) -> bytes:
    """The picture as PNG bytes."""
    stream = BytesIO()
    picture.save(stream, "PNG", compress_level=3)
    return stream.getvalue()


def _person(name: str, expression: str) -> str:
    return f"{name} ({expression})" if expression not in ("", "neutral") else name


def _phrase(text: str) -> str:
    plain = " ".join(text.split())
    if len(plain) <= _PHRASE_CHARS:
        return plain
    return plain[:_PHRASE_CHARS].rsplit(" ", 1)[0]
