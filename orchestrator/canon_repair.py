"""Repair proposals for an episode: patches to its Fountain file that the gate has confirmed."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from canon.repair import Repair, repairs
from orchestrator.canon_check import check_script
from orchestrator.durable_files import replace_file, storage_error, write_new
from orchestrator.show import EpisodePlace
from orchestrator.work.gate_canon import canon_before
from orchestrator.work.read_script import parse_screenplay, read_source
from schemas.canon import CanonDiff, Fact, GateFinding
from schemas.errors import PipelineError
from schemas.script import Script

FOUNTAIN = (".fountain", ".spmd", ".txt")
# What `patch` takes for a line; `str.splitlines` knows more ends than that.
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_Kind = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding, the change that mends it, its patch, and what else the gate would accept."""

    finding: GateFinding
    repair: Repair | None
    patch: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The episode after the repairs: the gate's word, what was done, the patch of all of it."""

    diff: CanonDiff
    done: tuple[str, ...]
    patch: str
    backup: Path | None


def propose_repairs(place: EpisodePlace) -> tuple[Proposal, ...]:
    """A proposal for every finding, each on its own against the file as it is.

    What only a proposal of another episode contradicts is left out: canon has not decided yet.
    Raises PipelineError for an episode that is no Fountain file.
    """
    text = _text(place)
    script, diff = _read(place, text)
    proposals = []
    for finding in _open_findings(diff):
        confirmed = list(_confirmed(place, text, script, diff, finding))
        chosen = confirmed[0] if confirmed else None
        patch = _patch(place, text, chosen.text) if chosen else ""
        others = tuple(each.what for each in confirmed[1:])
        proposals.append(Proposal(finding, chosen, patch, others))
    return tuple(proposals)


def repair_all(place: EpisodePlace, write: bool) -> Repaired:
    """Mend one finding after the other; with `write`, write the file once, a backup beside it.

    What cannot be mended stays. Raises PipelineError `changed-meanwhile` when somebody else wrote
    the file in between; then nothing is written.
    """
    data = read_source(place)
    before = text = _text(place, data)
    script, diff = _read(place, text)
    done: list[str] = []
    skipped: Counter[_Kind] = Counter()
    while finding := _next(diff, skipped):
        repair = next(_confirmed(place, text, script, diff, finding), None)
        if repair is None:
            skipped[_kind(finding)] += 1
            continue
        done.append(f"{finding.file}:{finding.line}: {repair.what}")
        text = repair.text
        script, diff = _read(place, text)
    if not done:
        return Repaired(diff, (), "", None)
    backup = _write(place, data, text) if write else None
    return Repaired(diff, tuple(done), _patch(place, before, text), backup)


def _confirmed(
    place: EpisodePlace, text: str, script: Script, diff: CanonDiff, finding: GateFinding
) -> Iterator[Repair]:
    """The repairs after which the finding is gone and no other has come."""
    allowed = _kinds(diff)
    allowed[_kind(finding)] -= 1
    for repair in repairs(text, script, finding, _true_value(place, diff, finding)):
        try:
            _, after = _read(place, repair.text)
        except PipelineError:
            continue  # no longer a screenplay
        if not _kinds(after) - allowed:
            yield repair


def _true_value(place: EpisodePlace, diff: CanonDiff, finding: GateFinding) -> str | None:
    before, _ = canon_before(place)
    said = (*diff.added_facts, *(change.after for change in diff.modified_facts))
    fitting: list[Fact] = [
        fact
        for fact in (*before.facts, *said)
        if (fact.subject, fact.attribute) == (finding.subject, finding.attribute)
        and fact.provenance == finding.evidence_provenance
    ]
    return fitting[-1].value if fitting else None


def _next(diff: CanonDiff, skipped: Counter[_Kind]) -> GateFinding | None:
    left = skipped.copy()
    for finding in _open_findings(diff):
        if not left[_kind(finding)]:
            return finding
        left[_kind(finding)] -= 1
    return None


def _open_findings(diff: CanonDiff) -> list[GateFinding]:
    return [finding for finding in diff.findings if not finding.pending]


def _kinds(diff: CanonDiff) -> Counter[_Kind]:
    return Counter(map(_kind, diff.findings))


def _kind(finding: GateFinding) -> _Kind:
    # Without its line, which a repair may move.
    return finding.rule, finding.subject, finding.attribute, finding.problem


def _read(place: EpisodePlace, text: str) -> tuple[Script, CanonDiff]:
    language = place.settings.project.language
    script = parse_screenplay(text.encode(), place.source, place.name, language)
    return script, check_script(place, script)


def _text(place: EpisodePlace, data: bytes | None = None) -> str:
    if place.source.suffix.lower() not in FOUNTAIN:
        raise PipelineError(
            "not-fountain",
            place.name,
            "only a Fountain file can be repaired",
            "`pipeline canon check` says what to change by hand",
        )
    # A byte order mark stays where it is: the reader takes it for what it is.
    try:
        return (read_source(place) if data is None else data).decode()
    except UnicodeDecodeError:
        raise PipelineError(
            "not-fountain", place.name, "is not UTF-8", "save the file as UTF-8 first"
        ) from None


def _patch(place: EpisodePlace, before: str, after: str) -> str:
    """A unified diff that `patch -p1` and `git apply` take in the show's folder."""
    changed = difflib.unified_diff(
        _LINES.findall(before),
        _LINES.findall(after),
        f"a/{place.name}",
        f"b/{place.name}",
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in changed
    )


def _write(place: EpisodePlace, read: bytes, text: str) -> Path:
    target = place.source.resolve()
    number = 1
    while (backup := target.with_name(f"{target.name}.orig-{number}")).exists():
        number += 1
    try:
        mode = target.stat().st_mode & 0o777
        write_new(backup, read, mode)
        if target.read_bytes() != read:
            backup.unlink()
            raise PipelineError(
                "changed-meanwhile",
                place.name,
                "somebody else wrote the file in the meantime",
                "nothing was written; run the command again",
            )
        replace_file(target, text.encode(), mode)
    except OSError as error:
        raise storage_error(error, target) from None
    return backup
