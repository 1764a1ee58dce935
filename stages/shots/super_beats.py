"""Words to be shown, put where they belong: with the paragraph that holds them, or on black."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from stages.reading.on_screen_text import is_black
from stages.shots.beats import Beat


def settle_supers(beats: Sequence[Beat], dark: bool, all_black: bool = False) -> list[Beat]:
    """The beats with each super's words in it, and on black each super that nothing is seen behind,
    and each voice of somebody who is not seen.

    `dark` is a scene in no place that could be seen, `all_black` one whose heading says BLACK. A
    paragraph such as `Over black:` right before a super or a voice is about it and no beat of its
    own.
    """
    settled: list[Beat] = []
    black = dark
    shut = all_black
    for beat in _with_words(beats):
        unseen = all_black or (beat.off_screen and (shut or beat.on_black))
        if beat.kind == "speech" and unseen:
            # Nothing is seen yet, or any more: words are heard over black.
            arrives = beat.arrives
            if settled and _is_blackness(settled[-1]):
                arrives = settled.pop().arrives or arrives
            heard = replace(beat, people=(), off_screen=True, on_black=True, arrives=arrives)
            settled.append(heard)
            shut = True
            continue
        shut = all_black or beat.fades_out or _is_blackness(beat) or beat.on_black
        if beat.kind != "super":
            # What follows an all black paragraph is on black, until something is seen.
            black = dark or beat.fades_out or _is_blackness(beat)
            settled.append(beat)
            continue
        arrives = beat.arrives
        if settled and _is_blackness(settled[-1]):
            arrives = settled.pop().arrives or arrives
        black = black or beat.on_black
        settled.append(replace(beat, on_black=black, arrives=arrives))
        black = black or beat.fades_out
    return settled


def _is_blackness(beat: Beat) -> bool:
    return beat.kind == "action" and is_black(beat.text)


def _with_words(beats: Sequence[Beat]) -> list[Beat]:
    """A bare `SUPER:` joined with the paragraph below it; one with nothing below shows nothing."""
    joined: list[Beat] = []
    for beat in beats:
        bare = joined.pop() if joined and _is_bare(joined[-1]) else None
        if bare and beat.kind in ("action", "card"):
            words = beat.text.strip().strip('"“”«»')
            joined.append(replace(bare, text=words, fades_out=beat.fades_out))
        else:
            joined.append(beat)
    return [beat for beat in joined if not _is_bare(beat)]


def _is_bare(beat: Beat) -> bool:
    return beat.kind == "super" and not beat.text
