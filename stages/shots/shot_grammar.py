"""The grammar of shots: an explicit table of templates, each with a name and a reason.

A template says when it applies and how the shot then looks; it never says how long it lasts. The
first one in the table that applies is taken. This is the seam at which a richer grammar plugs in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Protocol

from schemas.shot_list import Framing
from stages.shots import shot_templates as templates
from stages.shots.camera_setup import Moment, Setup
from stages.shots.montage_template import montage

# Where the same framing of the same people would follow itself, this one is taken instead.
_INSTEAD: Final[dict[Framing, Framing]] = {
    "EWS": "WS",
    "WS": "MLS",
    "MLS": "MS",
    "MS": "MCU",
    "MCU": "CU",
    "CU": "MCU",
    "ECU": "CU",
    "TITLE": "TITLE",
}
_PLACE_INSTEAD: Final[dict[Framing, Framing]] = {**_INSTEAD, "MLS": "WS", "MS": "MLS"}


class ShotGrammar(Protocol):
    """Decides how each take looks. Equal moments must give equal setups."""

    def set_up(self, moment: Moment) -> Setup:
        """The setup for a take. Never the framing and people of `moment.previous` again."""
        ...


@dataclass(frozen=True, slots=True)
class Template:
    """One rule: its name, when it applies, and what it makes."""

    name: str
    applies: Callable[[Moment], bool]
    make: Callable[[Moment], Setup]


@dataclass(frozen=True, slots=True)
class TemplateGrammar:
    """A grammar that takes the first template of its table that applies."""

    templates: tuple[Template, ...]

    def set_up(self, moment: Moment) -> Setup:
        """The setup, moved to another framing if it would repeat the shot before (30° rule)."""
        template = next(each for each in self.templates if each.applies(moment))
        setup = replace(template.make(moment), template=template.name)
        previous = moment.previous
        if previous is None or setup.framing != previous.framing:
            return setup
        if not _looks_alike(setup, previous):
            return setup
        other = (_INSTEAD if setup.people else _PLACE_INSTEAD)[setup.framing]
        if len(setup.people) > templates.MOST_IN_A_ROW:
            other = "EWS" if setup.framing != "EWS" else "WS"
        again = f"{setup.framing} would look like the shot before"
        return replace(setup, framing=other, closeness=("30_degree", again))


def _looks_alike(setup: Setup, previous: Setup) -> bool:
    """Whether two setups of one framing would look the same: of the same faces, or with the same
    people in the picture, unless the camera has gone round from one shoulder to the other."""
    if setup.looked_at == previous.looked_at:
        return True
    reverse = bool(setup.away and previous.away and setup.away != previous.away)
    return set(setup.people) == set(previous.people) and not reverse


def _is(kind: str) -> Callable[[Moment], bool]:
    return lambda moment: moment.take.kind == kind


def _is_master(moment: Moment) -> bool:
    """The first exchange between two or more, and a look back at them every ladder."""
    take = moment.take
    if take.beat is None or take.kind not in ("speech", "exchange") or take.part:
        return False
    wanted = take.beat.opens or (take.parts == 1 and templates.looks_back(moment))
    everyone = templates.group(moment)
    together = len(everyone) > 1 and moment.scene.together(everyone)
    return wanted and not take.beat.off_screen and together


def _is_over_the_shoulder(moment: Moment) -> bool:
    """A whole turn early in a talk between two, before the exchange is close enough for faces."""
    take = moment.take
    if take.kind != "speech" or take.parts > 1 or not moment.listener or len(take.people) != 1:
        return False
    together = moment.scene.together((*take.people, moment.listener))
    return together and templates.still_loose(moment) and templates.face_each_other(moment)


def _is_off_screen(moment: Moment) -> bool:
    return moment.take.beat is not None and moment.take.beat.off_screen


def _is_over_black(moment: Moment) -> bool:
    beat = moment.take.beat
    return beat is not None and beat.kind == "speech" and beat.on_black


def _is_super_card(moment: Moment) -> bool:
    return moment.take.kind == "super" and bool(moment.take.beat and moment.take.beat.on_black)


def _is_listening(moment: Moment) -> bool:
    long = moment.take.kind == "speech" and moment.take.parts > 2 and moment.take.part % 3 == 1
    return long and bool(moment.listener)


TEMPLATES: Final[tuple[Template, ...]] = (
    Template("text_card", _is("card"), templates.text_card),
    Template("super_card", _is_super_card, templates.super_card),
    Template("super", _is("super"), templates.super_over),
    Template("over_black", _is_over_black, templates.over_black),
    Template("establishing", _is("place"), templates.establishing),
    Template("insert", _is("insert"), templates.insert),
    Template("prop_insert", _is("prop"), templates.prop_insert),
    Template("montage", _is("montage"), montage),
    Template("action", lambda m: m.take.kind == "action" and bool(m.take.people), templates.action),
    Template("action_place", _is("action"), templates.action_place),
    Template("reaction", _is("pause"), templates.reaction),
    Template("lyric", _is("lyric"), templates.lyric),
    Template("off_screen", _is_off_screen, templates.off_screen),
    Template("dual", _is("dual"), templates.dual),
    Template("master", _is_master, templates.master),
    Template("exchange", _is("exchange"), templates.exchange),
    Template("listening", _is_listening, templates.listening),
    Template("over_the_shoulder", _is_over_the_shoulder, templates.over_the_shoulder),
    Template("monologue", lambda m: m.take.parts > 1, templates.monologue),
    Template("single", lambda m: True, templates.single),
)

FIRST_GRAMMAR: Final[ShotGrammar] = TemplateGrammar(TEMPLATES)
