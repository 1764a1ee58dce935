"""Why each aspect of a shot is as it is: named rules that `pipeline explain --shots` cites.

The tables here hold the words; which rule applied was decided by whoever planned the shot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from schemas.shot_list import Movement, RuleAspect, Shot, ShotRule
from schemas.timing import FrameRate, frames_to_ms
from stages.reading.on_screen_text import MOST_SCREENS
from stages.shots.camera_setup import Setup
from stages.shots.shot_take import Take, TakeKind

# What a template's own framing is for; the others are chosen by the ladder, or named by the setup.
_FRAMINGS: Final = {
    "text_card": ("card", "text is read"),
    "super_card": ("card", "text is read"),
    "over_black": ("card", "nothing is seen"),
    "super": ("whole_place", "nobody is covered by words"),
    "title_card": ("card", "text is read"),
    "end_card": ("card", "text is read"),
    "establishing": ("whole_place", "a place is first seen whole"),
    "end_tail": ("stepping_back", "the film lets go of its people"),
    "insert": ("insert", "a thing fills the picture, with nobody beside it"),
    "prop_insert": ("insert", "a thing fills the picture, with nobody beside it"),
    "montage": ("montage", "each picture of a montage is framed otherwise than the last"),
    "action": ("room_to_move", "wide enough to see what is done"),
    "action_place": ("whole_place", "nobody is named"),
    "reaction": ("close_listener", "a silence is read in a face"),
    "listening": ("close_listener", "listening is read in a face"),
    "lyric": ("stepping_back", "the picture makes way for the song"),
    "off_screen": ("over_the_words", "loose enough to listen"),
    "dual": ("two_shot", "both speakers are seen"),
    "master": ("group", "everyone in the conversation is seen"),
    "exchange": ("two_shot", "both sides without a cut"),
    "over_the_shoulder": ("over_the_shoulder", "the listener's shoulder keeps them together"),
}
_MOVEMENTS: Final = {
    "static": ("hold", "nothing asks the camera to move"),
    "push_in": ("push", "drawn closer to a face or a place"),
    "pull_out": ("pull", "letting go"),
    "pan_left": ("pan", "taking a place in"),
    "pan_right": ("pan", "taking a place in"),
}
_LENGTHS: Final[dict[TakeKind, tuple[str, str]]] = {
    "place": ("first_look", "as long as a place takes to be taken in"),
    "action": ("reading_length", "as long as its words take to read, 2 s to 6 s"),
    "insert": ("reading_length", "as long as its words take to read, 2 s to 6 s"),
    "prop": ("reading_length", "as long as its words take to read, 2 s to 6 s"),
    "montage": ("reading_length", "as long as its words take to read, 2 s to 6 s"),
    "card": ("reading_length", "as long as its words take to read, 2 s to 6 s"),
    "super": ("reading_length", "as long as its words take to be noticed and read"),
    "speech": ("measured_speech", "the measured words, with air before and after"),
    "exchange": ("measured_speech", "the measured words, with air before and after"),
    "dual": ("measured_speech", "the longer of the two voices, with air before and after"),
    "pause": ("pause", "a silence that the writer asked for"),
    "lyric": ("measured_speech", "as long as it is sung"),
}
_SPLIT: Final = ("split_paragraph", "its part of the time that the paragraph takes to read")
_OWN: Final = ("own", "as the template asks")


def rules_of(shot: Shot, take: Take, setup: Setup, rate: FrameRate) -> tuple[ShotRule, ...]:
    """The rules behind a shot, aspect by aspect, in the order a director would ask."""
    rules = [_rule("subject", (shot.template, shot.reason)), _rule("framing", _closeness(setup))]
    rules += _sides(shot)
    rules.append(_rule("movement", _moving(shot.movement)))
    if take.super_lines:
        rules.append(_rule("text", _lettered(take)))
    seconds = frames_to_ms(shot.duration_frames, rate)
    name, because = _SPLIT if take.split else _LENGTHS[take.kind]
    rules.append(_rule("duration", (name, f"{seconds // 100 / 10} s: {because}")))
    if shot.transition_in.kind != "cut":
        written: tuple[str, str] = (shot.transition_in.kind, "the writer asks for it")
        if shot.template in ("title_card", "end_card"):
            written = ("card_fade", "a card of the film's own comes out of black")
        rules.append(_rule("transition", written))
    return tuple(rules)


def _lettered(take: Take) -> tuple[str, str]:
    if take.super_cut:
        return ("super_cut", f"the writer asks for more words than {MOST_SCREENS} shots can show")
    words = " / ".join(take.super_lines)
    return ("super", f"the writer asks for {words!r} on the picture")


def _closeness(setup: Setup) -> tuple[str, str]:
    return setup.closeness if setup.closeness[0] else _FRAMINGS.get(setup.template, _OWN)


def _moving(movement: Movement) -> tuple[str, str]:
    return _MOVEMENTS[movement.kind if movement.travel_permille else "static"]


def _sides(shot: Shot) -> Iterator[ShotRule]:
    for who in shot.characters:
        because = f"{who.name} stays on the {who.side} for the whole scene"
        if who.side == "center":
            because = f"{who.name} stands between the others, and passes nobody in the scene"
        yield _rule("side", ("180_degree", because))


def _rule(aspect: RuleAspect, named: tuple[str, str]) -> ShotRule:
    return ShotRule(aspect=aspect, rule=named[0], because=named[1])
