import pytest

from orchestrator.shows.settings import read_settings
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


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("captoins: burned_in\n", "line 1: captoins is not a setting; did you mean `captions`?"),
        (
            "id: a\nformat:\n  fps: 25\n  hieght: 720\n",
            "line 4: format.hieght is not a setting; did you mean `height`?",
        ),
        ("casting: {mara: {pich: 30}}", "line 1: casting.mara.pich is not a setting; did you mean"),
        ("human_checkpoints: {approve_canon: true}", "did you mean `approve_canon_diff`?"),
        ("loudness: {loud: -14}", "loudness.loud is not a setting"),
    ],
)
def test_a_misspelt_key_at_any_depth_is_told_and_let_go(read, text, warning):
    (told,) = read(text).warnings
    assert warning in told


def test_what_is_spelt_right_is_not_remarked_upon(read):
    assert read("loudness: {target_lufs: -14}\ncasting: {mara: {name: en-us}}\n").warnings == ()


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("{width: 640}", (640, 360)),
        ("{height: 1080}", (1920, 1080)),
        ("{width: 854}", (854, 480)),
        ("{aspect: 9:16, width: 360}", (360, 640)),
    ],
)
def test_one_side_gives_the_other(read, written, size):
    fmt = read(f"format: {written}\n").project.format
    assert (fmt.width, fmt.height) == size


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("title: [\n", "project.yaml, line 2", ""),
        ("a: b: c\n", "project.yaml, line 1", ""),
        ("- a\n", "project.yaml", "key: value"),
        ("id: x\nformat: {fps: 23.5}\n", "line 2: format.fps", "23.5 is not one of 23.976"),
        ("format: {fps: {num: 0, den: 1}}", "format.fps.num", "at least 1, found 0"),
        ("format: {aspect: '2:1'}\n", "line 1: format.aspect", "2:1 is not one of 16:9"),
        ("format: {width: 1281, height: 720}\n", "format.width", "should be even, found 1281"),
        ("format: {width: wide, height: 72}", "format.width", "a whole number, found 'wide'"),
        ("format: {aspect: '1:1', width: 1280, height: 720}\n", "format.aspect", "1280x720"),
        ("format: 16:9\n", "format", "width, height, fps or aspect, found '16:9'"),
        ("target_duration: 60-90\n", "line 1: target_duration", "(min_s, max_s), found '60-90'"),
        ("target_duration: {min_s: 90, max_s: 60}\n", "target_duration", "no film lasts 90 s or"),
        ("language: Klingon\n", "line 1: language", "'Klingon' is no language known here"),
        ("loudness: loud\n", "line 1: loudness", "a number such as -16, found 'loud'"),
        ("loudness: 14\n", "loudness", "at most -5 LUFS, found 14 LUFS"),
        ("loudness: 1e999\n", "loudness", "'1e999'"),
        ("loudness: .nan\n", "loudness", "'.nan'"),
        ("captions: above\n", "line 1: captions", "burned_in or sidecar, found 'above'"),
        ("\n\nvoice: alexa\n", "line 3: voice", "'piper', 'recorded' or 'none', found 'alexa'"),
        ("continuity_mode: strcit\n", "continuity_mode", "did you mean strict?"),
        ("human_checkpoints: true\n", "human_checkpoints", "(approve_canon_diff, "),
        ("casting: Mara\n", "casting", "`character: voice` lines, found 'Mara'"),
        ("casting: {mara: {pitch: 300}}", "casting.mara.pitch", "at most 99, found 300"),
        ("fonts: {a: b}\n", "fonts", "a list"),
        ("title: [a, b]\n", "title", "should be text, found ['a', 'b']"),
        ("a: &x [1]\nb: *x\n", "project.yaml, line 2", "alias"),
        ("id: a\nvoice: none\nid: b\n", "project.yaml, line 3", "`id` is given twice"),
        ("id: a\na: !!map [x]\n", "project.yaml, line 2", "mapping"),
        ("format: {width: 160, width: 320}\n", "project.yaml, line 1", "`width` is given twice"),
        (b"title: \xe9t\xe9\n", "project.yaml, line 1", "UTF-8"),
    ],
)
def test_mistakes_are_named_with_their_place(read, text, where, says):
    with pytest.raises(PipelineError) as caught:
        read(text)
    assert where in caught.value.where
    assert says in caught.value.problem
    assert caught.value.hint


def test_pronunciations_are_respellings_phonemes_and_entries_of_a_language(read):
    settings = read(
        "pronunciations:\n"
        "  Siobhan: shiv awn\n"
        '  Nguyen: "[[nw\'i@n]]"\n'
        "  Polish: {say: poh lish, match_case: true}\n"
        "  chat:\n    - {say: shah, language: fr}\n    - {say: chatt, language: en}\n"
    )
    found = [
        (each.word, each.say, each.phonemes, each.language, each.match_case)
        for each in settings.project.pronunciations
    ]
    assert found == [
        ("Siobhan", "shiv awn", "", "", False),
        ("Nguyen", "", "nw'i@n", "", False),
        ("Polish", "poh lish", "", "", True),
        ("chat", "shah", "", "fr", False),
        ("chat", "chatt", "", "en", False),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("pronunciations: [Siobhan]\n", "should hold `word: respelling` lines"),
        ("pronunciations: {Siobhan: {language: en}}\n", "should say how the word is spoken"),
    ],
)
def test_a_pronunciation_without_a_sound_is_refused(read, text, says):
    with pytest.raises(PipelineError) as caught:
        read(text)
    assert says in caught.value.problem
    assert "pronunciations" in caught.value.where
