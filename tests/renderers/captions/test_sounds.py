from dataclasses import replace

import pytest

from renderers.captions.check import check_captions
from renderers.captions.cues import build_cues
from renderers.captions.files import to_srt, to_vtt
from renderers.captions.gate import check_delivered, rules_of_film
from renderers.captions.reading import read_captions
from renderers.captions.sounds import manner
from schemas.asset_manifest import AssetManifest, Attribute, asset_key
from schemas.license import License
from schemas.project import CaptionStyle
from schemas.render_plan import RenderPlan, Resolution
from schemas.script import Span
from schemas.shot_list import ShotAudio, ShotList
from tests.renderers.captions.film import FPS, Said, film

SDH = CaptionStyle(sdh=True)
Film = tuple[ShotList, AssetManifest, RenderPlan]


def resolved(kind: str, subject: str, *attributes: Attribute) -> Resolution:
    return Resolution(
        asset_key=asset_key(kind, subject, attributes),
        kind=kind,
        subject_id=subject,
        status="resolved",
        blob="1" * 64,
        license=License(license_type="CC0"),
    )


def with_sound(made: Film, audio: dict[int, dict], *sounds: Resolution) -> Film:
    """The film whose shots ask for sounds, and whose plan holds `sounds`."""
    shot_list, manifest, plan = made
    shots = [
        shot.model_copy(update={"audio": ShotAudio(vo=shot.audio.vo, **audio.get(n, {}))})
        for n, shot in enumerate(shot_list.shots)
    ]
    return (
        shot_list.model_copy(update={"shots": tuple(shots)}),
        manifest,
        plan.model_copy(update={"resolutions": sounds}),
    )


def directed(made: Film, *emotions: str) -> Film:
    shot_list, manifest, plan = made
    items = zip(manifest.vo_items, emotions, strict=True)
    told = tuple(item.model_copy(update={"emotion": emotion}) for item, emotion in items)
    return shot_list, manifest.model_copy(update={"vo_items": told}), plan


def shown(made: Film) -> list[tuple[int, int, str]]:
    cues = read_captions(to_srt(build_cues(*made), FPS), "a.srt")
    return [(cue.start_ms, cue.end_ms, " / ".join(cue.texts)) for cue in cues]


def broken(made: Film) -> list[str]:
    cues = build_cues(*made)
    files = {"srt": to_srt(cues, FPS), "vtt": to_vtt(cues, FPS)}
    return [each.rule for each in check_delivered(files, rules_of_film(*made)).violations]


RING = resolved("sfx", "ring")


def test_an_effect_is_told_where_it_sounds_and_nobody_speaks() -> None:
    said = [Said("Nobody is at home tonight.", 96, 48)]
    made = with_sound(film(said, (96, 240), captions=SDH), {0: {"sfx": ("ring",)}}, RING)
    # A quarter of a second into the shot, for two seconds.
    assert shown(made) == [(250, 2250, "[ring]"), (4000, 6000, "MARA: Nobody is at home tonight.")]
    assert broken(made) == []


def test_an_effect_under_speech_is_told_after_it_or_missed_by_the_check() -> None:
    said = [Said("Nobody is at home tonight.", 0, 60)]
    made = with_sound(film(said, (144,), captions=SDH), {0: {"sfx": ("ring",)}}, RING)
    assert [text for *_, text in shown(made)] == ["MARA: Nobody is at home tonight.", "[ring]"]
    assert broken(made) == []
    long = [Said("Nobody is at home tonight, and nobody ever will be, " * 2, 0, 144)]
    made = with_sound(film(long, (144,), captions=SDH), {0: {"sfx": ("ring",)}}, RING)
    assert "[ring]" not in [text for *_, text in shown(made)]
    assert "sound" in broken(made)


def test_a_sound_that_the_film_does_not_have_is_not_told() -> None:
    said = [Said("Nobody is at home.", 96, 48)]
    asks = {0: {"sfx": ("ring",), "music_mood": "sad"}}
    assert [t for *_, t in shown(with_sound(film(said, (96, 240), captions=SDH), asks))] == [
        "MARA: Nobody is at home."
    ]
    plain = with_sound(film(said, (96, 240)), asks, RING)
    assert [text for *_, text in shown(plain)] == ["Nobody is at home."]


def test_music_is_told_when_it_begins_and_named_in_the_films_language() -> None:
    sad = resolved("music", "bed", Attribute(name="mood", value="sad"))
    asks = {0: {"music_mood": "sad"}, 1: {"music_mood": "sad"}, 2: {"music_mood": "tense"}}
    said = [Said("Nobody is at home.", 300, 48)]
    made = with_sound(film(said, (120, 240, 360), captions=SDH), asks, sad)
    assert shown(made)[0] == (0, 2000, "[sad music]")
    german = film(said, (120, 240, 360), captions=SDH, language="de")
    assert shown(with_sound(german, asks, sad))[0][2] == "[Musik]"
    # Music of less than eight seconds is left out of the mix, and here.
    short = film(said, (120, 121, 360), captions=SDH)
    assert shown(with_sound(short, asks, sad))[0][2] != "[sad music]"


@pytest.mark.parametrize(
    ("direction", "told"),
    [
        ("shouting", "[shouting]"),
        ("turning away, in a whisper", "[in a whisper]"),
        ("leise, flüsternd", "[flüsternd]"),
        ("in French", "[in French]"),
        ("to Tom, who is by now almost out of the door shouting", "[shouting]"),
        ("beat", ""),
        ("picks up the phone", ""),
        ("tense", ""),
    ],
)
def test_of_a_direction_only_what_can_be_heard_is_told(direction: str, told: str) -> None:
    assert manner(direction) == told


def test_a_voice_out_of_a_telephone_is_said_to_be_with_its_name() -> None:
    said = [
        Said("Who is there?", 0, 60),
        Said("Only me. I have one coin.", 70, 60, "TOM", off_screen=True),
        Said("And no time.", 140, 60, "TOM", off_screen=True),
        Said("Hurry!", 205, 30, "TOM", off_screen=True),
    ]
    shots, manifest, plan = directed(film(said, (240,), captions=SDH), "", "", "", "shouting")
    items = [each.model_copy(update={"heard_through": "phone"}) for each in manifest.vo_items]
    items[0] = manifest.vo_items[0]

    def spoken(language: str) -> Film:
        changed = {"vo_items": tuple(items), "language": language}
        return shots, manifest.model_copy(update=changed), plan

    assert [text for *_, text in shown(spoken("en-GB"))] == [
        "MARA: Who is there?",
        "TOM: [on phone] Only me. I have one coin.",
        "And no time.",
        "[shouting] Hurry!",
    ]
    assert shown(spoken("de"))[1][2] == "TOM: [am Telefon] Only me. / I have one coin."
    assert shown(spoken("fi"))[1][2] == "TOM: Only me. I have one coin."
    assert [broken(spoken(language)) for language in ("en-GB", "de", "fi")] == [[], [], []]


def test_the_manner_stands_behind_the_name_and_the_check_reads_past_it() -> None:
    said = [Said("Who is there?", 0, 40), Said("Answer me!", 60, 40), Said("I am.", 120, 40, "TOM")]
    made = directed(film(said, (240,), captions=SDH), "whispering", "shouting", "beat")
    assert [text for *_, text in shown(made)] == [
        "MARA: [whispering] Who is there?",
        "[shouting] Answer me!",
        "TOM: I am.",
    ]
    assert broken(made) == []
    cues = read_captions(to_srt(build_cues(*made), FPS), "a.srt")
    said_only = (Span(text=cue.texts[0].rpartition("] ")[2]) for cue in cues[:2])
    bare = tuple(replace(cue, rows=((span,),)) for cue, span in zip(cues, said_only, strict=False))
    rules = [each.rule for each in check_captions(bare, rules_of_film(*made), "srt")]
    assert rules.count("speaker") == 2


def test_where_a_row_has_no_room_for_both_the_name_stands_alone() -> None:
    style = CaptionStyle(sdh=True, max_line_chars=16)
    said = [Said("Who is there?", 0, 60, "MARGARET")]
    made = directed(film(said, (240,), captions=style), "whispering")
    assert not any("[" in text for *_, text in shown(made))
    assert broken(made) == []


def test_burned_in_a_sound_stands_clear_of_the_action_at_the_foot_of_a_picture() -> None:
    style = CaptionStyle(sdh=True, burn_in=True)
    said = [Said("Nobody is at home tonight.", 96, 48)]
    asks = {0: {"sfx": ("ring",)}, 1: {"sfx": ("ring",)}}
    shot_list, *rest = with_sound(film(said, (96, 240), captions=style), asks, RING)
    told = (shot.model_copy(update={"action_beat": "It rings."}) for shot in shot_list.shots)
    made = (shot_list.model_copy(update={"shots": tuple(told)}), *rest)
    places = [(cue.label, cue.at_top) for cue in build_cues(*made)]
    assert places == [("[ring]", True), ("MARA:", False), ("[ring]", False)]
