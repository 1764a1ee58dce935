"""Repair proposals for an episode: patches to its Fountain file that the gate has confirmed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from pathlib import Path

from canon.repair import Repair
from canon.repair_search import Bench, Checked, confirmed, mend, open_findings
from orchestrator.canon.check import check_script
from orchestrator.seams.durable_files import replace_file, storage_error, write_new
from orchestrator.shows.show import EpisodePlace
from orchestrator.work.gate_canon import canon_before
from orchestrator.work.read_script import parse_screenplay, read_source
from schemas.canon import CanonDiff, GateFinding
from schemas.errors import PipelineError

FOUNTAIN = (".fountain", ".spmd", ".txt")
# What `patch` takes for a line; `str.splitlines` knows more ends than that.
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


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
    bench = _bench(place)
    before = bench.check(_text(place, read_source(place)))
    proposals = []
    for finding in open_findings(before.diff):
        found = list(confirmed(bench, before, finding))
        chosen = found[0] if found else None
        patch = _patch(place, before.text, chosen.text) if chosen else ""
        proposals.append(Proposal(finding, chosen, patch, tuple(r.what for r in found[1:])))
    return tuple(proposals)


def repair_all(place: EpisodePlace, write: bool) -> Repaired:
    """Mend one finding after the other; with `write`, write the file once, a backup beside it.

    What cannot be mended stays. Raises PipelineError `changed-meanwhile` when somebody else wrote
    the file in between; then nothing is written.
    """
    data = read_source(place)
    bench = _bench(place)
    before = bench.check(_text(place, data))
    after, done = mend(bench, before)
    backup = _write(place, data, after.text) if write and done else None
    return Repaired(after.diff, done, _patch(place, before.text, after.text), backup)


def _bench(place: EpisodePlace) -> Bench:
    def check(text: str) -> Checked:
        language = place.settings.project.language
        script = parse_screenplay(text.encode(), place.source, place.name, language)
        return Checked(text, script, check_script(place, script))

    return Bench(check, canon_before(place)[0].facts)


def _text(place: EpisodePlace, data: bytes) -> str:
    if place.source.suffix.lower() not in FOUNTAIN:
        raise PipelineError(
            "not-fountain",
            place.name,
            "only a Fountain file can be repaired",
            "`pipeline canon check` says what to change by hand",
        )
    # A byte order mark stays where it is: the reader takes it for what it is.
    try:
        return data.decode()
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
