"""The canon gate on an episode as it is on disk now: no film, nothing written."""

from __future__ import annotations

from orchestrator.shows.show import EpisodePlace
from orchestrator.work.gate_canon import canon_before
from orchestrator.work.read_script import parse_screenplay, read_source
from schemas.canon import CanonDiff
from schemas.script import Script


def script_now(place: EpisodePlace) -> Script:
    """The episode's Script. Raises PipelineError for a screenplay that cannot be read."""
    language = place.settings.project.language
    return parse_screenplay(read_source(place), place.source, place.name, language)


def check_now(place: EpisodePlace) -> CanonDiff:
    """The diff the episode implies, with every finding; the same that a run of it would make."""
    return check_script(place, script_now(place))


def check_script(place: EpisodePlace, script: Script) -> CanonDiff:
    """The same for another text of the episode."""
    from canon.pending import check_with_pending

    before, pending = canon_before(place)
    mode = place.settings.project.continuity_mode
    return check_with_pending(script, place.episode_id, before, pending, mode)
