"""Marks in slug lines and cues: a scene that is remembered, a ruin, a voice that is not there.

The gate reads structure, never prose, so these words count only in slug lines and in the
extensions of cues. The lists are short on purpose: what they do not know is blocked with a hint,
which a writer can follow, instead of let through.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest
from typing import Final

from schemas.script import Dialogue, SlugLine


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never part of a place name.
REMEMBERED: Final = _listed(
    "FLASHBACK FLASHBACKS FLASHFORWARD ANALEPSE RÜCKBLENDE ERINNERUNG RETROSPECTIVA "
    "ВОСПОМИНАНИЕ ФЛЕШБЭК ФЛЭШБЕК 回想 闪回 閃回 回忆 回憶 회상"
)
# Also found in place names (DREAM MOTEL), so they count only at the end of a part of the slug
# line (MARA'S DREAM), or before one of the words of LEADS_ON (DREAM SEQUENCE, SOUVENIR DE MARA).
IMAGINED: Final = _listed(
    "DREAM DREAMS MEMORY MEMORIES NIGHTMARE VISION HALLUCINATION FANTASY IMAGINED "
    "RÊVE CAUCHEMAR SOUVENIR SOUVENIRS TRAUM ALBTRAUM VISION SUEÑO PESADILLA RECUERDO "
    "SOGNO INCUBO RICORDO SONHO PESADELO LEMBRANÇA MEMÓRIA СОН КОШМАР 夢 梦 꿈"
)
# Of these, what did happen.
RECALLED: Final = _listed("MEMORY MEMORIES SOUVENIR SOUVENIRS RECUERDO RICORDO LEMBRANÇA MEMÓRIA")
LEADS_ON: Final = _listed(
    "SEQUENCE SCENE MONTAGE SÉQUENCE SEQUENZ SECUENCIA SEQUENZA OF DE DI DO DA DU D VON"
)
RUINED: Final = _listed(
    "RUIN RUINS RUINED WRECK WRECKAGE RUBBLE REMAINS AFTERMATH DEBRIS RUINES DÉCOMBRES "
    "RUINE RUINEN TRÜMMER RUINAS ESCOMBROS ROVINE MACERIE РУИНЫ 廃墟 废墟 廢墟 폐허"
)

# Heard through something, or told over the picture. OFF and ЗА КАДРОМ may mean a voice-over or
# somebody beside the picture; what is not certain is no hard contradiction.
HEARD_FROM_ELSEWHERE: Final = _listed(
    "VO VOICEOVER VOICE NARRATION NARRATOR OFF FILTERED RADIO PHONE TELEPHONE CELLPHONE "
    "RECORDING RECORDED PRERECORDED TAPE VOICEMAIL LETTER DIARY MESSAGE MACHINE INTERCOM SPEAKER "
    "LOUDSPEAKER SPEAKERPHONE TV TELEVISION VIDEO HOLOGRAM PRELAP "
    "VOIX TÉLÉPHONE STIMME TELEFON VOZ TELÉFONO VOCE TELEFONO "
    "ГОЛОС ЗАКАДРОМ КАДРОМ 画外音 畫外音 旁白 声 電話 电话 목소리"
)
# In the same place but outside the frame.
BESIDE_THE_PICTURE: Final = _listed("OS OC OFFSCREEN OFFCAMERA HC HORSCHAMP FC")

# A scene that goes on where the one before ends, one at the same time as it, and one a day later.
UNBROKEN: Final = _listed("CONTINUOUS CONTINU CONTINUO CONTINUA DURCHGEHEND FORTLAUFEND")
AT_ONCE: Final = ("SAME TIME", "MÊME TEMPS", "GLEICHE ZEIT", "ТО ЖЕ ВРЕМЯ")
NEXT: Final = _listed("NEXT LENDEMAIN NÄCHSTER NÄCHSTEN SIGUIENTE")

_PARTS: Final = re.compile(r"\s+[-‐‑–—]\s+|[()\[\]/:;,]|\.\s")
_WORDS: Final = re.compile(r"[^\W_]+")


def is_remembered(slug_line: SlugLine) -> bool:
    """Whether the slug line marks the scene as a flashback, a dream or a memory."""
    return any(_recalls(part) for part in _parts(slug_line))


def is_imagined(slug_line: SlugLine) -> bool:
    """Whether the slug line marks the scene as a dream or the like: it never happened."""
    return any(_imagines(part) for part in _parts(slug_line))


def is_unbroken(slug_line: SlugLine) -> bool:
    """Whether the scene goes on where the one before it ends (CONTINUOUS)."""
    return bool(set(_words(slug_line.time_of_day)) & UNBROKEN)


def is_at_once(slug_line: SlugLine) -> bool:
    """Whether the scene plays while the one before it does (SAME TIME). SAME alone says less."""
    return " ".join(_words(slug_line.time_of_day)).endswith(AT_ONCE)


def is_the_next_day(slug_line: SlugLine) -> bool:
    """Whether the slug line says that a day has passed (NEXT MORNING)."""
    return bool(set(_words(slug_line.time_of_day)) & NEXT)


def is_ruin(slug_line: SlugLine) -> bool:
    """Whether the slug line says that it shows what is left of the place."""
    return any(word in RUINED for part in _parts(slug_line) for word in part)


def is_heard_from_elsewhere(dialogue: Dialogue) -> bool:
    """Whether the extensions say voice-over, recording, transmission, or a recollection.

    `INTO PHONE` and `INTO RADIO` are spoken on screen.
    """
    for extension in dialogue.extensions:
        words = _words(extension)
        if "INTO" in words or "".join(words) in BESIDE_THE_PICTURE:
            continue
        if {*words, "".join(words)} & HEARD_FROM_ELSEWHERE or _recalls(words):
            return True
    return False


def is_beside_the_picture(dialogue: Dialogue) -> bool:
    """Whether the extensions say off screen or off camera: present, but not in the frame."""
    return any(
        {*words, "".join(words)} & BESIDE_THE_PICTURE for words in map(_words, dialogue.extensions)
    )


def _parts(slug_line: SlugLine) -> list[tuple[str, ...]]:
    text = unicodedata.normalize("NFKC", f"{slug_line.text} ; {slug_line.time_of_day}")
    return [_words(part) for part in _PARTS.split(text)]


def _imagines(words: tuple[str, ...]) -> bool:
    return any(
        word in IMAGINED and word not in RECALLED and (following is None or following in LEADS_ON)
        for word, following in zip_longest(words, words[1:])
    )


def _recalls(words: tuple[str, ...]) -> bool:
    for word, following in zip_longest(words, words[1:]):
        if word in REMEMBERED:
            return True
        if word in IMAGINED and (following is None or following in LEADS_ON):
            return True
    # FLASH-BACK and FLASH BACK
    return "FLASHBACK" in "".join(words)


def _words(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).upper().replace(".", "")
    return tuple(_WORDS.findall(folded))
