"""`pipeline estimate`: what an upgrade would cost, shot by shot, and what speech services would."""

from __future__ import annotations

from typing import Any

from orchestrator.reporting.quantities import dollars
from orchestrator.reporting.report import SilentReporter
from orchestrator.run.context import RunContext
from orchestrator.run.engine import prepared_run
from orchestrator.run.request import RunRequest
from orchestrator.shows.show import EpisodePlace
from orchestrator.work.read_script import read_script
from orchestrator.work.record_scratch import price_speech, record_scratch
from orchestrator.work.upgrade_wish import UpgradeWish
from schemas.digest import Digest


def estimate_upgrade(place: EpisodePlace, profile: str, wish: UpgradeWish) -> dict[str, Any]:
    """What each shot, and each line that a service speaks, would cost.

    The film's plans are made if they are not there yet; for lines that were never bought they go by
    the voices that stand in. Nobody is asked, and nothing is bought.
    """
    with prepared_run(RunRequest(place, profile), SilentReporter()) as context:
        script = read_script(context).outputs["artifact"]
        lines, refusal = price_speech(context, script)
        shots = _priced_shots(context, script, wish)
    speech = [
        {
            "line": line.line_id,
            "character": line.speaker_id,
            "service": line.service,
            "characters": line.chars,
            "cost_microusd": line.estimate.cost_microusd,
            "exact": line.kept or line.estimate.exact,
            "confidence": line.estimate.confidence,
            "there_already": line.kept,
        }
        for line in lines
    ]
    costs = [*shots, *speech]
    return {
        "episode": place.episode_id,
        "profile": profile,
        "quality": wish.quality,
        "shots": shots,
        "speech": speech,
        "speech_refused": refusal,
        "exact_microusd": sum(one["cost_microusd"] for one in costs if one["exact"]),
        "guessed_microusd": sum(one["cost_microusd"] for one in costs if not one["exact"]),
    }


def estimate_text(found: dict[str, Any]) -> str:
    """`estimate_upgrade` for people: a line a shot, and one for each speech service."""
    rows = [f"{found['episode']}, {found['profile']}, quality {found['quality']}"]
    for shot in found["shots"]:
        if not shot["possible"]:
            rows.append(f"  {shot['shot']}: cannot be made: {shot['reason']}")
            continue
        what = shot["provider"] or shot["reason"]
        rows.append(f"  {shot['shot']}: {what}, {dollars(shot['cost_microusd'])}{_unsure(shot)}")
    rows += _speech_rows(found["speech"])
    if found["speech_refused"]:
        rows.append(f"  speech would not be bought: {found['speech_refused']}")
    exact, guessed = dollars(found["exact_microusd"]), dollars(found["guessed_microusd"])
    return "\n".join([*rows, f"exact {exact}, guessed {guessed}"])


def _priced_shots(context: RunContext, script: Digest, wish: UpgradeWish) -> list[dict[str, Any]]:
    from orchestrator.run.upgrade import film_of
    from orchestrator.work.plan import list_assets, plan_shots
    from orchestrator.work.upgrade_shots import price_shots

    scratch = record_scratch(context, script).outputs["artifact"]
    shots = plan_shots(context, script, scratch).outputs["artifact"]
    manifest = list_assets(context, script, shots).outputs["artifact"]
    film = film_of(context, shots, manifest, scratch)()
    return [
        {
            "shot": priced.shot_id,
            "provider": priced.provider,
            "cost_microusd": priced.estimate.cost_microusd if priced.estimate else 0,
            "exact": priced.estimate.exact if priced.estimate else priced.there_already,
            "confidence": priced.estimate.confidence if priced.estimate else "high",
            "reason": priced.reason,
            "possible": priced.estimate is not None or priced.there_already,
        }
        for priced in price_shots(context, wish, film)
    ]


def _speech_rows(speech: list[dict[str, Any]]) -> list[str]:
    rows = []
    for service in dict.fromkeys(line["service"] for line in speech):
        lines = [line for line in speech if line["service"] == service]
        due = [line for line in lines if not line["there_already"]]
        chars = sum(line["characters"] for line in due)
        cost = dollars(sum(line["cost_microusd"] for line in due))
        count = f"{len(due)} of {len(lines)} lines to be spoken, {chars} characters"
        rows.append(f"  speech by {service}: {count}, {cost}{_unsure(due[0]) if due else ''}")
    return rows


def _unsure(priced: dict[str, Any]) -> str:
    return "" if priced["exact"] else f", guessed ({priced['confidence']} confidence)"
