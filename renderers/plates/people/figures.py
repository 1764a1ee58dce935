"""Whole figures: neck, clothes, arms and legs under a head; local units, facing +x."""

from __future__ import annotations

from dataclasses import replace

from renderers.plates.ink import Point, curve
from renderers.plates.palette import darker, lighter
from renderers.plates.pen import FigurePen
from renderers.plates.people.faces import draw_behind_head, draw_head, draw_voice
from renderers.plates.people.gestures import arms_of, draw_far_arm, draw_held, draw_near_arm
from renderers.plates.people.limbs import Body, draw_arm, draw_legs
from renderers.plates.people.looks import Look
from renderers.plates.people.poses import UPRIGHT
from renderers.plates.people.postures import draw_bed, draw_blanket, draw_legs_in


def draw_figure(pen: FigurePen, head: FigurePen, body: Body) -> None:
    """The figure from back to front: the body by `pen`, the head by a pen of its own size."""
    if body.pose.is_away or (body.pose.gesture == "turned" and body.pose.posture in UPRIGHT):
        _draw_from_behind(pen, head, body)
        return
    wide, arms = body.look.width_permille / 1000, arms_of(body)
    if body.pose.posture == "bed":
        draw_bed(pen)
    draw_behind_head(head, body.face)
    if not arms.far_over_head:
        draw_far_arm(pen, body, wide)
    standing = body.pose.posture in UPRIGHT or body.pose.lies
    if body.reach > 230 and standing:
        draw_legs(pen, body, wide)
    elif body.pose.posture == "running":
        draw_legs_in(replace(pen, lean=0.0), body, wide)
    _torso(pen, body, wide)
    if body.reach > 200 and not standing and body.pose.posture != "running":
        draw_legs_in(replace(pen, lean=0.0), body, wide)
    _neck(pen, body)
    _dress_top(pen, body, wide)
    draw_head(head, body.face)
    if arms.far_over_head:
        draw_far_arm(pen, body, wide)
    if body.pose.gesture == "ear":
        draw_near_arm(pen, body, wide)
        draw_held(pen, body, wide)
    else:
        draw_held(pen, body, wide)
        draw_near_arm(pen, body, wide)
    if body.pose.posture == "bed":
        draw_blanket(pen, body, wide)
    if body.face.speaking:
        draw_voice(head)


def _torso_path(look: Look, wide: float) -> list[Point]:
    hem = 330.0 if look.top_style == "coat" else 268.0
    waist = 50 if look.skirt else 56
    return curve([(-16, 62), (-40 * wide, 72), (-70 * wide, 88), (-74 * wide, 128),
            (-(waist + 8) * wide, 196), (-62 * wide, hem), (-62 * wide, hem), (58 * wide, hem),
            (58 * wide, hem), ((waist + 2) * wide, 196), (66 * wide, 128), (62 * wide, 88),
            (36 * wide, 72), (16, 62)], steps=5, )  # fmt: skip


def _torso(pen: FigurePen, body: Body, wide: float) -> None:
    look = body.look
    if look.top_style == "hoodie":
        pen.form(
            curve([(-44, 74), (-40, 44), (0, 36), (38, 46), (40, 74), (0, 92)]),
            darker(look.top, 140),
        )
    path = _torso_path(look, wide)
    pen.form(path, look.top, shade=0.2)
    if look.top_style == "striped":
        for y in (116, 146, 176, 206, 236):
            half = (62 if y < 150 else 54) * wide
            pen.flat(
                [(-half - 2, y), (half - 6, y), (half - 7, y + 13), (-half - 1, y + 13)],
                look.accent,
            )
        pen.sheet.line(pen.place(path), pen.ink, pen.width * pen.unit, closed=True)


def _neck(pen: FigurePen, body: Body) -> None:
    skin = body.look.skin
    neck = [(-18, 30), (-19, 60), (-24, 72), (0, 84), (26, 72), (20, 60), (20, 34)]
    pen.form(neck, skin)
    pen.flat([(-17, 40), (-18, 58), (4, 62), (18, 56), (19, 46)], darker(skin, 210))


def _dress_top(pen: FigurePen, body: Body, wide: float) -> None:
    look = body.look
    line = darker(look.top, 300)
    style = look.top_style
    if style in {"shirt", "striped"}:
        for side in (-1, 1):
            pen.form(
                [(side * 21, 58), (side * 33, 74), (4 + side * 14, 100), (4, 80)],
                lighter(look.top, 160),
            )
        pen.stroke([(4, 92), (5, 170), (4, 262)], 2.0, line)
        for y in (122, 158, 194, 230):
            pen.oval((9, y), (2.6, 2.6), look.accent)
    elif style in {"jacket", "coat", "cardigan"}:
        inner = [(-17, 66), (4, 84), (24, 66), (20, 150), (6, 240 if style == "cardigan" else 176)]
        pen.form(inner, look.accent)
        for side in (-1, 1):
            lapel = [
                (4 + side * 20, 60),
                (4 + side * 40, 84),
                (4 + side * 30, 112),
                (4 + side * 36, 124),
                (5, 182),
                (4 + side * 12, 110),
            ]
            if style != "cardigan":
                pen.form(lapel, lighter(look.top, 90))
        pen.stroke([(5, 180), (7, 220), (6, 266)], 2.4, line)
        pen.oval((13, 204), (3.4, 3.4), line)
    else:
        collar = curve([(-26, 66), (-4, 86), (28, 66), (32, 74), (2, 100), (-33, 75)], steps=4)
        pen.form(collar, lighter(look.top, 120))
        if style == "hoodie":
            pen.stroke([(-8, 92), (-9, 112), (-7, 130)], 3.0, look.accent)
            pen.stroke([(15, 92), (16, 108), (15, 124)], 3.0, look.accent)
        else:
            pen.stroke([(-58 * wide, 256), (0, 262), (54 * wide, 256)], 2.6, line)
    pen.stroke([(-50 * wide, 132), (-44 * wide, 150), (-46 * wide, 172)], 2.0, line)
    pen.stroke([(46 * wide, 236), (34 * wide, 226), (24 * wide, 228)], 2.0, line)


def _draw_from_behind(pen: FigurePen, head: FigurePen, body: Body) -> None:
    """Head and shoulders from behind, for a shot over the shoulder."""
    look = body.look
    wide = look.width_permille / 1000
    if body.reach > 230:
        draw_legs(pen, body, wide)
    for side in (-1, 1):
        draw_arm(
            pen,
            body,
            ((side * 60 * wide, 106), (side * 80 * wide, 186), (side * 72 * wide, 268)),
            shaded=side > 0,
        )
    pen.form(_torso_path(look, wide), darker(look.top, 200), shade=0.2)
    pen.form([(-20, 36), (-22, 74), (22, 74), (20, 36)], darker(look.skin, 200))
    head.form(curve([(-36, -10), (-40, 2), (-36, 14), (-30, 8)]), darker(look.skin, 120))
    back = [
        (-36, 16),
        (-42, -14),
        (-34, -46),
        (0, -60),
        (34, -46),
        (42, -14),
        (36, 16),
        (18, 42),
        (-18, 42),
    ]
    tone = look.skin if look.hair_style == "bald" else look.hair
    head.form(curve(back), darker(tone, 170), shade=0.2)
    draw_behind_head(head, body.face)
