"""A person's photo or clip, checked by what is in it, and made ready to be sent to a provider.

What leaves the machine is never the file itself: it is decoded once in a limited process, and
written anew without sound, place, date, device or any other thing that the file said besides its
pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

from renderers.ffmpeg.profile import (
    SCALER_FLAGS,
    exact_conversions,
    film_container,
    picture_encoder,
)
from renderers.pictures.image_ingest import ingest_image, open_plate
from renderers.providers.conform import (
    ForeignClip,
    Unfit,
    reading,
    run_limited,
    stills_of,
)
from renderers.providers.contract import Medium
from renderers.providers.reference import png_of
from schemas.errors import PipelineError
from schemas.timing import FrameRate

if TYPE_CHECKING:
    from PIL.Image import Image

MEDIA_VERSION: Final = 1
INVALID_INPUT: Final = "INVALID_INPUT"
MAX_IMAGE_BYTES: Final = 16 << 20
MAX_VIDEO_BYTES: Final = 100 << 20
ENDINGS: Final[dict[str, Medium]] = {
    ".jpg": "image",
    ".jpeg": "image",
    ".png": "image",
    ".mp4": "video",
    ".mov": "video",
}
# flux-dev makes pictures of 1440 pixels at most (its input schema); video models 1280.
IMAGE_SIDE, VIDEO_SIDE = 1440, 1280
# No provider of the table transforms more of a clip than this.
LONGEST_SENT_S: Final = 10
_HEAD_BYTES = 12
# The first box of an ISO base media file (ISO/IEC 14496-12) or of an older QuickTime movie.
_FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be sent: PNG or MP4 bytes, the first picture as PNG, and its size in pixels.

    `duration_ms` is how long the clip is that is sent, `whole_ms` how long the file was; both are
    0 for a picture.
    """

    medium: Medium
    media: bytes
    poster: bytes
    width: int
    height: int
    duration_ms: int = 0
    whole_ms: int = 0


def medium_of(path: Path, size_bytes: int, head: bytes) -> Medium:
    """Picture or clip, by the file's ending and by what it begins with, which have to agree.

    Raises PipelineError `INVALID_INPUT` for another kind, and for a size out of bounds.
    """
    named = ENDINGS.get(path.suffix.lower())
    if named is None:
        raise invalid(
            path.name, f"`{path.suffix or 'no ending'}` is not one of JPG, PNG, MP4 and MOV"
        )
    if not size_bytes:
        raise invalid(path.name, "is empty")
    most = MAX_IMAGE_BYTES if named == "image" else MAX_VIDEO_BYTES
    if size_bytes > most:
        raise invalid(
            path.name, f"has {size_bytes:,} bytes, {named}s may have {most:,} ({most >> 20} MB)"
        )
    if _held(head) != named:
        raise invalid(path.name, f"is called {path.suffix} and does not hold such {named}")
    return named


def ingest_media(source: Path, name: str, aspect: str, fps: FrameRate, clip: ForeignClip) -> Shown:
    """Decode a checked private copy, cut to `aspect` around its middle (`original`: not at all).

    A clip is brought to `fps`, so that what is made of it can enter the film, and sent up to
    `LONGEST_SENT_S`. `name` is for messages. Raises PipelineError `INVALID_INPUT`.
    """
    medium = ENDINGS[Path(name).suffix.lower()]
    try:
        if medium == "image":
            return _picture(source, aspect, clip)
        return _moving(aspect, fps, clip)
    except Unfit as unfit:
        raise invalid(name, unfit.problem.replace("the clip", "it", 1)) from None
    except PipelineError as error:
        if error.code != "broken-image":
            raise
        raise invalid(name, error.problem) from None


def invalid(where: str, problem: str) -> PipelineError:
    """An `INVALID_INPUT` for a file."""
    return PipelineError(
        INVALID_INPUT,
        where,
        problem,
        "give a JPG or PNG of at most 16 MB, or an MP4 or MOV of at most 100 MB",
    )


def _held(head: bytes) -> Medium | None:
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "image"
    return "video" if head[4:8] in _FIRST_BOXES else None


def _picture(source: Path, aspect: str, clip: ForeignClip) -> Shown:
    plate = clip.tools.scratch / "plate"
    ingest_image(source, plate, clip.tools, 2 * IMAGE_SIDE, 2 * IMAGE_SIDE)
    picture = _fitted(_cut(_on_white(open_plate(plate)), aspect))
    png = png_of(picture)
    return Shown("image", png, png, picture.width, picture.height)


def _on_white(picture: Image) -> Image:
    from PIL import Image as Images

    if picture.mode != "RGBA":
        return picture.convert("RGB")
    ground = Images.new("RGBA", picture.size, "white")
    return Images.alpha_composite(ground, picture).convert("RGB")


def _cut(picture: Image, aspect: str) -> Image:
    wide, high = _parts(aspect) or picture.size
    width = min(picture.width, picture.height * wide // high)
    height = min(picture.height, picture.width * high // wide)
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + max(width, 1), top + max(height, 1)))


def _fitted(picture: Image) -> Image:
    from PIL import Image as Images

    longest = max(picture.size)
    if longest <= IMAGE_SIDE:
        return picture
    size = tuple(max(1, side * IMAGE_SIDE // longest) for side in picture.size)
    return picture.resize((size[0], size[1]), Images.Resampling.BICUBIC)


def _moving(aspect: str, fps: FrameRate, clip: ForeignClip) -> Shown:
    from PIL import Image as Images

    whole_ms = _duration_ms(clip)
    made = clip.tools.scratch / "sent.mp4"
    filters = [
        f"scale=w=min({VIDEO_SIDE}\\,iw):h=min({VIDEO_SIDE}\\,ih)"
        f":force_original_aspect_ratio=decrease:force_divisible_by=2:flags={SCALER_FLAGS}",
        f"fps={fps.text()}",
        "format=yuv420p",
    ]
    if (parts := _parts(aspect)) is not None:
        wide, high = parts
        filters.insert(0, f"crop=min(iw\\,ih*{wide}/{high}):min(ih\\,iw*{high}/{wide})")
    arguments = (
        *reading(clip),
        *("-map", "0:v:0", "-an"),
        *("-t", str(LONGEST_SENT_S), *exact_conversions(), "-vf", ",".join(filters)),
        *(*picture_encoder(fps), *film_container(fps), f"file:{made}"),
    )
    run_limited(clip, arguments, "read a clip", MAX_VIDEO_BYTES)
    sent = ForeignClip(made, clip.ffmpeg, clip.tools)
    sent_ms = _duration_ms(sent)
    poster = stills_of(sent, (0,), "poster")[0].read_bytes()
    with Images.open(clip.tools.scratch / "poster-1.png") as first:
        width, height = first.size
    return Shown("video", made.read_bytes(), poster, width, height, sent_ms, whole_ms)


def _duration_ms(clip: ForeignClip) -> int:
    """How long the pictures of a clip last, by the times of its packets; nothing is decoded."""
    arguments = (*reading(clip), "-map", "0:v:0", "-c", "copy", "-f", "framecrc", "pipe:1")
    tick, first, last = Fraction(0), None, Fraction(0)
    for row in (
        run_limited(clip, arguments, "measure a clip").decode("ascii", "replace").split("\n")
    ):
        if row.startswith("#tb 0:"):
            tick = Fraction(row.partition(":")[2].strip())
        elif row and not row.startswith("#"):
            at, lasts = (int(part) for part in row.split(",")[2:4])
            first = at if first is None else min(first, at)
            last = max(last, Fraction(at + lasts))
    if first is None or not tick:
        raise Unfit("clip-unfit", "", "there is no film in it")
    return int((last - first) * tick * 1000)


def _parts(aspect: str) -> tuple[int, int] | None:
    wide, colon, high = aspect.partition(":")
    return (int(wide), int(high)) if colon else None
