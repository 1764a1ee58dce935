"""The child program that opens a stranger's image file, in a process of its own.

Run as `python -I image_decoder.py SOURCE OUT MAX_WIDTH MAX_HEIGHT`; it needs Pillow and nothing of
ours, so that it works from any folder and any installation. Whoever starts it sets its limits
(`renderers/limited_start.py`). It writes the plate to OUT and one line of JSON to standard output:
`{}` when all went well, otherwise `{"problem": …, "hint": …}`.
Both are an answer, so the exit code is 0; any other exit means it died of a limit.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")
"""What may be opened. Everything else is refused before a decoder of it is even loaded."""

MAX_PIXELS = 120_000_000


class RefusalError(Exception):
    """The file cannot become a plate, and why."""

    def __init__(self, problem: str, hint: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


def open_regular(path: str) -> BinaryIO:
    """The file for reading; never a device, a pipe or a folder, and no wait for a writer."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise RefusalError(
            f"cannot be read ({error.strerror})", "check that it may be read"
        ) from error
    stream = os.fdopen(handle, "rb")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        stream.close()
        raise RefusalError("is not a regular file", "put the image itself into the assets folder")
    return stream


def decode(stream: BinaryIO, limit: tuple[int, int]) -> Image:
    """The first picture of the file: upright, RGB or RGBA, inside `limit` pixels."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    names = ", ".join(FORMATS)
    try:
        image = Image.open(stream, formats=FORMATS)
    except UnidentifiedImageError as error:
        raise RefusalError(
            f"is not an image of a known kind ({names})", f"save it as one of {names}"
        ) from error
    except Image.DecompressionBombError as error:
        raise RefusalError(f"has more than {2 * MAX_PIXELS:,} pixels", "save it smaller") from error
    if image.width * image.height > MAX_PIXELS:
        raise RefusalError(
            f"has {image.width} × {image.height} pixels, more than {MAX_PIXELS:,}",
            "save it smaller",
        )
    image.load()
    return upright(shrunk(plain(image), limit, turned(image)), turned(image))


def turned(image: Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none or nonsense."""
    try:
        value = image.getexif().get(0x0112, 1)
    except Exception:
        # Broken metadata does not make a broken picture.
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def plain(image: Image) -> Image:
    """The image as RGB, or as RGBA when any of it is transparent."""
    if image.mode in {"I;16", "I;16L", "I;16B", "I;16N", "I"}:
        # 16 bits a sample: the upper eight are the picture.
        import numpy as np
        from PIL import Image as Images

        deep = np.asarray(image).astype(np.int64)
        image = Images.fromarray((np.clip(deep, 0, 65535) >> 8).astype(np.uint8))
    elif image.mode == "F":
        raise RefusalError("holds floating-point samples", "save it with 8 or 16 bits per channel")
    see_through = image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info
    if not see_through:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    lowest = clear.getchannel("A").getextrema()[0]
    return clear if isinstance(lowest, int) and lowest < 255 else clear.convert("RGB")


def shrunk(image: Image, limit: tuple[int, int], orientation: int) -> Image:
    """The image scaled down to fit `limit` once it is upright; never enlarged."""
    from PIL import Image as Images

    most_width, most_height = limit if orientation < 5 else limit[::-1]
    if image.width <= most_width and image.height <= most_height:
        return image
    # Whole-number proportions: the tighter side decides, the other is rounded, at least a pixel.
    if image.width * most_height >= image.height * most_width:
        size = (
            most_width,
            max(1, (image.height * most_width * 2 + image.width) // (2 * image.width)),
        )
    else:
        size = (
            max(1, (image.width * most_height * 2 + image.height) // (2 * image.height)),
            most_height,
        )
    # Lanczos needs sines, and those of two C libraries may differ in the last bit.
    return image.resize(size, Images.Resampling.BICUBIC)


def upright(image: Image, orientation: int) -> Image:
    """The image turned as its EXIF orientation asks (Exif 2.32, tag 0x0112)."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return image.transpose(turns[orientation]) if orientation in turns else image


def answer(source: str, out: str, limit: tuple[int, int]) -> dict[str, str]:
    """Write the plate; what went wrong as plain values, empty when nothing did."""
    broken = "export the image again, or replace it"
    try:
        with open_regular(source) as stream:
            image = decode(stream, limit)
    except RefusalError as refusal:
        return {"problem": refusal.problem, "hint": refusal.hint}
    except MemoryError:
        return {"problem": "needs more memory than an image may", "hint": "save it smaller"}
    except Exception as error:
        # Whatever a decoder stumbles over, the file is at fault and not the program.
        return {
            "problem": f"is damaged or incomplete ({error or type(error).__name__})",
            "hint": broken,
        }
    # TGA without run lengths: a short header, then the pixels, the same bytes everywhere.
    # PNG would depend on the zlib at hand. A full disk is no verdict about the image.
    image.info.clear()
    image.save(out, format="TGA", compression=None)
    return {}


def main(arguments: list[str]) -> int:
    """Entry point; see the module."""
    # A remark about odd metadata is not a reason to refuse a picture.
    warnings.simplefilter("ignore")
    source, out, width, height = arguments
    result: dict[str, Any] = answer(source, out, (int(width), int(height)))
    sys.stdout.write(json.dumps(result) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
