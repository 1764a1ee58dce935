"""Who speaks with which voice: a lasting choice for every character, and the voices there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final

from blake3 import blake3

from renderers.speech.engine_files import engine_files
from renderers.speech.languages import FALLBACK_VOICE, language_voices, voice_for_language
from schemas.errors import PipelineError
from schemas.project import Voice

DEFAULT_PITCH: Final = 50
DEFAULT_RATE_WPM: Final = 160

# Variants that stay clear and natural: regular voicing, no echo, no whisper, no robot, ordinary
# pace. Chosen by measuring each one's fundamental, periodicity and spectrum, and spread as far
# apart as they go: ten low voices, ten high ones.
PLEASANT_VARIANTS: Final = (
    "Alex", "Andy", "Denis", "Nguyen", "m2", "m3", "m4", "m7", "m8", "rob",
    "Annie", "aunty", "belinda", "f1", "f2", "f3", "f4", "f5", "linda", "shelby",
)  # fmt: skip
# Each step moves the fundamental by two to four semitones.
_PITCHES: Final = (50, 38, 62)
_RATES_WPM: Final = (156, 160, 164, 168)
_CLOSE_MATCHES: Final = 5


def cast(
    characters: Sequence[str], casting: Mapping[str, Voice], language: str
) -> dict[str, Voice]:
    """A complete voice for each character id, in the order given (that of first appearance).

    A name in `casting` is taken as it is and kept from all others; what it leaves open is filled
    in. Everyone else gets the variant their id hashes to, or the next one that is free, so a
    character who comes later changes nobody before. Variants are all different up to
    len(PLEASANT_VARIANTS) speakers, voices up to three times as many and more.

    Raises PipelineError `unknown-voice` for a name the engine does not have.
    """
    for character, voice in casting.items():
        if voice.name:
            check_voice(voice.name, f"casting of {character}")
    base = voice_for_language(language, language_voices(engine_files().data))
    taken: dict[str, set[int | None]] = {}
    for voice in casting.values():
        if voice.name:
            taken.setdefault(voice.name, set()).add(complete(voice).pitch)
    voices: dict[str, Voice] = {}
    for character in dict.fromkeys(characters):
        asked = casting.get(character, Voice())
        chosen = complete(asked) if asked.name else _choose(character, base, taken)
        if not asked.name:
            taken.setdefault(chosen.name, set()).add(chosen.pitch)
        voices[character] = Voice(
            name=chosen.name,
            pitch=chosen.pitch if asked.pitch is None else asked.pitch,
            rate_wpm=chosen.rate_wpm if asked.rate_wpm is None else asked.rate_wpm,
        )
    return voices


def complete(voice: Voice, language: str = "") -> Voice:
    """`voice` with everything it leaves open filled in."""
    name = voice.name or voice_for_language(language, language_voices(engine_files().data))
    return Voice(
        name=name,
        pitch=DEFAULT_PITCH if voice.pitch is None else voice.pitch,
        rate_wpm=DEFAULT_RATE_WPM if voice.rate_wpm is None else voice.rate_wpm,
    )


def list_voices(language: str = "") -> tuple[str, ...]:
    """Names of the voices to choose from: those of one language, or all plain ones without it.

    Raises PipelineError `unknown-language` for what no voice reads.
    """
    known = language_voices(engine_files().data)
    if not language:
        return tuple(known)
    base = voice_for_language(language, known)
    if base == FALLBACK_VOICE and not language.lower().startswith("en"):
        raise PipelineError(
            "unknown-language",
            language,
            "is neither a language the speech engine has a voice for nor an episode that is there",
            "`pipeline voices` lists all; en, fr and pt-BR are languages",
        )
    return (base, *(f"{base}+{variant}" for variant in PLEASANT_VARIANTS))


def check_voice(name: str, where: str) -> tuple[str, str]:
    """The voice file and the variant (or "") that `name` stands for.

    Raises PipelineError `unknown-voice` with the nearest names that exist.
    """
    base, plus, variant = name.partition("+")
    known = language_voices(engine_files().data)
    base = base.lower()
    if base in known and (variant in _variants() if plus else True):
        return known[base], variant
    near = _near(base, variant, known)
    raise PipelineError(
        "unknown-voice",
        where,
        f"the speech engine has no voice named {name!r}",
        f"nearest are {', '.join(near)}; `pipeline voices` lists all",
    )


def _choose(character: str, base: str, taken: Mapping[str, set[int | None]]) -> Voice:
    seed = blake3(character.encode("utf-8", "surrogatepass")).digest()
    ranked = sorted(PLEASANT_VARIANTS, key=lambda variant: _rank(seed, variant))
    rate = _RATES_WPM[seed[0] % len(_RATES_WPM)]
    # The first pass looks for a variant nobody has, each further one for another pitch of it.
    for others in range(len(_PITCHES)):
        for variant in ranked:
            used = taken.get(f"{base}+{variant}", set())
            free = [pitch for pitch in _PITCHES if pitch not in used]
            if free and len(used) <= others:
                pitch = free[0] if others else free[seed[1] % len(free)]
                return Voice(name=f"{base}+{variant}", pitch=pitch, rate_wpm=rate)
    return _crowd_voice(seed, ranked, base, taken)


def _crowd_voice(
    seed: bytes, ranked: Sequence[str], base: str, taken: Mapping[str, set[int | None]]
) -> Voice:
    """Past all variants at all pitches: the first pitch in between that nobody speaks at."""
    rate = _RATES_WPM[seed[0] % len(_RATES_WPM)]
    for pitch in range(35, 66):
        for variant in ranked:
            if pitch not in taken.get(f"{base}+{variant}", set()):
                return Voice(name=f"{base}+{variant}", pitch=pitch, rate_wpm=rate)
    return Voice(name=f"{base}+{ranked[0]}", pitch=DEFAULT_PITCH, rate_wpm=rate)


def _rank(seed: bytes, variant: str) -> bytes:
    return blake3(seed + variant.encode()).digest()


def _near(base: str, variant: str, known: Iterable[str]) -> list[str]:
    names = sorted(known)
    if base not in names:
        bases = get_close_matches(base, names, _CLOSE_MATCHES, 0.0)
        return [f"{each}+{variant}" if variant in _variants() else each for each in bases]
    lowered = {each.lower(): each for each in sorted(_variants())}
    close = get_close_matches(variant.lower(), sorted(lowered), _CLOSE_MATCHES, 0.0)
    return [f"{base}+{lowered[each]}" for each in close]


@cache
def _variants() -> frozenset[str]:
    folder = engine_files().data / "voices" / "!v"
    return frozenset(path.name for path in folder.iterdir() if path.is_file())
