"""A still's groups of pictures: encoded once, shown as often as locked, never a wrong number."""

import errno
from pathlib import Path

import av
import numpy as np
import pytest

from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, container, picture_encoder, raw_picture_input
from renderers.film.repeated_groups import Repeat, groups_alike, repeat_first_group
from renderers.film.segments import encode_segment
from renderers.pictures.pixels import planes_of
from renderers.seams import Command
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.timing import FrameRate
from tests.renderers.film.test_segments import SIDE, lumas, picture, request, shot, tools

__all__ = ["tools"]

FPS = FrameRate(num=24, den=1)
NTSC = FrameRate(num=30000, den=1001)
FMT = Format(width=SIDE, height=SIDE, fps=FPS)


def packets(clip):
    with av.open(str(clip)) as opened:
        return [(p.pts, p.dts, p.is_keyframe, bytes(p)) for p in opened.demux(video=0) if p.size]


def encoded(tools, folder, frames, fmt=FMT):
    """One picture, encoded so many times."""
    still = b"".join(plane.tobytes() for plane in planes_of(picture()))
    argv = (
        *(str(pinned_ffmpeg().path), *GLOBAL_OPTIONS, *raw_picture_input(fmt), "-map", "0:v"),
        *(*picture_encoder(fmt.fps), *container(fmt.fps), "encoded.mp4"),
    )
    tools.executor.run(Command(argv, "encode", [still] * frames, cwd=folder))
    return folder / "encoded.mp4"


@pytest.mark.parametrize(
    ("still", "fps", "times"),
    [
        (1, FPS, 1),
        (47, FPS, 1),
        (95, FPS, 1),
        (96, FPS, 2),
        (100, FPS, 2),
        (119, NTSC, 1),
        (120, NTSC, 2),
        (480, FPS, 10),
    ],
)
def test_only_whole_groups_are_alike(still, fps, times):
    assert groups_alike(still, fps) == times


@pytest.mark.parametrize("fps", [FPS, NTSC], ids=str)
@pytest.mark.parametrize("left", [0, 1, 2, 7, 30])
def test_a_long_still_shows_every_frame_in_step_and_encodes_one_group(tools, tmp_path, fps, left):
    fmt = replace_rate(fps)
    group = 2 * fps.nominal()
    frames = 3 * group + left
    clip = encode_segment(request(shot(frames), fmt), tools, tmp_path)
    seen = lumas(clip)
    assert len(seen) == frames
    still = planes_of(picture())[0].astype(int)
    assert max(np.abs(luma - still).mean() for luma in seen) < 4
    found = packets(clip)
    shown = sorted(pts for pts, *_ in found)
    assert shown == [n * (shown[1] - shown[0]) for n in range(frames)]
    assert [dts for _, dts, *_ in found] == sorted({dts for _, dts, *_ in found})
    keys = [number for number, (_, _, key, _) in enumerate(found) if key]
    assert keys == list(range(0, frames, group))
    data = [each[-1] for each in found]
    assert data[:group] == data[group : 2 * group] == data[2 * group : 3 * group]
    # What is encoded is what the encoder makes of one group and what is left.
    once = [each[-1] for each in packets(encoded(tools, tmp_path, group + left, fmt))]
    assert once == data[2 * group :]


def replace_rate(fps):
    return Format(width=SIDE, height=SIDE, fps=fps)


def test_a_still_that_fades_at_its_end_repeats_what_stands(tools, tmp_path):
    clip = encode_segment(request(shot(150, fade_out=12), FMT), tools, tmp_path)
    seen = lumas(clip)
    assert len(seen) == 150
    still = planes_of(picture())[0].astype(int)
    assert max(np.abs(luma - still).mean() for luma in seen[:138]) < 4
    levels = [luma.mean() for luma in seen[138:]]
    assert levels == sorted(levels, reverse=True)
    assert abs(levels[-1] - 16) < 1
    data = [each[-1] for each in packets(clip)]
    assert data[:48] == data[48:96]


def test_one_that_comes_out_of_black_repeats_nothing(tools, tmp_path):
    clip = encode_segment(request(shot(150, fade_in=12), FMT), tools, tmp_path)
    data = [each[-1] for each in packets(clip)]
    assert len(data) == 150
    assert data[:48] != data[48:96]


def test_the_same_clip_is_the_same_bytes(tools, tmp_path):
    made = encoded(tools, tmp_path, 60)
    for name in ("a.mp4", "b.mp4"):
        repeat_first_group(made, tmp_path / name, Repeat("shot a", 156, FPS, 3))
    one = (tmp_path / "a.mp4").read_bytes()
    assert one == (tmp_path / "b.mp4").read_bytes()
    assert b"Lavf" not in one


@pytest.mark.parametrize("frames", [3, 48, 59, 61])
def test_another_number_of_frames_is_refused(tools, tmp_path, frames):
    made = encoded(tools, tmp_path, frames)
    with pytest.raises(PipelineError, match=f"156 frames are locked, .* left {frames} of the 60"):
        repeat_first_group(made, tmp_path / "clip.mp4", Repeat("shot a", 156, FPS, 3))


def test_key_frames_elsewhere_are_refused(tools, tmp_path):
    made = encoded(tools, tmp_path, 60, replace_rate(NTSC))
    with pytest.raises(PipelineError) as caught:
        repeat_first_group(made, tmp_path / "clip.mp4", Repeat("shot a", 156, FPS, 3))
    assert caught.value.code == "short-encode"


def test_what_is_no_film_is_refused(tmp_path):
    made = tmp_path / "encoded.mp4"
    repeat = Repeat("shot a", 156, FPS, 3)
    with pytest.raises(FileNotFoundError):
        repeat_first_group(made, tmp_path / "clip.mp4", repeat)
    made.write_bytes(b"rubbish" * 99)
    with pytest.raises(PipelineError) as caught:
        repeat_first_group(made, tmp_path / "clip.mp4", repeat)
    assert caught.value.code == "program-failed"


def test_a_full_disk_is_told_as_one(tools, tmp_path):
    small = encoded(tools, tmp_path, 96)
    with pytest.raises(OSError, match="No space left") as full:
        repeat_first_group(small, Path("/dev/full"), Repeat("kitchen.1", 144, FPS, 2))
    assert full.value.errno == errno.ENOSPC
    assert not isinstance(full.value, av.FFmpegError)
