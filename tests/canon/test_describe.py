from __future__ import annotations

from canon.describe import describe, describe_diff, describe_findings
from canon.diff import apply_diff
from canon.gate import check_episode
from schemas.canon import CanonSnapshot
from tests.canon.build import canon, script

KNOWN = canon("mara.status = alive", "mara.age = 34")
DEATH = "INT. HALL - DAY\nMARA: It was worth it.\nmara.status = dead"


def test_canon_is_told_by_subject_with_its_history() -> None:
    after = apply_diff(KNOWN, check_episode(script(DEATH), "s01e01", KNOWN))
    assert describe(after) == (
        "hall\n"
        "  name = HALL  (since s01e01, scene scene1, episodes/s01e01.fountain:1)\n"
        "\n"
        "mara\n"
        "  age = 34  (from the start, canon/canon.json)\n"
        "  name = MARA  (since s01e01, scene scene1, episodes/s01e01.fountain:2)\n"
        "  status = alive  (from the start, canon/canon.json)  until s01e01, line 3\n"
        "  status = dead  (since s01e01, scene scene1, episodes/s01e01.fountain:3)\n"
    )


def test_one_subject_alone_by_any_spelling() -> None:
    assert describe(KNOWN, "MARA").startswith("mara\n  age = 34")
    assert describe(KNOWN, "Nobody") == "canon knows nothing about Nobody\n"
    assert describe(CanonSnapshot.create(facts=())) == "canon is empty\n"


def test_a_contradiction_is_told_in_three_lines() -> None:
    diff = check_episode(script("INT. HALL - DAY\nmara.age = 29"), "s01e01", KNOWN)
    assert describe_findings(diff) == (
        "episodes/s01e01.fountain:2: age: mara.age is declared as 29, but it is 34\n"
        "  evidence: canon says mara.age = 34 from the start, canon/canon.json\n"
        "  repair: write 34, or correct it in canon/canon.json"
    )


def test_a_diff_is_told_by_what_it_adds_and_changes() -> None:
    assert describe_diff(check_episode(script(DEATH), "s01e01", KNOWN)) == (
        "s01e01: what episodes/s01e01.fountain declares and introduces (passed)\n"
        "  + hall.name = HALL, since s01e01, scene scene1, episodes/s01e01.fountain:1\n"
        "  + mara.name = MARA, since s01e01, scene scene1, episodes/s01e01.fountain:2\n"
        "  ~ mara.status = dead (was alive), "
        "since s01e01, scene scene1, episodes/s01e01.fountain:3\n"
    )
