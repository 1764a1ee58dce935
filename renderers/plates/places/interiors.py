"""Rooms: which walls, fittings and furniture make a kitchen, a church, a cell."""

from __future__ import annotations

from collections.abc import Callable

from renderers.plates.palette import darker, lighter, mix
from renderers.plates.places import (
    fittings,
    fixtures,
    furniture,
    halls,
    land,
    lofts,
    passages,
    vehicles,
)
from renderers.plates.places.backdrop import LINE, Backdrop
from renderers.plates.places.corners_of_town import draw_phone_box
from renderers.plates.places.enclosures import draw_car, draw_cave, draw_corridor
from renderers.plates.places.room import Room, Solid, build_shell, put

# Nothing stands close to the camera where people only pass, or where nothing is known.
_BARE = frozenset({"", "stairwell", "lift", "station", "court", "hall", "garage"})

Furnish = Callable[[Backdrop, Room], None]


def draw_interior(b: Backdrop, kind: str, *, wide: bool) -> None:
    """A whole room; `wide` adds something close to the camera for depth."""
    if kind in _WHOLE:
        _WHOLE[kind](b)
        return
    reach = min(b.half * 0.66, 270.0 if kind == "lift" else 620.0)
    shift = b.choose.spread("room turned", -40, 40)
    room = Room(-reach + shift, reach + shift)
    style, furnish = _ROOMS.get(kind, _ROOMS[""])
    build_shell(b, room, style)
    furnish(b, room)
    if wide and kind not in _BARE:
        furniture.foreground(b, b.half)


def _living(b: Backdrop, room: Room) -> None:
    side = b.side
    fittings.side_door(b, room, -side)
    fittings.window(b, room, side * room.right * 0.5)
    fittings.picture(b, room, -side * room.right * 0.42)
    furniture.rug(b, room)
    furniture.sofa(b, room, -side * room.right * 0.42)
    furniture.plant(b, room, side * room.right * 0.86)
    fittings.floor_lamp(b, room, -side * room.right * 0.9)


def _kitchen(b: Backdrop, room: Room) -> None:
    side = b.side
    middle = side * room.right * 0.24
    left, right = sorted((side * (room.right - 8), -side * room.right * 0.36))
    fittings.window(b, room, middle, 170)
    fixtures.wall_cupboards(b, room, *sorted((middle + side * 130, side * (room.right - 8))))
    fittings.door(b, room, -side * room.right * 0.7)
    fixtures.counter(b, room, left, right)
    furniture.table(b, room, -side * room.right * 0.3, 1.42, 230)
    furniture.chair(b, room, -side * room.right * 0.3 - side * 160, 1.4, -side)
    fittings.pendant(b, room, -side * room.right * 0.3)


def _bedroom(b: Backdrop, room: Room) -> None:
    side = b.side
    fittings.window(b, room, -side * room.right * 0.5, 170)
    fittings.picture(b, room, side * room.right * 0.4)
    furniture.bedside(b, room, side * room.right * 0.4 - side * 215)
    furniture.bed(b, room, side * room.right * 0.44)
    furniture.plant(b, room, -side * room.right * 0.9)
    furniture.rug(b, room, -side * 120)


def _office(b: Backdrop, room: Room) -> None:
    side = b.side
    fixtures.shelves(b, room, side * room.right * 0.72)
    fittings.window(b, room, -side * room.right * 0.1, 230)
    fittings.wall_clock(b, room, side * room.right * 0.36)
    fittings.side_door(b, room, -side)
    furniture.plant(b, room, -side * room.right * 0.72)
    furniture.desk(b, room, -side * room.right * 0.18)


def _bar(b: Backdrop, room: Room) -> None:
    fixtures.bar_counter(b, room)
    for x in (-0.5, 0.0, 0.5):
        fittings.pendant(b, room, room.right * x, 120, 1.2)


def _hospital(b: Backdrop, room: Room) -> None:
    side = b.side
    fittings.window(b, room, side * room.right * 0.1, 210)
    fittings.door(b, room, -side * room.right * 0.66, glazed=True)
    rail = room.above(2.3)
    cloth = mix(b.tones.leaf, b.tones.trim, 600)
    left, right = sorted((side * (room.right - 4), side * (room.right - 150)))
    b.block((left, rail, right, room.above(0.4)), cloth)
    for k in range(1, 6):
        x = left + (right - left) * k / 6
        b.sheet.line([(x, rail), (x, room.above(0.4))], darker(cloth, 170), 2.5)
    furniture.bed(b, room, side * room.right * 0.6)
    stand = room.seen(side * room.right * 0.18, room.floor, 1.1)
    b.stroke([stand, (stand[0], stand[1] - 400)], b.tones.metal, 7)
    b.block((stand[0] - 20, stand[1] - 400, stand[0] + 20, stand[1] - 330), b.tones.paper)


def _library(b: Backdrop, room: Room) -> None:
    for x in (-0.76, -0.4, 0.4, 0.76):
        fixtures.shelves(b, room, room.right * x, room.right * 0.34, 6)
    fittings.window(b, room, 0, 170)
    furniture.rug(b, room)
    furniture.desk(b, room, b.side * 60, 1.36)


def _shop(b: Backdrop, room: Room) -> None:
    side = b.side
    for x in (0.2, 0.72):
        fixtures.shelves(b, room, side * room.right * x, room.right * 0.46, 4)
    fittings.door(b, room, -side * room.right * 0.62, glazed=True)
    left, right = sorted((side * room.right * 0.2, side * room.right * 0.95))
    put(b, room, Solid(left, right, 0, 1.0, 1.3, 1.48), b.tones.fabric)
    fittings.pendant(b, room, 0, 100)


def _phone_box(b: Backdrop) -> None:
    """Of glass: whoever is in it is seen from outside."""
    land.sky(b, LINE + 40)
    draw_phone_box(b)


def _bathroom(b: Backdrop, room: Room) -> None:
    side = b.side
    x = side * room.right * 0.4
    b.sheet.inked_oval(
        (x, room.above(1.62)), (74, 92), mix(b.light.sky_low, b.tones.trim, 500), (b.ink, 5)
    )
    put(b, room, Solid(x - 90, x + 90, 0.68, 0.86, 1.0, 1.16), lighter(b.tones.paper, 300))
    put(b, room, Solid(x - 20, x + 20, 0, 0.68, 1.02, 1.08), b.tones.paper)
    left, right = sorted((-side * room.right * 0.1, -side * (room.right - 10)))
    put(b, room, Solid(left, right, 0, 0.58, 1.02, 1.3), lighter(b.tones.paper, 200))
    fittings.window(b, room, -side * room.right * 0.52, 150)


# What is no box with four walls, and draws itself.
_WHOLE: dict[str, Callable[[Backdrop], None]] = {
    "car": draw_car,
    "cave": draw_cave,
    "corridor": draw_corridor,
    "bus": vehicles.draw_bus,
    "plane": vehicles.draw_plane,
    "attic": lofts.draw_attic,
    "spaceship": lofts.draw_spaceship,
    "phone box": _phone_box,
}
_ROOMS: dict[str, tuple[str, Furnish]] = {
    "": ("plain", passages.furnish_plain),
    "living": ("plain", _living),
    "stairwell": ("plain", passages.furnish_stairwell),
    "lift": ("metal", passages.furnish_lift),
    "station": ("stone", passages.furnish_station),
    "court": ("panelled", passages.furnish_court),
    "hall": ("panelled", passages.furnish_hall),
    "kitchen": ("tiled", _kitchen),
    "bedroom": ("plain", _bedroom),
    "office": ("panelled", _office),
    "bar": ("boards", _bar),
    "hospital": ("tiled", _hospital),
    "church": ("stone", halls.furnish_church),
    "castle": ("stone", halls.furnish_castle),
    "ship": ("boards", halls.furnish_ship),
    "lighthouse": ("metal", halls.furnish_lighthouse),
    "classroom": ("plain", halls.furnish_classroom),
    "library": ("panelled", _library),
    "shop": ("boards", _shop),
    "workshop": ("boards", halls.furnish_workshop),
    "garage": ("boards", lofts.furnish_garage),
    "lodge": ("panelled", lofts.furnish_lodge),
    "prison": ("stone", halls.furnish_prison),
    "bathroom": ("tiled", _bathroom),
    "train": ("metal", halls.furnish_train),
    "theatre": ("panelled", halls.furnish_theatre),
}
