"""Which free font has the letters of a script, for whoever lacks one."""

from __future__ import annotations

import unicodedata
from typing import Final

from renderers.fonts.pictographs import is_pictograph

# By the first word of a character's Unicode name. All are under the SIL Open Font License
# (fonts.google.com/noto).
_NAMED_OTHERWISE: Final = {
    "CJK": "Noto Sans SC, TC, JP or KR",
    "HIRAGANA": "Noto Sans JP",
    "KATAKANA": "Noto Sans JP",
    "IDEOGRAPHIC": "Noto Sans JP",
    "FULLWIDTH": "Noto Sans JP",
    "HANGUL": "Noto Sans KR",
}
_NAMED_ALIKE: Final = frozenset(
    {
        *("ARMENIAN", "BENGALI", "CHEROKEE", "DEVANAGARI", "ETHIOPIC", "GEORGIAN", "GUJARATI"),
        *("GURMUKHI", "HEBREW", "ARABIC", "KANNADA", "KHMER", "LAO", "MALAYALAM", "MONGOLIAN"),
        *("MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "THAANA", "THAI", "TIBETAN"),
    }
)


def font_for(sign: str) -> str:
    """The name of a font that has the character; empty when none is known here."""
    if is_pictograph(sign):
        return "Noto Emoji"
    script = unicodedata.name(sign, "").partition(" ")[0]
    return _NAMED_OTHERWISE.get(script) or (
        f"Noto Sans {script.title()}" if script in _NAMED_ALIKE else ""
    )
