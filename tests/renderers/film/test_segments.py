"""Encoding a shot: what is fed once and looped is what every picture fed by hand would give."""

from dataclasses import replace
from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.profile import GLOBAL_OPTIONS, container, picture_encoder, raw_picture_input
from renderers.film.segments import SegmentRequest, encode_segment, fed_pictures
from renderers.pictures.pixels import dimmed, planes_of
from renderers.pictures.watermark import laid_at
from renderers.seams import Command, Tools
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
    clip = encode_segment(request(shot(frames, fade_in, fade_out), fmt), tools, tmp_path)
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
    assert clip.read_bytes() == (tmp_path / "fed.mp4").read_bytes()
    assert len(lumas(clip)) == frames


def test_fades_begin_and_end_in_black(tools, tmp_path):
    fmt = Format(width=SIDE, height=SIDE)
    clip = encode_segment(request(shot(40, 10, 10), fmt), tools, tmp_path)
    levels = [luma.mean() for luma in lumas(clip)]
    bright = planes_of(picture())[0].mean()
    assert abs(levels[0] - 16) < 1
    assert abs(levels[-1] - 16) < 1
    assert all(abs(level - bright) < 4 for level in levels[10:30])
    assert all(after > before for before, after in pairwise(levels[:11]))
    assert all(after < before for before, after in pairwise(levels[29:]))


def test_a_push_ends_on_the_middle_of_the_canvas(tools, tmp_path):
    fmt = Format(width=SIDE, height=SIDE)
    moving = shot(30, movement=Movement(kind="push_in", travel_permille=125))
    clip = encode_segment(request(moving, fmt, (108, 108)), tools, tmp_path)
    seen = lumas(clip)
    middle = planes_of(picture(108, 108))[0][6:102, 6:102].astype(int)
    assert np.abs(seen[-1] - middle).mean() < 4
    assert np.abs(seen[0] - middle).mean() > 8


def test_words_over_the_picture_stand_still_and_fade_with_it():
    fmt = Format(width=SIDE, height=SIDE)
    moving = shot(12, fade_out=4, movement=Movement(kind="push_in", travel_permille=125))
    plain = request(moving, fmt, (108, 108))
    white = Image.new("RGBA", (8, 8), (255, 255, 255, 255))
    words = laid_at(white, (8, 8, 8, 8), 100, (SIDE, SIDE))
    lettered = replace(plain, lettering=lambda: words)
    pairs = zip(fed_pictures(plain), fed_pictures(lettered), strict=True)
    for (_, without), (number, raw) in pairs:
        bare, seen = (
            np.frombuffer(each, np.uint8)[: SIDE * SIDE].reshape(SIDE, SIDE)
            for each in (without, raw)
        )
        left = 12 - 1 - number
        level = 235 if left >= 4 else 16 + (235 - 16) * left // 4
        assert abs(int(seen[10, 10]) - level) <= 2
        assert (seen[20:, :] == bare[20:, :]).all()


def test_the_same_shot_gives_the_same_bytes(tools, tmp_path):
    fmt = Format(width=SIDE, height=SIDE)
    made = []
    for name, fade_out in (("a", 0), ("b", 0), ("c", 2)):
        (tmp_path / name).mkdir()
        clip = encode_segment(request(shot(20, fade_out=fade_out), fmt), tools, tmp_path / name)
        made.append(clip.read_bytes())
    assert made[0] == made[1] != made[2]


def test_a_lost_picture_is_noticed(tools, tmp_path, monkeypatch):
    fmt = Format(width=SIDE, height=SIDE)
    monkeypatch.setattr(
        "renderers.film.segments.frames", lambda *_: iter([bytes(SIDE * SIDE * 3 // 2)])
    )
    moving = shot(5, movement=Movement(kind="pan_left", travel_permille=60))
    with pytest.raises(PipelineError, match="5 frames are locked, the encoder left 1"):
        encode_segment(request(moving, fmt, (102, SIDE)), tools, tmp_path)
