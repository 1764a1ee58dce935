"""Movement is where it should be to a small fraction of a pixel, and never goes back and forth."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderers.pictures.motion import CameraPath, Window, canvas_size, frames
from schemas.shot_list import Movement

ONE = 1 << 16
KINDS = ("push_in", "pull_out", "pan_left", "pan_right")
WIDTH, HEIGHT = 320, 180
# No eye sees less, in a picture that moves slowly.
ACCURATE_PX = 0.1


def path(kind, travel_permille, width=WIDTH, height=HEIGHT):
    movement = Movement(kind=kind, travel_permille=travel_permille)
    return CameraPath(*canvas_size(width, height, movement), width, height, movement)


def planes(camera, luma):
    """Y from a function of x and y in canvas pixels; U and V plain grey."""
    y, x = np.mgrid[0 : camera.canvas_height, 0 : camera.canvas_width].astype(np.float64)
    grey = np.full((camera.canvas_height // 2, camera.canvas_width // 2), 128, dtype=np.uint8)
    return np.clip(np.rint(luma(x, y)), 0, 255).astype(np.uint8), grey, grey


def luma_of(raw, camera):
    return np.frombuffer(raw, np.uint8)[: camera.width * camera.height].reshape(
        camera.height, camera.width
    )


def ideal_window(camera, frame, count):
    """Left, top, width, height in pixels, by the definition of the movement, in floating point."""
    share = frame / (count - 1)
    kind = camera.movement.kind
    if kind == "pull_out":
        share = 1 - share
    if kind in ("push_in", "pull_out"):
        width = camera.canvas_width + (camera.width - camera.canvas_width) * share
        height = camera.canvas_height + (camera.height - camera.canvas_height) * share
        return (
            (camera.canvas_width - width) / 2,
            (camera.canvas_height - height) / 2,
            width,
            height,
        )
    room = camera.canvas_width - camera.width
    left = room * share if kind == "pan_right" else room * (1 - share)
    return left, (camera.canvas_height - camera.height) / 2, camera.width, camera.height


def ideal_positions(camera, frame, count):
    """Where each column and row of the picture looks on the canvas."""
    left, top, width, height = ideal_window(camera, frame, count)
    x = left + (np.arange(camera.width) + 0.5) * width / camera.width - 0.5
    y = top + (np.arange(camera.height) + 0.5) * height / camera.height - 0.5
    return x, y


def texture(x, y):
    """Fine detail in every direction, known at every point and not at pixels alone."""
    waves = [(0.31, 0.12, 0.4), (-0.17, 0.29, 1.1), (0.23, -0.26, 2.3), (0.11, 0.35, 0.2)]
    return 128 + sum(26 * np.cos(a * x + b * y + c) for a, b, c in waves)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("travel_permille", [30, 62, 120, 250])
def test_details_are_where_an_ideal_camera_sees_them(kind, travel_permille):
    camera = path(kind, travel_permille)
    count = 13
    off = []
    for frame, raw in enumerate(frames(planes(camera, texture), camera, count)):
        wanted = texture(*np.meshgrid(*ideal_positions(camera, frame, count)))
        seen = luma_of(raw, camera).astype(np.float64)
        # In each quarter apart, so that a wrong size shows as well as a wrong place.
        for rows in (slice(0, HEIGHT // 2), slice(HEIGHT // 2, HEIGHT)):
            for columns in (slice(0, WIDTH // 2), slice(WIDTH // 2, WIDTH)):
                off.append(np.hypot(*shift_between(wanted[rows, columns], seen[rows, columns])))
    assert np.sqrt(np.mean(np.square(off))) <= ACCURATE_PX / 10
    assert max(off) <= ACCURATE_PX / 5


def test_the_measurement_sees_a_shift_of_a_tenth_of_a_pixel():
    x, y = np.meshgrid(np.arange(160.0), np.arange(90.0))
    across, down = shift_between(texture(x, y), texture(x + 0.1, y - 0.05))
    assert abs(abs(across) - 0.1) < 0.01
    assert abs(abs(down) - 0.05) < 0.01


def shift_between(first, second):
    """The shift across and down that explains the difference best, by the gradient, in pixels."""
    inner = (slice(2, -2), slice(2, -2))
    down, across = (part[inner] for part in np.gradient(first))
    difference = (second - first)[inner]
    system = np.stack([across.ravel(), down.ravel()], axis=1)
    found, *_ = np.linalg.lstsq(system, difference.ravel(), rcond=None)
    return found[0], found[1]


WHOLE, MIDDLE = (0, 0, 360, 202), (20, 11, 320, 180)
LEFT, RIGHT = (0, 0, 320, 180), (40, 0, 320, 180)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("push_in", WHOLE, MIDDLE),
        ("pull_out", MIDDLE, WHOLE),
        ("pan_right", LEFT, RIGHT),
        ("pan_left", RIGHT, LEFT),
    ],
)
def test_the_path_begins_and_ends_exactly(kind, first, last):
    camera = path(kind, 125)
    assert (camera.canvas_width, camera.canvas_height) == (
        (360, 202) if kind in ("push_in", "pull_out") else (360, 180)
    )
    for count in (2, 3, 24, 1001):
        assert camera.window(0, count) == Window(*(ONE * side for side in first))
        assert camera.window(count - 1, count) == Window(*(ONE * side for side in last))


@given(
    kind=st.sampled_from(KINDS),
    travel_permille=st.integers(1, 400),
    count=st.integers(2, 400),
    width=st.integers(32, 400).map(lambda n: 2 * n),
    height=st.integers(32, 400).map(lambda n: 2 * n),
)
def test_no_frame_goes_back_or_jumps(kind, travel_permille, count, width, height):
    camera = path(kind, travel_permille, width, height)
    windows = [camera.window(frame, count) for frame in range(count)]
    for side, whole in (("left", "width"), ("top", "height")):
        centres = [2 * getattr(w, side) + getattr(w, whole) for w in windows]
        starts = [getattr(w, side) for w in windows]
        lengths = [getattr(w, whole) for w in windows]
        for values in (starts, lengths, centres):
            steps = [after - before for before, after in pairwise(values)]
            rising, falling = min(steps) >= -1, max(steps) <= 1
            assert rising or falling
            # Even speed: no step is more than a rounding longer than another.
            assert max(steps) - min(steps) <= 4
    for window in windows:
        assert window.left >= 0
        assert window.top >= 0
        assert window.left + window.width <= camera.canvas_width * ONE
        assert window.top + window.height <= camera.canvas_height * ONE
        # Never enlarged.
        assert window.width >= width * ONE
        assert window.height >= height * ONE


@settings(max_examples=25, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    travel_permille=st.integers(5, 300),
    count=st.integers(2, 5),
    seed=st.integers(0, 2**32 - 1),
)
def test_every_pixel_is_the_weighted_mean_of_its_four_neighbours(
    kind, travel_permille, count, seed
):
    # The same sampling once more, pixel by pixel in Python's own integers.
    camera = path(kind, travel_permille, 64, 64)
    rng = np.random.default_rng(seed)
    canvas = [
        rng.integers(0, 256, (camera.canvas_height // step, camera.canvas_width // step), np.uint8)
        for step in (1, 2, 2)
    ]
    for frame, raw in enumerate(frames(tuple(canvas), camera, count)):
        whole = camera.window(frame, count)
        expected = b""
        for plane, step in zip(canvas, (1, 2, 2), strict=True):
            window = [getattr(whole, side) // step for side in ("left", "top", "width", "height")]
            expected += resampled(plane, window, 64 // step)
        assert raw == expected


def resampled(plane, window, side):
    left, top, width, height = window
    rows = [place(top, height, n, side, plane.shape[0]) for n in range(side)]
    columns = [place(left, width, n, side, plane.shape[1]) for n in range(side)]
    lines = []
    for values in plane.tolist():
        pairs = [(values[x], values[min(x + 1, len(values) - 1)], beside) for x, beside in columns]
        lines.append(
            [(x * (256 - beside) + next_x * beside + 128) // 256 for x, next_x, beside in pairs]
        )
    picture = bytearray()
    for y, below in rows:
        pairs = zip(lines[y], lines[min(y + 1, len(lines) - 1)], strict=True)
        picture += bytes((u * (256 - below) + v * below + 128) // 256 for u, v in pairs)
    return bytes(picture)


def place(start, length, number, count, limit):
    """Pixel and weight in 1/256 of the next one, for the centre of pixel `number` of `count`."""
    centre = start + (2 * number + 1) * length // (2 * count) - ONE // 2
    centre = min(max(centre, 0), (limit - 1) * ONE)
    return divmod((centre + 128) // 256, 256)


@pytest.mark.parametrize("kind", KINDS)
def test_the_end_at_full_size_is_the_canvas_itself(kind):
    camera = path(kind, 125)
    rng = np.random.default_rng(7)
    canvas = tuple(
        rng.integers(0, 256, (camera.canvas_height // step, camera.canvas_width // step), np.uint8)
        for step in (1, 2, 2)
    )
    shown = list(frames(canvas, camera, 9))
    end = shown[0 if kind in ("pull_out", "pan_left") else -1]
    left, top = (40, 0) if kind.startswith("pan") else (20, 11)
    luma = canvas[0][top : top + HEIGHT, left : left + WIDTH]
    assert end[: WIDTH * HEIGHT] == luma.tobytes()
    if kind.startswith("pan"):
        assert end[WIDTH * HEIGHT :] == b"".join(
            plane[:, 20 : 20 + WIDTH // 2].tobytes() for plane in canvas[1:]
        )


@pytest.mark.parametrize(
    "movement", [Movement(), Movement(kind="push_in"), Movement(travel_permille=9)]
)
def test_a_still_is_its_canvas_in_every_frame(movement):
    assert canvas_size(64, 64, movement) == (64, 64)
    camera = CameraPath(64, 64, 64, 64, movement)
    rng = np.random.default_rng(3)
    canvas = tuple(rng.integers(0, 256, (n, n), np.uint8) for n in (64, 32, 32))
    whole = b"".join(plane.tobytes() for plane in canvas)
    assert list(frames(canvas, camera, 4)) == [whole] * 4
    assert not camera.moves


@pytest.mark.parametrize("kind", KINDS)
def test_a_movement_of_one_frame_is_the_beginning_of_the_path(kind):
    camera = path(kind, 60)
    assert camera.window(0, 1) == camera.window(0, 100)


@pytest.mark.parametrize("kind", KINDS)
def test_a_flat_colour_stays_what_it_is(kind):
    camera = path(kind, 97)
    canvas = tuple(
        np.full((camera.canvas_height // step, camera.canvas_width // step), level, np.uint8)
        for step, level in ((1, 235), (2, 16), (2, 240))
    )
    quarter = WIDTH * HEIGHT // 4
    flat = bytes([235]) * (4 * quarter) + bytes([16]) * quarter + bytes([240]) * quarter
    assert set(frames(canvas, camera, 7)) == {flat}


@given(st.integers(32, 2000), st.integers(32, 2000), st.integers(0, 1000), st.sampled_from(KINDS))
def test_a_canvas_is_even_and_large_enough(half_width, half_height, travel_permille, kind):
    width, height = 2 * half_width, 2 * half_height
    movement = Movement(kind=kind, travel_permille=travel_permille)
    canvas_width, canvas_height = canvas_size(width, height, movement)
    assert canvas_width % 2 == canvas_height % 2 == 0
    wanted = width * travel_permille / 1000
    assert wanted - 1 <= canvas_width - width < wanted + 2
    if kind.startswith("pan"):
        assert canvas_height == height
