"""The example season: three episodes that agree, and drafts that do not, each with its evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from canon.diff import apply_diff
from canon.gate import check_episode
from orchestrator.canon.seed import read_seed
from schemas.canon import CanonDiff, CanonSnapshot
from stages.reading.read_fountain import read_fountain

SHOW = Path(__file__).parents[2] / "examples" / "nine-twenty"
SEASON = ("s01e01", "s01e02", "s01e03")
# Draft: the rule, the line it stops at, and the episode and line that it contradicts.
DRAFTS = {
    "s01e02-contradiction": ("life_and_death", "NORA", "s01e01", "nora.status -> dead"),
    "s01e03-nora-returns": ("life_and_death", "NORA", "s01e01", "nora.status -> dead"),
    "s01e03-the-old-voice": ("contradicted_fact", "road.voice = nora", "s01e02", "voice -> tess"),
    "s01e03-the-wrong-hour": (
        *("contradicted_fact", "road.true_close = nine twenty"),
        *("s01e01", "road.true_close = nine"),
    ),
    "s01e03-two-keepers": (
        "contradicted_fact",
        "lantern.keeper = cole",
        "s01e01",
        "keeper -> tess",
    ),
    "s01e03-young-cole": ("age", "cole.age = 39", "", ""),
}


def check(path: Path, known: CanonSnapshot, episode: str) -> CanonDiff:
    text = path.read_text(encoding="utf-8")
    return check_episode(read_fountain(text, path.name), episode, known)


def told_before(episode: str) -> CanonSnapshot:
    known = CanonSnapshot.create(facts=read_seed(SHOW / "canon", "canon"))
    for earlier in SEASON[: SEASON.index(episode)]:
        diff = check(SHOW / "episodes" / f"{earlier}.fountain", known, earlier)
        assert (diff.gate, diff.findings) == ("passed", ())
        known = apply_diff(known, diff)
    return known


def test_the_three_episodes_agree() -> None:
    last = SEASON[-1]
    diff = check(SHOW / "episodes" / f"{last}.fountain", told_before(last), last)
    assert (diff.gate, diff.findings) == ("passed", ())
    assert {path.stem for path in (SHOW / "episodes").iterdir()} == set(SEASON)


def test_every_draft_is_expected_here() -> None:
    assert {path.stem for path in (SHOW / "drafts").iterdir()} == set(DRAFTS)


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_draft_is_stopped_where_it_contradicts_with_the_line_it_contradicts(draft: str) -> None:
    rule, stopped, episode, told = DRAFTS[draft]
    path = SHOW / "drafts" / f"{draft}.fountain"
    (finding,) = check(path, told_before(draft[:6]), draft[:6]).findings
    assert finding.rule == rule
    assert stopped in path.read_text(encoding="utf-8").splitlines()[finding.line - 1]
    source = finding.evidence_provenance
    assert source.episode == episode
    if episode:
        lines = (SHOW / "episodes" / f"{episode}.fountain").read_text("utf-8").splitlines()
        assert told in lines[source.line - 1]
    else:
        assert source.file == "canon/canon.json"
