"""The frames in which one shot becomes the next, mixed from raw pictures and encoded on their own.

They are mixed before anything is encoded, in integers, so that nothing is seen through the encoder
twice and every processor makes the same pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from renderers.captions.burned import BurnedCaptions
from renderers.film.segments import (
    Encoding,
    SegmentRequest,
    encode_pictures,
    fed_pictures,
)
from renderers.pictures.pixels import dimmed
from renderers.pictures.watermark import Mark
from renderers.seams import Tools
from schemas.shot_list import TransitionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRANSITION_VERSION: Final = 1
# The edge of a wipe is this part of the picture's width: soft enough not to flicker.
_SOFT_EDGE: Final = 12
_WHOLE: Final = 256


@dataclass(frozen=True, slots=True)
class TransitionRequest:
    """Two parts of equal length, of the shot that goes and the one that comes, and how.

    `leaving_frames` of them belong to the shot that goes. `captions` and `mark` are laid over the
    mixture; those of the two parts are not looked at.
    """

    kind: TransitionKind
    before: SegmentRequest
    after: SegmentRequest
    leaving_frames: int
    captions: BurnedCaptions | None = None
    mark: Mark | None = None


def encode_transition(request: TransitionRequest, tools: Tools, folder: Path) -> Path:
    """Encode a transition into `folder` and look at what came out; returns the clip.

    Raises PipelineError as `encode_segment` does.
    """
    encoding = Encoding(
        name=f"{request.kind.replace('_', ' ')} to shot {request.after.shot.shot_id}",
        format=request.before.format,
        ffmpeg=request.before.ffmpeg,
        frame_count=request.before.shown.count,
        pictures=lambda: mixed_pictures(request),
        captions=request.captions,
        mark=request.mark,
    )
    return encode_pictures(encoding, tools, folder)


def mixed_pictures(request: TransitionRequest) -> Iterator[tuple[int, bytes]]:
    """The transition's raw 4:2:0 pictures, each with its number from 0."""
    fmt, count = request.before.format, request.before.shown.count
    going = fed_pictures(request.before, all_of_them=True)
    coming = fed_pictures(request.after, all_of_them=True)
    for number, ((_, old), (_, new)) in enumerate(zip(going, coming, strict=True)):
        if request.kind == "fade_through_black":
            yield number, _through_black(request, number, old, new)
        elif request.kind == "wipe":
            yield number, wiped(old, new, (fmt.width, fmt.height), (number, count))
        else:
            yield number, dissolved(old, new, (number, count))


def dissolved(old: bytes, new: bytes, step: tuple[int, int]) -> bytes:
    """Picture `number` of `count` on the way from one to the other, `step` being both numbers.

    The first is not yet all the old one and the last not yet all the new one: those are the
    neighbours of the transition.
    """
    import numpy as np

    number, count = step
    weight = np.uint16((_WHOLE * (number + 1) + (count + 1) // 2) // (count + 1))
    return _mixed(np.frombuffer(old, dtype=np.uint8), np.frombuffer(new, dtype=np.uint8), weight)


def wiped(old: bytes, new: bytes, size: tuple[int, int], step: tuple[int, int]) -> bytes:
    """The new picture pushing the old one out from the left, behind a soft upright edge.

    `size` is width and height in pixels, `step` the picture's number and how many there are.
    """
    import numpy as np

    (width, height), (number, count) = size, step
    soft = max(width // _SOFT_EDGE, 2)
    # Where the edge ends on the right; before the first picture at 0, after the last past the end.
    reach = (width + soft) * (number + 1) // (count + 1)
    weights = np.clip((reach - np.arange(width)) * _WHOLE // soft, 0, _WHOLE).astype(np.uint16)
    luma = width * height
    pieces = []
    for planes, across in ((slice(0, luma), weights), (slice(luma, None), weights[::2])):
        before = np.frombuffer(old, dtype=np.uint8)[planes].reshape(-1, len(across))
        after = np.frombuffer(new, dtype=np.uint8)[planes].reshape(-1, len(across))
        pieces.append(_mixed(before, after, across))
    return b"".join(pieces)


def _mixed(before: NDArray[Any], after: NDArray[Any], weights: NDArray[Any] | np.uint16) -> bytes:
    """Pixels, uint8, between two pictures; `weights` of the latter, uint16, in 1/256."""
    import numpy as np

    total = before * (np.uint16(_WHOLE) - weights)
    total += after * weights
    total += 128
    total >>= 8
    mixed: bytes = total.astype(np.uint8).tobytes()
    return mixed


def _through_black(request: TransitionRequest, number: int, old: bytes, new: bytes) -> bytes:
    """One shot down to black within its own frames, the next up from it within its own."""
    fmt, leaving = request.before.format, request.leaving_frames
    luma_size = fmt.width * fmt.height
    if number < leaving:
        return dimmed(old, luma_size, leaving - 1 - number, leaving)
    arriving = request.before.shown.count - leaving
    return dimmed(new, luma_size, number - leaving, arriving)
