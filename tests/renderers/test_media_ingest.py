"""Somebody's own picture or clip: what is let in, and what is left of it to be sent."""

import io
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from orchestrator.seams.executor import SubprocessExecutor
from renderers.ffmpeg.binary import pinned_ffmpeg
from renderers.media_ingest import (
    MAX_IMAGE_BYTES,
    MAX_VIDEO_BYTES,
    ingest_media,
    medium_of,
)
from renderers.providers.conform import ForeignClip
from renderers.seams import Tools
from schemas.errors import PipelineError
from schemas.timing import FrameRate

PNG, JPEG = b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0........"
MP4 = b"\x00\x00\x00\x18ftypisom"
FPS = FrameRate(num=24)


def no_blobs(digest):
    raise AssertionError(digest)


def shown(path, aspect="original"):
    folder = path.parent / "scratch"
    folder.mkdir(exist_ok=True)
    clip = ForeignClip(path, pinned_ffmpeg(), Tools(SubprocessExecutor(), no_blobs, folder))
    return ingest_media(path, path.name, aspect, FPS, clip)


def film(path, seconds, rate=30, size=(320, 180)):
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata["location"] = "+52.5200+013.4050/"
        stream = out.add_stream("libx264", rate=rate)
        sound = out.add_stream("aac", rate=48000)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        for number in range(seconds * rate):
            image = np.full((size[1], size[0], 3), number % 250, dtype=np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, rate)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        samples = np.zeros((1, 1024), dtype=np.float32)
        silence = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
        silence.sample_rate = 48000
        out.mux(sound.encode(silence))
        out.mux(sound.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "size", "head", "medium"),
    [
        ("a.jpg", 1, JPEG, "image"),
        ("a.JPEG", MAX_IMAGE_BYTES, JPEG, "image"),
        # A PNG that is called .jpg is still a picture of the two kinds.
        ("a.png", 9, JPEG, "image"),
        ("a.mp4", MAX_VIDEO_BYTES, MP4, "video"),
        ("a.MOV", 9, b"\x00\x00\x00\x08wide....", "video"),
    ],
)
def test_what_is_let_in(name, size, head, medium):
    assert medium_of(Path(name), size, head) == medium


@pytest.mark.parametrize(
    ("name", "size", "head", "problem"),
    [
        ("a.gif", 9, b"GIF89a......", "is not one of JPG, PNG, MP4 and MOV"),
        ("a", 9, PNG, "no ending"),
        ("a.png", 0, b"", "is empty"),
        ("a.png", MAX_IMAGE_BYTES + 1, PNG, "16,777,217 bytes, images may have 16,777,216"),
        ("a.mov", MAX_VIDEO_BYTES + 1, MP4, "videos may have 104,857,600 (100 MB)"),
        ("a.png", 9, MP4, "does not hold such image"),
        ("a.mp4", 9, PNG, "does not hold such video"),
        ("a.mp4", 9, b"#EXTM3U\nfile", "does not hold such video"),
    ],
)
def test_what_is_not(name, size, head, problem):
    with pytest.raises(PipelineError) as refused:
        medium_of(Path(name), size, head)
    assert refused.value.code == "INVALID_INPUT"
    assert problem in refused.value.problem


def test_a_picture_is_upright_without_its_file_and_not_too_large(tmp_path):
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "MY SECRET STREET"
    picture = Image.effect_noise((3000, 1000), 50).convert("RGB")
    picture.save(tmp_path / "me.jpg", exif=exif)
    made = shown(tmp_path / "me.jpg")
    assert (made.width, made.height, made.duration_ms) == (480, 1440, 0)
    assert b"SECRET" not in made.media
    assert made.media == made.poster


def test_a_picture_is_cut_around_its_middle(tmp_path):
    picture = Image.new("RGB", (300, 100), "red")
    picture.paste("blue", (100, 0, 200, 100))
    picture.save(tmp_path / "me.png")
    made = shown(tmp_path / "me.png", "1:1")
    with Image.open(io.BytesIO(made.media)) as cut:
        assert cut.size == (100, 100)
        assert cut.getcolors() == [(10_000, (0, 0, 255))]


def test_what_is_clear_is_seen_on_white(tmp_path):
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "me.png")
    with Image.open(io.BytesIO(shown(tmp_path / "me.png").media)) as whole:
        assert whole.getpixel((3, 3)) == (255, 255, 255)


def test_a_clip_is_brought_to_the_films_rate_without_sound_and_place(tmp_path):
    path = film(tmp_path / "walk.mp4", 2)
    assert b"+52.52" in path.read_bytes()
    made = shown(path)
    assert (made.width, made.height, made.duration_ms, made.whole_ms) == (320, 180, 2000, 2000)
    assert b"+52.52" not in made.media
    with av.open(io.BytesIO(made.media)) as sent:
        assert [stream.type for stream in sent.streams] == ["video"]
        assert (sent.streams[0].average_rate, sent.streams[0].frames) == (24, 48)


def test_only_the_beginning_of_a_long_clip_is_sent(tmp_path):
    made = shown(film(tmp_path / "walk.mov", 12, 12), "9:16")
    assert (made.width, made.height) == (100, 180)
    assert (made.duration_ms, made.whole_ms) == (10_000, 12_000)


@pytest.mark.parametrize("name", ["me.png", "me.jpg", "walk.mp4", "walk.mov"])
def test_what_only_begins_like_one_is_refused(tmp_path, name):
    head = {"g": PNG, "4": MP4, "v": MP4}[name[-1]]
    (tmp_path / name).write_bytes(head + b"and nothing of the kind" * 50)
    with pytest.raises(PipelineError) as refused:
        shown(tmp_path / name)
    assert (refused.value.code, refused.value.where) == ("INVALID_INPUT", name)
