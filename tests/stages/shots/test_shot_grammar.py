from __future__ import annotations

from schemas.shot_list import Shot
from stages.shots.camera_setup import Moment, Setup
from stages.shots.check_shots import check_shots
from stages.shots.plan_shots import ShotSettings, plan_shots
from stages.shots.shot_grammar import FIRST_GRAMMAR, TEMPLATES
from tests.stages.planned_film import FILM, looks, plan, scratch_of, script_of


def shots(text: str) -> tuple[Shot, ...]:
    return plan(f"INT. HALL - CONTINUOUS\n\n{text}\n\n> END <").shots[:-1]


def told(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return looks(plan(f"INT. HALL - CONTINUOUS\n\n{text}\n\n> END <"))[:-1]


def test_names_of_templates_are_unique() -> None:
    names = [template.name for template in TEMPLATES]
    assert len(set(names)) == len(names)


def test_off_screen_plays_over_the_listener_or_else_over_the_place() -> None:
    assert told(
        "Jonas waits.\n\nMARA (O.S.)\nAre you there, Jonas?\n\nJONAS\nI am right here."
    ) == [
        ("action", "MLS", ("jonas",)),
        ("off_screen", "MS", ("jonas",)),
        ("single", "MCU", ("jonas",)),
    ]
    assert told("NARRATOR (V.O.)\nIt was the year the sea came in.") == [("off_screen", "WS", ())]


def test_nobody_is_seen_before_they_come_in() -> None:
    text = (
        "MARA\nJonas! Where are you?\n\nJONAS (O.S.)\nDown here.\n\nJONAS enters.\n\nJONAS\nHere."
    )
    assert told(text) == [
        ("single", "MS", ("mara",)),
        ("off_screen", "MCU", ("mara",)),
        ("action", "MLS", ("jonas",)),
        ("master", "MLS", ("jonas", "mara")),
    ]


def test_what_belongs_to_someone_does_not_show_them() -> None:
    assert told("The lamp burns on Nora's hook.\n\nNORA (V.O.)\nThe road is open.") == [
        ("action_place", "WS", ()),
        ("off_screen", "MLS", ()),
    ]


def test_a_pause_is_a_look_at_the_listener() -> None:
    talk = "MARA\nTell me where you were.\n\nJONAS\nI was at sea.\n(beat)\nFor a year."
    assert told(talk)[1:] == [
        ("reaction", "MCU", ("mara",)),
        ("over_the_shoulder", "MS", ("jonas", "mara")),
    ]
    pause = shots(talk)[1]
    assert (pause.duration_frames, pause.audio.vo) == (36, ())
    assert "a silence" in pause.reason
    assert pause.action_beat == "", "(beat) is a direction, not something to read"


def test_a_pause_alone_stays_with_the_speaker() -> None:
    assert told("MARA\n(pause)\nHello to nobody at all.") == [
        ("reaction", "MCU", ("mara",)),
        ("single", "MS", ("mara",)),
    ]


def test_a_parenthetical_that_only_mentions_silence_is_none() -> None:
    assert told("MARA\n(into the silence)\nHello to nobody at all.") == [
        ("single", "MS", ("mara",))
    ]


def test_turns_too_short_for_a_shot_share_one() -> None:
    talk = "Mara and Jonas wait.\n\nMARA\nDid you see the light out there?\n\nJONAS\nI saw it.\n\n"
    quick = "MARA\nWhen?\n\nJONAS\nNow.\n\nMARA\nWhere?\n\nJONAS\nJust behind the second pier."
    assert told(talk + quick)[2:] == [("exchange", "MS", ("mara", "jonas"))]
    exchange = shots(talk + quick)[2]
    assert len(exchange.audio.vo) == 4
    assert all(who.speaking for who in exchange.characters)


def test_a_written_cut_between_two_turns_is_made() -> None:
    question, answer = shots("MARA\nReady?\n\nSMASH CUT TO:\n\nJONAS\nAlways.")
    assert [len(shot.audio.vo) for shot in (question, answer)] == [1, 1]
    assert answer.transition_in.kind == "smash_cut"


def test_dual_dialogue_shows_both_and_starts_together() -> None:
    (dual,) = [s for s in shots("MARA\nStay here.\n\nJONAS ^\nGo away now.") if s.audio.vo]
    assert (dual.template, [who.id for who in dual.characters]) == ("dual", ["mara", "jonas"])
    assert [vo.offset_frames for vo in dual.audio.vo] == [8, 8]
    assert [who.side for who in dual.characters] == ["left", "right"]


def test_nobody_answers_before_what_two_say_at_once_can_be_read() -> None:
    both = "MARA\nThe tin is item four!\n\nJONAS ^\nThe tin is item five!\n\n"
    dual, answer = (s for s in shots(f"{both}MARA\nOrder.") if s.audio.vo)
    spoken = max(vo.duration_frames for vo in dual.audio.vo)
    # "MARA: The tin is item four!" and "JONAS: The tin is item five!" at 17 characters a second.
    assert (dual.duration_frames - 8) + answer.audio.vo[0].offset_frames >= (27 + 28) * 24 / 17
    assert dual.duration_frames - 8 - spoken <= 48
    alone, _ = (s for s in shots(f"{both}She waits.\n\nMARA\nOrder.") if s.audio.vo)
    assert alone.duration_frames == 8 + spoken + 12


def test_a_long_speech_is_cut_and_alternates_with_the_listener() -> None:
    speech = "I should have told you about the harbour and the boats long before this. " * 6
    text = f"JONAS\nTell me what you should have told me.\n\nMARA\n{speech}"
    assert told(text) == [
        ("master", "MLS", ("jonas", "mara")),
        ("monologue", "MS", ("mara",)),
        ("listening", "MCU", ("jonas",)),
        ("monologue", "MS", ("mara",)),
        ("monologue", "MCU", ("mara",)),
        ("listening", "MCU", ("jonas",)),
        ("monologue", "MCU", ("mara",)),
    ]
    long = shots(text)[1:]
    assert len({vo.line_id for shot in long for vo in shot.audio.vo}) == 1
    at = 0
    for shot in long:
        (heard,) = shot.audio.vo
        assert heard.in_frames == at
        at += heard.duration_frames


def test_lyrics_outside_a_speech_are_shown_and_need_no_recording() -> None:
    (song,) = shots("~The sea gives back\n~what it never meant to keep")
    assert song.template == "lyric"
    assert song.movement.kind == "pull_out"
    assert [vo.duration_frames for vo in song.audio.vo] == [48, 48]


def test_the_exchange_gets_closer_and_looks_back_at_the_group() -> None:
    turns = [f"{'MARA' if i % 2 else 'JONAS'}\nThis is what I have to say to you now, {i}."
             for i in range(11)]  # fmt: skip
    framings = [(template, framing) for template, framing, _ in told("\n\n".join(turns))]
    assert framings == [
        ("master", "MLS"),
        ("over_the_shoulder", "MS"),
        ("over_the_shoulder", "MS"),
        ("single", "MCU"),
        ("single", "MCU"),
        ("single", "CU"),
        ("single", "CU"),
        ("master", "MLS"),
        ("single", "MCU"),
        ("single", "MCU"),
    ]


def test_action_is_split_by_who_it_is_about_and_keeps_every_word() -> None:
    text = (
        "Dust. Mara lifts the lid of the chest. She looks inside. Jonas turns away from the "
        "window. Mara and Jonas look at each other.\n\nMARA\nEmpty, all of it.\n\nJONAS\nI know."
    )
    seen = [s for s in shots(text) if s.template.startswith("action")]
    assert [(s.action_beat, [who.id for who in s.characters]) for s in seen] == [
        ("Dust.", []),
        ("Mara lifts the lid of the chest. She looks inside.", ["mara"]),
        ("Jonas turns away from the window.", ["jonas"]),
        ("Mara and Jonas look at each other.", ["mara", "jonas"]),
    ]


def test_a_paragraph_about_her_shows_whoever_it_may_be() -> None:
    assert told("MARA\nI am leaving you now.\n\nShe goes.")[-1] == ("action", "MLS", ("mara",))


def test_sounds_in_capitals_become_tags() -> None:
    (shot,) = shots("A door SLAMS. Outside, THUNDER.")
    assert shot.audio.sfx == ("slam", "thunder")


def test_a_card_is_read() -> None:
    card = plan("INT. HALL - CONTINUOUS\n\n> **TWO YEARS LATER** <").shots[-1]
    assert (card.framing, card.title_lines, card.action_beat) == ("TITLE", ("TWO YEARS LATER",), "")
    assert card.location_id is None


def test_about_half_of_the_shots_stand_still() -> None:
    film = plan(
        "EXT. PIER - DAY\n\nWaves. Ada walks.\n\nADA\nHello out there.\n\nBEN\nHello yourself, Ada."
        "\n\nADA\n(smiling)\nYou came all this way.\n\nBEN\nIt was not so far.\n\nThey laugh."
    ).shots
    still = sum(shot.movement.kind == "static" for shot in film)
    assert len(film) / 2 <= still < len(film)
    assert all((s.movement.travel_permille == 0) == (s.movement.kind == "static") for s in film)


class OneFraming:
    """The smallest grammar there can be."""

    def set_up(self, moment: Moment) -> Setup:
        return Setup("plain", moment.take.kind, "WS", FIRST_GRAMMAR.set_up(moment).people)


def test_another_grammar_plugs_in_and_keeps_the_timing() -> None:
    script = script_of(
        "INT. HALL - DAY\n\nMARA\nHello there.\n\nJONAS\nHello to you as well, Mara."
    )
    scratch = scratch_of(script)
    usual = plan_shots(script, scratch, ShotSettings(fps=FILM))
    plain = plan_shots(script, scratch, ShotSettings(fps=FILM), OneFraming())
    assert {shot.template for shot in plain.shots} == {"plain", "end_tail"}
    assert plain.timing_lock_hash == usual.timing_lock_hash


TALK = """MARA
Tell me where you were all this time.

JONAS
I was at sea, as I always said that I would be.

MARA
For a year, without a single word to any of us here.

JONAS
Nobody writes letters on a boat like that one.
"""


def test_a_talk_between_two_is_seen_past_their_shoulders() -> None:
    past = [shot for shot in shots(TALK) if shot.template == "over_the_shoulder"]
    assert len(past) == 2
    for shot in past:
        speaker, listener = shot.characters
        assert (speaker.pose, speaker.speaking) == ("standing", True)
        assert (listener.pose, listener.speaking) == ("away", False)
        assert {speaker.side, listener.side} == {"left", "right"}
    assert past[0].characters[0].id == past[1].characters[1].id
    assert past[0].framing == past[1].framing == "MS"


def test_nobody_shows_a_shoulder_to_feeling_or_in_a_crowd() -> None:
    heated = TALK.replace("MARA\nFor", "MARA\n(angry)\nFor")
    assert [s.template for s in shots(heated)].count("over_the_shoulder") == 1
    crowd = "ADA\nOne thing.\n\nBEN\nTwo things.\n\nCY\nThree things are what I have to say.\n\n"
    sides = [who.side for s in shots(crowd + TALK) for who in s.characters if who.pose == "away"]
    assert set(sides) <= {"left", "right"}


def test_each_aspect_of_a_shot_has_a_rule_with_a_reason() -> None:
    for shot in shots("Mara runs.\n\n" + TALK + "\nCUT TO:\n\nRain."):
        aspects = [rule.aspect for rule in shot.rules]
        assert aspects[:2] == ["subject", "framing"]
        assert aspects.count("side") == len(shot.characters)
        assert {"movement", "duration"} <= set(aspects)
        assert all(rule.rule and rule.because for rule in shot.rules)
        assert (shot.rules[0].rule, shot.rules[0].because) == (shot.template, shot.reason)


def test_the_rules_say_how_close_and_why() -> None:
    close = {}
    for shot in shots(TALK * 3):
        rules = {rule.aspect: rule for rule in shot.rules}
        close.setdefault(shot.framing, (rules["framing"].rule, rules["framing"].because))
    assert close["MLS"] == ("group", "everyone in the conversation is seen")
    assert close["MS"] == ("ladder", "speech 3 of the exchange")
    assert close["MCU"][0] == "ladder"


CALL = """INT. LODGE - NIGHT

OSKAR, 60, picks up.

OSKAR
Hotel Meridian, the night porter is speaking to you.

INTERCUT WITH:

EXT. PHONE BOX - DAY

LENA, 26, holds the door shut.

LENA
Is that the taxi company, by any chance at all?

OSKAR
It is not. But I can see the taxi from my window.

LENA
No.

OSKAR
Yes.
"""


def test_in_an_intercut_everyone_is_seen_where_they_are() -> None:
    call = [shot for shot in plan(CALL).shots if shot.characters]
    for shot in call:
        places = {"oskar": "LODGE", "lena": "PHONE BOX"}
        assert {places[who.id] for who in shot.characters} == {shot.environment.place}
    times = {shot.environment.place: shot.environment.time_of_day for shot in call}
    assert times == {"LODGE": "NIGHT", "PHONE BOX": "DAY"}
    assert not any("INTERCUT" in shot.action_beat for shot in plan(CALL).shots)


def test_each_further_look_at_the_place_alone_is_nearer_and_then_steps_back() -> None:
    film = plan("INT. HUT - DAY\n\nMO\nNo.\n\n" + "\n\n".join(f"Rain falls, {n}." for n in "abcd"))
    looks = [shot for shot in film.shots if shot.template == "action_place"]
    assert [shot.framing for shot in looks] == ["WS", "MLS", "MS", "WS"]
    rules = [[rule.rule for rule in shot.rules if rule.aspect == "framing"] for shot in looks]
    assert rules == [["whole_place"], ["nearer_look"], ["nearer_look"], ["whole_place"]]


def test_everybody_who_is_named_is_in_the_picture() -> None:
    names = ("ADA", "BEN", "CY", "DI", "EVE", "FAY", "GUS")
    talk = "\n\n".join(f"{name}\nWord." for name in names)
    film = plan(f"INT. HUT - DAY\n\nAda, Ben, Cy and Di sit.\n\n{talk}")
    sit = next(shot for shot in film.shots if shot.action_beat)
    assert [who.id for who in sit.characters] == ["ada", "di", "cy", "ben"]
    masters = [shot for shot in film.shots if shot.template == "master"]
    assert len(masters[0].characters) == 6
    assert check_shots(film, scratch_of(script_of(f"INT. HUT - DAY\n\n{talk}"))) == ()


def test_a_large_group_is_never_nearer_than_its_ground() -> None:
    names = ("ADA", "BEN", "CY", "DI", "EVE")
    talk = "\n\n".join(f"{name}\nWord." for name in names)
    after = "EXT. GREEN - DAY\n\nRain.\n\nAll five wait.\n\nCY\nNo."
    film = plan(f"INT. HUT - DAY\n\n{talk}\n\n{after}")
    groups = [shot for shot in film.shots if len(shot.characters) > 3]
    assert [(shot.template, shot.framing) for shot in groups] == [
        ("master", "WS"),
        ("action", "WS"),
        ("master", "EWS"),
        ("end_tail", "WS"),
    ]
