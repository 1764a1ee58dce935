"""The page is one file with nothing loaded from anywhere, and says what the artifacts say."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest

from renderers.captions.cue import Cue
from renderers.review import page as writing
from renderers.review.page import page_html
from renderers.review.page_model import Sources, page_model
from schemas.artifact import SourceRef
from schemas.asset_manifest import AssetManifest
from schemas.license import License
from schemas.project import CaptionStyle, Format, Loudness
from schemas.render_output import (
    CaptionCheck,
    CaptionViolation,
    FilmFile,
    MeasuredLoudness,
    RenderedShot,
    RenderOutput,
)
from schemas.render_plan import PictureStyle, RenderPlan, Resolution, VoResolution
from schemas.scratch_track import SpokenWord
from schemas.script import Dialogue, Scene, Script, SlugLine, Span
from schemas.shot_list import (
    Environment,
    Movement,
    Shot,
    ShotAudio,
    ShotList,
    TransitionIn,
    VoPlacement,
)
from schemas.timing import FrameRate

FPS = FrameRate(num=24)
HERE = SourceRef(file="episodes/a.fountain", line=7)
DIGEST = "0" * 64
# 24 frames a second: a word every half second, that is every 12 frames.
WORDS = "One two three four."


def spoken_words():
    found = re.finditer(r"\S+", WORDS)
    return tuple(
        SpokenWord(
            text=word.group(),
            char_start=word.start(),
            char_end=word.end(),
            offset_samples=24_000 * number,
            duration_samples=20_000,
        )
        for number, word in enumerate(found)
    )


def shot(number, frames, scene="sc-1", vo=(), **more):
    return Shot(
        shot_id=f"{scene}.{number}",
        scene_id=scene,
        template="single",
        reason="we follow MARA",
        duration_frames=frames,
        framing="MS",
        movement=Movement(),
        environment=Environment(setting="INT", place="HALL", time_of_day="DAY"),
        audio=ShotAudio(vo=vo),
        transition_in=TransitionIn(),
        source=HERE,
        **more,
    )


def sources(*, violations=(), cost_microusd=0):
    line = Dialogue(
        line_id="mara-1",
        speaker_id="mara",
        speaker="MARA",
        extensions=("V.O.",),
        parenthetical="low",
        spans=(Span(text="One "), Span(text="two three", italic=True), Span(text=" four.")),
        source=HERE,
    )
    scenes = (
        Scene(scene_id="sc-1", number="12A", slug=SlugLine(text="INT. HALL - DAY"),
              elements=(line,), source=HERE),
        Scene(scene_id="sc-2", slug=SlugLine(text=""), elements=(), source=HERE),
    )  # fmt: skip
    halves = [
        VoPlacement(line_id="mara-1", offset_frames=6, duration_frames=18),
        VoPlacement(line_id="mara-1", offset_frames=0, in_frames=18, duration_frames=36),
    ]
    shots = (
        shot(1, 24, vo=halves[:1]),
        shot(2, 60, vo=halves[1:]),
        shot(3, 36, "sc-2", action_beat="Rain."),
    )
    drawn = Resolution(
        asset_key="background-1", kind="background", subject_id="hall", status="placeholder",
        license=License(license_type="generated_local"), reason="no file for hall",
    )  # fmt: skip
    broken = Resolution(
        asset_key="character-1", kind="character", subject_id="mara", status="placeholder",
        license=License(license_type="generated_local"), reason="is empty", source_name="mara.png",
    )  # fmt: skip
    lock = {"timing_lock_hash": DIGEST}
    plan = RenderPlan.create(
        **lock,
        profile="preview_local",
        format=Format(width=320, height=180),
        resolutions=(drawn, broken),
        vo=(
            VoResolution(
                asset_key="vo-1", line_id="mara-1", audio=None, duration_samples=96_000,
                words=spoken_words(),
            ),
        ),
        captions=CaptionStyle(),
        loudness=Loudness(),
        style=PictureStyle(placeholder_tag=True, fonts=()),
    )  # fmt: skip
    rendered = [
        RenderedShot(
            shot_id=each.shot_id, clip=DIGEST, duration_frames=each.duration_frames,
            tier="placeholder" if number == 2 else "preview", still=DIGEST,
            provider="vendor" if number == 0 and cost_microusd else "local",
            cost_microusd=cost_microusd if number == 0 else 0,
            take=2 if number == 0 and cost_microusd else 0,
            reason="vendor: no budget left" if number == 1 and cost_microusd else "",
            placeholders=("background-1", "character-1") if number == 2 else (),
        )
        for number, each in enumerate(shots)
    ]  # fmt: skip
    output = RenderOutput.create(
        **lock,
        profile="preview_local",
        status="degraded" if violations else "completed",
        reasons=("captions: sync 1",) if violations else (),
        film=FilmFile(blob=DIGEST, size_bytes=1, duration_frames=120, format=plan.format),
        captions=(),
        shots=tuple(rendered),
        loudness=MeasuredLoudness(integrated_centilufs=-1405, true_peak_centidbtp=-98),
        caption_check=CaptionCheck(captions=2, violations=violations),
        lineage=(),
        toolchain=(),
    )
    manifest = AssetManifest.create(**lock, language="en", needs=(), vo_items=())
    script = Script.create(language="en", scenes=scenes)
    return Sources(script, ShotList.create(**lock, fps=FPS, shots=shots), manifest, plan, output)


CUES = (Cue(6, 60, ((Span(text="One "), Span(text="two", italic=True)),), ("mara-1",)),)


def page(found, film="a.mp4", stills=(b"\xff\xd8", b"\xff\xd8", b"\xff\xd8")):
    return page_html(page_model(found, CUES), stills, (320, 180), [0, 40, 100], film).decode()


def test_a_line_that_is_cut_over_two_shots_is_divided_between_its_words():
    first, second, third = page_model(sources(), CUES).shots
    (begun,), (ended,) = first.lines, second.lines
    assert [span.text for span in begun.spans] == ["One ", "two "]
    assert (begun.note, begun.continued, begun.goes_on) == ("(V.O.) (low)", False, True)
    assert [span.text for span in ended.spans] == ["three", " four."]
    assert (ended.note, ended.continued, ended.goes_on) == ("", True, False)
    assert third.lines == ()


def test_the_page_says_through_what_a_line_is_heard_and_how_it_is_said():
    found = sources()
    vo = tuple(
        each.model_copy(update={"heard_through": "phone", "delivery": "whisper"})
        for each in found.plan.vo
    )
    told = replace(found, plan=found.plan.model_copy(update={"vo": vo}))
    first, second, _ = page_model(told, CUES).shots
    assert [first.lines[0].treated, second.lines[0].treated] == [
        "through a telephone, whispered",
        "",
    ]
    assert '<span class="rule">through a telephone, whispered</span>' in page(told)
    assert "through a" not in page(found)


def test_shots_stand_at_their_time_under_their_scene():
    model = page_model(sources(), CUES)
    assert [(s.start, s.end, s.timecode, s.length) for s in model.shots] == [
        (0, 24, "00:00:00:00", "1.0 s"),
        (24, 84, "00:00:01:00", "2.5 s"),
        (84, 120, "00:00:03:12", "1.5 s"),
    ]
    assert [(s.start, s.frames, s.name, s.first_shot) for s in model.scenes] == [
        (0, 84, "12A INT. HALL - DAY", 1),
        (84, 36, "Scene 2", 3),
    ]
    assert model.shots[2].placeholders == ("background hall", "character mara (is empty)")


def test_a_caption_violation_is_told_with_its_shot():
    late = CaptionViolation(
        rule="sync", severity="error", file="srt", caption=1, start_ms=3400, end_ms=4000,
        found="5 frames", allowed="3 frames", text="One",
    )  # fmt: skip
    model = page_model(sources(violations=(late,)), CUES)
    assert [shot.warnings for shot in model.shots] == [
        (),
        ("caption 1 (srt), sync: 5 frames, allowed 3 frames",),
        (),
    ]
    assert ("Captions", "2 checked: 1 error, 0 warnings") in model.facts
    told = page(sources(violations=(late,)))
    assert "captions: sync 1" in told
    assert 'class="status degraded"' in told


def test_who_made_a_shot_and_what_it_cost_is_told():
    model = page_model(sources(cost_microusd=1_234_999), CUES)
    assert model.shots[0].made_by == "vendor, take 2, $1.23"
    assert model.shots[1].made_by == ""
    assert model.shots[1].warnings == ("vendor: no budget left",)
    assert ("Cost", "$1.23") in model.facts
    assert ("Sound", "−14.05 LUFS, true peak −0.98 dBTP") in model.facts


def test_the_policy_names_exactly_what_is_inside():
    told = page(sources())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', told)[1].replace("&#39;", "'")
    (style,) = re.findall(r"<style>(.*?)</style>", told, re.S)
    (program,) = re.findall(r"<script>(.*?)</script>", told, re.S)
    for text in (style, program):
        digest = b64encode(sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:; media-src 'self' file:; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert " style=" not in told
    assert not re.search(r"<[^>]* on\w+=", told)
    assert re.findall(r'(?:src|href)="(?!data:|#)([^"]*)"', told) == ["a.mp4"]
    assert "http:" not in told
    assert "https:" not in told


def test_a_film_of_any_name_is_an_address_beside_the_page():
    told = page(sources(), 'javascript:x"?#%é.mp4')
    assert 'src="javascript%3Ax%22%3F%23%25%C3%A9.mp4"' in told
    assert "javascript:x&#34;?#%é.mp4" in told


def test_the_same_artifacts_make_the_same_page():
    assert page(sources()) == page(sources())


def test_scenes_stand_on_the_timeline_in_the_style_sheet():
    assert writing._positions(page_model(sources(), CUES)) == (
        ".c0{left:0.000%;width:70.000%}\n.c1{left:70.000%;width:30.000%}\n"
    )


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_text_can_be_read_on_its_ground(scheme):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    blocks = re.findall(r":root \{(.*?)\}", writing._part("page.css"), re.S)
    colours = dict(re.findall(r"--(\w+): (#\w+);", blocks[scheme == "light"]))
    for name in ("text", "muted", "faint", "accent", "preview", "placeholder", "warning", "hq"):
        for ground in ("ground", "panel"):
            contrast = luminance(colours[name]) + 0.05, luminance(colours[ground]) + 0.05
            assert max(contrast) / min(contrast) >= 4.5, (name, ground)


def luminance(colour):
    digits = colour.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
