"""Why the latest run of an episode did, or did not do, each piece of work again."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from orchestrator.shows.show import BUILDS, find_episode, show_of_build
from orchestrator.store.registry import Registry
from schemas.errors import PipelineError

KINDS = (
    ("stage", "stages"),
    ("font", "fonts"),
    ("asset", "pictures and sounds"),
    ("line", "lines"),
    ("shot", "shots"),
    ("transition", "transitions"),
    ("still", "stills and contact sheet"),
    ("film", "film and sound"),
    ("review", "review page"),
)


def build_of(typed: Path) -> Path:
    """The checkpoint folder that was named, itself or by its episode."""
    return typed if typed.is_dir() or not typed.is_file() else find_episode(typed).build


def run_first(typed: Path) -> str:
    """What to do before the path a person typed can be explained."""
    episode = str(typed) if typed.is_file() else "EPISODE.fountain"
    return f"run it first: `pipeline run {shlex.quote(episode)}`"


def explain_build(build: Path, typed: Path | None = None) -> dict[str, Any]:
    """The latest run's pieces of work by kind, each with its reason; shots with their rule.

    `typed` is what a person named. Raises PipelineError when no run is known.
    """
    show = show_of_build(build)
    registry = Registry(show)
    episode = build.resolve().name
    run = registry.latest_run(episode)
    if run is None:
        raise PipelineError(
            "not-a-build",
            str(build),
            f"no run of {episode} is known",
            run_first(typed) if typed and typed.is_file() else _known(registry),
        )
    summary = run["summary"]
    shots = _shots(registry, summary)
    work = [
        item | (shots.get(item["name"], {}) if item["kind"] == "shot" else {})
        for item in summary["work"]
    ]
    return {
        "episode": episode,
        "state": summary["state"],
        "work": {kind: [item for item in work if item["kind"] == kind] for kind, _ in KINDS},
        "error": summary["error"],
    }


def explanation_text(found: dict[str, Any]) -> str:
    """`explain_build` for people."""
    rows = [f"{found['episode']}: {found['state']}"]
    for kind, title in KINDS:
        items = found["work"][kind]
        if not items:
            continue
        made = sum(not item["hit"] for item in items)
        rows.append(f"{title}: {made} made, {len(items) - made} reused")
        for item in items:
            verb = "reused" if item["hit"] else "made  "
            rows.append(f"  {verb}  {item['name']}: {item['reason']}")
            if item.get("planned"):
                rows.append(f"          {item['planned']}")
    if found["error"]:
        rows.append(f"error: {found['error']['where']}: {found['error']['problem']}")
    return "\n".join(rows)


def _known(registry: Registry) -> str:
    episodes = registry.episodes()
    if not episodes:
        return run_first(Path())
    return "there are " + ", ".join(f"{BUILDS}/{episode}" for episode in episodes)


def _shots(registry: Registry, summary: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Per shot id, the planning rule that made it."""
    from orchestrator.store.blobs import BlobLostError
    from schemas.shot_list import ShotList

    stages = {stage["stage"]: stage["artifact"] for stage in summary["stages"]}
    digest = stages.get("plan_shots")
    if digest is None:
        return {}
    try:
        shots = registry.load(ShotList, digest).shots
    except BlobLostError:
        return {}
    return {
        shot.shot_id: {"planned": f"{shot.framing} by {shot.template}: {shot.reason}"}
        for shot in shots
    }
