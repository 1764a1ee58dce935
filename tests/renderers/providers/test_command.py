"""The command provider on real programs, and the better shot that ships with it."""

import json
import sys
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from orchestrator.seams.executor import SubprocessExecutor
from renderers.fonts.font_files import FontSet, default_font_paths
from renderers.plates.picture import PictureSpec, draw_people, draw_picture, draw_place
from renderers.providers import parallax
from renderers.providers.command import CommandProvider
from renderers.providers.contract import ClipJob, ProviderError, ShotPrompt
from renderers.providers.program import Program, capabilities_of
from renderers.providers.reference import Drawing, cut_out, first_frame, layers
from schemas.project import Format
from schemas.shot_list import ShotCharacter

FMT = Format(width=320, height=180)
CAN = {
    "provider_id": "mine",
    "max_clip_duration_sec": 8,
    "supported_aspect_ratios": ["16:9"],
    "max_resolution": "640x360",
}


@pytest.fixture
def executor():
    one = SubprocessExecutor()
    yield one
    one.stop_all()


@pytest.fixture
def program(tmp_path, executor):
    """A program of a writer's own, from the lines that it consists of."""

    def make(*lines: str) -> Program:
        path = tmp_path / "mine.py"
        path.write_text("import json, sys\n" + "\n".join(lines) + "\n")
        return Program((sys.executable, str(path)), tmp_path / "jobs", executor)

    return make


JOB = ClipJob(
    shot_id="kitchen.1",
    duration_frames=24,
    format=FMT,
    timing_lock_hash="0" * 64,
    prompt=ShotPrompt("Mara", "slow push in", "ink", ""),
    model="",
    quality="standard",
    seed=7,
    client_token="attempt-1",  # noqa: S106  a name, no password
    first_frame=b"picture",
)
ANSWERS = f"if '--capabilities' in sys.argv: print({json.dumps(json.dumps(CAN))}); sys.exit()"


def test_a_program_makes_a_clip_once(program, tmp_path):
    one = program(
        ANSWERS,
        "said = {'cost_microusd': 5, 'duration_s': 1}",
        "if '--estimate' in sys.argv: print(json.dumps(said)); sys.exit()",
        "job = json.load(sys.stdin)",
        "assert open(job['first_frame'], 'rb').read() == b'picture'",
        "open('made', 'ab').write(job['shot_id'].encode())",
        "open('out', 'wb').write(b'clip'); print('{\"clip\": \"out\"}')",
    )
    provider = CommandProvider(one, capabilities_of(one))
    assert provider.capabilities.max_clip_duration_s == 8
    assert provider.estimate(JOB).cost_microusd == 5
    for _ in range(2):
        handle = provider.submit(JOB).handle
    provider.fetch(provider.poll(handle), tmp_path / "fetched")
    assert (tmp_path / "fetched").read_bytes() == b"clip"
    assert (tmp_path / "jobs" / "attempt-1" / "made").read_bytes() == b"kitchen.1"


@pytest.mark.parametrize(
    ("lines", "kind", "said"),
    [
        (["sys.exit(3)"], "fatal", "exit"),
        (["print('{\"class\": \"rate_limit\", \"problem\": \"later\"}', file=sys.stderr)",
          "sys.exit(1)"], "rate_limit", "later"),
        (["print('{\"class\": \"content_rejected\", \"problem\": \"no\"}', file=sys.stderr)",
          "sys.exit(1)"], "content_rejected", "no"),
        (["print('done')"], "fatal", "no JSON object"),
        (["print('{\"clip\": \"nowhere\"}')"], "fatal", "named no clip"),
        (["print(json.dumps({'clip': '/etc/passwd'}))"], "fatal", "named no clip"),
    ],
)  # fmt: skip
def test_a_program_that_fails_is_classified(program, lines, kind, said):
    one = program(ANSWERS, *lines)
    provider = CommandProvider(one, capabilities_of(one))
    with pytest.raises(ProviderError, match=said) as error:
        provider.submit(JOB)
    assert error.value.kind == kind


def test_capabilities_that_say_too_little_are_refused(program):
    with pytest.raises(ProviderError, match="max_clip_duration_sec"):
        capabilities_of(program('print(\'{"provider_id": "x"}\')'))


def test_a_missing_program_is_fatal(tmp_path, executor):
    with pytest.raises(ProviderError) as error:
        capabilities_of(Program((str(tmp_path / "nothing"),), tmp_path, executor))
    assert error.value.kind == "fatal"


# --- the better shot ----------------------------------------------------------------------------

FONTS = FontSet(default_font_paths())
DRAWING = Drawing(
    whole=lambda spec: draw_picture(spec, None, FONTS),
    place=lambda spec: draw_place(spec, None),
    people=lambda spec, ground: draw_people(spec, ground, None),
)
SPEC = PictureSpec(
    width=320,
    height=180,
    framing="MS",
    location_id="kitchen",
    setting="INT",
    place="KITCHEN",
    time_of_day="NIGHT",
    characters=(ShotCharacter(id="mara", name="MARA", side="left", speaking=True),),
    action_beat="Mara waits.",
    tag="KITCHEN 7f3a PLACEHOLDER",
)


def test_references_carry_no_letters():
    """With and without strip, tag and name the reference is the same picture."""
    bare = replace(
        SPEC,
        action_beat="",
        tag="",
        characters=(SPEC.characters[0].model_copy(update={"name": ""}),),
    )
    assert first_frame(SPEC, FMT, DRAWING) == first_frame(bare, FMT, DRAWING)


def test_the_cut_out_laid_over_the_place_is_the_picture():
    scene = replace(SPEC, action_beat="", tag="", safe_margin_permille=0)
    scene = replace(scene, characters=(scene.characters[0].model_copy(update={"name": ""}),))
    empty = DRAWING.place(scene)
    people = cut_out(scene, DRAWING)
    empty.paste(people, (0, 0), people)
    off = np.abs(np.asarray(empty).astype(int) - np.asarray(DRAWING.whole(scene)).astype(int))
    assert np.percentile(off, 99) <= 6
    assert people.getchannel("A").getextrema() == (0, 255)


def job_payload(tmp_path, **changes):
    paths = {}
    for name, data in layers(SPEC, (FMT.width, FMT.height), DRAWING):
        paths[name] = str(tmp_path / f"{name}.png")
        (tmp_path / f"{name}.png").write_bytes(data)
    (tmp_path / "first.png").write_bytes(first_frame(SPEC, FMT, DRAWING))
    job = {
        "duration_frames": 36,
        "format": {"width": 320, "height": 180, "fps_num": 24, "fps_den": 1},
        "prompt": {"motion": "slow push in"},
        "quality": "high",
        "seed": 7,
        "first_frame": str(tmp_path / "first.png"),
        "layers": paths,
    }
    return job | changes


def frames_of(path):
    with av.open(str(path)) as opened:
        assert opened.streams.video[0].average_rate == Fraction(24)
        return [frame.to_ndarray(format="rgb24").astype(int) for frame in opened.decode(video=0)]


def test_the_better_shot_has_every_frame_and_the_same_bytes(tmp_path):
    job = job_payload(tmp_path)
    for name in ("one.mkv", "two.mkv"):
        parallax.make_clip(job, tmp_path / name)
    assert (tmp_path / "one.mkv").read_bytes() == (tmp_path / "two.mkv").read_bytes()
    assert len(frames_of(tmp_path / "one.mkv")) == 36


def test_people_pass_what_is_behind_them(tmp_path):
    """In a push the people grow more than the place behind them does."""
    near_first, far_first = parallax.views(job_payload(tmp_path), 0)
    near_last, far_last = parallax.views(job_payload(tmp_path), 35)
    assert near_last.zoom - near_first.zoom > 2 * (far_last.zoom - far_first.zoom) > 0


@pytest.mark.parametrize("motion", ["slow pan left", "slow pan right", "slow pull out", "stands"])
@pytest.mark.parametrize("quality", ["low", "standard", "high"])
def test_the_camera_never_leaves_the_layers(tmp_path, motion, quality):
    job = job_payload(tmp_path, prompt={"motion": motion}, quality=quality)
    for number in range(36):
        for view in parallax.views(job, number):
            half = 1 / (1 + view.zoom) / parallax.MARGIN / 2
            assert half + abs(view.across) / parallax.MARGIN <= 0.5 + 1e-9
            assert half + abs(view.down) / parallax.MARGIN <= 0.5 + 1e-9


def test_without_layers_the_first_frame_does(tmp_path):
    job = job_payload(tmp_path, layers={}, duration_frames=5)
    parallax.make_clip(job, tmp_path / "clip.mkv")
    assert len(frames_of(tmp_path / "clip.mkv")) == 5


def test_it_imports_nothing_of_ours():
    text = open(parallax.__file__).read()  # noqa: SIM115, PTH123
    for room in ("orchestrator", "schemas", "stages", "canon", "from renderers"):
        assert f"import {room}" not in text and f"from {room}" not in text
    assert Image  # the picture library is all it needs besides av and numpy
