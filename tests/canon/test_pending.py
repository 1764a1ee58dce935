from __future__ import annotations

from canon.gate import check_episode
from canon.pending import check_with_pending
from schemas.canon import CanonDiff, CanonSnapshot
from tests.canon.build import canon, script

EMPTY = CanonSnapshot.create(facts=())
SPEAKS = script("INT. HALL - DAY\nMARA: Hello.", "s01e03")


def proposed(text: str, episode: str) -> CanonDiff:
    return check_episode(script(text, episode), episode, EMPTY)


def test_only_what_the_proposal_alone_contradicts_is_pending() -> None:
    dead = proposed("INT. HALL - DAY\nmara.status = dead", "s01e02")
    diff = check_with_pending(SPEAKS, "s01e03", EMPTY, [dead])
    (finding,) = diff.findings
    assert (diff.gate, finding.pending, finding.severity) == ("flagged", True, "soft")
    assert finding.evidence.startswith("s01e02 proposes it, pending approval: canon says mara.")
    plain = check_episode(SPEAKS, "s01e03", EMPTY)
    assert (diff.added_facts, diff.base) == (plain.added_facts, plain.base)


def test_a_contradiction_of_the_truth_stays_hard_and_is_told_once() -> None:
    known = canon("mara.status = dead")
    dead = proposed("INT. HALL - DAY\nmara.status = dead", "s01e02")
    diff = check_with_pending(SPEAKS, "s01e03", known, [dead])
    assert (diff.gate, [finding.pending for finding in diff.findings]) == ("blocked", [False])


def test_later_proposals_and_its_own_are_not_looked_at() -> None:
    for episode in ("s01e03", "s01e10"):
        dead = proposed("INT. HALL - DAY\nmara.status = dead", episode)
        plain = check_episode(SPEAKS, "s01e03", EMPTY)
        assert check_with_pending(SPEAKS, "s01e03", EMPTY, [dead]) == plain


def test_proposals_count_in_the_order_of_the_story() -> None:
    moved = [
        proposed("INT. HALL - DAY\nmara.location -> barn\nINT. BARN - DAY", "s01e02"),
        proposed("INT. HALL - DAY\nmara.location -> hall", "s01e01"),
    ]
    diff = check_with_pending(SPEAKS, "s01e03", EMPTY, moved)
    assert [finding.attribute for finding in diff.findings] == ["location"]
    back = [moved[1].model_copy(update={"episode": "s01e01"}), moved[0]]
    assert check_with_pending(SPEAKS, "s01e03", EMPTY, back) == diff


def test_a_show_without_continuity_has_nothing_pending() -> None:
    dead = proposed("INT. HALL - DAY\nmara.status = dead", "s01e02")
    diff = check_with_pending(SPEAKS, "s01e03", EMPTY, [dead], "off")
    assert (diff.gate, diff.findings) == ("unchecked", ())
