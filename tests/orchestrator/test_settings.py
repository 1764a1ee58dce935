import pytest

from orchestrator.settings import read_settings
from schemas.errors import PipelineError
from schemas.timing import FrameRate


@pytest.fixture
def read(tmp_path):
    def reading(text):
        path = tmp_path / "project.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_settings(path)

    return reading


def test_an_empty_project_is_a_whole_project(read):
    project = read("").project
    assert (project.format.width, project.format.height) == (1280, 720)
    assert project.format.fps == FrameRate(num=24)
    assert project.loudness.target_centilufs == -1400
    assert not project.human_checkpoints.approve_canon_diff


@pytest.mark.parametrize(
    ("aspect", "size"), [("16:9", (1280, 720)), ("9:16", (720, 1280)), ("1:1", (720, 720))]
)
def test_an_aspect_is_not_read_as_a_base_60_number(read, aspect, size):
    fmt = read(f"format:\n  aspect: {aspect}\n").project.format
    assert (fmt.width, fmt.height, fmt.aspect) == (*size, aspect)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("23.976", (24000, 1001)),
        ("24", (24, 1)),
        ("25", (25, 1)),
        ("29.97", (30000, 1001)),
        ("30", (30, 1)),
        ("60", (60, 1)),
        ("{num: 24000, den: 1001}", (24000, 1001)),
    ],
)
def test_rates(read, written, rate):
    fps = read(f"format: {{fps: {written}}}\n").project.format.fps
    assert (fps.num, fps.den) == rate


def test_people_write_loudness_casting_and_captions_in_short(read):
    project = read(
        "loudness: -16\ncaptions: burned_in\nlanguage: no\ntitle: 1984\n"
        "casting:\n  Mara Voss: en-gb+f3\n  tom: {name: en-us+m3, pitch: 40}\n"
    ).project
    assert project.loudness.target_centilufs == -1600
    assert project.captions.burn_in
    assert (project.language, project.title) == ("no", "1984")
    assert project.casting["mara_voss"].name == "en-gb+f3"
    assert project.casting["tom"].pitch == 40


def test_loudness_in_full(read):
    loudness = read("loudness: {target_lufs: -23.0, true_peak_dbtp: -1.5}").project.loudness
    assert (loudness.target_centilufs, loudness.true_peak_max_centidbtp) == (-2300, -150)


def test_a_misspelt_key_is_told_and_let_go(read):
    settings = read("captoins: burned_in\n")
    assert settings.warnings == (
        "project.yaml: `captoins` is not a setting; did you mean `captions`?",
    )


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("title: [\n", "project.yaml, line 2", ""),
        ("a: b: c\n", "project.yaml, line 1", ""),
        ("- a\n", "project.yaml", "key: value"),
        ("format: {fps: 23.5}\n", "project.yaml: format", "23.5"),
        ("format: {aspect: '2:1'}\n", "project.yaml: format", "2:1"),
        ("format: {width: 1281, height: 720}\n", "project.yaml", "format.width"),
        ("format: {aspect: '1:1', width: 1280, height: 720}\n", "project.yaml: format", "1280x720"),
        ("loudness: loud\n", "project.yaml: loudness", "'loud'"),
        ("captions: above\n", "project.yaml: captions", "above"),
        ("voice: alexa\n", "project.yaml", "voice"),
        ("a: &x [1]\nb: *x\n", "project.yaml, line 2", "alias"),
        (b"title: \xe9t\xe9\n", "project.yaml, line 1", "UTF-8"),
    ],
)
def test_mistakes_are_named_with_their_place(read, text, where, says):
    with pytest.raises(PipelineError) as caught:
        read(text)
    assert where in caught.value.where
    assert says in caught.value.problem
