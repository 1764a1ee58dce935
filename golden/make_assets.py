"""Makes the pinned show's own picture and music; run it only to change them, then `make golden`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile
from PIL import Image, ImageDraw

ASSETS = Path(__file__).parent / "show" / "assets"
LICENSE = """license_type: generated_local
attribution: drawn and composed for the pinned show
provider_or_model: golden/make_assets.py
redistributable: true
"""
_RATE_HZ = 24_000
_NOTES_HZ = (220, 262, 330, 262)


def lamp_room() -> Image.Image:
    """A room with a lamp. Larger than the film and of another shape, so that it has to be cut."""
    picture = Image.new("RGB", (500, 400), (28, 34, 48))
    pen = ImageDraw.Draw(picture)
    for ring in range(12):
        light = 28 + 12 * ring
        side = 190 - 14 * ring
        pen.ellipse((330 - side, 150 - side, 330 + side, 150 + side), fill=(light + 30, light, 48))
    pen.rectangle((0, 300, 499, 399), fill=(52, 42, 36))
    pen.rectangle((318, 170, 342, 300), fill=(90, 84, 70))
    pen.rectangle((60, 90, 150, 220), fill=(14, 20, 34), outline=(96, 88, 74), width=6)
    return picture


def music() -> np.ndarray:
    """Two seconds of four soft triangle tones, one channel at an unusual rate."""
    length = _RATE_HZ // 2
    time = np.arange(length)
    fade = np.minimum(np.minimum(time, length - 1 - time), 2400)
    tones = [np.abs((time * hertz * 4 // _RATE_HZ + 1) % 4 - 2) - 1 for hertz in _NOTES_HZ]
    return np.concatenate([tone * fade for tone in tones]).astype(np.int16)


def main() -> None:
    """Write both, with their licences."""
    picture, sound = ASSETS / "backgrounds" / "lamp_room.png", ASSETS / "music" / "tones.flac"
    lamp_room().save(picture, optimize=True)
    soundfile.write(sound, music(), _RATE_HZ, subtype="PCM_16")
    for path in (picture, sound):
        path.with_name(f"{path.name}.license.yaml").write_text(LICENSE, encoding="utf-8")


if __name__ == "__main__":
    main()
