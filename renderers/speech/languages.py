"""Which espeak-ng voice reads which language, and which script."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

FALLBACK_VOICE: Final = "en-gb"

# Codes people write that are not the name of a voice. `en` is British because it is so in
# espeak-ng itself, where that voice is the one most worked on.
_ALIASES: Final = MappingProxyType(
    {
        "": FALLBACK_VOICE,
        "en": "en-gb",
        "en-uk": "en-gb",
        "en-ca": "en-us",
        "en-scotland": "en-gb-scotland",
        "es-es": "es",
        "fr-fr": "fr",
        "fr-ca": "fr",
        "hak-hant": "hak",
        "iw": "he",
        "in": "id",
        "nn": "nb",
        "no": "nb",
        "pt-pt": "pt",
        "sh": "hr",
        "tl": "id",
        "zh": "cmn",
        "zh-hk": "yue",
        "zh-yue": "yue",
    }
)
_LATIN_AMERICA: Final = "ar bo cl co cr cu do ec gt hn mx ni pa pe pr py sv us uy ve"

# By script (the first word of a Unicode character name): the voice that reads it when the voice
# asked for does not.
_SCRIPT_VOICES: Final = MappingProxyType(
    {
        "ARABIC": "ar",
        "ARMENIAN": "hy",
        "BENGALI": "bn",
        "CJK": "cmn",
        "CYRILLIC": "ru",
        "DEVANAGARI": "hi",
        "ETHIOPIC": "am",
        "GEORGIAN": "ka",
        "GREEK": "el",
        "GUJARATI": "gu",
        "GURMUKHI": "pa",
        "HANGUL": "ko",
        "HEBREW": "he",
        "HIRAGANA": "ja",
        "KANNADA": "kn",
        "KATAKANA": "ja",
        "LATIN": FALLBACK_VOICE,
        "MALAYALAM": "ml",
        "MYANMAR": "my",
        "ORIYA": "or",
        "SINHALA": "si",
        "TAMIL": "ta",
        "TELUGU": "te",
        "THAI": "th",
    }
)
# Further voices that read a script other than Latin.
_MORE_READERS: Final = MappingProxyType(
    {
        "ARABIC": "fa sd ug ur",
        "ARMENIAN": "hyw",
        "BENGALI": "as bpy",
        "CJK": "yue hak",
        "CYRILLIC": "ba be bg cv kk ky mk nog ru-cl ru-lv sr tt uk",
        "DEVANAGARI": "kok mr ne",
        "ETHIOPIC": "ti",
        "GREEK": "grc",
        "MYANMAR": "shn",
    }
)
_LETTERS_LOOKED_AT: Final = 2_000


def voice_for_language(language: str, voices: MappingProxyType[str, str]) -> str:
    """The name in `voices` that reads `language`; FALLBACK_VOICE when there is none.

    Upper case and underscores are allowed; subtags nobody knows are dropped from the right:
    `fr-CA` is read by `fr`, `de_AT.UTF-8` by `de`, `es-AR` by `es-419`.
    """
    code = language.strip().lower().replace("_", "-").partition(".")[0]
    if code.startswith("es-") and code[3:] in _LATIN_AMERICA.split() and "es-419" in voices:
        return "es-419"
    while code:
        name = _ALIASES.get(code, code)
        if name in voices:
            return name
        code = code.rpartition("-")[0]
    return FALLBACK_VOICE


def voice_for_text(text: str, voice: str) -> str:
    """`voice`, or the one that can read `text` when most letters are in a script it cannot read."""
    scripts = Counter(
        script
        for script in (script_of(each) for each in _letters(text))
        if script in _SCRIPT_VOICES
    )
    if not scripts:
        return voice
    main = min(scripts, key=lambda script: (-scripts[script], script))
    if scripts.keys() & {"HIRAGANA", "KATAKANA"} and main in ("CJK", "HIRAGANA", "KATAKANA"):
        return "ja"  # Chinese has no kana
    # Kanji alone cannot be read, and in Chinese it would be another word.
    if main in scripts_of_voice(voice) or (voice, main) == ("ja", "CJK"):
        return voice
    return _SCRIPT_VOICES[main]


def scripts_of_voice(voice: str) -> frozenset[str]:
    """The scripts `voice` reads. Han counts for Chinese voices only: Japanese spells it out."""
    found = {script for script, reader in _SCRIPT_VOICES.items() if reader == voice}
    found |= {script for script, readers in _MORE_READERS.items() if voice in readers.split()}
    return frozenset(found or {"LATIN"})


def script_of(letter: str) -> str:
    """The script of one letter as its Unicode name begins, such as `LATIN` or `CJK`."""
    return unicodedata.name(letter, "").partition(" ")[0]


@cache
def language_voices(data: Path) -> MappingProxyType[str, str]:
    """Voice name to voice file (below `data`/lang) of every language the engine has.

    A name is the file name in lower case; the file `en` goes by the name `en-gb`.
    """
    lang = data / "lang"
    files = sorted(path.relative_to(lang) for path in lang.rglob("*") if path.is_file())
    voices = {path.name.lower(): path.as_posix() for path in files}
    if "en" in voices:
        voices["en-gb"] = voices.pop("en")
    return MappingProxyType(dict(sorted(voices.items())))


def _letters(text: str) -> list[str]:
    return [each for each in text if each.isalpha()][:_LETTERS_LOOKED_AT]
