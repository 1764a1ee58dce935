"""`pipeline providers`: who can make shots for a show, what each can do, and what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestrator.inspection.inspect import show_at
from orchestrator.seams.clock import epoch_s
from orchestrator.seams.environment import secret_named
from orchestrator.shows.settings import default_settings, read_settings
from orchestrator.shows.show import project_file
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.outage import Outages, outage_view
from orchestrator.spend.routing import known_providers, row_of
from renderers.providers.contract import Capabilities
from schemas.errors import PipelineError
from schemas.project import Project


def list_providers(folder: Path) -> dict[str, Any]:
    """Every provider of a show: capabilities, models, and the keys that are not set."""
    try:
        show = show_at(folder)
    except PipelineError:
        show = folder.resolve()
    project = _project_at(show)
    outages = Outages(Ledger(show).folder, epoch_s).all()
    found = []
    for name in known_providers(project):
        row = row_of(name, project)
        setup = project.providers.get(name)
        missing = [key for key in row.secret_names if not secret_named(key, show)]
        found.append(
            {
                "provider": name,
                "profile": f"hq_{name}",
                "local": row.local,
                "models": {q: (setup.model if setup else "") or m for q, m in row.models.items()},
                "capabilities": _able(row.capabilities) if row.capabilities else None,
                "missing": missing,
                "ready": not missing,
                "down": outage_view(outages[name]) if name in outages else None,
            }
        )
    return {"providers": found}


def providers_text(found: dict[str, Any]) -> str:
    """`list_providers` for people."""
    rows = []
    for one in found["providers"]:
        where = "on this machine" if one["local"] else "outside"
        state = "ready" if one["ready"] else f"needs {', '.join(one['missing'])}"
        if one["down"]:
            state += f"; down since {one['down']['since']}, asked again from "
            state += one["down"]["ask_again"]
        can = one["capabilities"]
        size = (
            f", up to {can['max_clip_duration_sec']} s and {can['max_resolution']}" if can else ""
        )
        rows.append(f"{one['provider']}: {where}{size}; {state}")
    return "\n".join(rows)


def _project_at(show: Path) -> Project:
    file = project_file(show)
    return (read_settings(file) if file else default_settings(show.name)).project


def _able(capabilities: Capabilities) -> Mapping[str, object]:
    """Capabilities as plan §22.1 names them."""
    return {
        "provider_id": capabilities.provider_id,
        "max_clip_duration_sec": capabilities.max_clip_duration_s,
        "supported_aspect_ratios": list(capabilities.aspect_ratios),
        "supported_fps": list(capabilities.frame_rates),
        "audio_support": capabilities.audio_support,
        "image_to_video": capabilities.image_to_video,
        "text_to_video": capabilities.text_to_video,
        "max_resolution": capabilities.max_resolution,
        "vram_mib": capabilities.vram_mib,
        "transforms": list(capabilities.transforms),
    }
