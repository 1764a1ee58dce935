"""Scenes whose people are not simply those who speak: narrators, choruses, the silent."""

from __future__ import annotations

from tests.stages.planned_film import plan


def shown(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(shot.template, tuple(who.id for who in shot.characters)) for shot in plan(text).shots]


def test_a_voice_over_that_nobody_answers_plays_over_the_place() -> None:
    text = "INT. HALL - DAY\n\nCOLE\nShe was right behind me.\n\nThe lantern burns.\n\n"
    assert ("off_screen", ()) in shown(text + "NORA (V.O.)\nGood night.\n")
    # Someone calling from the next room does speak to him.
    assert ("off_screen", ("cole",)) in shown(text + "NORA (O.S.)\nGood night.\n")


def test_a_voice_over_that_is_answered_plays_over_who_answers() -> None:
    text = "INT. HALL - DAY\n\nNORA (V.O.)\nHow do I stop this?\n\nTESS\nThe square one.\n"
    assert ("off_screen", ("tess",)) in shown(text)


def test_a_narrator_is_heard_and_not_seen() -> None:
    shots = plan("EXT. WALD - TAG\n\nERZÄHLER\nEs war einmal.\n\nFINN\nWer spricht?\n").shots
    assert {who.id for shot in shots for who in shot.characters} == {"finn"}


def test_where_all_speak_those_who_are_there_are_seen_speaking() -> None:
    text = (
        "INT. HALL - DAY\n\nIDA\nNever ask.\n\nBRUNO\nNever.\n\nIda laughs.\n\nALL\nWe never do.\n"
    )
    shots = plan(text).shots
    last = [shot for shot in shots if shot.audio.vo][-1]
    assert [(who.id, who.speaking) for who in last.characters] == [("ida", True), ("bruno", True)]


def test_all_alone_are_someone() -> None:
    assert ("single", ("all",)) in shown("INT. HALL - DAY\n\nALL\nWe never do.\n")


def test_someone_introduced_by_age_is_seen_without_a_word() -> None:
    text = "EXT. STREET - DAY\n\nROSA LIMA, 34, runs.\n\nRosa Lima stops.\n"
    assert [people for _, people in shown(text)][:2] == [(), ("rosa_lima",)]
    # A speaker's full name is still the speaker.
    text = "EXT. STREET - DAY\n\nROSA LIMA, 34, runs.\n\nROSA\nStop!\n"
    assert {who for _, people in shown(text) for who in people} == {"rosa"}


def test_a_heading_that_only_cards_follow_is_no_place_to_look_at() -> None:
    shots = plan(".OPENING TITLES\n\n> THE KETTLE <\n\nINT. HALL - DAY\n\nDust.\n").shots
    assert [shot.template for shot in shots][:2] == ["text_card", "establishing"]


def test_the_end_is_a_card() -> None:
    shots = plan("INT. HALL - DAY\n\nDust.\n\n**THE END**\n").shots
    assert (shots[-1].framing, shots[-1].title_lines) == ("TITLE", ("THE END",))


def test_a_pronoun_at_the_start_means_the_only_one_there() -> None:
    alone = "INT. HALL - DAY\n\nDust.\n\nHe sits.\n\nTOM\nOh.\n"
    assert ("action", ("tom",)) in shown(alone)
    assert ("action_place", ()) in shown(alone + "\nANN\nOh?\n")


def test_where_no_place_is_written_action_shows_who_is_there() -> None:
    play = "IDA\nNever ask.\n\nBRUNO\nNever.\n\nThunder.\n"
    assert ("action_place", ("ida", "bruno")) in shown(play)
    assert ("action_place", ()) in shown("INT. HALL - DAY\n\n" + play)


def test_who_share_a_cue_are_seen_speaking_together() -> None:
    talk = "INT. HALL - DAY\n\nIDA\nNever ask.\n\nBRUNO\nNever.\n\nIda laughs.\n\n"
    for cue in ("IDA AND BRUNO", "IDA/BRUNO", "Bruno & Ida".upper()):
        shots = plan(f"{talk}{cue}\nWe never do.\n").shots
        last = [shot for shot in shots if shot.audio.vo][-1]
        assert {(who.id, who.speaking) for who in last.characters} == {
            ("ida", True),
            ("bruno", True),
        }
        assert {who.id for shot in shots for who in shot.characters} == {"ida", "bruno"}


def test_a_shared_cue_that_is_named_in_the_action_means_those_two() -> None:
    text = "INT. HALL - DAY\n\nIDA\nOh.\n\nBRUNO\nOh.\n\nIda/Bruno laugh.\n\nIDA/BRUNO\nWe do.\n"
    shots = plan(text).shots
    assert {who.id for shot in shots for who in shot.characters} == {"ida", "bruno"}


def test_they_are_those_of_the_scene_before_where_nobody_is_named() -> None:
    talk = "INT. HALL - DAY\n\nIDA\nCome.\n\nBRUNO\nNow?\n\n"
    (walk,) = [
        s for s in plan(f"{talk}EXT. LANE - CONTINUOUS\n\nThey walk.\n").shots if s.action_beat
    ]
    assert [(who.id, who.side) for who in walk.characters] == [("ida", "left"), ("bruno", "right")]
    # Which of the two `she` is, nobody can tell.
    (walk,) = [
        s for s in plan(f"{talk}EXT. LANE - CONTINUOUS\n\nShe walks.\n").shots if s.action_beat
    ]
    assert walk.characters == ()
    (walk,) = [s for s in plan(f"{talk}EXT. LANE - DAY\n\nRain falls.\n").shots if s.action_beat]
    assert walk.characters == ()


def test_later_is_later_than_the_same_place_was_and_not_than_a_dream() -> None:
    shots = plan(
        "INT. HOME - DAY\n\nDust.\n\nINT. BALLROOM - NIGHT (DREAM)\n\nWater.\n\n"
        "INT. HOME - LATER\n\nMore dust.\n\nINT. HALL - CONTINUOUS\n\nDust here.\n\n"
        "INT. BALLROOM - SAME TIME\n\nWater.\n"
    ).shots
    times = {shot.scene_id: shot.environment.time_of_day for shot in shots}
    assert list(times.values()) == ["DAY", "NIGHT (DREAM)", "DAY", "DAY", "DAY"]


def test_a_cue_of_strangers_is_someone() -> None:
    text = "INT. HALL - DAY\n\nIDA\nWho is it?\n\nSALT AND PEPPER\nUs.\n"
    assert {who for _, people in shown(text) for who in people} == {"ida", "salt_and_pepper"}


def test_a_voice_out_of_a_machine_is_heard_and_not_seen() -> None:
    text = "INT. HALL - DAY\n\nIDA\nQuiet.\n\n"
    for cue in ("BRUNO (FILTERED)", "BRUNO (OVER THE RADIO)", "BRUNO (ON TV)", "BRUNO (PRE-LAP)",
                "VOICE ON RADIO", "WOMAN'S VOICE", "P.A. SYSTEM", "ANSWERING MACHINE"):  # fmt: skip
        seen = {who for _, people in shown(f"{text}{cue}\nGood evening.\n") for who in people}
        assert seen == {"ida"}, cue


def test_who_holds_the_phone_is_seen_with_it() -> None:
    seen = shown("INT. HALL - DAY\n\nIDA\nQuiet.\n\nBRUNO (ON PHONE)\nHello?\n")
    assert "bruno" in {who for _, people in seen for who in people}
