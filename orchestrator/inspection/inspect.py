"""Reading the registry for people: status of a show, and what a digest or name stands for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from orchestrator.reporting.quantities import size_text
from orchestrator.shows.show import BUILDS, find_show
from orchestrator.store.blobs import BlobLostError
from orchestrator.store.holdings import size_of_build, sizes_by_kind
from orchestrator.store.registry import Registry, artifact_payload
from schemas.digest import Digest
from schemas.errors import PipelineError

MIN_PREFIX = 4
# Lineage is a tree that shares branches; deeper than this it repeats itself for any film of ours.
MAX_LINEAGE_DEPTH = 12


def show_at(folder: Path) -> Path:
    """The show around `folder`, or `folder` itself when it has a registry of its own.

    Raises PipelineError when there is neither.
    """
    here = folder.resolve()
    if not here.exists():
        raise PipelineError(
            "not-found", str(folder), "there is no such folder", "name the folder of a show"
        )
    found = find_show(here)
    if found is None:
        found = next((p for p in (here, *here.parents) if (p / ".pipeline").is_dir()), None)
    if found is None:
        raise PipelineError(
            "not-found",
            str(folder),
            "is not inside a show: there is no project.yaml and no .pipeline folder",
            "go into the show's folder, or name it",
        )
    return found


def show_status(folder: Path) -> dict[str, Any]:
    """Episodes with their latest runs, and how much the registry holds."""
    show = show_at(folder)
    registry = Registry(show)
    episodes = []
    for episode in registry.episodes():
        run = registry.latest_run(episode)
        if run is None:
            continue
        summary = run["summary"]
        keys = ("episode", "state", "source", "profile", "started_at", "elapsed_ms", "exit_code")
        entry = {key: summary[key] for key in keys}
        entry["placeholders"] = len(summary["placeholders"])
        entry["warnings"] = summary["warnings"]
        entry["error"] = summary["error"]
        entry["build_bytes"] = size_of_build(show, episode)
        episodes.append(entry)
    sizes = {}
    for part in ("blobs", "records", "memo", "runs"):
        files = [path for path in (registry.root / part).rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        sizes[part] = {"files": len(files), "bytes": size}
    kinds = sizes_by_kind(registry)
    return {"show": show.name, "episodes": episodes, "registry": sizes, "kinds": kinds}


def status_text(found: dict[str, Any]) -> str:
    """`show_status` for people."""
    rows = [f"show {found['show']}"]
    for entry in found["episodes"]:
        row = f"  {entry['episode']}: {entry['state']}, {entry['started_at']}"
        if count := entry["placeholders"]:
            row += f", {count} placeholder{'s'[: count != 1]}"
        rows.append(f"{row}, {size_text(entry['build_bytes'])}")
        if entry["error"]:
            rows.append(f"    {entry['error']['where']}: {entry['error']['problem']}")
        rows += [f"    note: {warning}" for warning in entry["warnings"]]
    if not found["episodes"]:
        rows.append("  no episode was run yet: pipeline run EPISODE.fountain")
    held = found["registry"]["blobs"]
    rows.append(f"registry: {held['files']} blobs, {size_text(held['bytes'])}")
    for kind, size in found["kinds"].items():
        rows.append(f"  {kind}: {size['files']}, {size_text(size['bytes'])}")
    return "\n".join(rows)


def describe(folder: Path, name: str) -> dict[str, Any]:
    """What a digest or name stands for: record, content when it is an artifact, lineage.

    A path into a checkpoint folder belongs to the show around it, whatever `folder` says.
    """
    inside = _path_in_build(name)
    if inside is not None:
        folder, name = inside
    show = show_at(folder)
    registry = Registry(show)
    try:
        digest = _digest_of(registry, show, name)
        record = registry.read_record(digest)
        content = None
        if record is not None and record["schema"]:
            content = artifact_payload(registry.blobs.read(digest), digest)
    except BlobLostError as lost:
        raise PipelineError(
            "lost",
            name,
            f"its stored bytes {lost.digest[:12]} are {'damaged' if lost.damaged else 'missing'}",
            "run the episode again: what is lost is made again, with the same bytes",
        ) from None
    return {
        "digest": digest,
        "record": record,
        "path": registry.blobs.path(digest).relative_to(show).as_posix(),
        "lineage": _lineage(registry, digest, 0, set()),
        "content": content,
    }


def description_text(found: dict[str, Any]) -> str:
    """`describe` for people: the record, the way back to the script, the content."""
    import orjson

    record = found["record"]
    rows = [f"{record['schema'] or record['kind'] if record else 'unrecorded'}  {found['digest']}"]
    if record:
        rows.append(f"made by {record['operation']['name']}, {record['size']} bytes")
        if record["license"]:
            rows.append(f"licence {record['license']['license_type']}")
    rows.append("comes from:")
    rows += _lineage_rows(found["lineage"], 1) or ["  nothing: it was written by a person"]
    if found["content"] is not None:
        rows.append(orjson.dumps(found["content"], option=orjson.OPT_INDENT_2).decode())
    else:
        rows.append(f"bytes at {found['path']}")
    return "\n".join(rows)


def _path_in_build(name: str) -> tuple[Path, str] | None:
    """The show and `EPISODE/FILE` for the path of a checkpoint folder or of a file in one."""
    path = Path(name)
    if not path.exists():
        return None
    parts = path.resolve()
    build, file = (parts, "") if parts.parent.name == BUILDS else (parts.parent, parts.name)
    if build.parent.name != BUILDS:
        return None
    return build.parent.parent, f"{build.name}/{file}"


def _digest_of(registry: Registry, show: Path, name: str) -> Digest:
    episode, _, part = name.partition("/")
    run = registry.latest_run(episode) if "." not in episode[:1] else None
    if run is not None:
        return _of_run(run, registry, episode, part.removesuffix(".json"), name)
    if len(name) >= MIN_PREFIX and all(c in "0123456789abcdef" for c in name.lower()):
        found = list(registry.digests_starting(name.lower()))
        if len(found) == 1:
            return found[0]
        if found:
            raise PipelineError(
                "ambiguous",
                name,
                f"{len(found)} digests begin like this",
                "give more characters: " + ", ".join(d[: len(name) + 4] for d in found[:4]),
            )
    known = ", ".join(registry.episodes()) or "none yet"
    raise PipelineError(
        "not-found",
        repr(name),
        f"is neither a stored digest nor an episode of {show.name} (episodes: {known})",
        "for example `pipeline show s01e01/shot_list`",
    )


def _of_run(run: dict[str, Any], registry: Registry, episode: str, part: str, name: str) -> Digest:
    made = {stage["stage"]: stage["artifact"] for stage in run["summary"]["stages"]}
    by_file = {
        "script": made.get("read_script"),
        "canon_diff": made.get("gate_canon"),
        "scratch_track": made.get("record_scratch"),
        "shot_list": made.get("plan_shots"),
        "asset_manifest": made.get("list_assets"),
        "render_plan": made.get("plan_render"),
        "render_output": made.get("render"),
    }
    output = by_file["render_output"]
    if output and part not in by_file and part:
        payload = artifact_payload(registry.blobs.read(output), output)
        files = {f"{episode}.mp4": payload["film"], "film": payload["film"]}
        files |= {f"{episode}.{c['name']}": c for c in payload["captions"]}
        pictures = (payload.get(name) for name in ("poster", "thumbnail", "contact_sheet"))
        files |= {m["name"]: m for m in pictures if m}
        files |= {shot["shot_id"]: {"blob": shot["clip"]} for shot in payload["shots"]}
        if part in files:
            return str(files[part]["blob"])
    digest = by_file.get(part or "render_output")
    if digest is None:
        known = [key for key, value in by_file.items() if value]
        raise PipelineError(
            "not-found",
            name,
            f"the latest run of {episode} has no `{part or 'render_output'}`",
            "it has " + ", ".join([*known, *(["film"] if output else [])]),
        )
    return str(digest)


def _lineage(
    registry: Registry, digest: Digest, depth: int, seen: set[Digest]
) -> list[dict[str, Any]]:
    """Parents, their parents, and so on; each digest is opened once."""
    record = registry.read_record(digest)
    if record is None or depth >= MAX_LINEAGE_DEPTH or digest in seen:
        return []
    seen.add(digest)
    entries = []
    for parent in record["parents"]:
        of_parent = registry.read_record(parent)
        entries.append(
            {
                "digest": parent,
                "kind": of_parent["kind"] if of_parent else "content",
                "operation": of_parent["operation"]["name"] if of_parent else "",
                "parents": _lineage(registry, parent, depth + 1, seen),
            }
        )
    return entries


def _lineage_rows(entries: list[dict[str, Any]], depth: int) -> list[str]:
    rows = []
    for entry in entries:
        made = f" by {entry['operation']}" if entry["operation"] else ""
        rows.append(f"{'  ' * depth}{entry['kind']} {entry['digest'][:12]}{made}")
        rows += _lineage_rows(entry["parents"], depth + 1)
    return rows
