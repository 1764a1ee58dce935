"""Things in somebody's hand or filling a picture: how each is drawn, how large, how it is held.

A thing is drawn around its own middle and is about 100 units long; in a figure's hand `size` of
those are a hundredth of a head.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from renderers.plates.ink import Colour, Glow, Point
from renderers.plates.pen import FigurePen
from renderers.plates.things import things_carried, things_in_hand, things_to_read

Draw = Callable[[FigurePen], None]


@dataclass(frozen=True, slots=True)
class Thing:
    """`size_percent` of a head long; `hold` names the arms that hold it (`gestures`); `grip` is the
    point of it that lies in the hand, in its own units."""

    draw: Draw
    size_percent: int
    hold: str
    grip: Point = (0.0, 0.0)


THINGS: Final[dict[str, Thing]] = {
    "phone": Thing(things_in_hand.phone, 40, "up", (0, 26)),
    "receiver": Thing(things_in_hand.receiver, 52, "up", (0, 0)),
    "keys": Thing(things_in_hand.keys, 46, "up", (0, -36)),
    "letter": Thing(things_to_read.letter, 62, "read", (0, 22)),
    "newspaper": Thing(things_to_read.newspaper, 118, "read", (0, 30)),
    "photo": Thing(things_to_read.photo, 50, "up", (0, 38)),
    "book": Thing(things_to_read.book, 84, "read", (0, 26)),
    "laptop": Thing(things_to_read.laptop, 100, "front", (0, 30)),
    "paper": Thing(things_to_read.paper, 66, "read", (0, 40)),
    "lantern": Thing(things_carried.lantern, 78, "lift", (0, -50)),
    "torch": Thing(things_in_hand.torch, 56, "aim", (-30, 0)),
    "candle": Thing(things_in_hand.candle, 56, "up", (0, 40)),
    "bucket": Thing(things_carried.bucket, 82, "hang", (0, -50)),
    "cup": Thing(things_in_hand.cup, 36, "up", (-20, 4)),
    "glass": Thing(things_in_hand.glass, 44, "up", (0, 18)),
    "bottle": Thing(things_in_hand.bottle, 66, "up", (0, 18)),
    "bread": Thing(things_in_hand.bread, 50, "up", (-14, 14)),
    "apple": Thing(things_in_hand.apple, 34, "up", (0, 26)),
    "plate": Thing(things_carried.plate, 78, "front", (0, 10)),
    "gun": Thing(things_in_hand.gun, 60, "aim", (-30, 16)),
    "rifle": Thing(things_in_hand.rifle, 190, "across", (0, 6)),
    "knife": Thing(things_in_hand.knife, 62, "up", (0, 34)),
    "sword": Thing(things_in_hand.sword, 150, "up", (0, 40)),
    "axe": Thing(things_in_hand.axe, 120, "up", (0, 26)),
    "stick": Thing(things_in_hand.stick, 250, "side", (0, -34)),
    "umbrella": Thing(things_carried.umbrella, 340, "shade", (0, 38)),
    "suitcase": Thing(things_carried.suitcase, 108, "hang", (0, -40)),
    "bag": Thing(things_carried.bag, 88, "hang", (0, -48)),
    "box": Thing(things_carried.box, 122, "front", (0, 20)),
    "flowers": Thing(things_carried.flowers, 96, "up", (0, 34)),
    "rope": Thing(things_carried.rope, 84, "front", (0, -30)),
    "camera": Thing(things_in_hand.camera, 62, "both", (0, 10)),
    "microphone": Thing(things_in_hand.microphone, 56, "mouth", (0, 30)),
    "radio": Thing(things_carried.radio, 88, "front", (0, 24)),
    "watch": Thing(things_in_hand.watch, 34, "up", (0, 30)),
    "coin": Thing(things_in_hand.coin, 22, "up", (0, 44)),
    "money": Thing(things_to_read.money, 52, "up", (0, 30)),
    "ring": Thing(things_in_hand.ring, 26, "up", (0, 40)),
    "cigarette": Thing(things_in_hand.cigarette, 34, "up", (-34, 8)),
    "pen": Thing(things_in_hand.pen, 44, "up", (0, 30)),
    "guitar": Thing(things_carried.guitar, 220, "across", (0, 0)),
    "ball": Thing(things_carried.ball, 66, "front", (0, 20)),
    "doll": Thing(things_carried.doll, 92, "front", (0, 14)),
    "baby": Thing(things_carried.baby, 118, "front", (0, 14)),
    "hat": Thing(things_carried.hat, 84, "front", (0, 14)),
    "shoe": Thing(things_in_hand.shoe, 54, "up", (-16, 12)),
    "mirror": Thing(things_in_hand.mirror, 60, "up", (0, 42)),
    "mask": Thing(things_in_hand.mask, 62, "up", (0, 36)),
    "skull": Thing(things_in_hand.skull, 66, "up", (0, 40)),
    "cloth": Thing(things_carried.cloth, 84, "front", (0, -20)),
}
"""Every kind of `schemas.held_things`."""


LIT: Final = frozenset({"lantern", "candle", "torch"})
"""What gives light of its own."""

_GLOW: Final[Colour] = (255, 206, 132)


def glow_of(pen: FigurePen, kind: str, hand: Point) -> Glow:
    """The light around something lit with its grip at a point of a figure."""
    thing = THINGS[kind]
    scale = thing.size_percent / 100
    x, y = pen.place([(hand[0] - thing.grip[0] * scale, hand[1] - thing.grip[1] * scale)])[0]
    return Glow(x, y, pen.unit * 190, pen.unit * 190, _GLOW, 420)


def draw_thing(pen: FigurePen, kind: str, hand: Point) -> None:
    """A thing of a known kind with its grip at a point of a figure."""
    thing = THINGS[kind]
    scale = thing.size_percent / 100
    middle = (hand[0] - thing.grip[0] * scale, hand[1] - thing.grip[1] * scale)
    thing.draw(pen.within(middle, scale))
