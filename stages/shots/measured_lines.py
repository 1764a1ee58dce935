"""The spoken lines of a script matched with their measurements in the scratch track."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from schemas.errors import PipelineError
from schemas.scratch_track import ScratchLine, ScratchTrack
from schemas.timing import SAMPLE_RATE_HZ
from stages.sentences import reading_units
from stages.shots.shot_timing import READING_UNITS_PER_SECOND, SHORTEST_ACTION_SAMPLES
from stages.shots.speech_strip import MeasuredLine
from stages.spoken_lines import SpokenLine


def measure_lines(
    lines: Mapping[str, SpokenLine], scratch: ScratchTrack
) -> dict[str, MeasuredLine]:
    """Every line of the script with its duration and words.

    A lyric nobody voices may be missing from the scratch track; it lasts as long as it takes to
    read. Raises PipelineError `scratch-mismatch` for any other line that only one of them has.
    """
    recorded = {line.line_id: line for line in scratch.lines}
    voiced = {line_id for line_id, line in lines.items() if line.speaker_id}
    _refuse_difference(
        missing=sorted(voiced - recorded.keys()), unknown=sorted(recorded.keys() - lines.keys())
    )
    return {
        line_id: _measured(line_id, line.text, recorded.get(line_id))
        for line_id, line in lines.items()
    }


def _measured(line_id: str, text: str, recorded: ScratchLine | None) -> MeasuredLine:
    if recorded is None:
        reading = reading_units(text) * SAMPLE_RATE_HZ // READING_UNITS_PER_SECOND
        return MeasuredLine(line_id, text, max(reading, SHORTEST_ACTION_SAMPLES), ())
    return MeasuredLine(line_id, text, recorded.duration_samples, recorded.words)


def _refuse_difference(missing: list[str], unknown: list[str]) -> None:
    if missing or unknown:
        said = [
            f"{len(ids)} {what} ({', '.join(islice(ids, 3))})"
            for ids, what in (
                (missing, "spoken lines are not recorded"),
                (unknown, "recorded lines are not in the script"),
            )
            if ids
        ]
        raise PipelineError(
            "scratch-mismatch",
            "the scratch track",
            f"it was made from another version of the script: {'; '.join(said)}",
            "record the scratch track again from this script",
        )
