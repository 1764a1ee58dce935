"""Encoding a shot: what is fed once and looped is what every picture fed by hand would give."""

from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from orchestrator.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, container, picture_encoder, raw_picture_input
from renderers.pixels import dimmed, planes_of
from renderers.seams import Command, Tools
from renderers.segments import SegmentRequest, _another_picture, encode_segment
from schemas.artifact import SourceRef
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.shot_list import Environment, Movement, Shot, ShotAudio, TransitionIn
from schemas.timing import FrameRate

SIDE = 96


def shot(frames, fade_in=0, fade_out=0, movement=None):
    return Shot(
        shot_id="s-1.abc",
        scene_id="s-1",
        template="t",
        reason="r",
        duration_frames=frames,
        framing="WS",
        movement=movement or Movement(),
        environment=Environment(),
        audio=ShotAudio(),
        transition_in=TransitionIn(kind="fade_in", duration_frames=fade_in)
        if fade_in
        else TransitionIn(),
        fade_out_frames=fade_out,
        source=SourceRef(file="x", line=1),
    )


def picture(width=SIDE, height=SIDE):
    drawn = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    ImageDraw.Draw(drawn).ellipse((20, 30, 60, 80), fill=(220, 60, 20), outline=(0, 0, 255))
    return drawn


@pytest.fixture
def tools(tmp_path):
    return Tools(SubprocessExecutor(), lambda digest: tmp_path / digest, tmp_path)


def request(wanted, fmt, canvas=(SIDE, SIDE)):
    return SegmentRequest(wanted, fmt, pinned_ffmpeg(), lambda: picture(*canvas), canvas)


def lumas(clip):
    with av.open(str(clip)) as opened:
        return [frame.to_ndarray()[:SIDE].astype(int) for frame in opened.decode(video=0)]


# Frames, and how many of them fade in and out.
FADES = [
    (1, 0, 0),
    (2, 0, 0),
    (50, 0, 0),
    (50, 0, 12),
    (50, 12, 0),
    (50, 12, 12),
    (9, 0, 9),
    (9, 0, 12),
]


@pytest.mark.parametrize("fades", FADES, ids=str)
@pytest.mark.parametrize("rate", [(24, 1), (30000, 1001)], ids=str)
def test_a_still_is_encoded_as_if_every_picture_were_fed(tools, tmp_path, fades, rate):
    frames, fade_in, fade_out = fades
    fmt = Format(width=SIDE, height=SIDE, fps=FrameRate(num=rate[0], den=rate[1]))
    segment = encode_segment(request(shot(frames, fade_in, fade_out), fmt), tools, tmp_path)
    still = b"".join(plane.tobytes() for plane in planes_of(picture()))
    fed = []
    for frame in range(frames):
        level, levels = 1, 1
        if frame < fade_in:
            level, levels = frame, fade_in
        elif frames - 1 - frame < fade_out:
            level, levels = frames - 1 - frame, fade_out
        fed.append(dimmed(still, SIDE * SIDE, level, levels))
    argv = (
        *(str(pinned_ffmpeg().path), *GLOBAL_OPTIONS, *raw_picture_input(fmt), "-map", "0:v"),
        *(*picture_encoder(fmt.fps), *container(fmt.fps), "fed.mp4"),
    )
    tools.executor.run(Command(argv, "feed every picture", fed, cwd=tmp_path))
    assert segment.clip.read_bytes() == (tmp_path / "fed.mp4").read_bytes()
    assert len(lumas(segment.clip)) == frames


def test_fades_begin_and_end_in_black(tools, tmp_path):
    fmt = Format(width=SIDE, height=SIDE)
    segment = encode_segment(request(shot(40, 10, 10), fmt), tools, tmp_path)
    levels = [luma.mean() for luma in lumas(segment.clip)]
    bright = planes_of(picture())[0].mean()
    assert abs(levels[0] - 16) < 1
    assert abs(levels[-1] - 16) < 1
    assert all(abs(level - bright) < 4 for level in levels[10:30])
    assert all(after > before for before, after in pairwise(levels[:11]))
    assert all(after < before for before, after in pairwise(levels[29:]))


def test_a_push_ends_on_the_middle_of_the_canvas(tools, tmp_path):
    fmt = Format(width=SIDE, height=SIDE)
    moving = shot(30, movement=Movement(kind="push_in", travel_permille=125))
    segment = encode_segment(request(moving, fmt, (108, 108)), tools, tmp_path)
    seen = lumas(segment.clip)
    middle = planes_of(picture(108, 108))[0][6:102, 6:102].astype(int)
    assert np.abs(seen[-1] - middle).mean() < 4
    assert np.abs(seen[0] - middle).mean() > 8


def test_the_same_shot_gives_the_same_bytes_and_digest(tools, tmp_path):
    fmt = Format(width=SIDE, height=SIDE)
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append(encode_segment(request(shot(20), fmt), tools, tmp_path / name))
    assert made[0].clip.read_bytes() == made[1].clip.read_bytes()
    assert made[0].frames_digest == made[1].frames_digest
    (tmp_path / "c").mkdir()
    other = encode_segment(request(shot(20, fade_out=2), fmt), tools, tmp_path / "c")
    assert other.frames_digest != made[0].frames_digest


def test_a_lost_picture_is_noticed(tools, tmp_path, monkeypatch):
    fmt = Format(width=SIDE, height=SIDE)
    monkeypatch.setattr("renderers.segments.frames", lambda *_: iter([bytes(SIDE * SIDE * 3 // 2)]))
    moving = shot(5, movement=Movement(kind="pan_left", travel_permille=60))
    with pytest.raises(PipelineError, match="5 frames are locked, the encoder left 1"):
        encode_segment(request(moving, fmt, (102, SIDE)), tools, tmp_path)


@pytest.mark.parametrize(
    ("sent", "found", "another"),
    [
        (np.full((96, 96), 73), np.full((96, 96), 82), False),  # a flat picture's quantiser step
        (np.full((96, 96), 73), np.full((96, 96), 16), True),
        (np.tile(np.arange(16, 40), (96, 4)), np.full((96, 96), 16), True),  # a night gone black
        (np.tile(np.arange(16, 40), (96, 4)), np.tile(np.arange(14, 38), (96, 4)), False),
        (np.tile(np.arange(16, 40), (96, 4)), np.tile(np.arange(40, 16, -1), (96, 4)), True),
    ],
    ids=["flat", "flat to black", "dark to black", "a little darker", "mirrored"],
)
def test_another_picture_is_told_from_a_coarse_one(sent, found, another):
    planes = [each.astype(np.uint8).tobytes() for each in (sent, found)]
    assert _another_picture(*planes, captioned=False) == another


@pytest.mark.parametrize(("height", "another"), [(SIDE * 2 // 3, False), (0, True)])
def test_captions_on_a_flat_picture_are_no_other_picture(height, another):
    sent = np.full((SIDE, SIDE), 70, np.uint8)
    sent[5:25, 10:40] = 120  # the only shape, above the captions
    found = np.where(np.arange(SIDE)[:, None] < height, sent, 16).astype(np.uint8)
    found[70:90, 4:-4:2] = 235
    assert _another_picture(sent.tobytes(), found.tobytes(), captioned=True) == another
    assert _another_picture(sent.tobytes(), found.tobytes(), captioned=False)
