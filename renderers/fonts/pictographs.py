"""Emoji and the like: pictures set among letters, which few fonts have and no sentence needs."""

from __future__ import annotations

import re
from typing import Final

# By the blocks of Unicode 16: from Mahjong Tiles to Symbols and Pictographs Extended-A, then
# Miscellaneous Symbols and Dingbats, Miscellaneous Symbols and Arrows, and the tags of flags.
PICTOGRAPH: Final = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\U000e0020-\U000e007f]"
)


def is_pictograph(sign: str) -> bool:
    """Whether one character is a picture rather than a letter."""
    return PICTOGRAPH.fullmatch(sign) is not None
