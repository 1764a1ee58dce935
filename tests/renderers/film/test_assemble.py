"""Joining by stream copy: every frame at its exact place, at every rate."""

from itertools import pairwise

import av
import pytest
from PIL import Image

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.ffmpeg.probe import frame_hashes
from renderers.film.assemble import FilmRequest, extract_stills, join_film
from renderers.film.segments import Encoding, SegmentRequest, encode_pictures, encode_segment
from renderers.seams import Command, Tools
from schemas.artifact import SourceRef
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.shot_list import Environment, Movement, Shot, ShotAudio, TransitionIn
from schemas.timing import FrameRate

# Lengths whose milliseconds are rounded up, down and not at all.
LENGTHS = [29, 31, 1, 48, 37, 30, 5, 61]


def shot(name, frames):
    return Shot(
        shot_id=name,
        scene_id="s",
        template="t",
        reason="r",
        duration_frames=frames,
        framing="WS",
        movement=Movement(),
        environment=Environment(),
        audio=ShotAudio(),
        transition_in=TransitionIn(),
        source=SourceRef(file="x", line=1),
    )


@pytest.fixture
def tools(tmp_path):
    return Tools(SubprocessExecutor(), lambda digest: tmp_path / digest, tmp_path)


def clips_of(tools, fmt, tmp_path):
    from PIL import Image

    made = []
    for number, length in enumerate(LENGTHS):
        folder = tmp_path / f"shot{number}"
        folder.mkdir()
        request = SegmentRequest(
            shot=shot(f"s{number}", length),
            format=fmt,
            ffmpeg=pinned_ffmpeg(),
            draw=lambda number=number: Image.new("RGB", (64, 64), (number * 30, 90, 20)),
            canvas=(64, 64),
        )
        made.append(encode_segment(request, tools, folder))
    return made


def sound_of(tools, tmp_path, seconds):
    sound = tmp_path / "sound.m4a"
    source = f"sine=d={seconds}:r=48000"
    argv = (str(pinned_ffmpeg().path), "-f", "lavfi", "-i", source, "-c:a", "aac", str(sound))
    tools.executor.run(Command(argv, "make a tone"))
    return sound


@pytest.mark.parametrize("rate", [(24, 1), (24000, 1001), (25, 1), (30000, 1001), (60, 1)])
def test_every_frame_is_there_at_its_exact_time(tools, tmp_path, rate):
    fmt = Format(width=64, height=64, fps=FrameRate(num=rate[0], den=rate[1]))
    segments = clips_of(tools, fmt, tmp_path)
    sound = sound_of(tools, tmp_path, sum(LENGTHS) / (rate[0] / rate[1]))
    folder = tmp_path / "film"
    folder.mkdir()
    request = FilmRequest(segments, LENGTHS, sound, fmt, "en", pinned_ffmpeg())
    film = join_film(request, tools, folder)
    with av.open(str(film)) as opened:
        stream = opened.streams.video[0]
        stamps = [frame.pts for frame in opened.decode(video=0)]
        tick = stream.time_base
    assert len(stamps) == sum(LENGTHS)
    assert {(b - a) * tick for a, b in pairwise(stamps)} == {1 / stream.average_rate}
    alone = [h for s in segments for h in frame_hashes(s, pinned_ffmpeg(), tools.executor, "check")]
    joined = frame_hashes(film, pinned_ffmpeg(), tools.executor, "check")
    assert joined == alone


def test_a_film_that_came_out_short_is_refused(tools, tmp_path):
    fmt = Format(width=64, height=64)
    segments = clips_of(tools, fmt, tmp_path)
    folder = tmp_path / "film"
    folder.mkdir()
    wrong = [*LENGTHS[:-1], LENGTHS[-1] + 1]
    request = FilmRequest(
        segments,
        wrong,
        sound_of(tools, tmp_path, 2),
        fmt,
        "en",
        pinned_ffmpeg(),
    )
    with pytest.raises(PipelineError) as caught:
        join_film(request, tools, folder)
    assert caught.value.code == "short-film"
    assert "243 evenly spaced frames are locked, found 242" in caught.value.problem


def bar_at(number):
    """A white bar that is two pixels further to the right in each frame."""
    row = bytes([40]) * (2 * number) + bytes([220]) * 20 + bytes([40]) * (300 - 2 * number)
    return row * 180 + bytes([128]) * (320 * 90)


@pytest.mark.parametrize("rate", [(24, 1), (30000, 1001), (24000, 1001)])
def test_the_poster_is_the_frame_that_was_asked_for(tools, tmp_path, rate):
    fmt = Format(width=320, height=180, fps=FrameRate(num=rate[0], den=rate[1]))
    bars = Encoding("bars", fmt, pinned_ffmpeg(), 130, lambda: enumerate(map(bar_at, range(130))))
    clip = encode_pictures(bars, tools, tmp_path)
    request = FilmRequest((clip,), (130,), clip, fmt, "en", pinned_ffmpeg())
    for frame in (0, 47, 48, 59, 60, 61, 120, 129):
        folder = tmp_path / str(frame)
        folder.mkdir()
        for still in extract_stills(request, (clip, frame), tools, folder):
            with Image.open(still) as opened:
                row = opened.convert("L").crop((0, 90, 320, 91)).tobytes()
            assert next(x for x, level in enumerate(row) if level > 130) == 2 * frame
