"""What stands behind a name in a cue and says that its voice is heard and its owner not seen."""

from __future__ import annotations

import re
from typing import Final

_LETTERS: Final = re.compile(r"[^\w]+|_")
# Extensions, letters only, of a voice whose speaker is not in the picture. Voice over, off screen
# and off camera as used in English, and their counterparts in other languages.
_OFF_SCREEN: Final = frozenset(
    (
        "VO",
        "OS",
        "OC",
        "VOICEOVER",
        "VOICEOFF",
        "OFFSCREEN",
        "OFFCAMERA",
        "OFF",
        "OFFSTAGE",
        "NARRATION",
        "NARRATOR",
        "OFFSCREENVOICE",
        "VOIXOFF",
        "HORSCHAMP",
        "HC",
        "ENOFF",
        "VOZENOFF",
        "VOZOFF",
        "EMOFF",
        "FC",
        "FUORICAMPO",
        "FUORICAMPOVO",
        "VFC",
        "AUSDEMOFF",
        "IMOFF",
        "OFFTEXT",
        "VOFF",
        "ЗК",
        "ЗАКАДРОМ",
        "ВПЗ",
        "ГЗК",
    )
)
# Voices that come out of something, or before their own scene does: `(OVER THE RADIO)`, `(ON TV)`,
# `(FILTERED)`, `(PRE-LAP)`. `(ON PHONE)` is not among them: they hold one, and are seen with it.
_DEVICES: Final = (
    r"(?:RADIO|TV|TELEVISION|TAPE|RECORDING|SPEAKER|SPEAKERPHONE|LOUDSPEAKER|INTERCOM|P\.?A\.?"
    r"|TANNOY|ANSWERING MACHINE|VOICEMAIL|MONITOR|EARPIECE|WALKIE-TALKIE|COMMS)"
)
_OUT_OF_SOMETHING: Final = re.compile(
    rf"(?:ON|IN|OVER|FROM|VIA|THROUGH)(?: THE)? {_DEVICES}|FILTERED|RECORDED|PRE-?LAP|VOICE ONLY"
    r"|(?P<near>OVER(?: THE)? (?:PHONE|TELEPHONE)|THROUGH(?: THE)? (?:PHONE|DOOR|WALL|WINDOW)"
    r"|FROM(?: THE)? (?:OUTSIDE|INSIDE|UPSTAIRS|DOWNSTAIRS|OFF|NEXT ROOM|OTHER ROOM))"
)
# By themselves PA, TAPE, MONITOR and COMMS may be somebody's name, and a VOICE COACH is seen.
_VOICE: Final = re.compile(
    r"(?:.*\W)?VOICE(?:\W*|\W+(?:OVER|OF|ON|FROM|IN|THROUGH|ONE|TWO|THREE|#|\d|\().*)"
    rf"|(?:THE )?(?!(?:P\.?A\.?|TAPE|MONITOR|COMMS)\Z){_DEVICES}(?: SYSTEM)?"
)
_OFF_WORDS: Final = frozenset(("VO", "OS", "OC", "OFF"))
# The same for someone who is near, only out of the picture: they speak to those who are in it.
_NEARBY: Final = frozenset(("OS", "OC", "OFFSCREEN", "OFFCAMERA", "OFFSTAGE", "HORSCHAMP", "HC"))
# Cues, letters only, that name a voice or a text and nobody one could see.
_BODILESS: Final = frozenset(
    (
        *("NARRATOR", "NARRATORIN", "NARRATEUR", "NARRATRICE", "NARRADOR", "NARRADORA"),
        *("NARRATORE", "ERZÄHLER", "ERZÄHLERIN", "ERZAEHLER", "ERZAEHLERIN", "SPRECHER"),
        *("VOICE", "VOICEOVER", "VOIX", "VOIXOFF", "VOZ", "VOZENOFF", "VOCE", "STIMME"),
        *("ONSCREEN", "TITLECARD", "SUPER", "CAPTION", "РАССКАЗЧИК", "ナレーター", "ナレーション"),
    )
)


def is_off_screen(extensions: tuple[str, ...]) -> bool:
    """True when an extension says that the speaker is heard and not seen, as `V.O.` or `O.S.`."""
    return any(_says_off(extension.upper()) for extension in extensions)


def is_voice_over(speaker: str, extensions: tuple[str, ...]) -> bool:
    """True for a voice from nowhere in the scene: a narrator, or `V.O.` where it is not `O.S.`."""
    if is_bodiless(speaker):
        return True
    return is_off_screen(extensions) and not any(
        _LETTERS.sub("", word) in _NEARBY or _is_near(extension)
        for extension in extensions
        for word in (extension.upper(), *re.split(r"[\s,/&+;-]+", extension.upper()))
    )


def is_bodiless(speaker: str) -> bool:
    """True for a cue that names a voice or a text and no person, as NARRATOR and TV VOICE do."""
    name = speaker.upper()
    return _LETTERS.sub("", name) in _BODILESS or _VOICE.fullmatch(name) is not None


def _is_near(extension: str) -> bool:
    found = _OUT_OF_SOMETHING.fullmatch(extension.upper().strip())
    return found is not None and found["near"] is not None


def _says_off(extension: str) -> bool:
    if _LETTERS.sub("", extension) in _OFF_SCREEN or _OUT_OF_SOMETHING.fullmatch(extension.strip()):
        return True
    words = (_LETTERS.sub("", word) for word in re.split(r"[\s,/&+;-]+", extension))
    return any(word in _OFF_WORDS for word in words)
