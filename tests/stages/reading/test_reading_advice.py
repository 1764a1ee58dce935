"""What a newcomer writes that Fountain reads otherwise, and what they are told."""

from __future__ import annotations

from stages.reading.read_fountain import read_fountain
from stages.reading.reading_advice import reading_advice


def advice(text: str) -> tuple[str, ...]:
    return reading_advice(read_fountain(text, "e.fountain"))


def test_a_stage_play() -> None:
    said = advice(
        "Title: Kitchen\n\nSCENE 1. A kitchen.\n\nMARA: You're late.\n\n"
        "JON: I know. (sitting) Is there soup?\n\nSCENE 2. A garden.\n"
    )
    assert said == (
        "e.fountain:5: `MARA: You're late.`, like 1 more, looks like speech, but is shown and not "
        "spoken: set the name on a line of its own, in capitals, and the words on the next line",
        "e.fountain:3: `SCENE 1. A kitchen.`, like 1 more, looks like the beginning of a scene, "
        "but is shown: a scene begins with INT. or EXT., as in `INT. KITCHEN - NIGHT`, or with a "
        "full stop, as in `.KITCHEN`",
    )


def test_names_in_small_letters_and_the_list_that_helps() -> None:
    text = "int. kitchen - day\n\nmara\nyou're late.\n\njon (o.s.)\ni know.\n\nmara\nwell.\n"
    [said] = advice(text)
    assert said.startswith("e.fountain:3: `mara`, like 2 more, looks like a speech")
    listed = said[said.index("Characters:") :].rstrip("`")
    assert listed == "Characters: mara, jon"
    script = read_fountain(f"{listed}\n\n{text}", "e.fountain")
    assert [one.kind for one in script.scenes[0].elements] == ["dialogue"] * 3
    assert reading_advice(script) == ()


def test_names_of_a_script_without_capitals() -> None:
    [said] = advice("INT. 駅 - 夜\n\n花子\n遅かったね。\n\n太郎\nごめん。\n")
    assert "write @ before each name" in said
    assert said.endswith("`Characters: 花子, 太郎`")


def test_an_empty_line_below_each_name() -> None:
    [said] = advice("INT. HALL - DAY\n\nMARA\n\nHello.\n\nJON\n\nHello.\n\nMARA\n\nSo.\n")
    assert said.startswith("e.fountain:3: `MARA`, like 1 more, looks like a name")
    assert said.endswith("take out the empty line between name and words")


def test_names_inside_a_paragraph() -> None:
    [said] = advice("INT. HALL - DAY\nMara cooks.\nMARA\nHello.\nJON\nHi.\nEXT. SEA - DAY\nFog.\n")
    assert said.startswith("e.fountain:2: `MARA`, like 1 more, looks like a name inside this")


def test_prose() -> None:
    [said] = advice('A kitchen.\n\n"I\'m going," says Mara.\n\n"You always say that," says Jon.\n')
    assert said.startswith("e.fountain:3: ")
    assert "nobody speaks in this film" in said


def test_people_whom_nobody_brought_in() -> None:
    text = "INT. HALL - DAY\n\n{} cooks. She hums.\n\nRain.\n"
    [said] = advice(text.format("Mara"))
    assert said.startswith("e.fountain:3: `Mara cooks. She hums.` is about somebody, and nobody is")
    assert advice(text.format("MARA, 30,")) == ()
    assert advice("INT. HALL - DAY\n\nA fly. It lands.\n") == ()


def test_one_line_by_a_speaker_of_the_film_is_enough() -> None:
    [said] = advice("INT. HALL - DAY\n\nTOM\nNice day.\n\nTOM: Still nice.\n")
    assert "`TOM: Still nice.`" in said


def test_a_name_that_is_a_slip() -> None:
    talk = "MARTHA\nSo.\n\nJON\nSo.\n\n" * 3
    [said] = advice(f"INT. HALL - DAY\n\n{talk}MATRHA\nNo.\n")
    assert said == (
        "e.fountain:21: MATRHA speaks once, and MARTHA 3 times: if they are one person, write "
        "MARTHA; else nothing is wrong"
    )


def test_a_script_as_it_should_be_is_told_nothing() -> None:
    text = (
        "INT. HALL - DAY\n\nSUPER: London, 1979\n\nA sign: no entry.\n\nSFX: a bell.\n\n"
        "SFX: a horn.\n\nBOOM\n\nSmoke.\n\nBLACKNESS\n\nMore smoke.\nAnd more.\n\n"
        "The door reads \"Mara\" and \"Jon\".\n\n"
        "MARA\nHello.\n\nJAN\nHi.\n"
    )  # fmt: skip
    assert advice(text) == ()
