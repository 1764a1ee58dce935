"""What each template of the grammar makes of a moment: framing, people, movement and the reason."""

from __future__ import annotations

from typing import Final

from schemas.shot_list import Framing
from stages.people.performance import NEUTRAL, expression
from stages.shots.camera_setup import Moment, Setup

# Tighter as the exchange warms up, in pairs so that both sides are seen alike; the table begins
# anew, one size tighter, after a second look at the whole group.
_LADDER: Final[tuple[Framing, ...]] = ("MS", "MS", "MS", "MS", "MCU", "MCU", "CU", "CU", "MLS")
_TIGHTER: Final[dict[Framing, Framing]] = {
    "EWS": "WS",
    "WS": "MLS",
    "MLS": "MS",
    "MS": "MCU",
    "MCU": "CU",
    "CU": "CU",
    "ECU": "ECU",
    "TITLE": "TITLE",
}
# More figures than this, in two rows, are too small to be told apart.
MOST_IN_FRAME: Final = 6
# And these stand side by side; more need a ground to stand on behind each other.
MOST_IN_A_ROW: Final = 3
# Looks at a place with nobody in it, one after the other through a scene.
_PLACE_LOOKS: Final[tuple[Framing, ...]] = ("WS", "MLS", "MS")
_TURNS_IN_A_LADDER: Final = len(_LADDER)


def text_card(moment: Moment) -> Setup:
    """Centred text, as a card."""
    return Setup("", "centred text is read as a card", "TITLE")


def super_card(moment: Moment) -> Setup:
    """Words that the writer wants read, with nothing behind them."""
    return Setup("", "the writer wants words read, on black", "TITLE")


def over_black(moment: Moment) -> Setup:
    """A voice, and nothing to see."""
    return Setup("", "the writer wants nothing seen: the words are heard over black", "TITLE")


def super_over(moment: Moment) -> Setup:
    """Words that the writer wants read, over the place with nobody whom they could cover."""
    reason = f"the writer wants words read: over {moment.place}, where they cover nobody"
    return Setup("", reason, "WS")


def establishing(moment: Moment) -> Setup:
    """The place, wide and moving."""
    outside = moment.scene.scene.slug.setting in ("EXT", "INT_EXT")
    reason = f"first look at {moment.place}"
    return Setup(
        "",
        f"{reason}; the pan takes it in",
        "EWS" if outside else "WS",
        movement="pan_left" if _looks_left(moment) else "pan_right",
    )


def _looks_left(moment: Moment) -> bool:
    """Inside one way, outside the other, so that going in does not look like going on."""
    return moment.scene.scene.slug.setting == "INT"


def action_place(moment: Moment) -> Setup:
    """Something happens and nobody is named."""
    if moment.company and not moment.scene.scene.slug.text:
        people = moment.company[:MOST_IN_FRAME]
        reason = "nobody is named and no place is: we see who is here"
        return Setup("", reason, "WS", people, "push_in" if moment.take.part % 2 else "static")
    reason = f"nobody is named: we see {moment.place}"
    framing, closeness = _place_look(moment)
    if moment.take.part % 2:
        pushed = f"{reason}; a push draws us in"
        return Setup("", pushed, framing, movement="push_in", closeness=closeness)
    return Setup("", reason, framing, closeness=closeness)


def _place_look(moment: Moment) -> tuple[Framing, tuple[str, str]]:
    """The framing of a look at the place alone, and the rule of one that is nearer than the last;
    after the nearest it steps back."""
    framing = _PLACE_LOOKS[moment.looks % len(_PLACE_LOOKS)]
    if framing == "WS":
        return framing, ("", "")
    return framing, ("nearer_look", f"look {moment.looks + 1} at the place alone in this scene")


def action(moment: Moment) -> Setup:
    """Named people do something."""
    people = moment.take.people[:MOST_IN_FRAME]
    doing = moment.called(*people)
    if len(people) > 1:
        return Setup("", f"{doing} act together: wide enough to see it", "WS", people)
    framing: Framing = "MLS" if moment.take.part == 0 else "MS"
    return Setup("", f"{doing} acts: wide enough to see it", framing, people)


def insert(moment: Moment) -> Setup:
    """One thing by itself, as near as it gets."""
    reason = f"the writer wants {moment.take.thing} seen by itself"
    return Setup("", reason, "ECU", movement="push_in")


def prop_insert(moment: Moment) -> Setup:
    """A thing that the writer put in capitals, as near as it gets."""
    thing, pin = moment.take.thing, moment.take.pinned
    reason = f"{thing} is in capitals, and new in the scene: a look at it by itself"
    if pin:
        reason = f"{thing} by itself: pinned by {pin}"
    return Setup("", reason, "ECU", movement="push_in")


def reaction(moment: Moment) -> Setup:
    """A silence, on whoever has to take it in."""
    if moment.listener:
        reason = f"a silence: {moment.called(moment.listener)} takes it in"
        return Setup("", reason, _close(moment), (moment.listener,), "push_in")
    reason = f"a silence: we stay with {moment.called(*moment.take.people)}"
    return Setup("", reason, _close(moment), moment.take.people, "push_in")


def off_screen(moment: Moment) -> Setup:
    """Words without their speaker, over the listener or the place."""
    if moment.listener:
        framing: Framing = "MCU" if moment.take.part % 2 else "MS"
        reason = f"the speaker is not seen: the words play over {moment.called(moment.listener)}"
        return Setup("", reason, framing, (moment.listener,))
    reason = f"the speaker is not seen: the words play over {moment.place}"
    framing, closeness = _place_look(moment)
    return Setup("", reason, framing, movement="pan_right", closeness=closeness)


def dual(moment: Moment) -> Setup:
    """Two lines at once, both speakers in the picture, when they are in one place."""
    people = moment.take.people
    if not moment.scene.together(people):
        people = people[:1]
    return Setup("", "two lines are spoken at the same time", "MLS", people)


def lyric(moment: Moment) -> Setup:
    """A song outside any speech."""
    people = moment.company[:MOST_IN_FRAME]
    return Setup("", "a song is heard: the picture steps back", "WS", people, "pull_out")


def master(moment: Moment) -> Setup:
    """Everyone in the conversation, where they stand."""
    people = group(moment)
    framing: Framing = "WS" if len(people) > 2 else "MLS"
    return Setup("", f"who is here and where they stand: {moment.called(*people)}", framing, people)


def exchange(moment: Moment) -> Setup:
    """Several short turns in one shot."""
    people = moment.take.people[:MOST_IN_FRAME]
    framing: Framing = "MS" if len(people) > 1 else _rung(moment)
    if len(people) > MOST_IN_A_ROW:
        framing = "WS"
    closeness = ladder(moment) if len(people) == 1 else ("", "")
    return Setup("", "turns too short to cut between", framing, people, closeness=closeness)


def listening(moment: Moment) -> Setup:
    """The listener, in the middle of a long speech."""
    reason = f"{moment.called(moment.listener)} listens while the speech goes on"
    return Setup("", reason, _close(moment), (moment.listener,))


def monologue(moment: Moment) -> Setup:
    """The speaker of a long speech, closer and wider by turns."""
    framing = _rung(moment)
    reason = f"{moment.called(*moment.take.people)} speaks at length"
    if moment.take.part % 2:
        cut = f"{reason}; cut at a sentence end"
        inside = ("closer_part", "every other part of a long speech is one size tighter")
        return Setup("", cut, _TIGHTER[framing], moment.take.people, closeness=inside)
    closer = f"{reason}; the camera comes closer"
    return Setup("", closer, framing, moment.take.people, "push_in", ladder(moment))


def single(moment: Moment) -> Setup:
    """The speaker, closer as the exchange goes on."""
    speaker = moment.called(*moment.take.people)
    wording = [line.parenthetical for line in moment.take.lines]
    framing = _rung(moment)
    if expression(wording) != NEUTRAL:
        reason = f"{speaker} speaks with feeling: closer, and a slow push"
        felt = ("feeling", "one size tighter than the exchange asks for")
        return Setup("", reason, _TIGHTER[framing], moment.take.people, "push_in", felt)
    warm = "the exchange warms up: closer on " if framing in ("MCU", "CU") else "we follow "
    reason = f"{warm}{speaker}"
    if moment.take.lengthy:
        pushed = f"{reason}; a slow push"
        return Setup("", pushed, framing, moment.take.people, "push_in", ladder(moment))
    return Setup("", reason, framing, moment.take.people, closeness=ladder(moment))


def over_the_shoulder(moment: Moment) -> Setup:
    """The speaker past the shoulder of whoever listens, so that both stay in one room."""
    speaker, listener = moment.take.people[0], moment.listener
    reason = f"{moment.called(speaker)} speaks to {moment.called(listener)}, whose shoulder is near"
    people, near = (speaker, listener), (listener,)
    return Setup("", reason, "MS", people, closeness=ladder(moment), away=near)


def still_loose(moment: Moment) -> bool:
    """Whether the exchange is at its first and widest framing, and nobody speaks with feeling."""
    wording = [line.parenthetical for line in moment.take.lines]
    return moment.turn > 0 and _rung(moment) == "MS" and expression(wording) == NEUTRAL


def face_each_other(moment: Moment) -> bool:
    """Whether the speaker and the listener have a side of the screen each."""
    sides = [moment.scene.person(who).side for who in (moment.take.people[0], moment.listener)]
    return sorted(sides) == ["left", "right"]


def ladder(moment: Moment) -> tuple[str, str]:
    """The rule of tighter framings as an exchange goes on, and how far it has gone."""
    return ("ladder", f"speech {moment.turn + 1} of the exchange")


def _rung(moment: Moment) -> Framing:
    round_number, rung = divmod(moment.turn, _TURNS_IN_A_LADDER)
    framing = _LADDER[rung]
    return framing if round_number == 0 else _TIGHTER[framing]


def _close(moment: Moment) -> Framing:
    return "CU" if _rung(moment) in ("MCU", "CU") else "MCU"


def looks_back(moment: Moment) -> bool:
    """Whether the ladder of framings is climbed and the group is due to be seen again."""
    return moment.turn % _TURNS_IN_A_LADDER == _TURNS_IN_A_LADDER - 1


def group(moment: Moment) -> tuple[str, ...]:
    """The speakers, then those they talk to, then others in the order they appeared."""
    wanted = dict.fromkeys((*moment.take.people, moment.listener, *moment.company))
    return tuple(person for person in wanted if person)[:MOST_IN_FRAME]
