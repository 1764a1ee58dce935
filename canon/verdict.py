"""What a rule answers, and how evidence is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.canon import Fact


@dataclass(frozen=True, slots=True)
class Breach:
    """A contradiction: the fact in force that stands against the moment, and what repairs it."""

    evidence: Fact
    problem: str
    hint: str


def claim(fact: Fact) -> str:
    """`mara.status = dead`."""
    return f"{fact.subject}.{fact.attribute} = {fact.value}"


def origin(fact: Fact) -> str:
    """Where a writer finds the fact: `episodes/s01e01.fountain:132`, or the seed."""
    source = fact.provenance
    if not source.file:
        return source.episode or "the seed of the canon"
    return f"{source.file}:{source.line}" if source.line else source.file


def since(fact: Fact) -> str:
    """`since s01e01, scene int_lighthouse, episodes/s01e01.fountain:132`."""
    began = fact.valid_from.episode or fact.provenance.episode
    parts = [f"since {began}" if began else "from the start"]
    scene = fact.valid_from.scene_id or fact.provenance.scene_id
    if scene:
        parts.append(f"scene {scene}")
    if fact.provenance.file:
        parts.append(origin(fact))
    return ", ".join(parts)


def evidence_text(fact: Fact, episode: str) -> str:
    """The fact in words, telling what the script itself says from what canon says."""
    if fact.provenance.episode == episode:
        scene = f", scene {fact.provenance.scene_id}" if fact.provenance.scene_id else ""
        return f"this script says {claim(fact)}{scene}, {origin(fact)}"
    return f"canon says {claim(fact)} {since(fact)}"
