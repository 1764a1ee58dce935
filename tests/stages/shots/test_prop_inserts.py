"""Which things in capitals a scene stops for, in whose time, and how that is steered."""

from __future__ import annotations

from itertools import pairwise

import pytest

from schemas.errors import PipelineError
from schemas.shot_list import Shot, ShotList
from stages.shots.check_shots import check_shots
from stages.shots.plan_shots import ShotSettings, plan_shots
from stages.shots.shot_pins import read_pin
from tests.stages.planned_film import FILM, scratch_of, script_of

SCENE = "INT. HUT - NIGHT\n\nTwo stools.\n\nJO\nReady?\n\nMO\nNo.\n\n"


def plan(action: str, inserts: str = "auto", **pins: object) -> ShotList:
    script = script_of(SCENE + action)
    settings = ShotSettings(FILM, title_card=False, inserts=inserts, **pins)  # type: ignore[arg-type]
    film = plan_shots(script, scratch_of(script), settings)
    assert check_shots(film, scratch_of(script)) == ()
    return film


def told(film: ShotList) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Thing, framing, people and words of every shot after the talk, but the look back."""
    shots = [shot for shot in film.shots if shot.source.line > 9 and shot.template != "end_tail"]
    return [
        (shot.insert, shot.framing, tuple(who.id for who in shot.characters), shot.action_beat)
        for shot in shots
    ]


def frames(film: ShotList) -> int:
    return sum(shot.duration_frames for shot in film.shots)


def only_insert(film: ShotList) -> Shot:
    (shot,) = [shot for shot in film.shots if shot.insert]
    return shot


def test_the_sentence_goes_with_the_thing_and_the_paragraph_is_no_longer_than_before() -> None:
    action = "Jo sits down on the other stool. Between them a KEY RING lies on the stone."
    film = plan(action)
    assert told(film) == [
        ("", "MLS", ("jo",), "Jo sits down on the other stool."),
        ("KEY RING", "ECU", (), "Between them a KEY RING lies on the stone."),
    ]
    without = plan(action, inserts="asked")
    assert not [shot for shot in without.shots if shot.insert]
    assert frames(without) - 1 <= frames(film) <= frames(without)


def test_what_is_said_of_the_thing_stays_with_it() -> None:
    film = plan("Jo lights a match. A LANTERN burns on the hook. It hisses. Jo sits.")
    assert [(each[0], each[3]) for each in told(film)] == [
        ("", "Jo lights a match."),
        ("LANTERN", "A LANTERN burns on the hook. It hisses."),
        ("", "Jo sits."),
    ]


def test_somebody_who_was_seen_before_may_come_after_the_thing() -> None:
    film = plan("Jo opens the BOX. She breathes. No word comes.")
    assert told(film) == [
        ("BOX", "ECU", (), "Jo opens the BOX."),
        ("", "MS", ("jo",), "She breathes. No word comes."),
    ]


def test_a_sentence_of_somebody_with_a_thing_is_seen_in_two_shots() -> None:
    film = plan("Jo takes the LANTERN from its hook.")
    assert told(film) == [
        ("", "MLS", ("jo",), "Jo takes the LANTERN from its hook."),
        ("LANTERN", "ECU", (), "Jo takes the LANTERN from its hook."),
    ]
    lengths = [shot.duration_frames for shot in film.shots if "LANTERN" in shot.action_beat]
    assert sum(lengths) == 58
    assert min(lengths) >= 29


def test_a_sound_in_two_shots_is_heard_once() -> None:
    film = plan("Jo drops the LANTERN with a CRASH.")
    assert [shot.audio.sfx for shot in film.shots if shot.audio.sfx] == [("crash",)]


def test_the_shortest_pieces_are_still_shots() -> None:
    film = plan("Rain. A KEY. Fog.")
    assert [s.duration_frames for s in film.shots if s.source.line == 11][:3] == [29, 29, 29]


def test_a_thing_is_new_once_in_a_scene_and_again_in_the_next() -> None:
    talk = "JO\nOne.\n\nMO\nTwo.\n\nJO\n(angry)\nThree.\n\nMO\nFour, and many more.\n\n"
    action = f"A LANTERN burns.\n\n{talk * 3}The LANTERN flickers.\n\n"
    film = plan(f"{action}EXT. ROAD - NIGHT\n\nThe LANTERN on a post.")
    assert [shot.action_beat for shot in film.shots if shot.insert] == [
        "A LANTERN burns.",
        "The LANTERN on a post.",
    ]


def test_inserts_are_kept_apart_and_few() -> None:
    things = ("LANTERN", "KNIFE", "LETTER", "BOTTLE", "ROPE", "COMPASS", "WHISTLE", "CANDLE")
    film = plan("\n\n".join(f"A {thing} lies on the stool." for thing in things))
    at = [number for number, shot in enumerate(film.shots) if shot.insert]
    assert len(at) >= 2
    assert all(later - earlier > 2 for earlier, later in pairwise(at))
    assert len(at) <= len(film.shots) // 4 + 1


def test_one_paragraph_stops_for_one_thing() -> None:
    assert only_insert(plan("A LETTER. A KNIFE. A ROPE.")).insert == "LETTER"


def test_a_montage_has_its_own_pictures_and_an_asked_insert_its_own_thing() -> None:
    film = plan("MONTAGE\n\n- A KNIFE on the table.\n- Jo runs.\n\nEND MONTAGE\n\nINSERT - THE BOX")
    assert only_insert(film).template == "insert"


def test_the_rule_is_cited_by_name() -> None:
    shot = only_insert(plan("A KEY RING lies on the stone."))
    cited = {rule.aspect: (rule.rule, rule.because) for rule in shot.rules}
    assert cited["subject"] == (
        "prop_insert",
        "KEY RING is in capitals, and new in the scene: a look at it by itself",
    )
    assert cited["framing"][0] == "insert"
    assert shot.movement.kind == "push_in"


def test_a_note_forbids_an_insert_or_asks_for_one() -> None:
    assert not [s for s in plan("[[shot: insert=never]]\n\nA KNIFE lies there.").shots if s.insert]
    film = plan("[[shot: insert=old knife]]\n\nJo sits. The old knife is blunt.", inserts="asked")
    shot = only_insert(film)
    assert (shot.insert, shot.action_beat) == ("OLD KNIFE", "The old knife is blunt.")
    assert shot.reason == "OLD KNIFE by itself: pinned by episodes/s01e01.fountain:11"


def test_a_pin_beside_the_script_forbids_an_insert_by_its_name_or_asks_for_one() -> None:
    action = "A KNIFE lies there.\n\nJo takes the rope."
    shot = only_insert(plan(action))
    never = read_pin({"insert": False}, "s01e01.shots.yaml:1", shot=shot.shot_id)
    assert not [s for s in plan(action, pins=(never,)).shots if s.insert]
    rope = next(s for s in plan(action).shots if "rope" in s.action_beat)
    wanted = read_pin({"insert": "rope"}, "s01e01.shots.yaml:1", shot=rope.shot_id)
    close = read_pin({"framing": "close"}, "s01e01.shots.yaml:3", shot=shot.shot_id)
    film = plan(action, pins=(wanted, close))
    assert [(s.insert, s.framing) for s in film.shots if s.insert] == [
        ("KNIFE", "CU"),
        ("ROPE", "ECU"),
    ]


@pytest.mark.parametrize(
    ("action", "says"),
    [
        ("[[shot: insert=rope]]\n\nA KNIFE lies there.", "no insert of `rope`"),
        ("A KNIFE lies there.\n\n[[shot: insert=knife]]\n\nJO\nNo.", "none follows in the scene"),
        ("[[shot: insert]]\n\nA KNIFE.", "not key=value"),
    ],
)
def test_an_insert_that_cannot_be_is_refused(action: str, says: str) -> None:
    with pytest.raises(PipelineError, match=says):
        plan(action)


@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_note_means_the_paragraph_it_stands_in(gap: str) -> None:
    said = f"Mo opens the BOX.\nShe looks in.{gap}[[shot: insert=never]]\n\nJo waits."
    assert not [shot.insert for shot in plan(said).shots if shot.insert]
