"""A line that an actor recorded: found among the show's recordings, and made like all others."""

from __future__ import annotations

from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.seams.foreign_file import take_copy
from orchestrator.shows.library import sidecar_license
from orchestrator.shows.rights import refuse_ended
from orchestrator.store.memo import Made, Remembered, Work
from orchestrator.voices.recordings import Recording, Recordings, digest_of_recording
from orchestrator.work.line_recipe import RECORDING_VERSION, made_line
from renderers.speech.voice import SpeechRequest, SpeechUnavailableError
from schemas.digest import digest_bytes
from schemas.errors import PipelineError
from schemas.license import PROPRIETARY_CLEARED, License
from stages.spoken_lines import SpokenLine


def recorded_line(
    context: RunContext, recordings: Recordings, line: SpokenLine, request: SpeechRequest
) -> tuple[Remembered, str]:
    """The line as its actor spoke it, and the recording's name.

    Raises SpeechUnavailableError where there is no recording that can be used.
    """
    recording = _of_line(recordings, line.line_id)
    show = context.place.show
    digest, problem = digest_of_recording(recording, show, context.registry.stamps.digest_of)
    if digest is None:
        raise SpeechUnavailableError(problem)
    cleared = context.project.local_asset_license or PROPRIETARY_CLEARED
    terms = sidecar_license(show, recording.path)
    terms = terms if terms.license_type else License(license_type=cleared)
    refuse_ended(terms, recording.name)
    work = Work(
        kind="line",
        label=line.line_id,
        operation="record_line",
        version=RECORDING_VERSION,
        inputs={"recording": digest, "words": digest_bytes(line.text.encode())},
        settings={"language": request.language, "license": terms.model_dump(mode="json")},
        toolchain={"ffmpeg": context.ffmpeg.build},
    )

    def make(folder: Path) -> Made:
        from renderers.speech.foreign_line import house_line

        wav = folder / "line.wav"
        source = take_copy(recording.path, show, digest, folder)
        try:
            return made_line(house_line(source, request, context.tools(folder), wav), wav, terms)
        except PipelineError as error:
            if error.code != "broken-sound":
                raise
            # A pure verdict about these bytes, so it is remembered like any result.
            return Made({}, {"problem": error.problem})

    done = context.memo.remember(work, make)
    if "problem" in done.facts:
        raise SpeechUnavailableError(f"{recording.name}: {done.facts['problem']}")
    return done, recording.stem


def _of_line(recordings: Recordings, line_id: str) -> Recording:
    if line_id in recordings.stale:
        stale = recordings.stale[line_id]
        raise SpeechUnavailableError(f"the recording {stale} says other words than the line")
    recording = recordings.of_line.get(line_id)
    if recording is None:
        raise SpeechUnavailableError("no recording")
    return recording
