"""The caption style a show means: its own settings, and what its audience asks for."""

from __future__ import annotations

import re
from typing import Final

from schemas.project import (
    ADULT_CHARS_PER_SECOND,
    CHILD_CHARS_PER_SECOND,
    CaptionStyle,
    Project,
)

# Ratings of programmes made for children: US television (TV Parental Guidelines), BBFC, FSK 0
# and 6, CNC, and what people write.
_FOR_CHILDREN: Final = re.compile(
    r"tv-?(y|y7|y7-?fv|g)|g|u|uc|fsk ?[06]|tous publics|child(ren)?('s)?|kids?|family|all ages|"
    r"all|preschool|[0-9]\+?",
    re.IGNORECASE,
)


def caption_style(project: Project) -> CaptionStyle:
    """The settings, with the reading speed for children where the rating says so.

    A speed that the project changed from the default is kept.
    """
    style = project.captions
    for_children = _FOR_CHILDREN.fullmatch(project.rating.strip()) is not None
    if for_children and style.max_chars_per_second == ADULT_CHARS_PER_SECOND:
        return style.model_copy(update={"max_chars_per_second": CHILD_CHARS_PER_SECOND})
    return style
