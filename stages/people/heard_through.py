"""Voices that come out of a device, and voices from beside the picture.

A writer says so behind the name, `GRAN (ON PHONE)`, `PILOT (V.O., FILTERED)`; or in the action
right before, where a radio crackles; or not at all, where two telephone and each has a scene.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.asset_manifest import HeardThrough
from schemas.script import Action, Dialogue, Scene, Script, plain_text
from stages.reading.unseen_voices import is_bodiless, is_off_screen, is_voice_over

# The devices, by the beginnings of the words that mean one; the first row that matches decides.
_PHONES: Final = (
    *("PHONE", "TELEPHON", "CELLPHON", "MOBILE", "HANDSET", "RECEIVER", "VOICEMAIL", "FILTERED"),
    *("TELEFON", "TÉLÉPHON", "COMBINÉ", "TELÉFON", "MÓVIL", "AURICULAR", "ТЕЛЕФОН"),
)
_RADIOS: Final = ("RADIO", "WALKIE", "TRANSCEIVER", "HEADSET", "FUNK", "TALKIE", "РАЦИ", "РАДИО")
_SPEAKERS: Final = (
    *("SPEAKER", "LOUDSPEAKER", "INTERCOM", "TANNOY", "TELEVISION", "TAPE", "RECORDING"),
    *("RECORDER", "MEGAPHONE", "LAUTSPRECHER", "FERNSEH", "TONBAND", "HAUTPARLEUR", "TÉLÉVIS"),
    *("ALTAVOZ", "MEGÁFONO", "ALTOPARLANTE", "ДИНАМИК"),
)
# Where words stand without spaces, anywhere in them.
_INSIDE: Final[dict[str, HeardThrough]] = {
    **dict.fromkeys(("電話", "电话", "전화"), "phone"),
    **dict.fromkeys(("ラジオ", "無線", "无线", "收音机", "라디오", "무전"), "radio"),
    **dict.fromkeys(("スピーカー", "テレビ", "電視", "电视", "텔레비전", "스피커"), "speaker"),
}
_DEVICES: Final[tuple[tuple[HeardThrough, tuple[str, ...]], ...]] = (
    ("phone", _PHONES),
    ("radio", _RADIOS),
    ("speaker", _SPEAKERS),
)
_WHOLE: Final[dict[str, HeardThrough]] = {
    **{"CELL": "phone", "HANDY": "phone", "COMMS": "radio", "PA": "speaker", "TV": "speaker"}
}
# `(INTO PHONE)`: whoever says so is here, and holds it.
_INTO: Final = frozenset({"INTO", "TO", "INS", "DANS", "NEL"})
_TELEPHONES: Final = ("PHONE", "TELEPHON", "TELEFON", "TÉLÉPHON", "TELÉFON", "ТЕЛЕФОН")
# In an action these say that nobody talks yet.
_RINGING: Final = ("RING", "KLINGEL", "SONN", "SUEN", "SQUILL", "ЗВОН")
_RINGS_INSIDE: Final = ("鳴", "鸣", "响", "響", "울")
# What looks like a device and is somebody at a lectern, a prison, a mood, a doctor.
_NO_DEVICES: Final = frozenset(
    (
        *("SPEAKER", "SPEAKERS", "CELL", "CELLS", "HANDY", "FUNKY", "RADIOLOGIST", "RADIOLOGY"),
        *("TAPES", "TAPED", "TAPESTRY", "TAPESTRIES"),
    )
)
# Whoever hangs up, or puts it down, has ended the talk.
_HUNG_UP: Final = (
    (frozenset({"HANG", "HANGS", "HUNG"}), "UP"),
    (frozenset({"PUT", "PUTS", "SET", "SETS", "LAYS", "SLAMS"}), "DOWN"),
)
# Whoever tells the story does so from nowhere.
_NARRATION: Final = ("NARRAT", "NARRAD", "ERZÄHL", "ERZAEHL", "РАССКАЗ", "ナレ")
_WORD: Final = re.compile(r"[^\W\d_]+")
_POSSESSIVE: Final = re.compile(r"[^\W\d_]+['’]S\b")


@dataclass(frozen=True, slots=True)
class _Company:
    """A scene in this respect: the words of its action, who speaks on screen, who of them
    `(into phone)`, and whether there is a telephone."""

    words: frozenset[str]
    speaking: frozenset[str]
    calling: frozenset[str]
    telephones: bool

    def holds(self, line: Dialogue) -> bool:
        """Whether the speaker is in the scene: speaks on screen, or is named in its action."""
        name = _words(line.speaker)
        return line.speaker_id in self.speaking or (bool(name) and self.words.issuperset(name))


def heard_through(script: Script) -> dict[str, HeardThrough]:
    """What each line is heard through, by its id; lines that are simply heard are not in it.

    A voice behind which a device is named comes out of it. `(ON PHONE)` alone says that they hold
    one, unless they are not in the scene and somebody there speaks `(into phone)`. So does a
    voice-over come out of what the action right before it names; and one in a conversation with
    somebody who is on screen in the scene before or after, where either of the two has a telephone,
    out of that. What is left of O.S. is `offstage`.
    """
    company = [_company(scene) for scene in script.scenes]
    found: dict[str, HeardThrough] = {}
    for number, scene in enumerate(script.scenes):
        near = company[max(number - 1, 0) : number] + company[number + 1 : number + 2]
        for line, before in _speeches(scene):
            if way := _way(line, before, company[number], near):
                found[line.line_id] = way
    return found


def _way(line: Dialogue, before: str, here: _Company, near: Sequence[_Company]) -> HeardThrough:
    bodiless = is_bodiless(line.speaker)
    named = _named(line.extensions) or (_device(_words(line.speaker)) if bodiless else "")
    unseen = is_off_screen(line.extensions) or bodiless
    called = here.calling - {line.speaker_id}
    if named and (unseen or (called and not here.holds(line))):
        return named
    if not unseen or _narrates(line):
        return ""
    if not here.holds(line):
        if found := _heard_from(before):
            return found
        there = [each for each in near if here.speaking and line.speaker_id in each.speaking]
        if any(each.telephones or here.telephones for each in there):
            return "phone"
    return "" if is_voice_over(line.speaker, line.extensions) else "offstage"


def _narrates(line: Dialogue) -> bool:
    words = _words(" ".join((line.speaker, *line.extensions)))
    return any(word.startswith(_NARRATION) for word in words)


def _named(extensions: Sequence[str]) -> HeardThrough:
    """The device that the extensions name as the way a voice comes."""
    named = (_words(extension.replace(".", "")) for extension in extensions)
    ways = (words for words in named if not _INTO.intersection(words))
    return next((found for words in ways if (found := _device(words))), "")


def _heard_from(action: str) -> HeardThrough:
    """The device that an action names, unless it only rings."""
    words = [word for word in _words(action) if word not in _NO_DEVICES]
    if any(behind in words and verbs.intersection(words) for verbs, behind in _HUNG_UP):
        return ""
    rings = any(word.startswith(_RINGING) for word in words) or any(
        sign in action for sign in _RINGS_INSIDE
    )
    return "" if rings else _device(words)


def _device(words: Sequence[str]) -> HeardThrough:
    for inside, device in _INSIDE.items():
        if any(inside in word for word in words):
            return device
    for device, stems in _DEVICES:
        if any(word.startswith(stems) or _WHOLE.get(word) == device for word in words):
            return device
    return ""


def _company(scene: Scene) -> _Company:
    told = ""
    directions = _words(scene.slug.text)
    speaking, calling = set(), set()
    for element in scene.elements:
        if isinstance(element, Action):
            told += f"{plain_text(element.spans)}\n"
        elif isinstance(element, Dialogue):
            said = _words(" ".join((element.parenthetical, *element.extensions)))
            directions += said
            if _INTO.intersection(said) and _device(said):
                calling.add(element.speaker_id)
            away = _named(element.extensions) or is_off_screen(element.extensions)
            if not away and not is_bodiless(element.speaker):
                speaking.add(element.speaker_id)
    telephones = any(map(_is_telephone, (*_words(told), *directions)))
    named = frozenset(_words(_POSSESSIVE.sub("", told.upper())))
    return _Company(named, frozenset(speaking), frozenset(calling), telephones)


def _is_telephone(word: str) -> bool:
    return word.startswith(_TELEPHONES) or any(
        inside in word for inside, device in _INSIDE.items() if device == "phone"
    )


def _speeches(scene: Scene) -> Iterator[tuple[Dialogue, str]]:
    """Every line of a scene, with the action right before the speech it belongs to."""
    before, speaker = "", ""
    for element in scene.elements:
        if isinstance(element, Action):
            before, speaker = plain_text(element.spans), ""
        elif isinstance(element, Dialogue):
            if speaker not in ("", element.speaker_id):
                before = ""
            speaker = element.speaker_id
            yield element, before


def _words(text: str) -> list[str]:
    return _WORD.findall(text.upper())
