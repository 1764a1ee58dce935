"""What the arms do: gestures, and things held; local units, the figure looks to +x."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from renderers.plates.ink import Point
from renderers.plates.pen import FigurePen
from renderers.plates.people.limbs import Body, draw_arm
from renderers.plates.things.kinds import LIT, THINGS, draw_thing, glow_of

# Below this a frame cuts off what hangs from an arm, and a thing before the chest goes higher.
_KNEES: Final = 420.0
_WAIST: Final = 230.0
_RAISED: Final = 46.0


@dataclass(frozen=True, slots=True)
class Arms:
    """Elbow and wrist of the far arm, on the side that is looked to, and of the near one; where a
    thing's grip is; whether an arm passes before the head."""

    far: tuple[Point, Point]
    near: tuple[Point, Point]
    grip: Point = (0.0, 0.0)
    far_over_head: bool = False
    near_over_head: bool = False


_DOWN: Final = ((72.0, 184.0), (70.0, 262.0))
_NEAR_DOWN: Final = ((-80.0, 186.0), (-70.0, 268.0))

ARMS: Final[dict[str, Arms]] = {
    "": Arms(_DOWN, _NEAR_DOWN),
    "talk": Arms(((80, 186), (132, 148)), _NEAR_DOWN),
    "walking": Arms(((90, 178), (124, 232)), ((-92, 178), (-104, 250))),
    "running": Arms(((96, 170), (142, 118)), ((-128, 160), (-92, 228))),
    "lap": Arms(((70, 186), (92, 232)), ((-72, 190), (-14, 244))),
    "lying": Arms(((66, 186), (28, 226)), ((-70, 190), (-6, 232))),
    "crossed": Arms(((78, 176), (-4, 178)), ((-76, 180), (22, 168))),
    "pointing": Arms(((104, 128), (168, 106)), _NEAR_DOWN),
    "raised": Arms(((98, 108), (104, 26)), ((-108, 110), (-112, 28))),
    "waving": Arms(((104, 112), (120, 28)), _NEAR_DOWN),
    "hips": Arms(((116, 168), (66, 232)), ((-126, 172), (-66, 234))),
    "praying": Arms(((72, 184), (36, 134)), ((-74, 188), (14, 138))),
    "face": Arms(((78, 158), (34, 58)), ((-84, 158), (-22, 58)), (0, 0), True, True),
    "hug": Arms(((106, 136), (162, 148)), ((-26, 178), (78, 176))),
    "reach": Arms(((98, 148), (164, 150)), _NEAR_DOWN),
    "ear": Arms(_DOWN, ((-112, 136), (-52, 46)), (-46, 10), False, True),
    "up": Arms(((86, 182), (112, 118)), _NEAR_DOWN, (116, 104)),
    "shade": Arms(((84, 184), (62, 150)), _NEAR_DOWN, (60, 138)),
    "mouth": Arms(((92, 172), (62, 72)), _NEAR_DOWN, (56, 60), True),
    "read": Arms(((80, 186), (92, 176)), ((-74, 190), (2, 194)), (46, 172)),
    "front": Arms(((80, 184), (84, 220)), ((-80, 188), (-34, 226)), (24, 212)),
    "hang": Arms(_DOWN, _NEAR_DOWN, (-69, 282)),
    "carried": Arms(((84, 182), (104, 160)), _NEAR_DOWN, (110, 166)),
    "side": Arms(((88, 176), (106, 226)), _NEAR_DOWN, (110, 240)),
    "lift": Arms(((104, 116), (148, 62)), _NEAR_DOWN, (154, 52)),
    "aim": Arms(((106, 120), (166, 108)), _NEAR_DOWN, (180, 104)),
    "across": Arms(((84, 178), (88, 156)), ((-76, 190), (-12, 214)), (32, 186)),
    "both": Arms(((72, 180), (52, 112)), ((-68, 184), (-6, 116)), (24, 100), True, True),
}
"""By gesture, and by how a thing is held."""

# With these a thing is held before the body, so that both the body and a lap lie behind it.
_BEFORE_BODY: Final = frozenset({"read", "front", "across", "hang"})
_WITH_A_LAP: Final = frozenset(
    {"sitting", "sofa", "propped", "step", "ground", "kneeling", "crouching"}
)
_ON_LAP_LOWER: Final = 16.0


def arms_of(body: Body) -> Arms:
    """The arms for what a figure does and holds."""
    pose, held = body.pose, THINGS.get(body.holding)
    seated = pose.posture in _WITH_A_LAP
    if pose.gesture == "ear":
        return ARMS["ear"]
    if held is not None and not pose.lies:
        hold = held.hold
        if hold == "hang" and (seated or body.reach < _KNEES):
            hold = "carried"
        return _within(ARMS[hold], body, hold, seated=seated)
    if pose.gesture in ARMS and pose.gesture:
        return ARMS[pose.gesture]
    if pose.lies:
        return ARMS["lying"]
    if body.face.speaking and pose.posture not in {"walking", "running"}:
        near = ARMS["lap"].near if seated else _NEAR_DOWN
        return Arms(ARMS["talk"].far, near)
    return ARMS["lap"] if seated else ARMS.get(pose.posture, ARMS[""])


def _within(arms: Arms, body: Body, hold: str, *, seated: bool) -> Arms:
    """The arms raised a little where a close frame would cut them off, and lowered onto a lap."""
    down = _ON_LAP_LOWER if seated and hold == "front" else 0.0
    if body.reach < _WAIST and hold in {"up", "read", "carried", "aim"}:
        down = -_RAISED if hold == "read" or body.reach < 150 else -_RAISED / 2
    if not down:
        return arms
    return Arms(
        (arms.far[0], (arms.far[1][0], arms.far[1][1] + down)),
        (arms.near[0], (arms.near[1][0], arms.near[1][1] + down)) if hold != "up" else arms.near,
        (arms.grip[0], arms.grip[1] + down),
        arms.far_over_head,
        arms.near_over_head,
    )


def draw_far_arm(pen: FigurePen, body: Body, wide: float) -> None:
    """The arm on the side that the figure looks to, partly behind the body."""
    arms = arms_of(body)
    shoulder = (46 * wide, 104.0)
    elbow, wrist = ((x * wide, y) for x, y in arms.far)
    draw_arm(pen, body, (shoulder, elbow, wrist), shaded=not arms.far_over_head)


def draw_near_arm(pen: FigurePen, body: Body, wide: float) -> None:
    """The arm on the camera's side, in front of the body."""
    elbow, wrist = ((x * wide, y) for x, y in arms_of(body).near)
    draw_arm(pen, body, ((-54 * wide, 106.0), elbow, wrist), shaded=False)


def draw_held(pen: FigurePen, body: Body, wide: float) -> None:
    """The thing in the figure's hands, and the thumb over it."""
    kind = body.holding
    if body.pose.gesture == "ear" and kind not in {"phone", "receiver"}:
        kind = "receiver"
    if kind not in THINGS or (body.pose.lies and body.pose.gesture != "ear"):
        return
    grip = arms_of(body).grip
    at = (grip[0] * wide, grip[1])
    if body.pose.gesture == "ear":
        # Against the ear, whatever its own grip is.
        at = (at[0], at[1] + THINGS[kind].grip[1] * THINGS[kind].size_percent / 100)
    draw_thing(pen, kind, at)
    if kind in LIT:
        pen.sheet.glows.append(glow_of(pen, kind, at))
    if THINGS[kind].hold not in _BEFORE_BODY:
        pen.inked_oval((at[0] - 4, at[1] + 3), (8, 6.4), body.look.skin)
