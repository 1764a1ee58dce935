"""The rules of the cutting room: kept in every kind of screenplay, and each break found."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.scratch_track import ScratchTrack
from schemas.shot_list import Shot, ShotList, ShotRule
from schemas.timing import FrameRate
from stages.shots.check_shots import check_shots
from stages.shots.plan_shots import ShotSettings, plan_shots
from tests.stages.planned_film import KITCHEN, scratch_of, script_of

ROOT = Path(__file__).parents[3]
FILES = sorted(
    [*ROOT.glob("tests/films/*.fountain"), *ROOT.glob("examples/nine-twenty/episodes/*.fountain")]
)
RATES = [FrameRate(num=24000, den=1001), FrameRate(num=24), FrameRate(num=60)]

GROUP = "INT. COUNCIL HALL - DAY\n\n" + "\n\n".join(
    f"{who}\n{line}"
    for _ in range(4)
    for who, line in {
        "ADA": "We cannot keep the gate closed for another winter.",
        "BEN": "Then open it, and see who comes through.",
        "CLEO": "I have seen who comes through. They were hungry, that is all they were.",
        "DARIO": "(beat)\nHungry people take things.",
        "ELSA": "So did we.",
    }.items()
)
MONTAGE = (
    "EXT. SHIPYARD - DAY\n\nMONTAGE - THE BOAT IS BUILT\n\nMara saws a plank.\n\nJonas pours tar."
    "\n\nMara and Jonas lift the mast.\n\nMara paints a name.\n\nEND MONTAGE\n\n"
    "MARA\nShe floats.\n\nJONAS\nShe does."
)
INTERCUT = (
    "INT. BOOTH - NIGHT\n\nMARA\nAre you there?\n\nINT. OFFICE - NIGHT\n\nJONAS\nI am here.\n\n"
    "INTERCUT WITH:\n\nINT. FLAT - NIGHT\n\nMARA\nThey found the car. They found all of it.\n\n"
    "JONAS\nAnd you?\n\n"
    "MARA (V.O.)\nNot me. Not yet.\n\nJONAS\nWait there.\n\nMARA ^\nNo.\n"
)
TALK = "INT. CELL - NIGHT\n\nMARA\n" + " ".join(
    f"In the {nth} year they moved me nearer to the sea, and I heard it every night."
    for nth in ("first", "second", "third", "fourth", "fifth", "sixth")
)
ENDLESS = "INT. CELL - NIGHT\n\nMARA\n" + "and then we walked on through the rain " * 12
# ADA and DARIO keep the same side, as do BEN and ELSA: everybody speaks with everybody at once.
AT_ONCE = "INT. COUNCIL HALL - DAY\n\nADA, BEN, CLEO, DARIO and ELSA sit.\n\n" + "\n\n".join(
    f"{one}\nWe cannot keep the gate closed.\n\n{other} ^\nThen open it, and see who comes."
    f"\n\n{one}\nI said that we cannot keep it closed, and I was right about it."
    for one, other in (
        ("ADA", "DARIO"),
        ("DARIO", "ADA"),
        ("BEN", "ELSA"),
        ("CLEO", "ADA"),
        ("ELSA", "CLEO"),
        ("DARIO", "ELSA"),
        ("ADA", "BEN"),
    )
)
KINDS = {
    "at once": AT_ONCE,
    "kitchen": KITCHEN,
    "group": GROUP,
    "montage": MONTAGE,
    "intercut": INTERCUT,
    "monologue": TALK,
    "endless": ENDLESS,
    **{file.stem: file.read_text("utf-8") for file in FILES},
}


def film_of(text: str, rate: FrameRate = RATES[1]) -> tuple[ShotList, ScratchTrack]:
    script = script_of(text)
    scratch = scratch_of(script)
    return plan_shots(script, scratch, ShotSettings(fps=rate)), scratch


def broken(film: ShotList, scratch: ScratchTrack, number: int, shot: Shot) -> set[str]:
    """The rules broken once `shot` stands at a place of the film."""
    shots = (*film.shots[:number], shot, *film.shots[number + 1 :])
    return {each.rule for each in check_shots(film.model_copy(update={"shots": shots}), scratch)}


@pytest.mark.parametrize("rate", RATES, ids=str)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_rule_is_broken(kind: str, rate: FrameRate) -> None:
    assert check_shots(*film_of(KINDS[kind], rate)) == ()


def test_the_screenplays_of_the_tests_and_the_example_were_looked_at() -> None:
    assert {file.stem for file in FILES} >= {"comedy", "dialogue", "phone", "s01e01", "s01e02"}


def test_somebody_who_changes_sides_is_found() -> None:
    film, scratch = film_of(KITCHEN)
    number = next(n for n, shot in enumerate(film.shots) if shot.template == "single")
    (who,) = film.shots[number].characters
    other = who.model_copy(update={"side": {"left": "right", "right": "left"}[who.side]})
    turned = film.shots[number].model_copy(update={"characters": (other,)})
    assert broken(film, scratch, number, turned) == {"180_degree"}


def test_two_who_speak_at_once_stand_apart_and_keep_their_order() -> None:
    film, _ = film_of(AT_ONCE)
    seen = [
        {who.id: who.side for who in shot.characters}
        for shot in film.shots
        if shot.template == "dual"
    ]
    assert seen == [
        {"ada": "left", "dario": "center"},
        {"dario": "center", "ada": "left"},
        {"ben": "center", "elsa": "right"},
        {"cleo": "center", "ada": "left"},
        {"elsa": "right", "cleo": "center"},
        {"dario": "left", "elsa": "right"},
        {"ada": "left", "ben": "right"},
    ]


def test_two_on_the_same_side_are_found() -> None:
    film, scratch = film_of(KITCHEN)
    number = next(n for n, shot in enumerate(film.shots) if shot.template == "master")
    people = tuple(who.model_copy(update={"side": "left"}) for who in film.shots[number].characters)
    turned = film.shots[number].model_copy(update={"characters": people})
    assert "same_side" in broken(film, scratch, number, turned)


def test_two_who_change_places_are_found_though_one_is_in_the_middle() -> None:
    film, scratch = film_of(KITCHEN)
    number = next(n for n, shot in enumerate(film.shots) if shot.template == "master")
    after = next(
        n for n, s in enumerate(film.shots) if n > number and s.template == "over_the_shoulder"
    )
    left = [who.id for who in film.shots[number].characters if who.side == "left"]
    people = tuple(
        who.model_copy(update={"side": "center" if who.id in left else "left"})
        for who in film.shots[after].characters
    )
    turned = film.shots[after].model_copy(update={"characters": people})
    found = check_shots(film.model_copy(update={"shots": (*film.shots[:after], turned)}), scratch)
    assert any("change places" in each.found for each in found)


def test_the_same_picture_twice_is_found_but_not_after_a_dissolve() -> None:
    film, scratch = film_of(KITCHEN)
    number = next(n for n, shot in enumerate(film.shots) if shot.template == "single")
    shot = film.shots[number]
    assert broken(film, scratch, number + 1, shot) >= {"30_degree"}
    soft = shot.transition_in.model_copy(update={"kind": "dissolve", "duration_frames": 12})
    dissolved = shot.model_copy(update={"transition_in": soft})
    assert "30_degree" not in broken(film, scratch, number + 1, dissolved)


@pytest.mark.parametrize(
    ("frames", "rules"),
    [(28, {"too_short"}), (29, set()), (192, set()), (193, {"too_long"})],
)
def test_the_shortest_and_longest_shot(frames: int, rules: set[str]) -> None:
    film, scratch = film_of(KITCHEN)
    shot = film.shots[0].model_copy(update={"duration_frames": frames})
    assert broken(film, scratch, 0, shot) == rules
    by_the_writer = ShotRule(aspect="duration", rule="pinned", because="pinned by a.yaml:1")
    assert broken(film, scratch, 0, shot.model_copy(update={"rules": (by_the_writer,)})) == set()


def test_a_cut_inside_a_word_is_found() -> None:
    film, scratch = film_of(TALK)
    number = next(n for n, s in enumerate(film.shots) if s.audio.vo and s.audio.vo[0].in_frames)
    shot = film.shots[number]
    vo = shot.audio.vo[0]
    words = next(line.words for line in scratch.lines if line.line_id == vo.line_id)
    # The middle of the longest word, at 2000 samples a frame.
    word = max(words, key=lambda each: each.duration_samples)
    middle = (word.offset_samples + word.duration_samples // 2) // 2000
    cut = vo.model_copy(update={"in_frames": middle})
    audio = shot.audio.model_copy(update={"vo": (cut,)})
    assert broken(film, scratch, number, shot.model_copy(update={"audio": audio})) == {
        "cut_in_word"
    }
