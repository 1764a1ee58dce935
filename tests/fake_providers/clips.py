"""Clips as services give them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path


def wandering_square(path: Path) -> bytes:
    """Ten seconds at 24 frames a second: a square that wanders over a plain ground."""
    import av
    import numpy as np

    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(240):
            image = np.full((180, 320, 3), (40, 90, 40), dtype=np.uint8)
            image[60:120, number : number + 60] = (220, 220, 40)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 24)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path.read_bytes()
