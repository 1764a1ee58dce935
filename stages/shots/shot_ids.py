"""Names for shots that stay the same while the film around them changes."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.ids import UniqueIds, short_digest, unnumbered
from schemas.shot_list import Shot
from stages.shots.shot_writer import PlannedShot

_DIGEST_LENGTH = 6


def with_ids(planned: Iterable[PlannedShot]) -> tuple[Shot, ...]:
    """The shots, each named `<scene>.<digest of what it shows>`; true twins get `-2`, `-3` …

    Durations, transitions, line numbers and how often a line was said before are no part of the
    digest: the same shot spoken by another voice, or moved, keeps its name.
    """
    ids = UniqueIds()
    return tuple(
        each.shot.model_copy(update={"shot_id": ids.take(_wanted(each))}) for each in planned
    )


def _wanted(planned: PlannedShot) -> str:
    shot = planned.shot
    content = {
        "template": shot.template,
        "framing": shot.framing,
        "movement": shot.movement.kind,
        "people": [[who.id, who.pose, who.expression, who.side] for who in shot.characters],
        "place": [shot.location_id, *shot.environment.model_dump(mode="json").values()],
        "text": planned.text,
        "lines": [unnumbered(placed.line_id) for placed in shot.audio.vo],
    }
    return f"{shot.scene_id}.{short_digest('Shot', content, _DIGEST_LENGTH)}"
