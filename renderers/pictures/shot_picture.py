"""From a shot and what its needs were resolved to, the picture that has to be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from renderers.plates.captioning import TAG_SEPARATOR
from renderers.plates.picture import PictureSpec
from schemas.render_plan import RenderPlan, Resolution
from schemas.shot_list import Shot, shows_prop

# Shots in a film are told apart by the first characters of their content, which no other shot's
# insertion or removal can change.
TAG_CHARACTERS = 4


def picture_of(
    shot: Shot, resolutions: Sequence[Resolution], plan: RenderPlan, canvas: tuple[int, int]
) -> PictureSpec:
    """The picture of a shot on a canvas of the given width and height, pixels.

    `resolutions` are those of the shot's own needs.
    """
    backgrounds = [r.blob for r in resolutions if r.kind == "background" and r.blob]
    people = tuple((r.subject_id, r.blob) for r in resolutions if r.kind == "character" and r.blob)
    props = tuple(
        (r.subject_id, r.blob)
        for r in plan.resolutions
        if r.kind == "prop" and r.blob and shows_prop(shot, r.subject_id)
    )
    drawn = any(r.status == "placeholder" for r in resolutions if r.kind in _SEEN)
    return PictureSpec(
        width=canvas[0],
        height=canvas[1],
        framing=shot.framing,
        location_id=shot.location_id,
        setting=shot.environment.setting,
        place=shot.environment.place,
        time_of_day=shot.environment.time_of_day,
        characters=shot.characters,
        action_beat=shot.action_beat,
        title_lines=shot.title_lines,
        tag=_tag(shot) if drawn and plan.style.placeholder_tag else "",
        background=backgrounds[0] if backgrounds else None,
        character_images=people,
        theme=plan.style.theme,
        props=props,
        insert=shot.insert,
        looks=tuple(
            (r.subject_id, tuple((each.name, each.value) for each in r.look))
            for r in resolutions
            if r.kind == "character" and r.look
        ),
        safe_margin_permille=_cropped_permille(plan, canvas),
    )


_SEEN = ("background", "character", "prop")


def texts_shown(shot: Shot) -> tuple[str, ...]:
    """Every text that is set in the shot's picture, for the check of the fonts."""
    names = tuple(character.name for character in shot.characters)
    return (shot.action_beat, shot.insert, _tag(shot), *shot.title_lines, *shot.super_lines, *names)


def _tag(shot: Shot) -> str:
    """Scene, shot and PLACEHOLDER, from the shot's own content."""
    place = " ".join(
        part
        for part in (_SETTINGS.get(shot.environment.setting, ""), shot.environment.place)
        if part
    )
    when = shot.environment.time_of_day
    scene = f"{place} – {when}" if place and when else place or when
    code = shot.shot_id.removeprefix(shot.scene_id).lstrip(".")[:TAG_CHARACTERS]
    return TAG_SEPARATOR.join(part for part in (scene, code, "PLACEHOLDER") if part)


_SETTINGS = {"INT": "INT.", "EXT": "EXT.", "INT_EXT": "INT./EXT."}


def _cropped_permille(plan: RenderPlan, canvas: tuple[int, int]) -> int:
    """How much of each edge the camera movement can crop away, in 1/1000 of the canvas."""
    extra_width = canvas[0] - plan.format.width
    extra_height = canvas[1] - plan.format.height
    return max(1000 * extra_width // canvas[0], 1000 * extra_height // canvas[1])
