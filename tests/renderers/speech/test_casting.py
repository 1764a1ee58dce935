import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renderers.speech.casting import PLEASANT_VARIANTS, cast, list_voices
from renderers.speech.engine_files import engine_files
from schemas.errors import PipelineError
from schemas.project import Voice

EXTRAS = [f"extra-{number}" for number in range(60)]


def test_the_choice_for_these_characters_is_lasting() -> None:
    assert cast(["mara", "tom", "old-woman"], {}, "en") == {
        "mara": Voice(name="en-gb+f5", pitch=38, rate_wpm=160),
        "tom": Voice(name="en-gb+m7", pitch=62, rate_wpm=160),
        "old-woman": Voice(name="en-gb+shelby", pitch=50, rate_wpm=160),
    }


def test_sixty_characters_have_sixty_voices_and_twenty_variants_come_first() -> None:
    voices = list(cast(EXTRAS, {}, "fr").values())
    assert len({(voice.name, voice.pitch) for voice in voices}) == 60
    assert len({voice.name for voice in voices[:20]}) == 20
    assert all(voice.name.startswith("fr+") for voice in voices)


def test_a_crowd_of_a_thousand_is_cast_without_end_or_error() -> None:
    voices = cast([f"extra-{number}" for number in range(1_000)], {}, "en")
    assert (
        len({(voice.name, voice.pitch) for voice in voices.values()}) == 620
    )  # 20 variants at 31 pitches


@settings(deadline=None)
@given(st.lists(st.text(max_size=8), unique=True, min_size=1, max_size=50), st.data())
def test_who_comes_later_changes_nobody_before(names: list[str], data: st.DataObject) -> None:
    count = data.draw(st.integers(1, len(names)))
    whole = cast(names, {}, "en")
    assert cast(names[:count], {}, "en") == {name: whole[name] for name in names[:count]}
    for voice in whole.values():
        assert voice.pitch is not None
        assert voice.rate_wpm is not None


def test_a_name_in_the_casting_is_kept_and_nobody_else_gets_that_voice() -> None:
    free = cast(EXTRAS[:20], {}, "en")
    wanted = free["extra-3"].name
    voices = cast(EXTRAS[:19], {"extra-7": Voice(name=wanted)}, "en")
    assert voices["extra-7"] == Voice(name=wanted, pitch=50, rate_wpm=160)
    assert [name for name, voice in voices.items() if voice.name == wanted] == ["extra-7"]


def test_a_casting_without_a_name_sets_the_pitch_and_pace_of_the_chosen_voice() -> None:
    (free,) = cast(["mara"], {}, "en").values()
    (asked,) = cast(["mara"], {"mara": Voice(pitch=0, rate_wpm=120)}, "en").values()
    assert asked == Voice(name=free.name, pitch=0, rate_wpm=120)


@pytest.mark.parametrize(
    ("name", "near"),
    [("en-gb+f9", "en-gb+f"), ("en-gb+alex", "en-gb+Alex"), ("english", "en-gb"), ("fr+", "fr+")],
)
def test_an_unknown_voice_names_the_character_and_what_is_near(name: str, near: str) -> None:
    with pytest.raises(PipelineError) as refusal:
        cast(["tom"], {"mara": Voice(name=name)}, "en")
    assert refusal.value.code == "unknown-voice"
    assert "mara" in refusal.value.where
    assert near in refusal.value.hint


def test_every_voice_on_offer_is_in_the_wheel() -> None:
    variants = engine_files().data / "voices" / "!v"
    assert all((variants / name).is_file() for name in PLEASANT_VARIANTS)
    assert list_voices("de-AT")[:2] == ("de", "de+Alex")
    assert len(list_voices("en")) == 21
    assert {"en-gb", "en-us", "fr", "cmn", "pt-br"} <= set(list_voices())


@pytest.mark.parametrize("typed", ["xx", "episodes/nope.fountain"])
def test_what_no_voice_reads_is_not_answered_with_english(typed: str) -> None:
    with pytest.raises(PipelineError) as refusal:
        list_voices(typed)
    assert (refusal.value.code, refusal.value.where) == ("unknown-language", typed)
