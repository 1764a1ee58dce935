"""One storyboard picture: a place, the people in it, and the few words a reader needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from renderers.plates.captioning import Strip, draw_name, draw_strip, draw_tag, lay_strip
from renderers.plates.lettering import Box, Page, cleaned
from renderers.plates.palette import palette_of
from renderers.plates.people.company import paint_company, paint_dashboard
from renderers.plates.people.looks import Said
from renderers.plates.people.staging import Frame, stage
from renderers.plates.places.known_places import known_background
from renderers.plates.setting import PictureFrame, is_manned_car, paint_title_ground
from renderers.plates.slate import letter_slate
from renderers.plates.theme import ink_of
from renderers.plates.things.insert_card import paint_insert, step_back
from renderers.plates.things.props import paint_props
from schemas.digest import Digest
from schemas.errors import PipelineError
from schemas.project import STORYBOARD, Theme
from schemas.shot_list import Framing, ShotCharacter

if TYPE_CHECKING:
    from PIL.Image import Image

    from renderers.fonts.font_files import FontSet

_STANDING = frozenset({"EWS", "WS", "MLS"})
SMALLEST_SIDE_PX = 16
LARGEST_SIDE_PX = 16384

Images = Callable[[Digest], "Image"]
"""A plate's digest to its picture, RGB or RGBA."""


@dataclass(frozen=True, slots=True)
class PictureSpec:
    """Everything a picture depends on besides the drawing program and the fonts.

    `width` and `height` are pixels. `tag` is the small text in the corner, "" for none.
    `background` and `character_images` (character id, plate) stand in for what would be drawn;
    `props` (name, plate) are put on the picture; `insert` names a thing that it is of: with a plate
    that is seen large, without one drawn or lettered. `looks` is what is known of people's looks.
    `safe_margin_permille` of the width on the left and right, and of the height above and below,
    may be cropped away by the camera: neither faces nor letters go there.
    """

    width: int
    height: int
    framing: Framing
    location_id: str | None = None
    setting: str = ""
    place: str = ""
    time_of_day: str = ""
    characters: tuple[ShotCharacter, ...] = ()
    action_beat: str = ""
    title_lines: tuple[str, ...] = ()
    tag: str = ""
    background: Digest | None = None
    character_images: tuple[tuple[str, Digest], ...] = ()
    safe_margin_permille: int = 50
    theme: Theme = STORYBOARD
    props: tuple[tuple[str, Digest], ...] = ()
    insert: str = ""
    looks: tuple[tuple[str, Said], ...] = ()

    def look(self, character_id: str) -> Said:
        """What is known of someone's looks."""
        return dict(self.looks).get(character_id, ())


def spec_payload(spec: PictureSpec) -> dict[str, Any]:
    """The spec as plain values (whole numbers, text, lists), for a digest."""
    return {
        "width": spec.width,
        "height": spec.height,
        "framing": spec.framing,
        "location_id": spec.location_id,
        "setting": spec.setting,
        "place": spec.place,
        "time_of_day": spec.time_of_day,
        "characters": [
            [
                who.id,
                who.name,
                who.pose,
                who.expression,
                who.side,
                int(who.speaking),
                who.holding,
            ]
            for who in spec.characters
        ],
        "action_beat": spec.action_beat,
        "title_lines": list(spec.title_lines),
        "tag": spec.tag,
        "background": spec.background,
        "character_images": [list(pair) for pair in spec.character_images],
        "safe_margin_permille": spec.safe_margin_permille,
        "theme": spec.theme.model_dump(mode="json"),
        "props": [list(pair) for pair in spec.props],
        "looks": [[who, [list(each) for each in said]] for who, said in spec.looks],
        "insert": spec.insert,
    }


def draw_picture(spec: PictureSpec, images: Images, fonts: FontSet) -> Image:
    """The picture, RGB, exactly `spec.width` by `spec.height`; equal specs give equal pixels. A
    title without lines is black.

    Raises PipelineError `missing-glyph` when no font has a character that must be shown, and
    `picture-size` for a size no picture can have.
    """
    from PIL import Image as Images

    _check(spec, fonts)
    spec = _seated(spec)
    frame = _frame(spec)
    if spec.framing == "TITLE":
        if not spec.title_lines:
            return Images.new("RGB", (spec.width, spec.height))
        image = paint_title_ground(frame, spec.title_lines)
        if spec.background is not None:
            image = known_background(frame, images)
        page = Page(image, _safe_box(spec), fonts, ink_of(spec.theme).for_letters())
        letter_slate(page, spec.title_lines)
        _letter(spec, page)
        return image
    image = known_background(frame, images)
    places = stage(Frame(spec.framing, frame.half), spec.characters)
    image = paint_company(frame, image, places, images)
    if is_manned_car(spec) and spec.framing == "MS":
        paint_dashboard(frame, image, places)
    if spec.insert and spec.props:
        step_back(frame, image)
    image = paint_props(frame, image, images)
    if spec.insert and not spec.props:
        paint_insert(frame, Page(image, _safe_box(spec), fonts, ink_of(spec.theme).for_letters()))
    _letter(spec, Page(image, _safe_box(spec), fonts, ink_of(spec.theme).for_letters()))
    return image


def draw_place(spec: PictureSpec, images: Images) -> Image:
    """What the picture shows behind its people, who still decide where the camera looks."""
    return known_background(_frame(_seated(spec)), images)


def draw_people(spec: PictureSpec, ground: Image, images: Images) -> Image:
    """Everyone of the picture, and the light behind them, on another ground of the same size."""
    spec = _seated(spec)
    frame = _frame(spec)
    return paint_company(
        frame, ground, stage(Frame(spec.framing, frame.half), spec.characters), images
    )


def frame_of(spec: PictureSpec) -> PictureFrame:
    """The picture's frame and its units, and the spec as it is drawn."""
    return _frame(_seated(spec))


def _seated(spec: PictureSpec) -> PictureSpec:
    """In a car nobody is seen below the waist: wider framings come as close as its windscreen."""
    if is_manned_car(spec) and spec.framing in _STANDING:
        return replace(spec, framing="MS")
    return spec


def action_box(spec: PictureSpec, fonts: FontSet) -> Box | None:
    """Where the action strip stands: left, top, right, bottom in pixels, so that captions can keep
    clear of it. None when the picture has no strip."""
    strip = _strip(spec, Page(_blank(), _safe_box(spec), fonts, ink_of(spec.theme).for_letters()))
    return strip.box if strip else None


def _blank() -> Image:
    from PIL import Image as Images

    return Images.new("RGB", (1, 1))


def _check(spec: PictureSpec, fonts: FontSet) -> None:
    for side in (spec.width, spec.height):
        if not SMALLEST_SIDE_PX <= side <= LARGEST_SIDE_PX:
            raise PipelineError(
                "picture-size",
                "format",
                f"a side of {side} pixels is outside {SMALLEST_SIDE_PX} to {LARGEST_SIDE_PX}",
                "set width and height in project.yaml",
            )
    where = " ".join(part for part in (spec.place, spec.tag) if part) or "picture"
    for text in (*spec.title_lines, spec.action_beat, spec.tag):
        fonts.require(cleaned(text), where)
    for who in spec.characters:
        if who.speaking:
            fonts.require(cleaned(who.name), where)


def _frame(spec: PictureSpec) -> PictureFrame:
    margin_x, margin_y = _margins(spec)
    unit = (spec.height - 2 * margin_y) / 1000
    return PictureFrame(
        spec=spec,
        unit=unit,
        half=(spec.width - 2 * margin_x) / unit / 2,
        left=spec.width / 2,
        top=float(margin_y),
    )


def _margins(spec: PictureSpec) -> tuple[int, int]:
    permille = min(max(spec.safe_margin_permille, 0), 300)
    return spec.width * permille // 1000, spec.height * permille // 1000


def _safe_box(spec: PictureSpec) -> Box:
    """The part that the camera never crops, less a border that keeps letters off its edge."""
    margin_x, margin_y = _margins(spec)
    border = min(spec.width, spec.height) * 28 // 1000
    return (
        margin_x + border,
        margin_y + border,
        spec.width - margin_x - border,
        spec.height - margin_y - border,
    )


def _strip(spec: PictureSpec, page: Page) -> Strip | None:
    # Captions stand below while someone speaks, so the strip gives way to the top.
    speaking = any(who.speaking for who in spec.characters)
    return lay_strip(page, spec.action_beat, at_top=speaking)


def _letter(spec: PictureSpec, page: Page) -> None:
    if spec.tag:
        draw_tag(page, spec.tag)
    if strip := _strip(spec, page):
        draw_strip(page, strip)
    named: set[str] = set()
    for who in spec.characters:
        side = who.side if who.side != "center" else "left"
        if who.speaking and who.name and side not in named:
            named.add(side)
            draw_name(page, who.name, side, palette_of(who.id).accent)
