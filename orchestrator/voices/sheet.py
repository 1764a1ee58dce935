"""Who speaks in an episode and how, and the sheet an actor records from."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from orchestrator.reporting.report import SilentReporter
from orchestrator.run.context import RunContext
from orchestrator.run.engine import prepared_run
from orchestrator.run.request import RunRequest
from orchestrator.shows.library import ASSETS
from orchestrator.shows.show import EpisodePlace
from orchestrator.upgrades.takes import PREVIEW_PROFILE
from orchestrator.voices.cast import cast_voices
from orchestrator.voices.recordings import VOICES, Recordings, file_name, find_recordings
from orchestrator.work.read_script import read_script
from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.script import Script
from stages.spoken_lines import SpokenLine, spoken_lines

COLUMNS = ("character", "scene", "line_id", "parenthetical", "text", "before", "file", "state")


def cast_of(place: EpisodePlace) -> dict[str, Any]:
    """Every speaker of an episode, in order of appearance, with engine, voice and lines."""
    script, lines = _read(place)
    speakers = list(dict.fromkeys(line.speaker_id for line in lines if line.speaker_id))
    voices = cast_voices(place.settings.project, speakers, script.language)
    names = {line.speaker_id: line.speaker for line in reversed(lines)}
    cast = [
        {
            "character": who,
            "name": names[who],
            "engine": voices[who].engine if who in voices else "none",
            "voice": voices[who].voice.name if who in voices else "",
            "lines": sum(line.speaker_id == who for line in lines),
        }
        for who in speakers
    ]
    return {"episode": place.episode_id, "language": script.language, "cast": cast}


def cast_text(cast: dict[str, Any]) -> str:
    """The same for people."""
    rows = [
        f"{each['character']:20} {each['engine']:9} {each['voice']:24} {each['lines']} lines"
        for each in cast["cast"]
    ]
    return "\n".join(rows) or f"nobody speaks in {cast['episode']}"


def sheet_of(place: EpisodePlace, character: str = "") -> dict[str, Any]:
    """The lines to record, of one character or of all, each with the file to record it to.

    `state` is recorded, missing or stale. Raises PipelineError `unknown-character`.
    """
    script, lines = _read(place)
    wanted = slug(character, "")
    speakers = sorted({line.speaker_id for line in lines if line.speaker_id})
    if wanted and wanted not in speakers:
        raise PipelineError(
            "unknown-character",
            f"--character {character}",
            f"nobody of that name speaks in {place.episode_id}",
            f"there is {', '.join(speakers) or 'nobody who speaks'}",
        )
    slugs = {scene.scene_id: scene.slug.text for scene in script.scenes}
    found = find_recordings(place.show, lines)
    rows = [
        {
            "character": line.speaker_id,
            "scene": slugs[line.scene_id],
            "line_id": line.line_id,
            "parenthetical": line.parenthetical,
            "text": line.text,
            "before": _cue_line(lines, number),
            "file": f"{ASSETS}/{VOICES}/{line.speaker_id}/{file_name(line)}",
            "state": _state(line, found),
        }
        for number, line in enumerate(lines)
        if line.speaker_id and wanted in ("", line.speaker_id)
    ]
    return {
        "episode": place.episode_id,
        "lines": rows,
        "unused": [name for name in found.unused if not wanted or f"/{wanted}/" in name],
    }


def sheet_markdown(sheet: dict[str, Any]) -> str:
    """The sheet to print and read from: by character and scene, with the words to answer to."""
    out = [f"# {sheet['episode']}: lines to record", ""]
    out += ["One file a line, any sample rate, WAV or FLAC; silence around it is cut off.", ""]
    rows = sorted(sheet["lines"], key=lambda row: row["character"])
    for character, theirs in groupby(rows, key=lambda row: row["character"]):
        out += [f"## {character}", ""]
        for scene, inside in groupby(theirs, key=lambda row: row["scene"]):
            out += [f"### {_one_line(scene) or 'no slug line'}", ""]
            for row in inside:
                out += _entry(row)
    return "\n".join(out)


def sheet_csv(sheet: dict[str, Any]) -> str:
    """The sheet as a table with a heading (RFC 4180)."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    # A cell that begins like a formula is one to a spreadsheet; an apostrophe makes it words.
    for row in sheet["lines"]:
        table.writerow({k: f"'{v}" if v[:1] in ("=", "+", "-", "@") else v for k, v in row.items()})
    return out.getvalue()


def _read(place: EpisodePlace) -> tuple[Script, list[SpokenLine]]:
    def script(context: RunContext) -> Script:
        return context.load(Script, read_script(context).outputs["artifact"])

    with prepared_run(RunRequest(place, PREVIEW_PROFILE), SilentReporter()) as context:
        read = script(context)
    return read, list(spoken_lines(read))


def _cue_line(lines: Sequence[SpokenLine], number: int) -> str:
    """What is said just before in the same scene: an actor's cue."""
    before = lines[number - 1] if number else None
    if before is None or before.scene_id != lines[number].scene_id:
        return ""
    return f"{before.speaker or 'song'}: {before.text}"


def _state(line: SpokenLine, found: Recordings) -> str:
    if line.line_id in found.of_line:
        return "recorded"
    return "stale" if line.line_id in found.stale else "missing"


def _entry(row: dict[str, str]) -> list[str]:
    done = "x" if row["state"] == "recorded" else " "
    asked = _one_line(row["parenthetical"]).strip("()（）")
    manner = f"*({asked})* " if asked else ""
    entry = [f"> {_one_line(row['before'])}", ""] if row["before"] else []
    entry += [f"- [{done}] {manner}{_one_line(row['text'])}", f"  `{row['file']}`", ""]
    return entry


def _one_line(text: str) -> str:
    return " ".join(text.split())
