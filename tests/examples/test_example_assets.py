"""The assets of the example show are what the repository's own script makes, and carry rights."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
import yaml
from PIL import Image

from schemas.license import GENERATED_LOCAL, License

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPT = EXAMPLES / "make_assets.py"
ASSETS = EXAMPLES / "nine-twenty" / "assets"
BACKGROUNDS = ("causeway", "slipway", "tide_station")
CHARACTERS = ("nora", "tess")


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, str(SCRIPT), "--check", "--folder", str(folder)]
    return subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)


def test_the_script_makes_exactly_the_committed_assets() -> None:
    done = check(ASSETS)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_check_names_every_file_that_differs(tmp_path: Path) -> None:
    shutil.copytree(ASSETS, tmp_path / "assets")
    picture = tmp_path / "assets" / "backgrounds" / "causeway.png"
    with Image.open(picture) as opened:
        touched = opened.copy()
    red, green, blue = np.asarray(touched)[77, 31].tolist()
    touched.putpixel((31, 77), (red ^ 1, green, blue))
    touched.save(picture)
    music = tmp_path / "assets" / "music" / "low_water.flac"
    samples, rate = soundfile.read(music, dtype="int16")
    samples[500, 1] ^= 1
    soundfile.write(music, samples, rate, subtype="PCM_16")
    (tmp_path / "assets" / "characters" / "tess.png.license.yaml").unlink()
    done = check(tmp_path / "assets")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "causeway.png: 1 pixels differ, the first at x=31 y=77",
        "low_water.flac: differs from sample 500",
        "tess.png.license.yaml: missing or changed",
    ]


def test_every_asset_has_its_licence_beside_it() -> None:
    files = [f for f in ASSETS.rglob("*") if f.is_file() and f.suffix != ".yaml"]
    assert len(files) == 11
    for file in files:
        sidecar = file.with_name(f"{file.name}.license.yaml")
        licence = License.model_validate(yaml.safe_load(sidecar.read_text(encoding="utf-8")))
        assert licence.license_type == GENERATED_LOCAL
        assert licence.redistributable
        assert licence.provider_or_model == "examples/make_assets.py"


@pytest.mark.parametrize("name", BACKGROUNDS)
def test_a_background_is_full_hd_opaque_and_small(name: str) -> None:
    path = ASSETS / "backgrounds" / f"{name}.png"
    with Image.open(path) as picture:
        assert (picture.size, picture.mode) == ((1920, 1080), "RGB")
    assert path.stat().st_size < 700_000


@pytest.mark.parametrize("name", CHARACTERS)
def test_a_character_is_cut_out_and_small(name: str) -> None:
    path = ASSETS / "characters" / f"{name}.png"
    with Image.open(path) as picture:
        assert (picture.size, picture.mode) == ((900, 1600), "RGBA")
        cover = np.asarray(picture)[..., 3]
    assert [int(cover[y, x]) for y, x in ((0, 0), (0, 899), (1599, 0), (1599, 899))] == [0] * 4
    assert int(cover[800, 450]) == 255
    assert path.stat().st_size < 700_000


def test_the_music_is_soft_and_loops_without_a_click() -> None:
    path = ASSETS / "music" / "low_water.flac"
    samples, rate = soundfile.read(path, dtype="int16", always_2d=True)
    assert (rate, samples.shape) == (48_000, (1_536_000, 2))
    wide = samples.astype(np.int64)
    # -6.02 dBFS, and never a whole sample more.
    assert int(np.abs(wide).max()) == 16_384
    inside = int(np.abs(np.diff(wide, axis=0)).max())
    assert int(np.abs(wide[0] - wide[-1]).max()) < inside // 4
    assert path.stat().st_size < 2_500_000


def test_one_place_and_one_person_are_left_to_the_placeholder_artist() -> None:
    assert not list(ASSETS.glob("backgrounds/bread_van*"))
    assert not list(ASSETS.glob("characters/cole*"))
