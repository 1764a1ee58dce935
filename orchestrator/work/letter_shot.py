"""The words that a writer wants over a shot: what a clip with them depends on, and the letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from orchestrator.run.context import RunContext
from schemas.project import Format
from schemas.shot_list import Shot

if TYPE_CHECKING:
    from renderers.pictures.watermark import Mark


def lettering_settings(shot: Shot) -> dict[str, Any]:
    """What the shot's frames depend on besides the fonts; nothing when there are no words."""
    if not shot.super_lines:
        return {}
    from renderers.pictures.super_lettering import SUPER_VERSION

    return {"super": [list(shot.super_lines), SUPER_VERSION]}


def lettering_of(context: RunContext, shot: Shot, fmt: Format) -> Callable[[], Mark] | None:
    """The words ready to be laid over the shot's pictures, set when they are needed."""
    if not shot.super_lines:
        return None

    def letters() -> Mark:
        from renderers.pictures.super_lettering import super_mark

        size, on_black = (fmt.width, fmt.height), shot.framing == "TITLE"
        return super_mark(shot.super_lines, size, context.font_set, on_black=on_black)

    return letters
