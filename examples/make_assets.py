"""Makes the pictures and the music of the example show, the same on every machine.

    python examples/make_assets.py            writes every file and its licence beside it
    python examples/make_assets.py --check    says whether the files in the repository are these

The check compares what the files decode to, because PNG and FLAC may pack it in several ways.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from paintbox import bed, causeway, nora, slipway, tess, things, tide_station
from PIL import Image

if TYPE_CHECKING:
    from paintbox.canvas import Canvas

ASSETS = Path(__file__).resolve().parent / "nine-twenty" / "assets"
PICTURES: dict[str, Callable[[], Canvas]] = {
    "backgrounds/causeway.png": causeway.paint,
    "backgrounds/slipway.png": slipway.paint,
    "backgrounds/tide_station.png": tide_station.paint,
    "characters/nora.png": nora.paint,
    "characters/tess.png": tess.paint,
    "props/lantern.png": things.paint_lantern,
    "props/microphone.png": things.paint_microphone,
    "props/square_key.png": things.paint_square_key,
    "props/tape_recorder.png": things.paint_recorder,
    "props/wall_clock.png": things.paint_clock,
}
MUSIC = "music/low_water.flac"
# The day the pictures were drawn for the first time; a file must not change with the calendar.
SIDECAR = """\
license_type: generated_local
attribution: drawn and composed for the example show Nine Twenty
provider_or_model: examples/make_assets.py
retrieval_date: "2026-11-21"
redistributable: true
"""


def write(folder: Path) -> None:
    """Draw and compose everything into `folder`, each file with its licence."""
    for name, paint in PICTURES.items():
        target = _place(folder, name)
        paint().picture().save(target, optimize=True)
    soundfile.write(_place(folder, MUSIC), bed.compose(), bed.SAMPLE_RATE, subtype="PCM_16")


def differences(folder: Path) -> list[str]:
    """What is missing from `folder` or is not what this script makes; empty when all is well."""
    found = [_picture_difference(folder / name, paint) for name, paint in PICTURES.items()]
    found.append(_music_difference(folder / MUSIC))
    for name in (*PICTURES, MUSIC):
        sidecar = _sidecar(folder / name)
        if not sidecar.is_file() or sidecar.read_text(encoding="utf-8") != SIDECAR:
            found.append(f"{sidecar.name}: missing or changed")
    return [problem for problem in found if problem]


def _place(folder: Path, name: str) -> Path:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    _sidecar(target).write_text(SIDECAR, encoding="utf-8", newline="\n")
    return target


def _sidecar(asset: Path) -> Path:
    return asset.with_name(f"{asset.name}.license.yaml")


def _picture_difference(path: Path, paint: Callable[[], Canvas]) -> str:
    if not path.is_file():
        return f"{path.name}: missing"
    made = paint().picture()
    with Image.open(path) as stored:
        if stored.mode != made.mode or stored.size != made.size:
            return f"{path.name}: is {stored.mode} {stored.size}, expected {made.mode} {made.size}"
        unlike = np.any(np.asarray(stored) != np.asarray(made), axis=2)
    rows, columns = np.nonzero(unlike)
    if len(rows) == 0:
        return ""
    return f"{path.name}: {len(rows)} pixels differ, the first at x={columns[0]} y={rows[0]}"


def _music_difference(path: Path) -> str:
    if not path.is_file():
        return f"{path.name}: missing"
    stored, rate = soundfile.read(path, dtype="int16", always_2d=True)
    made = bed.compose()
    if rate != bed.SAMPLE_RATE or stored.shape != made.shape:
        return f"{path.name}: is {stored.shape} at {rate} Hz, expected {made.shape} at 48000 Hz"
    unlike = np.nonzero(np.any(stored != made, axis=1))[0]
    return f"{path.name}: differs from sample {unlike[0]}" if len(unlike) else ""


def main() -> int:
    """Write the assets, or with --check compare them; 1 when they differ."""
    parser = argparse.ArgumentParser(description="Make the assets of the example show.")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    parser.add_argument("--folder", type=Path, default=ASSETS, help="where the assets are")
    chosen = parser.parse_args()
    if not chosen.check:
        write(chosen.folder)
        return 0
    problems = differences(chosen.folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
