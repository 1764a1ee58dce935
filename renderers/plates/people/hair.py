"""Hair, beards and hats; local units, the figure looks to +x, the skull is 76 wide."""

from __future__ import annotations

from renderers.plates.ink import Colour, Path, curve
from renderers.plates.palette import darker, lighter
from renderers.plates.pen import FigurePen
from renderers.plates.people.looks import Look

_CAP: Path = ((-34, 8), (-41, -14), (-36, -42), (-12, -61), (18, -59), (38, -42), (40, -22),
              (30, -32), (8, -36), (-12, -28), (-21, -14), (-24, 2), (-29, 8))  # fmt: skip

_FRONTS: dict[str, Path] = {
    "short": _CAP,
    "crop": ((-33, 4), (-38, -16), (-32, -42), (-10, -55), (16, -54), (34, -40), (37, -24),
             (30, -36), (6, -40), (-14, -32), (-22, -18), (-25, 0)),
    "parted": ((-34, 8), (-42, -14), (-37, -44), (-10, -63), (12, -57), (36, -56), (46, -34),
               (39, -16), (34, -30), (18, -38), (-4, -44), (-14, -28), (-22, -12), (-25, 4)),
    "swept": ((-36, 12), (-48, -14), (-44, -40), (-20, -60), (6, -64), (30, -66), (48, -54),
              (38, -44), (34, -32), (10, -38), (-12, -30), (-22, -12), (-26, 6)),
    "tousled": ((-34, 8), (-46, -8), (-40, -22), (-48, -36), (-32, -46), (-30, -62), (-12, -56),
                (0, -68), (12, -58), (30, -64), (32, -50), (46, -46), (38, -32), (42, -18),
                (28, -28), (20, -20), (10, -32), (-2, -22), (-10, -32), (-20, -14), (-26, 4)),
    "bob": ((-38, 30), (-47, 0), (-42, -40), (-14, -63), (18, -61), (40, -42), (43, -14), (38, 12),
            (35, -14), (22, -34), (0, -34), (-12, -22), (-20, 0), (-24, 26)),
    "long": ((-36, 40), (-45, 0), (-41, -40), (-14, -62), (18, -60), (40, -40), (44, -8), (40, 26),
             (35, -10), (24, -34), (4, -42), (-10, -30), (-20, -4), (-26, 34)),
    "fringe": ((-38, 26), (-46, -6), (-40, -42), (-14, -62), (18, -60), (39, -42), (41, -12),
               (36, -20), (20, -17), (2, -18), (-14, -14), (-20, 0), (-26, 24)),
    "bun": ((-33, 6), (-40, -14), (-35, -42), (-12, -60), (18, -58), (37, -42), (39, -24),
            (28, -34), (10, -44), (-10, -34), (-20, -16), (-25, 2)),
}  # fmt: skip
_FRONTS["ponytail"] = _FRONTS["bun"]

_BACKS: dict[str, Path] = {
    "bob": ((-44, 44), (-50, 0), (-44, -42), (0, -60), (40, -30), (42, 30), (28, 44), (0, 40)),
    "long": ((-46, 100), (-56, 50), (-50, -10), (-40, -44), (0, -60), (38, -34), (44, 20), (50, 70),
             (40, 104), (0, 92)),
    "fringe": ((-44, 60), (-52, 10), (-46, -40), (0, -60), (40, -30), (44, 30), (38, 58), (0, 50)),
    "ponytail": ((-30, -40), (-52, -46), (-72, -24), (-70, 20), (-58, 54), (-54, 20), (-44, -6)),
}  # fmt: skip


def draw_hair_behind(pen: FigurePen, look: Look) -> None:
    """The hair that falls behind head and neck."""
    back = _BACKS.get(look.hair_style)
    if back:
        pen.form(curve(back, steps=5), darker(look.hair, 160))
    if look.hair_style == "bun":
        pen.inked_oval((-34, -52), (21, 20), darker(look.hair, 60))
    elif look.hair_style == "curls":
        for centre in (
            (-40, 22),
            (-46, -4),
            (-42, -30),
            (38, -28),
            (42, -4),
            (40, 20),
            (-30, 40),
            (32, 36),
        ):
            pen.inked_oval(centre, (17, 17), darker(look.hair, 150))


def draw_hair_front(pen: FigurePen, look: Look, *, fine: bool) -> None:
    """The hair over the forehead, with a light and some strands when drawn `fine`."""
    colour = look.hair
    if look.hair_style == "bald":
        if look.age == "old":
            pen.form(curve([(-37, -6), (-40, -18), (-34, -30), (-27, -22), (-30, -8)]), colour)
        return
    if look.hair_style in {"curls", "curly_top"}:
        _curls(pen, colour)
    else:
        front = _FRONTS[look.hair_style]
        pen.form(curve(front, steps=5), colour, shade=0.16)
    if fine and not look.hat:
        sheen = lighter(colour, 170)
        pen.stroke([(-22, -44), (-4, -53), (16, -51)], 4.2, sheen)
        pen.stroke([(-30, -24), (-24, -36), (-14, -43)], 2.6, sheen)
        pen.stroke([(-34, -2), (-33, -20), (-26, -34)], 1.6, darker(colour, 300))
        pen.stroke([(6, -55), (22, -50), (31, -38)], 1.6, darker(colour, 300))


def _curls(pen: FigurePen, colour: Colour) -> None:
    ring = (
        (-36, -8),
        (-40, -26),
        (-30, -42),
        (-16, -54),
        (2, -58),
        (20, -54),
        (34, -42),
        (39, -26),
    )
    for centre in ring:
        pen.inked_oval(centre, (15, 14), colour)
    for centre in ((-26, -30), (-8, -44), (12, -44), (26, -36)):
        pen.oval(centre, (15, 13), colour)
    for x, y in ((-20, -40), (4, -50), (22, -44)):
        pen.stroke([(x - 6, y + 3), (x, y - 4), (x + 6, y + 2)], 2.2, lighter(colour, 170))


def draw_beard(pen: FigurePen, look: Look) -> None:
    """Beard or moustache, under the mouth's line."""
    colour = darker(look.hair, 40)
    if look.beard == "full":
        pen.form(curve([(-27, 8), (-24, 30), (-14, 48), (6, 60), (24, 50), (34, 26), (34, 8),
        (28, 20), (22, 22), (12, 19), (0, 23), (-12, 22), (-21, 6)], steps=5), colour)  # fmt: skip
    elif look.beard == "goatee":
        pen.form(curve([(0, 41), (2, 52), (12, 59), (22, 51), (24, 40), (12, 44)], steps=5), colour)
    if look.beard in {"moustache", "goatee"}:
        pen.form(
            curve([(-4, 27), (4, 21), (13, 20), (22, 21), (28, 26), (13, 25)], steps=5), colour
        )


def draw_hat(pen: FigurePen, look: Look) -> None:
    """A cap, a woollen hat or a hat with a brim."""
    colour, band = look.accent, darker(look.accent, 220)
    if look.hat == "beanie":
        pen.form(curve([(-42, -20), (-40, -46), (-18, -70), (14, -70), (38, -48), (42, -22),
                (0, -30)]), colour, shade=0.2)  # fmt: skip
        pen.form([(-44, -14), (-44, -32), (0, -41), (44, -34), (44, -16), (0, -23)], band)
    elif look.hat == "cap":
        pen.form(curve([(-42, -18), (-38, -46), (-14, -66), (18, -62), (38, -42), (40, -26),
                (0, -32)]), colour, shade=0.2)  # fmt: skip
        pen.form(curve([(14, -32), (40, -34), (66, -24), (70, -17), (40, -20), (14, -22)]), band)
    elif look.hat == "brim":
        pen.form(curve([(-36, -30), (-33, -62), (-14, -76), (2, -68), (18, -76), (35, -60),
                (37, -30)]), colour, shade=0.2)  # fmt: skip
        pen.flat([(-36, -30), (-35, -42), (36, -42), (37, -30)], band)
        pen.form(
            curve([(-66, -24), (-34, -36), (0, -38), (36, -36), (66, -26), (30, -22), (-30, -20)]),
            colour,
        )
