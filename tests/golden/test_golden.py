"""The pinned clip comes out byte by byte, wherever and however it is rendered."""

import copy
import json
import shutil
import subprocess
import sys

import pytest

from golden.clip import MOST_SHOTS, PINNED, describe, first_difference, render

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("golden")]

HOW_TO_PIN = (
    "If this change is wanted, raise the version of what changed and run `make golden`; if not, it "
    "is a regression."
)


@pytest.fixture(scope="module")
def pinned():
    return json.loads(PINNED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return render(tmp_path_factory.mktemp("golden"))


def assert_pinned(pinned, build):
    difference = first_difference(pinned, describe(build))
    assert not difference, f"{difference}\n{HOW_TO_PIN}"


def test_every_byte_is_as_pinned(pinned, build):
    assert_pinned(pinned, build)


def test_an_older_cpu_makes_the_same_film(pinned, tmp_path):
    # For Python, its C library and numpy; the programs it starts are told by their own options.
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

    present = [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]
    glibc = "-AVX512F,-AVX512VL,-AVX2,-AVX,-FMA,-BMI1,-BMI2,-SSE4_2,-SSE4_1,-SSSE3,-ERMS"
    older = {
        "GLIBC_TUNABLES": f"glibc.cpu.hwcaps={glibc}",
        "NPY_DISABLE_CPU_FEATURES": " ".join(present),
    }
    assert not features_left(present, older), "numpy does not do as it was told"
    assert_pinned(pinned, render(tmp_path, environment=older))


def features_left(names, environment):
    """Which of numpy's optional CPU features are in use under an environment."""
    asked = (
        "from numpy._core._multiarray_umath import __cpu_features__ as f;"
        f"print(*[name for name in {names!r} if f[name]])"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    return told.stdout.split()


def test_the_clip_shows_what_a_film_is_made_of(pinned, build):
    shots = json.loads((build / "shot_list.json").read_bytes())["shots"]
    assert 6 <= len(shots) <= MOST_SHOTS
    assert {"TITLE", "WS"} <= {shot["framing"] for shot in shots}
    movements = {shot["movement"]["kind"] for shot in shots}
    assert "static" in movements
    assert "push_in" in movements
    assert movements & {"pan_left", "pan_right"}
    assert any(shot["transition_in"]["kind"] == "fade_in" for shot in shots)
    assert shots[-1]["fade_out_frames"] > 0
    assert {who["id"] for shot in shots for who in shot["characters"]} == {"mara", "jonas"}
    plan = json.loads((build / "render_plan.json").read_bytes())
    assert plan["captions"]["burn_in"]
    assert {r["kind"] for r in plan["resolutions"] if r["blob"]} == {"background", "music"}
    assert any(r["status"] == "placeholder" for r in plan["resolutions"])


@pytest.mark.parametrize(
    ("name", "tier"),
    [("shot_list.json", "artifacts"), ("clip.vtt", "files"), ("poster.png", "files")],
)
def test_one_changed_byte_is_named(pinned, build, tmp_path, name, tier):
    changed = tmp_path / "build"
    shutil.copytree(build, changed)
    file = changed / name
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"\n")
    assert first_difference(pinned, describe(changed)).startswith(f"{tier}: {name} is ")


def test_the_first_tier_that_differs_is_named(pinned):
    shot = list(pinned["shots"])[1]
    other = copy.deepcopy(pinned)
    other["files"]["clip.mp4"] = "0"
    assert first_difference(pinned, other).startswith("files: clip.mp4")
    other["sound"]["coded"] = "0"
    assert first_difference(pinned, other).startswith("sound: coded")
    other["shots"][shot] = "0"
    assert first_difference(pinned, other).startswith(f"shots: {shot}")
    del other["artifacts"]["script.json"]
    assert first_difference(pinned, other).startswith("artifacts: script.json is None")
    assert first_difference(pinned, pinned) == ""


@pytest.mark.parametrize(
    ("frames", "problem"),
    [(-1, "the film goes on after its last shot"), (1, "the film ends before frame")],
)
def test_a_film_of_another_length_is_refused(build, tmp_path, frames, problem):
    changed = tmp_path / "build"
    shutil.copytree(build, changed)
    output = json.loads((changed / "render_output.json").read_bytes())
    output["shots"][-1]["duration_frames"] += frames
    (changed / "render_output.json").chmod(0o644)
    (changed / "render_output.json").write_text(json.dumps(output))
    with pytest.raises(ValueError, match=problem):
        describe(changed)
