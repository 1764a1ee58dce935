"""A typical frame of a shot, decoded from its clip and made small, as JPEG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from renderers.ffmpeg.profile import keyframe_interval
from renderers.film.encoded_picture import planes_of_frame
from renderers.pictures.pixels import picture_of_planes
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.render_output import RenderedShot
from schemas.shot_list import Shot
from schemas.timing import FrameRate

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

STILL_SIDE: Final = 384
"""The longer side of a still in pixels: twice what the review page gives it."""

# A poster shows whole people before faces, and faces before small figures in a landscape.
_NEARNESS: Final = ("MS", "MLS", "MCU", "CU", "WS", "EWS", "ECU")
# Drawn pictures have hard edges between flat colours; halved colour would fray them.
_FULL_COLOUR: Final = 0
_QUALITY: Final = 88


def typical_frame(shot: Shot, fps: FrameRate) -> int:
    """The frame of a shot that stands for it, counted from 0: the key frame nearest to its
    middle, which is decoded at once, or the middle itself where that one is still fading."""
    middle = shot.duration_frames // 2
    interval = keyframe_interval(fps)
    nearest = (middle + interval // 2) // interval * interval
    clear_from = shot.transition_in.duration_frames
    clear_to = shot.duration_frames - shot.fade_out_frames
    return nearest if clear_from <= nearest < clear_to else middle


def poster_frame(
    shots: Sequence[Shot], fps: FrameRate, written: Sequence[tuple[int, int]] = ()
) -> tuple[int, int]:
    """Number of the shot that makes the best poster, and which of its frames, counted from 0:
    people who are seen near and together, with no action written over them; a title card only when
    there is nothing else.

    `written` are the film's frames, from and up to, with a caption in the picture: where the shot
    has a frame without one, the nearest to its typical one is taken.
    """

    def merit(number: int) -> tuple[bool, int, bool, int, int]:
        shot = shots[number]
        nearness = _NEARNESS.index(shot.framing) if shot.framing in _NEARNESS else len(_NEARNESS)
        people = min(len(shot.characters), 2)
        return (
            shot.framing != "TITLE",
            people,
            not (shot.action_beat or shot.insert or shot.super_lines),
            -nearness,
            -number,
        )

    best = max(range(len(shots)), key=merit)
    begins = sum(shot.duration_frames for shot in shots[:best])
    return best, _unwritten(shots[best], typical_frame(shots[best], fps), begins, written)


def _unwritten(shot: Shot, typical: int, begins: int, written: Sequence[tuple[int, int]]) -> int:
    """The frame nearest to `typical` that is clear and has no caption; that one if all have."""
    if not written:
        return typical
    clear = range(shot.transition_in.duration_frames, shot.duration_frames - shot.fade_out_frames)
    free = (
        frame
        for frame in clear
        if not any(first <= begins + frame < after for first, after in written)
    )
    return min(free, key=lambda frame: (abs(frame - typical), frame), default=typical)


def clip_frame(shot: RenderedShot, frame: int) -> int:
    """Where a frame of a shot lies in its clip; the nearest one when it is a transition's."""
    return frame_in_clip(frame, shot.clip_first_frame, shot.clip_frames or shot.duration_frames)


def frame_in_clip(frame: int, first: int, count: int) -> int:
    """Where a frame of a shot lies in a clip that shows `count` frames of it from `first` on."""
    return min(max(frame - first, 0), count - 1)


def still_size(fmt: Format) -> tuple[int, int]:
    """Width and height of the stills of a film, in pixels."""
    longer = max(fmt.width, fmt.height)
    side = min(STILL_SIDE, longer)
    return max(1, fmt.width * side // longer), max(1, fmt.height * side // longer)


def write_still(
    clip: Path,
    frame: int,
    size: tuple[int, int],
    out_jpeg: Path,
    decoded: list[NDArray[Any]] | None = None,
) -> None:
    """Decode one frame of a clip of ours and write it, `size` pixels wide and high.

    `decoded` is that frame's planes, where somebody has decoded it before. Raises PipelineError
    `broken-still` when the clip has no such frame.
    """
    still = _scaled(decoded or _planes(clip, frame), size)
    still.save(out_jpeg, format="JPEG", quality=_QUALITY, subsampling=_FULL_COLOUR)


def _planes(clip: Path, frame: int) -> list[NDArray[Any]]:
    import av

    try:
        with av.open(str(clip), format="mp4") as opened:
            stream = opened.streams.video[0]
            stream.thread_type = "NONE"
            rate, base = stream.average_rate, stream.time_base
            if rate is None or base is None:
                raise _broken(clip, frame, "its rate is not known")
            wanted = round(frame / (rate * base))
            opened.seek(wanted, stream=stream, backward=True)
            for shown in opened.decode(stream):
                if shown.pts is not None and shown.pts >= wanted:
                    return planes_of_frame(shown)
    except av.FFmpegError as problem:
        raise _broken(clip, frame, str(problem)) from problem
    raise _broken(clip, frame, "it ends before that")


def _scaled(planes: list[NDArray[Any]], size: tuple[int, int]) -> Image:
    from PIL import Image as Images

    bicubic = Images.Resampling.BICUBIC
    return picture_of_planes([Images.fromarray(each).resize(size, bicubic) for each in planes])


def _broken(clip: Path, frame: int, problem: str) -> PipelineError:
    return PipelineError(
        "broken-still",
        f"frame {frame} of {clip.name[:12]}",
        f"could not be taken from the shot's clip: {problem}",
        "nothing of it was kept; run again",
    )
