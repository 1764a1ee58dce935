from __future__ import annotations

import pytest

from canon.diff import apply_diff
from canon.gate import check_episode
from schemas.canon import CanonDiff, CanonSnapshot, Provenance
from schemas.script import Script
from tests.canon.build import canon, claims, fact, script

EMPTY = CanonSnapshot.create(facts=())


def check(text: str, *known: str) -> CanonDiff:
    return check_episode(script(text, "s01e02"), "s01e02", canon(*known))


def added(diff: CanonDiff) -> list[str]:
    return [f"{f.subject}.{f.attribute} = {f.value}" for f in diff.added_facts]


def modified(diff: CanonDiff) -> list[tuple[str, str, str]]:
    return [(c.after.subject, c.before.value, c.after.value) for c in diff.modified_facts]


def rules(diff: CanonDiff) -> list[str]:
    return [finding.rule for finding in diff.findings]


def test_a_finding_says_where_why_and_what_repairs_it() -> None:
    dead = CanonSnapshot.create(facts=(fact("mara.status = dead", "s01e01", 132),))
    text = "INT. HALL - DAY\nJONAS: Hm.\nMARA: Hello."
    (finding,) = check_episode(script(text, "s01e02"), "s01e02", dead).findings
    assert (finding.rule, finding.severity) == ("life_and_death", "hard")
    assert (finding.file, finding.line) == ("episodes/s01e02.fountain", 3)
    assert finding.problem == "MARA speaks here, but mara is dead"
    assert finding.evidence == (
        "canon says mara.status = dead since s01e01, episodes/s01e01.fountain:132"
    )
    assert finding.evidence_provenance == Provenance(
        episode="s01e01", file="episodes/s01e01.fountain", line=132
    )
    assert "(V.O.)" in finding.hint
    assert "episodes/s01e01.fountain:132" in finding.hint


def test_whoever_speaks_and_every_place_becomes_known() -> None:
    diff = check("INT. KITCHEN - DAY\nMARA: Hello.\nJONAS:\nEXT. HARBOUR - DAY\nMARA: Ships.")
    assert added(diff) == ["kitchen.name = KITCHEN", "mara.name = MARA", "harbour.name = HARBOUR"]
    assert diff.added_facts[1].provenance == Provenance(
        episode="s01e02", scene_id="scene1", file="episodes/s01e02.fountain", line=2
    )


def test_a_name_that_canon_or_the_script_gives_is_kept() -> None:
    text = "INT. KITCHEN - DAY\nMARA: Hello.\nJONAS: Hi.\njonas.name = Jonas Lind"
    diff = check(text, "mara.name = Mara Voss", "kitchen.name = The Kitchen")
    assert added(diff) == ["jonas.name = Jonas Lind"]


def test_a_longer_name_is_taken_and_a_shorter_one_is_not() -> None:
    longer = check("INT. HALL - DAY\nmara.name = Mara Voss", "mara.name = MARA")
    assert modified(longer) == [("mara", "MARA", "Mara Voss")]
    shorter = check("INT. HALL - DAY\nmara.name = Mara", "mara.name = Mara Voss")
    assert (shorter.gate, modified(shorter)) == ("passed", [])


def test_two_people_under_one_cue_are_no_third_person() -> None:
    diff = check("INT. HALL - DAY\nMARA: I.\nJONAS: I.\nMARA & JONAS: We.\nSMITH AND SON: You.")
    assert added(diff)[1:] == [
        "mara.name = MARA",
        "jonas.name = JONAS",
        "smith_and_son.name = SMITH AND SON",
    ]


def test_a_fact_may_be_told_under_another_name() -> None:
    diff = check("INT. HALL - DAY\nthe_captain.age = 50", "mara.alias = The Captain, Cap")
    assert added(diff) == ["mara.age = 50", "hall.name = HALL"]


def test_what_contradicts_canon_is_not_in_the_diff() -> None:
    text = "INT. HALL - DAY\nmara.age = 29\nmara.hair = red"
    for mode, gate in (("strict", "blocked"), ("flag", "flagged")):
        diff = check_episode(script(text), "s01e01", canon("mara.age = 34"), mode)
        assert (diff.gate, rules(diff)) == (gate, ["age"])
        assert added(diff) == ["mara.hair = red", "hall.name = HALL"]
        assert modified(diff) == []
    unchecked = check_episode(script(text), "s01e01", canon("mara.age = 34"), "off")
    assert modified(unchecked) == [("mara", "34", "29")]


def test_changes_within_an_episode_follow_one_another() -> None:
    diff = check("INT. HALL - DAY\nmara.mood = calm\nmara.mood -> angry\nmara.mood = angry")
    assert added(diff) == ["mara.mood = calm", "hall.name = HALL"]
    assert modified(diff) == [("mara", "calm", "angry")]


def test_a_statement_before_the_first_scene_holds_from_the_start() -> None:
    diff = check("mara.status = dead\nINT. HALL - DAY\nMARA: Hello.")
    assert rules(diff) == ["life_and_death"]
    assert diff.added_facts[0].valid_from.line == 0
    assert diff.added_facts[0].provenance.line == 1


def at_lines(text: str, *lines: int) -> Script:
    """The script with its facts at other lines, as in a structured file of few lines."""
    built = script(text, "s01e02")
    facts = tuple(
        item.model_copy(update={"source": item.source.model_copy(update={"line": line})})
        for item, line in zip(built.facts, lines, strict=True)
    )
    return built.model_copy(update={"facts": facts})


def test_two_changes_on_one_line_leave_the_last() -> None:
    moods = at_lines("INT. HALL - DAY\nmara.mood = calm\nmara.mood -> angry", 2, 2)
    diff = check_episode(moods, "s01e02", EMPTY)
    assert added(diff) == ["mara.mood = angry", "hall.name = HALL"]
    assert modified(diff) == []


def test_scenes_count_in_their_order_even_when_lines_run_backwards() -> None:
    moods = at_lines("INT. HALL - DAY\nmara.mood = calm\nEXT. PIER - DAY\nmara.mood -> sad", 9, 5)
    diff = check_episode(moods, "s01e02", EMPTY)
    assert added(diff)[0] == "mara.mood = sad"
    assert (diff.added_facts[0].valid_from.line, diff.added_facts[0].provenance.line) == (9, 5)
    assert "mara.mood = sad" in claims(apply_diff(EMPTY, diff))


def test_within_a_scene_facts_count_by_line() -> None:
    swapped = at_lines("INT. HALL - DAY\nmara.mood -> sad\nmara.mood -> calm", 7, 3)
    assert modified(check_episode(swapped, "s01e02", EMPTY)) == [("mara", "calm", "sad")]


def test_words_on_the_line_of_a_death_are_last_words() -> None:
    text = "INT. HALL - DAY\nMARA: Farewell.\nmara.status = dead\nMARA: Still here."
    diff = check_episode(at_lines(text, 2), "s01e02", EMPTY)
    assert [finding.line for finding in diff.findings] == [4]


def test_a_group_that_speaks_first_is_still_made_of_people() -> None:
    diff = check("INT. HALL - DAY\nMARA & JONAS: We.\nMARA: I.\nJONAS: I.")
    assert added(diff) == ["hall.name = HALL", "mara.name = MARA", "jonas.name = JONAS"]


def test_a_place_may_be_rebuilt_in_the_scene_that_shows_it() -> None:
    gone = "pier.status = destroyed"
    assert rules(check("EXT. PIER - DAY\npier.status -> rebuilt", gone)) == []
    assert rules(check("EXT. PIER - DAY\npier.paint -> white", gone)) == ["destroyed_place"]


def test_the_place_around_somebody_is_no_other_place() -> None:
    known = ("mara.location = attic", "attic.part_of = farm")
    assert rules(check("EXT. FARM - DAY\nMARA: Hello.", *known)) == []
    assert rules(check("EXT. FIELD - DAY\nMARA: Hello.", *known)) == ["location"]


def test_the_hint_never_advises_what_another_rule_blocks() -> None:
    (younger,) = check("INT. HALL - DAY\nmara.age = 29", "mara.age = 34").findings
    assert "->" not in younger.hint
    (older,) = check("INT. HALL - DAY\nmara.age = 39", "mara.age = 34").findings
    assert "[[canon: mara.age -> 39]]" in older.hint


def test_a_scene_is_reported_once_per_person() -> None:
    text = "INT. HALL - DAY\nMARA: One.\nMARA: Two.\nEXT. PIER - DAY\nMARA: Three."
    diff = check(text, "mara.status = dead")
    assert [finding.line for finding in diff.findings] == [2, 5]


def test_the_dead_are_not_also_elsewhere() -> None:
    diff = check("INT. HALL - DAY\nMARA: One.", "mara.status = dead", "mara.location = harbour")
    assert rules(diff) == ["life_and_death"]


@pytest.mark.parametrize("location", ["harbour", "HARBOUR", "Old Harbour", "north_pole"])
def test_a_location_written_as_an_id_or_a_name_is_a_place(location: str) -> None:
    diff = check("INT. KITCHEN - DAY\nMARA: One.", f"mara.location = {location}")
    assert rules(diff) == ["location"]
    assert "[[canon: mara.location -> kitchen]]" in diff.findings[0].hint


@pytest.mark.parametrize("location", ["kitchen", "Kitchen", "KITCHEN CORNER", "elsewhere"])
def test_a_location_that_agrees_or_is_nowhere_passes(location: str) -> None:
    diff = check("INT. KITCHEN - DAY\nMARA: One.", f"mara.location = {location}")
    assert rules(diff) == []


def test_places_that_hold_each_other_in_a_ring_do_not_hang_the_gate() -> None:
    ring = ("a.part_of = b", "b.part_of = c", "c.part_of = a", "mara.location = d")
    diff = check("INT. A - DAY\nMARA: One.", *ring)
    assert rules(diff) == ["location"]


@pytest.mark.parametrize(
    "extension",
    [
        "V.O.",
        "FLASHBACK",
        "V. O.",
        "vo",
        "VOICE OVER",
        "VOIX OFF",
        "FILTERED",
        "ON RADIO",
        "ЗА КАДРОМ",
        "画外音",
    ],
)
def test_a_voice_from_elsewhere_may_be_dead(extension: str) -> None:
    assert rules(check(f"INT. HALL - DAY\nMARA ({extension}): One.", "mara.status = dead")) == []


@pytest.mark.parametrize("extension", ["O.S.", "O.C.", "OFF SCREEN", "OFF-CAMERA", "CONT'D"])
def test_a_voice_beside_the_picture_may_not(extension: str) -> None:
    diff = check(f"INT. HALL - DAY\nMARA ({extension}): One.", "mara.status = dead")
    assert rules(diff) == ["life_and_death"]


@pytest.mark.parametrize(
    "slug_line",
    [
        "INT. HALL - FLASHBACK",
        "INT. HALL (FLASH-BACK) - DAY",
        "FLASHBACK - INT. HALL - DAY",
        "INT. HALL - RÜCKBLENDE - NACHT",
        "INT. MARA'S NIGHTMARE - NIGHT",
        "INT. HALL - 回想 - DAY",
        "INT. HALL - СОН - НОЧЬ",
    ],
)
def test_a_marked_scene_is_remembered(slug_line: str) -> None:
    assert rules(check(f"{slug_line}\nMARA: One.", "mara.status = dead")) == []


@pytest.mark.parametrize("slug_line", ["INT. MEMORY LANE CAFE - DAY", "INT. VISION LABS - DAY"])
def test_a_place_name_is_no_mark(slug_line: str) -> None:
    assert rules(check(f"{slug_line}\nMARA: One.", "mara.status = dead")) == ["life_and_death"]


def test_the_base_names_what_was_seen_and_later_episodes_are_not() -> None:
    early = CanonSnapshot.create(facts=(fact("mara.age = 34", "s01e01", 3),))
    later = CanonSnapshot.create(facts=(*early.facts, fact("mara.status = dead", "s01e03", 3)))
    text = "INT. HALL - DAY\nMARA: One."
    first = check_episode(script(text, "s01e02"), "s01e02", early)
    assert check_episode(script(text, "s01e02"), "s01e02", later) == first
    assert first.gate == "passed"


def test_an_empty_script_passes() -> None:
    diff = check_episode(script("").model_copy(update={"scenes": ()}), "s01e01", EMPTY)
    assert (diff.gate, diff.added_facts, diff.findings) == ("passed", (), ())
