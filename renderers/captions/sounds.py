"""What is heard besides words, for viewers who do not hear it: effects, music, manners of speech.

Netflix Timed Text Style Guide, SDH: in brackets, short, and not over speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from renderers.captions.breaks import MAX_CUE_MS, MIN_CUE_MS
from renderers.captions.cue import Cue
from renderers.captions.timing import GAP_FRAMES
from schemas.asset_manifest import Attribute, HeardThrough, VoItem, asset_key
from schemas.project import ADULT_CHARS_PER_SECOND
from schemas.render_plan import RenderPlan
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate, ms_to_frames

# As stages/assets/place_sound.py has it: an effect sounds so long after the cut, at most a quarter
# of the shot; music of less than eight seconds is left out.
_EFFECT_LEAD_MS: Final = 250
_SHORTEST_MUSIC_MS: Final = 8_000
_BED: Final = "bed"
_SHOWN_MS: Final = 2_000
# A sound is still told when the speech that covers it ends so soon after.
LATEST_MS: Final = 4_000
_NO_MOOD: Final = ("", "neutral")
_MUSIC: Final = {
    "de": "Musik",
    "es": "música",
    "fr": "musique",
    "it": "musica",
    "ja": "音楽",
    "ko": "음악",
    "pt": "música",
    "ru": "музыка",
    "zh": "音乐",
}
# As a caption says it; in other languages italics have to do.
_HEARD_THROUGH: Final[dict[str, dict[HeardThrough, str]]] = {
    "de": {"phone": "am Telefon", "radio": "über Funk", "speaker": "aus dem Lautsprecher"},
    "en": {"phone": "on phone", "radio": "on radio", "speaker": "over speaker"},
    "es": {"phone": "por teléfono", "radio": "por radio", "speaker": "por altavoz"},
    "fr": {"phone": "au téléphone", "radio": "à la radio", "speaker": "au haut-parleur"},
    "it": {"phone": "al telefono", "radio": "alla radio", "speaker": "all’altoparlante"},
}
# The beginnings of words that tell how a voice sounds, in English, German, French and Spanish.
_MANNERS: Final = re.compile(
    r"\b(?:shout|yell|scream|whisper|mutter|mumbl|murmur|sing|hum|laugh|chuckl|giggl|cry|cries|sob"
    r"|sigh|gasp|stammer|stutter|pant|groan|growl|hiss|call|cheer|weep|sniff"
    r"|flüster|schrei|ruf|murmel|sing|lach|kicher|wein|schluchz|seufz|stöhn|stotter"
    r"|chuchot|cri(?:e|ant|er)|rit|riant|pleur|soupir|sanglot|chant"
    r"|susurr|grit|ríe|riendo|llor|suspir|cant)\w*",
    re.IGNORECASE,
)
_LANGUAGE: Final = re.compile(r"\bin [A-Z]\w+")
_PIECE: Final = re.compile(r"[^,;.:–—/()\[\]]+")
_MANNER_CHARS: Final = 24


@dataclass(frozen=True, slots=True)
class HeardSound:
    """A sound as a caption names it, `[ring]`, and the film frame in which it begins."""

    text: str
    frame: int


def manner(direction: str) -> str:
    """How a line is said, as far as one can hear it: `[whispering]`, or nothing."""
    for piece in _PIECE.findall(direction):
        heard = _MANNERS.search(piece) or _LANGUAGE.search(piece)
        if heard:
            words = " ".join(piece.split())
            return f"[{words if len(words) <= _MANNER_CHARS else heard[0]}]"
    return ""


def manner_of(item: VoItem, language: str) -> str:
    """The same of a line; where it does not say, the device that its voice comes out of."""
    if said := manner(item.emotion):
        return said
    words = _HEARD_THROUGH.get(language.replace("_", "-").split("-")[0].lower(), {})
    return f"[{words[item.heard_through]}]" if item.heard_through in words else ""


def heard_sounds(shot_list: ShotList, plan: RenderPlan, language: str) -> tuple[HeardSound, ...]:
    """Effects and music that the film really has, in the order in which they begin."""
    resolved = {each.asset_key for each in plan.resolutions if each.blob is not None}
    sounds = (
        *_effects(shot_list, resolved),
        *_music(shot_list, resolved, language),
    )
    return tuple(sorted(sounds, key=lambda sound: sound.frame))


def with_sounds(
    cues: tuple[Cue, ...], sounds: tuple[HeardSound, ...], film_frames: int, fps: FrameRate
) -> tuple[Cue, ...]:
    """The cues with one for each sound where speech leaves room for it, none overlapping."""
    placed = list(cues)
    for sound in sounds:
        if cue := _cue_of(sound, placed, film_frames, fps):
            placed = sorted([*placed, cue], key=lambda each: each.start_frame)
    return tuple(placed)


def above_strips(cues: tuple[Cue, ...], shot_list: ShotList) -> tuple[Cue, ...]:
    """Sounds at the top of pictures whose foot tells the action, as it does where nobody speaks."""
    silent = [
        (start, start + shot.duration_frames)
        for start, shot in _placed(shot_list)
        if shot.action_beat and not shot.audio.vo
    ]
    return tuple(
        replace(cue, at_top=True)
        if not cue.line_ids and any(first <= cue.start_frame < after for first, after in silent)
        else cue
        for cue in cues
    )


def _cue_of(sound: HeardSound, placed: list[Cue], film_frames: int, fps: FrameRate) -> Cue | None:
    reading = -(-len(sound.text) * 1000 // ADULT_CHARS_PER_SECOND)
    shortest = ms_to_frames(max(MIN_CUE_MS, min(reading, MAX_CUE_MS)), fps) + 1
    wanted = max(ms_to_frames(_SHOWN_MS, fps), shortest)
    latest = sound.frame + ms_to_frames(LATEST_MS, fps)
    free_from = 0
    for before in (*placed, None):
        until = film_frames if before is None else before.start_frame - GAP_FRAMES
        start = max(free_from, sound.frame)
        if start <= latest and until - start >= shortest:
            return Cue(
                start_frame=start,
                end_frame=min(until, start + wanted),
                rows=(),
                line_ids=(),
                label=sound.text,
                label_alone=True,
            )
        if before is not None:
            free_from = max(free_from, before.end_frame + GAP_FRAMES)
    return None


def _effects(shot_list: ShotList, resolved: set[str]) -> Iterator[HeardSound]:
    lead = ms_to_frames(_EFFECT_LEAD_MS, shot_list.fps)
    for start, shot in _placed(shot_list):
        tags = shot.audio.sfx
        for number, tag in enumerate(tags):
            if asset_key("sfx", tag) in resolved:
                length = shot.duration_frames
                frame = start + min(lead, length // 4) + number * length // len(tags)
                yield HeardSound(f"[{tag.replace('_', ' ')}]", frame)


def _music(shot_list: ShotList, resolved: set[str], language: str) -> Iterator[HeardSound]:
    primary = language.replace("_", "-").split("-")[0].lower()
    shortest = ms_to_frames(_SHORTEST_MUSIC_MS, shot_list.fps)
    last = ""
    for mood, group in groupby(_placed(shot_list), key=lambda each: each[1].audio.music_mood):
        shots = list(group)
        length = sum(shot.duration_frames for _, shot in shots)
        key = asset_key("music", _BED, (Attribute(name="mood", value=mood),))
        word = _MUSIC.get(primary, "music")
        told = mood not in _NO_MOOD and word == "music"
        text = f"[{mood} music]" if told else f"[{word}]"
        if key in resolved and length >= shortest and text != last:
            last = text
            yield HeardSound(text, shots[0][0])


def _placed(shot_list: ShotList) -> Iterator[tuple[int, Shot]]:
    frame = 0
    for shot in shot_list.shots:
        yield frame, shot
        frame += shot.duration_frames
