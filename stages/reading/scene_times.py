"""When a scene is: its time of day, and whether it only goes on from the scene before."""

from __future__ import annotations

import re
from typing import Final

from schemas.script import Scene, Script, Setting

_WORD: Final = re.compile(r"\w+")
# Words with which a slug line says that time goes on from the scene before.
_UNBROKEN: Final = frozenset(
    {"CONTINUOUS", "CONTINUING", "SAME", "CONTINU", "CONTINUO", "CONTÍNUO", "CONTINÚA"}
)
_RELATIVE: Final = _UNBROKEN | frozenset(
    {
        *("LATER", "MOMENTS", "MOMENT", "TIME", "SECONDS", "MINUTES", "AN", "A", "FEW", "HOUR"),
        *("SHORTLY", "AFTER", "THE", "SPÄTER", "PLUS", "TARD", "TARDE", "MÁS", "TARDI", "PIÙ"),
    }
)


def is_relative_time(time_of_day: str) -> bool:
    """Whether a slug line's time says only how it follows the scene before, as LATER does."""
    words = _time_words(time_of_day)
    return bool(words) and words <= _RELATIVE


def needs_establishing(scene: Scene) -> bool:
    """Whether a viewer has to be shown where this is: not when a scene just goes on."""
    time = scene.slug.time_of_day
    going_on = is_relative_time(time) or not _time_words(time).isdisjoint(_UNBROKEN)
    return bool(scene.slug.text.strip()) and not going_on


def times_of_day(script: Script) -> dict[str, str]:
    """Each scene's time of day; CONTINUOUS and its like take that of the scene before.

    LATER takes that of the scene before in the same place, when there is one: after a dream or a
    memory it is later than what was before it.
    """
    times: dict[str, str] = {}
    at_place: dict[tuple[Setting, str | None], str] = {}
    current = ""
    for scene in script.scenes:
        written, place = scene.slug.time_of_day, (scene.slug.setting, scene.slug.location_id)
        if not (is_relative_time(written) and current):
            current = written
        elif _time_words(written).isdisjoint(_UNBROKEN):
            current = at_place.get(place, current)
        times[scene.scene_id] = at_place[place] = current
    return times


def _time_words(time_of_day: str) -> set[str]:
    return set(_WORD.findall(time_of_day.upper()))
