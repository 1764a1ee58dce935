"""How people hold themselves in a shot, by what the action says up to there."""

import pytest

from tests.stages.planned_film import plan

CAST = "\n\nMARA\nYes.\n\nJONAS\nNo."


def bearing(action: str, name: str = "mara", **kept) -> list[tuple[str, str, str]]:
    """Pose, thing and face of someone in every shot that they are seen in."""
    shots = plan(f"INT. KITCHEN - DAY\n\n{action}{CAST}\n\nTHE END").shots
    return [
        (who.pose, who.holding, who.expression)
        for shot in shots
        for who in shot.characters
        if who.id == name and who.pose != "away"
    ]


@pytest.mark.parametrize(
    ("action", "pose", "holding"),
    [
        ("MARA, 30, sits on the top step with a box on her knees.", "sitting on a step", "box"),
        ("Mara sits at the table.", "sitting", ""),
        ("Mara sits on the floor, cross-legged.", "sitting on the ground", ""),
        ("Mara kneels and takes the KEY.", "kneeling", "keys"),
        ("Mara lies in bed, asleep.", "lying in bed", ""),
        ("Mara collapses.", "lying", ""),
        ("Mara is in bed.", "lying in bed", ""),
        ("Mara sits up in bed with a book in her hands.", "sitting up in bed", "book"),
        ("Mara sinks into an armchair.", "sitting on a sofa", ""),
        ("Mara runs to the door with a suitcase.", "running", "suitcase"),
        ("Mara, arms crossed, waits.", "standing, arms crossed", ""),
        ("Mara picks up the phone and dials.", "standing, on the phone", "phone"),
        ("Mara points at the clock.", "standing, pointing", ""),
        ("Mara buries her face in her hands.", "standing, head in hands", ""),
        ("Mara lifts the SAMOVAR.", "standing", "samovar"),
        ("Mara hides behind the door, hugging a teddy bear.", "crouching", "doll"),
        ("JONAS hands MARA, 30, a letter.", "standing", "letter"),
        ("Mara sitzt auf der Treppe.", "sitting on a step", ""),
        ("Mara est assise.", "sitting", ""),
        # What is not said of her, or not so.
        ("Between MARA and the door a KEY lies on the floor.", "standing", ""),
        ("The barge sits low. Mara looks.", "standing", ""),
        ("Mara does not sit.", "standing", ""),
        ("Mara almost sits.", "standing", ""),
        ("Mara lies to him.", "standing", ""),
        ("Mara's box sits on the table. Mara waits.", "standing", ""),
        ("Mara is sitting on the couch, reading a book.", "sitting on a sofa", "book"),
        ("Mara finds Jonas asleep on the floor.", "standing", ""),
        ("Mara looks down at the body lying on the floor.", "standing", ""),
        ("Mara watches Jonas walk away.", "standing", ""),
        ("Jonas finds Mara asleep on the floor.", "lying", ""),
        ("Mara runs a hand through her hair.", "standing", ""),
        ("Mara is dead tired.", "standing", ""),
        ("Mara leaves the letter on the desk.", "standing", ""),
        ("Mara tears up the letter. She opens her eyes.", "standing", ""),
        ("Mara lies in bed. She gets out of bed.", "standing", ""),
        ("Mara holds a gun. She puts the gun to his head.", "standing", "gun"),
        ("Mara opens the door.", "standing, reaching", ""),
    ],
)
def test_the_first_shot_of_an_action_shows_what_it_says(action, pose, holding):
    assert bearing(action)[0][:2] == (pose, holding)


def test_a_posture_lasts_until_another_is_told_and_a_movement_does_not():
    sitting = bearing("Mara sits down.\n\nRain.\n\nMara stands up.")
    assert list(dict.fromkeys(pose for pose, *_ in sitting)) == ["sitting", "standing"]
    running = bearing("Mara runs.\n\nRain.")
    assert [pose for pose, *_ in running] == ["running", "standing", "standing"][: len(running)]
    assert len(running) > 1


def test_whoever_lies_in_bed_and_sits_up_is_in_bed_still():
    waking = bearing("Mara lies in bed.\n\nRain.\n\nMara sits up.")
    assert [pose for pose, *_ in waking][:2] == ["lying in bed", "sitting up in bed"]


def test_a_thing_is_held_until_it_is_let_go_or_given():
    held = bearing("Mara takes a lamp.\n\nRain.\n\nMara puts it down.")
    assert list(dict.fromkeys(thing for _, thing, _ in held)) == ["lantern", ""]
    action = "Mara takes a lamp.\n\nRain.\n\nMara hands Jonas the lamp."
    assert [thing for _, thing, _ in bearing(action)][-1] == ""
    assert [thing for _, thing, _ in bearing(action, "jonas")][-1] == "lantern"


def test_a_pronoun_means_whoever_of_that_gender_was_named_last():
    action = "MARA waits with her bag. JONAS comes in with his hat.\n\nShe sits down.\n\nHe kneels."
    assert bearing(action)[-1][0] == "sitting"
    assert bearing(action, "jonas")[-1][0] == "kneeling"


def test_two_named_together_do_the_same():
    action = "Mara and Jonas sit on the floor. They laugh."
    assert bearing(action)[0] == ("sitting on the ground", "", "laughing")
    assert bearing(action, "jonas")[0] == ("sitting on the ground", "", "laughing")


@pytest.mark.parametrize(
    ("asked", "face"),
    [
        ("crying", "crying"),
        ("laughing", "laughing"),
        ("furious", "furious"),
        ("exhausted", "tired"),
        ("angry", "angry"),
        ("tenderly", "tender"),
        ("to Jonas", "neutral"),
    ],
)
def test_a_face_is_that_of_the_parenthetical(asked, face):
    shots = plan(f"INT. KITCHEN - DAY\n\nMARA\n({asked})\nI know.").shots
    assert {who.expression for shot in shots for who in shot.characters if shot.audio.vo} == {face}


def test_a_face_told_in_action_goes_with_the_next_action():
    action = "Mara sobs.\n\nRain."
    assert {face for *_, face in bearing(action)} == {"crying"}
    action = "Mara sobs.\n\nMara takes a cup."
    faces = [face for *_, face in bearing(action)]
    assert faces[:2] == ["crying", "neutral"] and set(faces[1:]) == {"neutral"}


def test_a_parenthetical_can_tell_a_posture_from_there_on():
    shots = plan("INT. KITCHEN - DAY\n\nMARA\n(sitting down)\nSo.\n\nRain.\n\nMARA\nYes.").shots
    poses = [who.pose for shot in shots for who in shot.characters]
    assert poses and set(poses) == {"sitting"}


def test_no_shot_is_named_or_timed_by_how_people_hold_themselves():
    told = plan(f"INT. KITCHEN - DAY\n\nRain on the roof.{CAST}\n\nMara waits.").shots
    posed = plan(
        f"INT. KITCHEN - DAY\n\nMara sits. \n\nRain on the roof.{CAST}\n\nMara waits."
    ).shots
    names = {shot.shot_id: shot.duration_frames for shot in told if shot.characters}
    again = {shot.shot_id: shot.duration_frames for shot in posed}
    common = set(names) & set(again)
    assert common, "the same speeches keep their names"
    assert all(names[each] == again[each] for each in common)
    assert [who.pose for shot in posed if shot.shot_id in common for who in shot.characters].count(
        "sitting"
    )


def test_a_call_that_is_cut_to_and_fro_keeps_its_telephones():
    film = plan(
        "INT. LODGE - NIGHT\n\nOSKAR answers the phone.\n\nOSKAR\nYes.\n\nINTERCUT WITH:\n\n"
        "EXT. BOX - NIGHT\n\nLENA\nHello?\n\nOSKAR\nWho is it?\n\nLENA\nLena."
    )
    oskar = [w.pose for shot in film.shots for w in shot.characters if w.id == "oskar"]
    assert oskar and set(oskar) == {"standing, on the phone"}


def test_the_rule_says_which_words_were_followed():
    shot = next(s for s in plan(f"INT. KITCHEN - DAY\n\nMara sits.{CAST}").shots if s.characters)
    rule = next(rule for rule in shot.rules if rule.aspect == "pose")
    assert (rule.rule, rule.because) == ("as_told", "MARA: sitting: 'Mara sits.'")


def test_a_face_of_one_speech_is_no_reason_for_the_posture_after_it():
    script = "INT. KITCHEN - DAY\n\nMara sits.\n\nMARA\n(crying)\nYes.\n\nRain.\n\nMARA\nNo."
    last = [s for s in plan(script).shots if s.characters and s.audio.vo][-1]
    because = next(rule.because for rule in last.rules if rule.aspect == "pose")
    assert because == "MARA: sitting: 'Mara sits.'"
