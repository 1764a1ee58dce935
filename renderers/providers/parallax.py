"""A better shot made on this machine: the picture in two depths under a moving camera.

Run as a program it follows the contract of the command provider (`command.py`), and stands for how
any program can be wrapped. It takes the scene and its empty background, cuts the people out, lets
them pass the background at another speed, softens what lies behind them as a long lens does, eases
the camera in and out, lets people breathe, and adds a little grain and a vignette.

It imports nothing of ours, so that it can be copied and changed.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

CAPABILITIES = {
    "provider_id": "parallax",
    "max_clip_duration_sec": 60,
    "supported_aspect_ratios": ["16:9", "9:16", "1:1"],
    "supported_fps": [],
    "audio_support": False,
    "image_to_video": True,
    "text_to_video": False,
    "max_resolution": "3840x2160",
    "vram_mib": 0,
}
# How far the camera goes by the end, as a part of the picture: the people, then what is behind.
TRAVEL = {"low": (0.05, 0.025), "standard": (0.07, 0.03), "high": (0.09, 0.035)}
DRIFT = 0.4  # of that when the camera is to stand still
BREATH_S, BREATH = 3.6, 0.0016
VIGNETTE = 0.16
GRAIN_STEPS = {"low": 0, "standard": 2, "high": 3}
TILE, MIDDLE = 512, 128
FAR_BLUR = 300  # the background is softened by its height divided by this


@dataclass(frozen=True)
class Scene:
    """The picture in two depths, larger than the film on each side; `people` is RGBA or None."""

    people: Image | None
    behind: Image


@dataclass(frozen=True)
class View:
    """Where the camera is: how much nearer, and how far to the side and down, in parts of the
    picture."""

    zoom: float
    across: float
    down: float = 0.0


def main(arguments: list[str]) -> int:
    """Answer one call of the command provider."""
    if arguments == ["--capabilities"]:
        print(json.dumps(CAPABILITIES))
        return 0
    job = json.load(sys.stdin)
    if arguments == ["--estimate"]:
        seconds = math.ceil(
            job["duration_frames"] * job["format"]["fps_den"] / job["format"]["fps_num"]
        )
        print(json.dumps({"cost_microusd": 0, "duration_s": seconds}))
        return 0
    try:
        make_clip(job, Path("parallax.mkv"))
    except (OSError, KeyError, ValueError) as error:
        print(
            json.dumps({"class": "fatal", "problem": f"{type(error).__name__}: {error}"}),
            file=sys.stderr,
        )
        return 1
    print(json.dumps({"clip": "parallax.mkv"}))
    return 0


def make_clip(job: dict[str, Any], out: Path) -> None:
    """Make the clip of a job, lossless, so that it is encoded only once in the film."""
    import av

    scene = open_scene(job)
    fmt, size = job["format"], picture_size(job)
    rate = Fraction(fmt["fps_num"], fmt["fps_den"])
    # Without it the file would hold a random id.
    exact = {"fflags": "+bitexact"}
    with av.open(str(out), "w", format="matroska", options=exact) as container:
        stream = container.add_stream("ffv1", rate=rate)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.thread_count = 1
        for number, picture in enumerate(pictures(scene, job)):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = number
            frame.time_base = 1 / rate
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def open_scene(job: dict[str, Any]) -> Scene:
    """The layers of a job; without them its first frame alone, all in one depth."""
    from PIL import Image as Images
    from PIL import ImageFilter

    layers = job.get("layers") or {}
    with Images.open(layers.get("background") or job["first_frame"]) as opened:
        behind = opened.convert("RGB")
    if not layers.get("people"):
        return Scene(None, behind)
    with Images.open(layers["people"]) as opened:
        # Premultiplied, so that no colour from outside an edge is drawn in when it is resampled.
        people = opened.convert("RGBA").convert("RGBa")
    return Scene(people, behind.filter(ImageFilter.GaussianBlur(behind.height / FAR_BLUR)))


def pictures(scene: Scene, job: dict[str, Any]) -> Iterator[NDArray[Any]]:
    """The frames, RGB, height × width × 3, uint8."""
    import numpy as np
    from PIL import ImageChops

    size = picture_size(job)
    shade = _vignette(size)
    grain = _grain(job["seed"], GRAIN_STEPS[job["quality"]])
    for number in range(job["duration_frames"]):
        near, far = views(job, number)
        picture = _seen(scene.behind, far, size)
        if scene.people is not None:
            people = _seen(scene.people, near, size).convert("RGBA")
            picture.paste(people, (0, 0), people)
        picture = ImageChops.multiply(picture, shade)
        picture = ImageChops.add(picture, _laid_over(grain, size, number), 1, -MIDDLE)
        yield np.asarray(picture)


def picture_size(job: dict[str, Any]) -> tuple[int, int]:
    """Width and height of the clip: finer than the film where the job allows it."""
    wanted = job.get("finer") or job["format"]
    return wanted["width"], wanted["height"]


def views(job: dict[str, Any], number: int) -> tuple[View, View]:
    """Where the camera is for the people and for what lies behind them."""
    fps = job["format"]["fps_num"] / job["format"]["fps_den"]
    at = number / max(job["duration_frames"] - 1, 1)
    eased = at * at * (3 - 2 * at)
    motion = job["prompt"]["motion"]
    near, far = TRAVEL[job["quality"]]
    breath = BREATH * math.sin(2 * math.pi * number / fps / BREATH_S)
    if "pan" in motion:
        side = (eased - 0.5) * (-1 if "left" in motion else 1)
        return View(near / 2, side * near, breath), View(far / 2, side * far)
    if "pull" in motion:
        eased = 1 - eased
    elif "push" not in motion:
        eased *= DRIFT
    return View(eased * near, 0.0, breath), View(eased * far, 0.0)


def _seen(layer: Image, view: View, size: tuple[int, int]) -> Image:
    """What the camera sees of a layer, as a picture of `size`."""
    from PIL import Image as Images

    # The layer is as much larger than the film as the camera may travel.
    scale = 1 / (1 + view.zoom)
    width, height = layer.width * scale / MARGIN, layer.height * scale / MARGIN
    left = (layer.width - width) / 2 + view.across * layer.width / MARGIN
    top = (layer.height - height) / 2 + view.down * layer.height / MARGIN
    matrix = (width / size[0], 0, left, 0, height / size[1], top)
    return layer.transform(size, Images.Transform.AFFINE, matrix, Images.Resampling.BICUBIC)


# The layers show so much more than the film on each axis.
MARGIN = 1.12


def _vignette(size: tuple[int, int]) -> Image:
    """What each pixel is multiplied with: white in the middle, a little darker in the corners."""
    import numpy as np
    from PIL import Image as Images

    across = np.linspace(-1, 1, size[0])[None, :]
    down = np.linspace(-1, 1, size[1])[:, None]
    kept = 255 * (1 - VIGNETTE * ((across**2 + down**2) / 2) ** 1.5)
    return Images.fromarray(np.rint(kept).astype(np.uint8)).convert("RGB")


def _grain(seed: int, steps: int) -> NDArray[Any]:
    """A tile of noise around `MIDDLE`, `steps` strong, the same for a seed on every machine."""
    import numpy as np

    raw = hashlib.shake_128(str(seed).encode()).digest(TILE * TILE)
    tile = np.frombuffer(raw, dtype=np.uint8).reshape(TILE, TILE).astype(np.int32) - MIDDLE
    soft = tile + np.roll(tile, 1, 0) + np.roll(tile, 1, 1) + np.roll(tile, (1, 1), (0, 1))
    strong: NDArray[Any] = (MIDDLE + soft * steps // 256).astype(np.uint8)
    return strong


def _laid_over(tile: NDArray[Any], size: tuple[int, int], number: int) -> Image:
    """The tile repeated over the picture, moved for each frame so that it never stands still."""
    import numpy as np
    from PIL import Image as Images

    moved = np.roll(tile, ((number * 197) % TILE, (number * 331) % TILE), (0, 1))
    times = (-(-size[1] // TILE), -(-size[0] // TILE))
    return Images.fromarray(np.tile(moved, times)[: size[1], : size[0]]).convert("RGB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
