"""Encoded pictures against what was sent: every frame is there, and it is that picture."""

import subprocess
from dataclasses import replace

import av
import imageio_ffmpeg
import numpy as np
import pytest

from renderers.ffmpeg.profile import container, picture_encoder, raw_picture_input
from renderers.film.encoded_picture import (
    KeptPicture,
    SentPictures,
    is_another_picture,
    require_same_pictures,
    sampled_luma,
)
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.timing import FrameRate

SIDE = 96
FMT = Format(width=SIDE, height=SIDE, fps=FrameRate(num=30000, den=1001))
FRAMES = 140  # key frames at 0, 60 and 120
LOOKED_AT = (0, 60, 120, 139)


def picture(number, brightness=60):
    """A bright bar that wanders, on a grey ramp."""
    luma = np.tile(np.arange(SIDE, dtype=np.uint8) // 2 + brightness, (SIDE, 1))
    at = number * 60 // FRAMES
    luma[:, at : at + 20] = 220
    return luma.tobytes() + bytes([128]) * (SIDE * SIDE // 2)


def encoded(folder, pictures):
    argv = (
        *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *raw_picture_input(FMT)),
        *(*picture_encoder(FMT.fps), *container(FMT.fps), "clip.mp4"),
    )
    subprocess.run(argv, check=True, cwd=folder, input=b"".join(pictures))
    return folder / "clip.mp4"


def wanted(lumas=None):
    sent = {n: sampled_luma(picture(n), SIDE, SIDE) for n in LOOKED_AT}
    return SentPictures("shot a", FRAMES, FMT.fps, sent | (lumas or {}), captioned=False)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return encoded(tmp_path_factory.mktemp("clip"), map(picture, range(FRAMES)))


def test_what_was_sent_is_recognised(clip):
    require_same_pictures(clip, wanted())


@pytest.mark.parametrize("frame", [0, 60, 139])
def test_a_picture_that_is_wanted_besides_is_the_one_that_decoding_all_gives(clip, frame):
    kept = KeptPicture(frame)
    require_same_pictures(clip, replace(wanted(), kept=kept))
    with av.open(str(clip)) as opened:
        shown = list(opened.decode(video=0))[frame]
    whole = shown.to_ndarray(format="yuv420p").tobytes()
    assert b"".join(plane.tobytes() for plane in kept.planes) == whole


def test_a_picture_that_the_check_passes_over_is_not_kept(clip):
    kept = KeptPicture(31)
    require_same_pictures(clip, replace(wanted(), kept=kept))
    assert kept.planes is None


@pytest.mark.parametrize("frame", LOOKED_AT)
def test_each_frame_that_is_looked_at_has_to_be_the_one_sent(clip, frame):
    mirrored = np.ascontiguousarray(sampled_luma(picture(frame), SIDE, SIDE)[:, ::-1])
    for other in (mirrored, None):
        with pytest.raises(PipelineError, match=f"shot a, frame {frame}: .* another picture") as e:
            require_same_pictures(clip, wanted({frame: other}))
        assert e.value.code == "wrong-picture"


@pytest.mark.parametrize(
    ("black", "frame"),
    [(range(FRAMES), 0), (range(1, FRAMES), 60), (range(30, 100), 60), (range(125, FRAMES), 139)],
    ids=["all of it", "from the second on", "two seconds within", "the end"],
)
def test_a_shot_that_turns_black_is_refused(tmp_path, black, frame):
    nothing = bytes([16]) * SIDE * SIDE + bytes([128]) * (SIDE * SIDE // 2)
    pictures = (nothing if n in black else picture(n) for n in range(FRAMES))
    with pytest.raises(PipelineError, match=f"frame {frame}: .* another picture"):
        require_same_pictures(encoded(tmp_path, pictures), wanted())


@pytest.mark.parametrize("count", [0, 1, FRAMES - 1, FRAMES + 1])
def test_another_number_of_frames_is_refused(tmp_path, count):
    made = encoded(tmp_path, map(picture, range(count))) if count else tmp_path / "clip.mp4"
    if not count:
        made.write_bytes(b"")
    with pytest.raises(PipelineError) as caught:
        require_same_pictures(made, wanted())
    assert caught.value.code == ("short-encode" if count else "program-failed")
    assert f"the encoder left {count}" in caught.value.problem or not count


def test_frames_at_another_rate_are_refused(clip):
    at_25 = SentPictures("shot a", FRAMES, FrameRate(num=25, den=1), wanted().lumas, False)
    with pytest.raises(PipelineError, match=r"140 frames are locked, .* 140, not evenly spaced"):
        require_same_pictures(clip, at_25)


@pytest.mark.parametrize("data", [b"rubbish" * 999, b"#EXTM3U\n/etc/passwd\n"])
def test_what_is_no_film_is_refused(tmp_path, data):
    (tmp_path / "clip.mp4").write_bytes(data)
    with pytest.raises(PipelineError) as caught:
        require_same_pictures(tmp_path / "clip.mp4", wanted())
    assert caught.value.code == "program-failed"


def test_a_clip_that_was_never_made_is_a_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        require_same_pictures(tmp_path / "clip.mp4", wanted())


def test_damage_after_the_last_key_frame_is_refused(clip, tmp_path):
    with av.open(str(clip)) as opened:
        packets = [packet for packet in opened.demux(video=0) if packet.size]
        last = max(range(len(packets)), key=lambda n: packets[n].pts)
        begin = packets[last - 4].pos
        end = packets[last].pos + packets[last].size
    data = bytearray(clip.read_bytes())
    data[begin + 8 : end] = bytes(255 - byte for byte in data[begin + 8 : end])
    (tmp_path / "clip.mp4").write_bytes(data)
    with pytest.raises(PipelineError) as caught:
        require_same_pictures(tmp_path / "clip.mp4", wanted())
    assert caught.value.code in ("program-failed", "wrong-picture")


def test_the_samples_of_a_large_picture_are_a_grid_of_it():
    raw = np.arange(1280 * 720, dtype=np.uint32).astype(np.uint8)
    grid = sampled_luma(raw.tobytes() + bytes(1280 * 360), 1280, 720)
    assert grid.shape == (180, 320)
    assert np.array_equal(grid, raw.reshape(720, 1280)[::4, ::4])


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
    lumas = [each.astype(np.uint8) for each in (sent, found)]
    assert is_another_picture(*lumas, captioned=False) == another


@pytest.mark.parametrize(("height", "another"), [(SIDE * 2 // 3, False), (0, True)])
def test_captions_on_a_flat_picture_are_no_other_picture(height, another):
    sent = np.full((SIDE, SIDE), 70, np.uint8)
    sent[5:25, 10:40] = 120  # the only shape, above the captions
    found = np.where(np.arange(SIDE)[:, None] < height, sent, 16).astype(np.uint8)
    found[70:90, 4:-4:2] = 235
    assert is_another_picture(sent, found, captioned=True) == another
    assert is_another_picture(sent, found, captioned=False)


@pytest.mark.parametrize(("turned", "another"), [("as sent", False), ("black", True)])
def test_a_caption_that_climbs_into_the_upper_third_is_no_other_picture(turned, another):
    """As in a film of 160 × 90, where a long word that cannot be broken takes many rows."""
    sent = np.tile(np.arange(SIDE, dtype=np.uint8) // 2 + 6, (SIDE, 1))
    found = sent.copy() if turned == "as sent" else np.full_like(sent, 16)
    found[4:16, 6:-6] = 235  # the box, with its letters
    found[8:12, 10:-10] = 20
    upper = sent[: SIDE // 3].astype(float), found[: SIDE // 3].astype(float)
    assert np.corrcoef(upper[0].ravel(), upper[1].ravel())[0, 1] < 0.5
    assert is_another_picture(sent, found, captioned=True) == another
    assert is_another_picture(sent, found, captioned=False)
