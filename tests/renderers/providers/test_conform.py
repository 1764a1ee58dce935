"""Foreign clips: what may enter the film, and what it looks like then."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.providers.conform import ForeignClip, Unfit, probe_clip, raw_pictures, require_fit
from renderers.seams import Tools
from schemas.project import Format
from schemas.timing import FrameRate

FILM = Format(width=160, height=90)
RED, BLACK = (200, 30, 30), (0, 0, 0)


def write_clip(path: Path, frames=48, rate=24, size=(160, 90), picture=None):
    """A clip whose pictures move, or are what `picture` says for each frame."""
    with av.open(str(path), "w", format="mp4" if path.suffix == ".mp4" else "matroska") as out:
        stream = out.add_stream("libx264", rate=Fraction(rate))
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(frames):
            image = np.full((size[1], size[0], 3), 90, dtype=np.uint8)
            if picture is None:
                at = number * 2 % (size[0] - 20)
                image[20:50, at : at + 20] = RED
            else:
                image[:] = picture(number)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = number, 1 / Fraction(rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


@pytest.fixture
def tools(tmp_path):
    executor = SubprocessExecutor()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    yield Tools(executor, Path, scratch)
    executor.stop_all()


def conformed(source, tools, tmp_path, frames=48, fmt=FILM):
    """The clip as the encoder of the film is given it: raw pictures, Y, U and V of each."""
    clip = ForeignClip(source, pinned_ffmpeg(), tools)
    require_fit(clip, frames, fmt.fps)
    out = tmp_path / f"out{len(list(tmp_path.iterdir()))}.raw"
    return raw_pictures(clip, frames, fmt, out)


def pictures(raw, fmt=FILM):
    size = fmt.width * fmt.height * 3 // 2
    data = raw.read_bytes()
    frames = []
    for at in range(0, len(data), size):
        planes = np.frombuffer(data[at : at + size], dtype=np.uint8).reshape(-1, fmt.width)
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.colorspace, frame.color_range = 1, 1  # BT.709, limited
        frames.append(frame.to_ndarray(format="rgb24"))
    return frames


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv"])
def test_a_clip_that_fits_keeps_every_frame_in_its_place(tools, tmp_path, name):
    source = write_clip(tmp_path / name)
    out = pictures(conformed(source, tools, tmp_path))
    assert len(out) == 48
    for number in (0, 20, 47):
        square = out[number][25:45, number * 2 + 4 : number * 2 + 16].mean(axis=(0, 1))
        assert np.abs(square - RED).max() < 30


def test_a_longer_clip_is_cut_after_the_last_locked_frame(tools, tmp_path):
    source = write_clip(tmp_path / "clip.mp4", frames=120)
    assert len(pictures(conformed(source, tools, tmp_path, frames=48))) == 48


def test_a_clip_of_another_shape_is_scaled_and_padded(tools, tmp_path):
    source = write_clip(tmp_path / "clip.mp4", size=(320, 320))
    out = pictures(conformed(source, tools, tmp_path))[0]
    assert out.shape == (90, 160, 3)
    assert out[:, :30].max() < 20 and out[:, -30:].max() < 20
    assert out[45, 80].min() > 60


def test_the_same_clip_gives_the_same_bytes(tools, tmp_path):
    source = write_clip(tmp_path / "clip.mp4", size=(320, 180))
    one, two = (conformed(source, tools, tmp_path).read_bytes() for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({"frames": 47}, "48 frames are locked, the clip has only 47"),
        ({"frames": 90, "rate": 30}, "the clip runs at 30.000 frames a second, the film at 24"),
        ({"frames": 90, "rate": Fraction(24000, 1001)}, "runs at 23.976 frames a second"),
        ({"picture": lambda _: 90}, "every frame of the clip is the same picture"),
        ({"picture": lambda n: 16 + n % 2}, "shows nothing"),
    ],
)
def test_what_may_not_enter(tools, tmp_path, made, said):
    source = write_clip(tmp_path / "clip.mp4", **made)
    with pytest.raises(Unfit, match=said) as unfit:
        conformed(source, tools, tmp_path)
    assert "the preview stays" in unfit.value.hint


def test_a_clip_that_jumps_is_refused(tools, tmp_path):
    source = tmp_path / "clip.mkv"
    with av.open(str(source), "w") as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for number in range(60):
            image = np.full((90, 160, 3), number * 3, dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = number + (6 if number > 20 else 0), Fraction(1, 24)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    with pytest.raises(Unfit, match="frames a second"):
        conformed(source, tools, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>not found</html>",
        b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n",
        b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 500,
    ],
)
def test_what_is_no_film_is_refused(tools, tmp_path, content):
    source = tmp_path / "clip.mp4"
    source.write_bytes(content)
    with pytest.raises(Unfit, match=r"empty|cannot be decoded|no film"):
        conformed(source, tools, tmp_path)


def test_a_damaged_clip_is_refused(tools, tmp_path):
    source = write_clip(tmp_path / "clip.mp4")
    data = bytearray(source.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = b"\xff" * 400
    source.write_bytes(data)
    with pytest.raises(Unfit):
        conformed(source, tools, tmp_path)


def test_other_film_rates(tools, tmp_path):
    fmt = FILM.model_copy(update={"fps": FrameRate(num=30000, den=1001)})
    source = write_clip(tmp_path / "clip.mp4", rate=Fraction(30000, 1001))
    assert len(pictures(conformed(source, tools, tmp_path, frames=40, fmt=fmt))) == 40
    probed = probe_clip(ForeignClip(source, pinned_ffmpeg(), tools))
    assert probed.times[1] - probed.times[0] == Fraction(1001, 30000)


def test_fewer_frames_than_asked_for_are_noticed(tools, tmp_path):
    source = write_clip(tmp_path / "clip.mp4", frames=20)
    with pytest.raises(Unfit, match="48 frames are locked, 20 could be decoded"):
        clip = ForeignClip(source, pinned_ffmpeg(), tools)
        raw_pictures(clip, 48, FILM, tmp_path / "out.raw")
