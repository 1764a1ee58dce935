"""The props a show has a picture of, where its action names them.

Nothing stands in for a prop that is not there, so it is no need of the film: a thing is shown
because there is a file with its name.
"""

from __future__ import annotations

from collections.abc import Iterable

from schemas.asset_manifest import AssetNeed, asset_key
from schemas.shot_list import ShotList, shows_prop
from stages.assets.library_choice import LibraryItem


def is_shown(subject_id: str, shot_list: ShotList) -> bool:
    """Whether any shot shows a thing of that name."""
    return any(shows_prop(shot, subject_id) for shot in shot_list.shots)


def own_props(library: Iterable[LibraryItem], shot_list: ShotList | None) -> tuple[AssetNeed, ...]:
    """A need for each prop of the library that is shown, by name."""
    if shot_list is None:
        return ()
    things = sorted({item.subject_id for item in library if item.kind == "prop"})
    return tuple(
        AssetNeed(
            asset_key=asset_key("prop", thing),
            kind="prop",
            subject_id=thing,
            used_by=tuple(
                dict.fromkeys(shot.shot_id for shot in shot_list.shots if shows_prop(shot, thing))
            ),
        )
        for thing in things
        if is_shown(thing, shot_list)
    )
