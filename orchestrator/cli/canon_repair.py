"""`pipeline canon repair`: patches to the script that the gate has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestrator.cli.options import AsJson
from orchestrator.seams.console import remark, say, say_json
from schemas.errors import ExitCode

if TYPE_CHECKING:
    from orchestrator.canon.repair import Proposal
    from orchestrator.shows.show import EpisodePlace


def repair(
    episode: Annotated[Path, typer.Argument(help="A .fountain file that contradicts canon.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Write one patch with all the repairs here.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write the repairs, with a backup beside the file.")
    ] = False,
    as_json: AsJson = False,
) -> int:
    """Propose a patch for every contradiction: to the script, never to canon.

    Each was held against the gate before it is offered. Ends with 5 when something is left that
    no patch mends.

    Examples:

      pipeline canon repair my-show/episodes/s01e02.fountain

      pipeline canon repair s01e02.fountain --out mend.patch

      pipeline canon repair s01e02.fountain --apply
    """
    from orchestrator.canon.repair import propose_repairs
    from orchestrator.shows.show import find_episode

    place = find_episode(episode)
    if apply or out is not None:
        return _all(place, apply, out, as_json)
    proposals = propose_repairs(place)
    if as_json:
        say_json([_plain(each) for each in proposals])
    else:
        _tell(proposals, place.episode_id)
    left = any(each.repair is None and each.finding.severity == "hard" for each in proposals)
    return int(ExitCode.BLOCKED if left else ExitCode.DONE)


def _tell(proposals: Sequence[Proposal], episode: str) -> None:
    """The patches on standard output, what they are about on standard error."""
    if not proposals:
        remark(f"nothing in {episode} contradicts canon")
    for each in proposals:
        remark(f"{each.finding.file}:{each.finding.line}: {each.finding.problem}")
        remark(f"  {each.repair.what}" if each.repair else f"  by hand: {each.finding.hint}")
        for other in each.others:
            remark(f"  or: {other}")
        if each.patch:
            say(each.patch.rstrip("\n"))


def _all(place: EpisodePlace, apply: bool, out: Path | None, as_json: bool) -> int:
    from canon.describe import describe_findings
    from orchestrator.canon.repair import repair_all
    from orchestrator.seams.durable_files import replace_file

    result = repair_all(place, write=apply)
    if out is not None:
        replace_file(out, result.patch.encode())
    blocked = result.diff.gate == "blocked"
    if as_json:
        say_json(
            {
                "gate": result.diff.gate,
                "done": list(result.done),
                "patch": result.patch,
                "backup": str(result.backup) if result.backup else None,
                "left": [finding.model_dump(mode="json") for finding in result.diff.findings],
            }
        )
        return int(ExitCode.BLOCKED if blocked else ExitCode.DONE)
    for row in result.done:
        remark(row)
    if result.patch:
        say(result.patch.rstrip("\n"))
        remark(f"the file as it was: {result.backup}" if apply else "nothing was written to it")
    remark(describe_findings(result.diff))
    return int(ExitCode.BLOCKED if blocked else ExitCode.DONE)


def _plain(proposal: Proposal) -> dict[str, object]:
    return {
        "finding": proposal.finding.model_dump(mode="json"),
        "repair": proposal.repair.what if proposal.repair else None,
        "patch": proposal.patch,
        "others": list(proposal.others),
    }
