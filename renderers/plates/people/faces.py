"""Heads and faces in three-quarter view; local units, the figure looks to +x."""

from __future__ import annotations

from dataclasses import dataclass

from renderers.plates.ink import Colour, Point, curve
from renderers.plates.palette import darker, lighter, mix
from renderers.plates.pen import FigurePen
from renderers.plates.people.age_lines import draw_age
from renderers.plates.people.feelings import draw_flush, draw_marks, draw_shut_eye
from renderers.plates.people.hair import draw_beard, draw_hair_behind, draw_hair_front, draw_hat
from renderers.plates.people.looks import Look
from renderers.plates.people.moods import Mood

_EYE_Y = -1.0
_NEAR_EYE, _FAR_EYE = -7.0, 23.0


@dataclass(frozen=True, slots=True)
class Face:
    """A head to draw; `fine` when it is large enough on the picture for real features."""

    look: Look
    mood: Mood
    speaking: bool
    fine: bool


def draw_behind_head(pen: FigurePen, face: Face) -> None:
    """What has to be under the body: long hair."""
    if face.look.hat != "beanie" or face.look.hair_style in {"long", "bob", "ponytail"}:
        draw_hair_behind(pen, face.look)


def draw_head(pen: FigurePen, face: Face) -> None:
    """Ear, skull, features, hair, beard, glasses and hat, from back to front."""
    look = face.look
    jaw = look.jaw_permille / 1000
    skull: list[Point] = [(-6, -51), (20, -47), (35, -28), (37, -8), (35, 4), (34 * jaw, 22),
            (26 * jaw, 40), (12, 51), (0, 50), (-18 * jaw, 40), (-29 * jaw, 22), (-35, 0),
            (-37, -22), (-28, -43)]  # fmt: skip
    pen.form(curve(skull, steps=5), look.skin)
    _shadow_side(pen, look, jaw)
    pen.form(curve([(-32, -8), (-41, -9), (-43, 2), (-37, 14), (-30, 14)]), look.skin)
    pen.stroke([(-39, -3), (-35, 2), (-36, 8)], 2.0, darker(look.skin, 380))
    draw_flush(pen, look, face.mood)
    if look.beard:
        draw_beard(pen, look)
    _mouth(pen, face)
    _nose(pen, face)
    _eyes(pen, face)
    draw_marks(pen, look, face.mood, fine=face.fine)
    draw_hair_front(pen, look, fine=face.fine)
    # Over the hair: whoever wears it long in front has a face that can be read all the same.
    _brows(pen, face)
    if look.glasses:
        _glasses(pen, look)
    if look.hat:
        draw_hat(pen, look)
    draw_age(pen, look, fine=face.fine)


def _shadow_side(pen: FigurePen, look: Look, jaw: float) -> None:
    tone = darker(look.skin, 130)
    side = [(-35, -20), (-28, -10), (-25, 8), (-20, 24), (-8, 38), (4, 48), (0, 49.4),
            (-17 * jaw, 39), (-28 * jaw, 22), (-34, 0)]  # fmt: skip
    pen.flat(curve(side, steps=4), tone)
    pen.flat(
        curve(
            [(-34, -24), (0, -32), (34, -26), (35, -19), (12, -27), (-18, -18), (-30, -6)], steps=4
        ),
        tone,
    )


def _brows(pen: FigurePen, face: Face) -> None:
    mood, colour = face.mood, darker(face.look.hair, 220)
    heavy = (5.2 if face.fine else 6.8) * (0.7 if face.look.age == "child" else 1.0)
    y = -17.0
    pen.stroke([(-17, y + 1.5 + mood.brow_outer),
            (-8, y - 2.5 + (mood.brow_outer + mood.brow_inner) / 2), (2, y + mood.brow_inner)],
            heavy, colour)  # fmt: skip
    pen.stroke([(15, y + mood.brow_inner), (23, y - 2.5 + (mood.brow_outer + mood.brow_inner) / 2),
                (30, y + 1 + mood.brow_outer)], heavy * 0.9, colour)  # fmt: skip


def _eyes(pen: FigurePen, face: Face) -> None:
    if face.mood.eye <= 0:
        for x, half in ((_NEAR_EYE, 9.6), (_FAR_EYE, 7.8)):
            draw_shut_eye(pen, (x, _EYE_Y), half, face.mood)
    elif face.fine:
        _fine_eyes(pen, face)
    else:
        _small_eyes(pen, face)


def _small_eyes(pen: FigurePen, face: Face) -> None:
    tall = face.mood.eye * (0.6 if face.look.age == "child" else 0.5)
    for x, wide in ((_NEAR_EYE, 4.4), (_FAR_EYE, 3.8)):
        pen.oval((x, _EYE_Y), (wide, tall), (42, 32, 38))


def _fine_eyes(pen: FigurePen, face: Face) -> None:
    tall = face.mood.eye * (0.6 if face.look.age == "child" else 0.5)
    iris = ((92, 62, 42), (70, 96, 104), (86, 98, 66), (62, 48, 42))[sum(face.look.top) % 4]
    wide = 1.14 if face.look.age == "child" else 1.0
    for x, half in ((_NEAR_EYE, 9.2 * wide), (_FAR_EYE, 7.4 * wide)):
        white = curve([(x - half, _EYE_Y + 1), (x - half * 0.4, _EYE_Y - tall),
                (x + half * 0.45, _EYE_Y - tall), (x + half, _EYE_Y),
                (x + half * 0.4, _EYE_Y + tall * 0.75), (x - half * 0.5, _EYE_Y + tall * 0.8)],
                steps=4)  # fmt: skip
        pen.flat(white, (250, 246, 238))
        gaze = x + 1.8
        reach = min(5.2, tall * 0.96)
        pen.oval((gaze, _EYE_Y - 0.4), (reach * 0.9, reach), iris)
        pen.oval((gaze, _EYE_Y - 0.4), (reach * 0.48, reach * 0.52), (28, 22, 26))
        pen.oval((gaze + 1.7, _EYE_Y - 2.2), (1.3, 1.3), (255, 252, 246))
        lid = [(x - half - 1, _EYE_Y + 1.5), (x - half * 0.4, _EYE_Y - tall - 0.4),
               (x + half * 0.45, _EYE_Y - tall - 0.4), (x + half + 0.6, _EYE_Y + 0.4)]  # fmt: skip
        pen.stroke(lid, 3.4)
        pen.stroke([(x - half * 0.6, _EYE_Y + tall * 0.84), (x, _EYE_Y + tall * 0.9),
            (x + half * 0.6, _EYE_Y + tall * 0.7)], 1.2, darker(face.look.skin, 420))  # fmt: skip
        crease = darker(face.look.skin, 300)
        pen.stroke([(x - half * 0.7, _EYE_Y - tall - 3), (x, _EYE_Y - tall - 4.6),
                (x + half * 0.8, _EYE_Y - tall - 2.6)], 1.2, crease)  # fmt: skip


def _nose(pen: FigurePen, face: Face) -> None:
    tone = darker(face.look.skin, 400)
    if face.fine:
        pen.flat(curve([(12, 2), (19, 13), (17, 17), (8, 17)], steps=4), darker(face.look.skin, 90))
        pen.stroke([(13, -6), (15, 3), (20.5, 12), (18.5, 16.5), (11, 17)], 2.4, tone)
        pen.stroke([(6.5, 16.5), (5.4, 14), (7.2, 12.2)], 1.5, tone)
    else:
        pen.stroke([(14, 2), (20, 12), (13, 15)], 3.4, tone)


def _mouth(pen: FigurePen, face: Face) -> None:
    mood = face.mood
    x, y, half = 13.0, 30.0, mood.width
    gape = max(mood.gape, 7.0) if face.speaking else mood.gape
    lips = mix(face.look.skin, (158, 62, 56), 420)
    left, right = (x - half, y - mood.smile * 0.7), (x + half * 0.86, y - mood.smile * 0.7)
    if face.look.beard == "full":
        y += 1.0
    if gape > 1:
        opening = curve([left, left, (x - half * 0.4, y - gape * 0.28),
                (x + half * 0.4, y - gape * 0.3), right, right, (x + half * 0.5, y + gape * 0.8),
                (x, y + gape), (x - half * 0.55, y + gape * 0.75)], steps=4)  # fmt: skip
        pen.form(opening, (98, 40, 44))
        if "teeth" in mood.marks and gape > 6:
            _bared_teeth(pen, (x, y), (half, gape), mood)
        elif gape > 2.5:
            teeth = [(x - half * 0.6, y - gape * 0.12), (x + half * 0.55, y - gape * 0.14),
                (x + half * 0.4, y + gape * 0.16), (x - half * 0.5, y + gape * 0.16)]  # fmt: skip
            pen.flat(teeth, (250, 244, 234))
        if gape > 6 and face.fine:
            pen.oval((x, y + gape * 0.66), (half * 0.42, gape * 0.22), (196, 92, 88))
        return
    middle = (x, y + mood.smile * 0.55)
    if face.fine:
        pen.flat(curve([left, (x - 3, y - 2.2 + mood.smile * 0.3),
                (x + 2, y - 1.4 + mood.smile * 0.3), (x + 6, y - 2 + mood.smile * 0.3), right,
                (x, y + 3.6 + mood.smile * 0.5)], steps=4), lips)  # fmt: skip
    pen.stroke([left, middle, right], 2.8 if face.fine else 4.4)
    if face.fine:
        pen.stroke(
            [(x - 5, y + 7.5), (x, y + 8.6), (x + 5, y + 7.5)], 1.5, darker(face.look.skin, 280)
        )


def _bared_teeth(
    pen: FigurePen, at: tuple[float, float], size: tuple[float, float], mood: Mood
) -> None:
    """The upper row of a mouth that laughs or shouts, and the lower one of a shout."""
    (x, y), (half, gape) = at, size
    white: Colour = (250, 244, 234)
    corner = -mood.smile * 0.5
    pen.flat(
        [(x - half * 0.78, y + corner * 0.6), (x, y - gape * 0.22), (x + half * 0.68,
         y + corner * 0.6), (x + half * 0.56, y + corner * 0.5 + gape * 0.26), (x, y + gape * 0.12),
         (x - half * 0.66, y + corner * 0.5 + gape * 0.26)], white)  # fmt: skip
    if mood.smile < 0:
        pen.flat([(x - half * 0.4, y + gape * 0.72), (x, y + gape * 0.6), (x + half * 0.36,
                  y + gape * 0.72), (x, y + gape * 0.9)], white)  # fmt: skip


def _glasses(pen: FigurePen, look: Look) -> None:
    frame: Colour = darker(look.accent, 420)
    for x, half in ((_NEAR_EYE - 0.5, 13.5), (_FAR_EYE + 0.5, 11.0)):
        ring = pen.place(
            curve(
                [(x - half, -8), (x, -12), (x + half, -8), (x + half, 7), (x, 11), (x - half, 7)],
                steps=5,
            )
        )
        pen.sheet.line(ring, pen.colour(frame), 2.6 * pen.unit, closed=True)
        pen.stroke(
            [(x - half * 0.5, 4), (x - half * 0.1, -1), (x + half * 0.3, -6)],
            1.4,
            lighter(look.skin, 600),
        )
    pen.stroke([(6, -2), (9, -4), (12.5, -2)], 3.0, frame)
    pen.stroke([(-20, -4), (-29, -4), (-36, -3)], 3.0, frame)


def draw_voice(pen: FigurePen) -> None:
    """Three little strokes before the mouth: this one is speaking."""
    tone = mix((252, 196, 96), (255, 244, 214), 200)
    for x0, y0, x1, y1 in ((47, 20, 60, 13), (49, 31, 65, 31), (47, 42, 59, 49)):
        path = pen.place([(x0, y0), (x1, y1)])
        pen.sheet.line(path, pen.ink, 6.4 * pen.unit)
        pen.sheet.line(path, tone, 4.0 * pen.unit)
