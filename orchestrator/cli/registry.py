"""`pipeline fsck` and `pipeline gc`: the registry checked, mended and collected."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orchestrator.cli.options import AsJson
from orchestrator.seams.console import remark, say, say_json

if TYPE_CHECKING:
    from orchestrator.inspection.kept_records import KeptRecords
    from orchestrator.store.collect import Collection
    from orchestrator.store.fsck import Checkup
    from orchestrator.store.registry import Registry

ShowFolder = Annotated[Path, typer.Argument(metavar="[SHOW]", help="The show's folder.")]

SHOWN = 40


def fsck(
    show: ShowFolder = Path(),
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
    as_json: AsJson = False,
) -> int:
    """Check every stored byte and reference; waits until no run is at work.

    Ends with 0 when all is well, or was mended; with 1 otherwise. What is mended is made again
    by the next run, with the same bytes. The story's canon and the ledger are checked too, and
    never mended: what is damaged there comes back from git or a backup.

    Examples:  pipeline fsck my-show     pipeline fsck my-show --repair
    """
    from orchestrator.inspection.kept_records import check_kept_records
    from orchestrator.store.fsck import check
    from orchestrator.store.fsck import repair as mend
    from schemas.errors import ExitCode

    registry = _registry(show)
    with registry.alone(_waiting):
        if repair:
            before, after = mend(registry)
        else:
            before = after = check(registry)
        kept = check_kept_records(registry.root.parent)
    mended = repair and bool(before.findings) and not after.findings
    healthy = not after.findings and not kept.findings
    if as_json:
        say_json(_checkup(before, kept) | {"healthy": healthy, "repaired": mended})
    else:
        say(_checkup_text(before, kept, repair, mended))
    return int(ExitCode.DONE if healthy else ExitCode.REFUSED)


def gc(
    show: ShowFolder = Path(),
    delete: Annotated[bool, typer.Option("--delete", help="Do it; without, only tell.")] = False,
    max_size: Annotated[
        str, typer.Option("--max-size", help="Keep up to this much, such as 2GB or 500MB.")
    ] = "",
    older_than: Annotated[
        str, typer.Option("--older-than", help="Only what was not used for, such as 30d or 12h.")
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Remove stored results that no film needs any more; without --delete only tell which.

    Kept is what the latest run of each episode used, and the latest that made a film; what
    pipeline.lock.json names; and everything of the last hour. What came in under a licence that
    has ended goes first. Waits until no run is at work.

    Examples:  pipeline gc my-show     pipeline gc my-show --delete --max-size 2GB
    """
    from orchestrator.reporting.quantities import parse_age_s, parse_size_bytes
    from orchestrator.seams.clock import epoch_s
    from orchestrator.store.collect import Limits, plan_collection, remove

    limits = Limits(
        max_size_bytes=parse_size_bytes(max_size) if max_size else None,
        older_than_s=parse_age_s(older_than) if older_than else None,
    )
    registry = _registry(show)
    with registry.alone(_waiting):
        going = plan_collection(registry, limits, epoch_s())
        if delete:
            remove(going)
    if as_json:
        say_json(_collection(going, delete))
    else:
        say(_collection_text(going, delete, limits.max_size_bytes))
    return 0


def _registry(folder: Path) -> Registry:
    from orchestrator.inspection.inspect import show_at
    from orchestrator.store.registry import Registry

    return Registry(show_at(folder))


def _waiting() -> None:
    remark("note: a run is at work in this show; waiting for it to end")


def _checkup(found: Checkup, kept: KeptRecords) -> dict[str, Any]:
    return {
        "findings": [
            {"kind": f.kind, "path": f.path, "problem": f.problem, "remedy": f.remedy}
            for f in (*found.findings, *kept.findings)
        ],
        "blobs": found.blobs,
        "bytes_hashed": found.bytes_hashed,
        "sealed_files": found.sealed,
        "canon_snapshots": kept.snapshots,
        "ledger_lines": kept.ledger_lines,
        "put_aside": found.put_aside,
        "strangers": list(found.strangers),
    }


def _checkup_text(found: Checkup, kept: KeptRecords, repair: bool, mended: bool) -> str:
    from orchestrator.reporting.quantities import size_text

    rows = [f"{f.kind}: {f.path}: {f.problem}" for f in found.findings[:SHOWN]]
    if len(found.findings) > SHOWN:
        rows.append(f"and {len(found.findings) - SHOWN} more (all of them with --json)")
    size = size_text(found.bytes_hashed)
    rows.append(f"{found.blobs} blobs ({size}) and {found.sealed} other files checked")
    if kept.snapshots or kept.ledger_lines:
        snapshots, lines = kept.snapshots, kept.ledger_lines
        rows.append(f"{snapshots} snapshots of canon and {lines} lines of the ledger checked")
    rows += [f"{f.kind}: {f.path}: {f.problem}; {f.remedy}" for f in kept.findings]
    if found.put_aside:
        rows.append(f"{found.put_aside} damaged files lie put aside; `pipeline gc` removes them")
    rows += [f"not of the registry: {name}" for name in found.strangers[:SHOWN]]
    count = f"{len(found.findings)} finding{'' if len(found.findings) == 1 else 's'}"
    if not found.findings:
        rows.append("the registry is healthy" if kept.findings else "healthy")
    elif mended:
        rows.append(f"{count}, all mended; the next run makes again what was lost")
    elif repair:
        rows.append(f"{count}, not all could be mended: check the disk and its permissions")
    else:
        rows.append(f"{count}; `pipeline fsck --repair` mends them")
    return "\n".join(rows)


def _collection(going: Collection, deleted: bool) -> dict[str, Any]:
    return {
        "deleted": deleted,
        "going": {
            name: {"files": len(part), "bytes": sum(stored.size_bytes for stored in part)}
            for name, part in going.parts().items()
        },
        "freed_bytes": going.freed_bytes(),
        "kept_bytes": going.total_bytes - going.freed_bytes(),
        "needed_bytes": going.needed_bytes,
        "licenses_ended": [asdict(each) for each in going.ended],
        "files": [str(stored.path) for part in going.parts().values() for stored in part],
    }


def _collection_text(going: Collection, deleted: bool, limit_bytes: int | None) -> str:
    from orchestrator.reporting.quantities import size_text

    rows = []
    for name, part in going.parts().items():
        size = size_text(sum(stored.size_bytes for stored in part))
        rows += [f"{name}: {len(part)} files, {size}"] if part else []
    kept_bytes = going.total_bytes - going.freed_bytes()
    kept, freed = size_text(kept_bytes), size_text(going.freed_bytes())
    if limit_bytes is not None and kept_bytes > limit_bytes:
        rows.append(f"{kept} are needed by the latest runs or not an hour old: more than the limit")
    rows += [
        f"{each.name}: its licence ended on {each.last_day}, and the film of {each.episode} still"
        " stands on it; take it out or renew it, and run again"
        for each in going.ended
    ]
    if not any(going.parts().values()):
        rows.append("nothing to remove")
    elif deleted:
        rows.append(f"removed {freed}, kept {kept}")
    else:
        rows.append(f"{freed} can go, {kept} stay; `pipeline gc --delete` does it")
    return "\n".join(rows)
