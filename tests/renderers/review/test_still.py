"""A still shows the frame that was asked for, in its colours; the poster shows people."""

import subprocess

import imageio_ffmpeg
import pytest
from PIL import Image

from renderers.review.still import (
    clip_frame,
    poster_frame,
    still_size,
    typical_frame,
    write_still,
)
from schemas.artifact import SourceRef
from schemas.errors import PipelineError
from schemas.project import Format
from schemas.render_output import RenderedShot
from schemas.shot_list import (
    Environment,
    Movement,
    Shot,
    ShotAudio,
    ShotCharacter,
    TransitionIn,
)
from schemas.timing import FrameRate

FPS = FrameRate(num=24)


def shot(duration, framing="MS", people=(), fade_in=0, fade_out=0):
    return Shot(
        shot_id="s",
        scene_id="sc",
        template="t",
        reason="r",
        duration_frames=duration,
        framing=framing,
        movement=Movement(),
        characters=tuple(ShotCharacter(id=name, name=name) for name in people),
        environment=Environment(),
        audio=ShotAudio(),
        transition_in=TransitionIn(kind="fade_in" if fade_in else "cut", duration_frames=fade_in),
        fade_out_frames=fade_out,
        source=SourceRef(file="a", line=1),
    )


@pytest.mark.parametrize(
    ("duration", "fade_in", "fade_out", "frame"),
    [
        (40, 0, 0, 0),  # the only key frame
        (41, 12, 0, 20),  # it is black: the middle
        (90, 0, 0, 48),
        (100, 24, 12, 48),
        (60, 0, 20, 30),  # the second key frame is fading out
        (200, 0, 0, 96),
    ],
)
def test_the_frame_that_stands_for_a_shot(duration, fade_in, fade_out, frame):
    assert typical_frame(shot(duration, fade_in=fade_in, fade_out=fade_out), FPS) == frame


@pytest.mark.parametrize(("frame", "in_clip"), [(0, 0), (12, 0), (20, 8), (67, 55), (79, 55)])
def test_a_frame_that_a_transition_took_is_the_nearest_one_left(frame, in_clip):
    made = RenderedShot(
        shot_id="s",
        clip="0" * 64,
        duration_frames=80,
        clip_first_frame=12,
        clip_frames=56,
        tier="preview",
    )
    assert clip_frame(made, frame) == in_clip


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Sixty frames; the left half red throughout, the right half twice as bright as its number."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    right = "gt(X,64)"
    subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi"),
            *("-i", "color=size=128x72:rate=24:duration=2.5,format=yuv420p"),
            "-vf",
            f"geq=lum='if({right},60+2*N,63)':cb='if(gt(X,32),128,102)':cr='if(gt(X,32),128,240)'",
            *("-c:v", "libx264", "-qp", "1", "-g", "48", "-bf", "2", path),
        ],
        check=True,
    )
    return path


@pytest.mark.parametrize("frame", [0, 17, 48, 59])
def test_a_still_shows_its_frame_in_its_colours(clip, tmp_path, frame):
    out = tmp_path / "still.jpg"
    write_still(clip, frame, (64, 36), out)
    with Image.open(out) as still:
        assert (still.format, still.size) == ("JPEG", (64, 36))
        red, grey = still.getpixel((8, 18)), still.getpixel((56, 18))
    assert red == pytest.approx((255, 0, 0), abs=3)
    level = (60 + 2 * frame - 16) * 255 / 219
    assert grey == pytest.approx((level,) * 3, abs=1.6)


def test_a_frame_that_is_not_there_and_a_clip_that_is_none(clip, tmp_path):
    with pytest.raises(PipelineError, match="ends before") as ended:
        write_still(clip, 60, (64, 36), tmp_path / "still.jpg")
    assert ended.value.code == "broken-still"
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(clip.read_bytes()[:900])
    with pytest.raises(PipelineError) as refused:
        write_still(broken, 0, (64, 36), tmp_path / "still.jpg")
    assert refused.value.code == "broken-still"


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(1280, 720, (384, 216)), (720, 1280, (216, 384)), (160, 90, (160, 90)), (7680, 64, (384, 3))],
)
def test_stills_keep_the_shape_of_the_film(width, height, size):
    assert still_size(Format(width=width, height=height)) == size


def test_the_poster_is_two_people_near_and_never_black():
    shots = [
        shot(80, "TITLE", fade_in=12),
        shot(80, "EWS", ("a", "b")),
        shot(80, "CU", ("a",)),
        shot(60, "MS", ("a", "b"), fade_in=24),
        shot(80, "MS", ("a", "b")),
    ]
    assert poster_frame(shots, FPS) == (3, 48)
    assert poster_frame(shots[:3], FPS) == (1, 48)
    told = shots[4].model_copy(update={"action_beat": "They look at each other."})
    assert poster_frame([told, shots[1]], FPS) == (1, 48)
    assert poster_frame([told, shots[2]], FPS) == (0, 48)
    assert poster_frame([shots[0], shot(30, "WS", fade_in=24)], FPS) == (1, 15)
    assert poster_frame(shots[:1], FPS) == (0, 48)


def test_the_poster_has_no_caption_across_it_where_a_frame_is_free_of_them():
    shots = [shot(80, "TITLE", fade_in=12), shot(80, "MS", ("a", "b"), fade_in=6)]
    assert poster_frame(shots, FPS, [(100, 160)]) == (1, 19)
    assert poster_frame(shots, FPS, [(80, 126), (140, 160)]) == (1, 48)
    assert poster_frame(shots, FPS, [(80, 122), (124, 126), (127, 135)]) == (1, 46)
    assert poster_frame(shots, FPS, [(80, 160)]) == (1, 48)
    # Not in the fade, although nothing is written there.
    assert poster_frame(shots, FPS, [(86, 160)]) == (1, 48)
