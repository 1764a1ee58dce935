from __future__ import annotations

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.captions.cue import Cue
from renderers.captions.cues import AssRequest, to_ass
from schemas.script import Span
from schemas.timing import FrameRate
from tests.renderers.captions.film import FPS


def request(**changes) -> AssRequest:
    fields = {"width": 640, "height": 360, "fps": FPS, "font_name": "DejaVu Sans"}
    return AssRequest(**{**fields, "first_frame": 100, "frame_count": 48, **changes})


def cue(start: int, end: int, text: str = "Hello there.", **style: bool) -> Cue:
    return Cue(start, end, ((Span(text=text, **style),),), ("a",))


def render(document: bytes, wanted: AssRequest, folder: Path) -> np.ndarray:
    """The frames libass burns into grey, as luma: frame, row, column."""
    import matplotlib

    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    (folder / "cues.ass").write_bytes(document)
    source = (
        f"color=c=gray:size={wanted.width}x{wanted.height}:rate={wanted.fps.text()},"
        f"trim=end_frame={wanted.frame_count},ass=cues.ass:fontsdir={fonts}"
    )
    done = subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i", source),
            *("-f", "rawvideo", "-pix_fmt", "gray", "-"),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    frames = np.frombuffer(done.stdout, dtype=np.uint8)
    return frames.reshape(-1, wanted.height, wanted.width)


def marked(frames: np.ndarray) -> list[bool]:
    return [bool(np.any(frame != frames[0, 0, 0])) for frame in frames]


@pytest.mark.parametrize(
    "fps", [FPS, FrameRate(num=24000, den=1001), FrameRate(num=60), FrameRate(num=60000, den=1001)]
)
def test_a_caption_stands_on_exactly_its_frames(fps: FrameRate, tmp_path: Path) -> None:
    wanted = request(fps=fps)
    cues = (cue(90, 103), cue(105, 106), cue(120, 131), cue(133, 200), cue(300, 310))
    frames = render(to_ass(cues, wanted), wanted, tmp_path)
    expected = [frame < 3 or frame == 5 or 20 <= frame < 31 or frame >= 33 for frame in range(48)]
    assert marked(frames) == expected


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280), (720, 720), (640, 360)])
def test_two_full_rows_stay_inside_the_title_safe_area(
    width: int, height: int, tmp_path: Path
) -> None:
    wanted = request(width=width, height=height, first_frame=0, frame_count=1)
    row = "THE QUICK BROWN FOX JUMPED OVER EVERY DOG."
    assert len(row) == 42
    two = Cue(0, 24, ((Span(text=row),), (Span(text=row.lower()),)), ("a",))
    frame = render(to_ass((two,), wanted), wanted, tmp_path)[0]
    rows, columns = np.nonzero(frame != frame[0, 0])
    assert columns.min() >= width // 20
    assert columns.max() < width - width // 20
    assert rows.max() < height - height // 20
    assert rows.min() > height * 2 // 3


@pytest.mark.parametrize("text", ["{x}", "a\\Nb", "\\{i1}b", "}{", "\\h\\n", "a{\\b1}c\\"])
def test_override_signs_are_drawn_and_obeyed_by_none(text: str, tmp_path: Path) -> None:
    wanted = request(first_frame=0, frame_count=1)
    frame = render(to_ass((cue(0, 24, text),), wanted), wanted, tmp_path)[0]
    plain = "".join({"{": "(", "}": ")", "\\": "/"}.get(sign, sign) for sign in text)
    alike = render(to_ass((cue(0, 24, plain),), wanted), wanted, tmp_path)[0]
    rows, columns = np.nonzero(frame != frame[0, 0])
    rows_alike, columns_alike = np.nonzero(alike != alike[0, 0])
    assert np.ptp(rows) == np.ptp(rows_alike)
    assert abs(int(np.ptp(columns)) - int(np.ptp(columns_alike))) <= 6 * len(text)


def test_styles_are_switched_on_and_off_again() -> None:
    spans = (Span(text="a "), Span(text="b", italic=True), Span(text=" c", bold=True))
    both = Cue(100, 124, (spans, (Span(text="d", underline=True),)), ("a",))
    read = pysubs2.SSAFile.from_string(to_ass((both,), request()).decode(), format_="ass")
    assert read.events[0].text == "a {\\i1}b{\\i0}{\\b1} c{\\b0}\\N{\\u1}d{\\u0}"
    assert read.info["PlayResX"] == "640"
    assert read.styles["Default"].fontname == "DejaVu Sans"


def test_a_row_too_wide_for_the_picture_is_set_smaller() -> None:
    document = to_ass((cue(100, 124, "W" * 42),), request()).decode()
    size = int(pysubs2.SSAFile.from_string(document).styles["Default"].fontsize)
    assert size == 20
    assert "{\\fs15}" in document
    assert "{\\fs" not in to_ass((cue(100, 124, "w" * 30),), request()).decode()


def test_without_cues_there_are_no_events() -> None:
    assert pysubs2.SSAFile.from_string(to_ass((), request()).decode()).events == []


@given(
    start=st.integers(min_value=0, max_value=200_000),
    length=st.integers(min_value=1, max_value=500),
    fps=st.sampled_from(
        [FPS, FrameRate(num=24000, den=1001), FrameRate(num=25), FrameRate(num=60000, den=1001)]
    ),
)
def test_times_fall_between_the_frames_they_part(start: int, length: int, fps: FrameRate) -> None:
    wanted = request(fps=fps, first_frame=0, frame_count=start + length + 1)
    document = to_ass((cue(start, start + length),), wanted).decode()
    (event,) = pysubs2.SSAFile.from_string(document).events

    def shown_ms(frame: int) -> int:
        return frame * 1000 * fps.den // fps.num

    assert event.start <= shown_ms(start)
    assert start == 0 or event.start > shown_ms(start - 1)
    assert shown_ms(start + length - 1) < event.end <= shown_ms(start + length)
