from __future__ import annotations

import pytest

from schemas.project import EndCard
from schemas.shot_list import Shot
from stages.shots.plan_shots import ShotSettings, plan_shots
from tests.stages.planned_film import FILM, scratch_of, script_of

PAGE = "Title: The Kettle\nCredit: Written by\nAuthor: A. Writer\n"
SCENE = "\nINT. KITCHEN - DAY\n\nMARA\nNo.\n"


def film(text: str, end_card: EndCard = "auto") -> tuple[Shot, ...]:
    script = script_of(text)
    settings = ShotSettings(fps=FILM, end_card=end_card)
    return plan_shots(script, scratch_of(script), settings).shots


def test_credits_that_the_title_does_not_show_come_at_the_end() -> None:
    last = film(f"{PAGE}Source: From a story by B. Teller\nCopyright: (c) 2026 A. Writer\n{SCENE}")[
        -1
    ]
    assert (last.template, last.scene_id, last.framing) == ("end_card", "end", "TITLE")
    assert last.title_lines == (
        "THE END",
        "The Kettle",
        "Written by A. Writer",
        "From a story by B. Teller",
        "(c) 2026 A. Writer",
    )
    assert last.fade_out_frames == last.transition_in.duration_frames == 12


@pytest.mark.parametrize("wish", ["auto", "always", "never"])
def test_the_show_decides_about_the_card(wish: EndCard) -> None:
    bare = [shot.template for shot in film(PAGE + SCENE, wish)]
    assert (bare[-1] == "end_card") is (wish == "always")
    sourced = [shot.template for shot in film(f"{PAGE}Source: A song\n{SCENE}", wish)]
    assert (sourced[-1] == "end_card") is (wish != "never")
    # The look back at the people comes before the card.
    assert [each for each in sourced if each != "end_card"][-1] == "end_tail"


@pytest.mark.parametrize(
    ("page", "language", "lines"),
    [
        ("标题：茶馆\n作者：老舍\n人物：老王\n", "zh", ("茶馆", "老舍")),
        ("タイトル: 駅\n脚本: 花子\n言語: ja\n", "ja", ("駅", "花子")),
        ("العنوان: المقهى\nتأليف: سلمى\n", "ar", ("المقهى", "سلمى")),
        ("כותרת: התחנה\nמאת: דנה\nשפה: he\n", "he", ("התחנה", "דנה")),
        ("Tytuł: Dworzec\nAutor: Ja\nJęzyk: pl\n", "pl", ("Dworzec", "Ja")),
    ],
)
def test_title_pages_in_other_languages(page: str, language: str, lines: tuple[str, ...]) -> None:
    speech = {"zh": "老王\n今天没有客人。\n", "ar": "@سلمى\nتأخرت كثيرا.\n"}.get(language, "")
    text = f"{page}\nINT. KITCHEN - DAY\n\n{speech or 'Dust.'}"
    assert script_of(text).language == language
    assert film(text)[0].title_lines == lines
    assert sum(len(shot.audio.vo) for shot in film(text)) == bool(speech)


def test_the_end_is_not_said_twice() -> None:
    for end in ("> THE END <", "CUT TO BLACK.\n\nSUPER: THE END"):
        last = film(f"{PAGE}Source: A song\n{SCENE}\n{end}\n")[-1]
        assert last.title_lines == ("The Kettle", "Written by A. Writer", "A song")


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "FIN"), ("de-AT", "ENDE"), ("xx", "THE END")]
)
def test_the_end_is_in_the_films_language(language: str, word: str) -> None:
    script = script_of(PAGE + SCENE).model_copy(update={"language": language})
    settings = ShotSettings(fps=FILM, end_card="always")
    last = plan_shots(script, scratch_of(script), settings).shots[-1]
    assert last.title_lines[0] == word


def test_a_fade_of_our_own_is_not_said_to_be_the_writers() -> None:
    shots = film(PAGE + "\nFADE IN:\n" + SCENE, "always")
    fades = [
        (shot.template, rule.rule, "writer" in rule.because)
        for shot in shots
        for rule in shot.rules
        if rule.aspect == "transition"
    ]
    assert fades == [
        ("title_card", "card_fade", False),
        ("establishing", "fade_in", True),
        ("end_card", "card_fade", False),
    ]
