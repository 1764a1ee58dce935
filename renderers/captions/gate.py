"""The quality gate of the captions: the files that are delivered, read back and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from renderers.captions.check import CaptionRules, Finding, check_captions, violation
from renderers.captions.cue import CaptionLimits
from renderers.captions.lines import film_frames
from renderers.captions.reading import ReadCue, read_captions
from renderers.captions.speech import speech_of
from schemas.asset_manifest import AssetManifest
from schemas.project import CaptionStyle
from schemas.render_output import CaptionCheck, CaptionViolation
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList
from schemas.timing import FrameRate, frames_to_ms


def rules_of_film(shot_list: ShotList, manifest: AssetManifest, plan: RenderPlan) -> CaptionRules:
    """What the captions of a film are held against. Raises PipelineError `line-not-placed`."""
    return CaptionRules(
        limits=limits_of(plan.captions),
        language=manifest.language,
        fps=shot_list.fps,
        film_frames=film_frames(shot_list.shots),
        speech=speech_of(shot_list, manifest, plan),
    )


def limits_of(style: CaptionStyle) -> CaptionLimits:
    """The project's own limits."""
    return CaptionLimits(style.max_line_chars, style.max_lines, style.max_chars_per_second)


def check_delivered(files: Mapping[str, bytes], rules: CaptionRules) -> CaptionCheck:
    """The first file by every rule, and the others for showing the same at the same times.

    `files` are bytes by name ending, such as `srt`.
    """
    read = {name: read_captions(data, f"captions.{name}") for name, data in files.items()}
    (first, cues), *others = read.items()
    violations = [*check_captions(cues, rules, first)]
    for name, other in others:
        violations += _differences(cues, other, name, rules.fps)
    return CaptionCheck(captions=len(cues), violations=tuple(violations))


def _differences(
    cues: tuple[ReadCue, ...], other: tuple[ReadCue, ...], name: str, fps: FrameRate
) -> Iterator[CaptionViolation]:
    if len(cues) != len(other):
        finding = Finding("files-differ", f"{len(other)} captions", f"{len(cues)} captions")
        yield violation(finding, name, len(other), (other or cues)[-1])
        return
    # SubStation times lie between two frames, in 1/100 s.
    near = frames_to_ms(1, fps) + 10
    for number, (cue, same) in enumerate(zip(cues, other, strict=True), start=1):
        if cue.texts != same.texts:
            finding = Finding("files-differ", "other words", " / ".join(cue.texts)[:60])
            yield violation(finding, name, number, same)
        elif max(abs(cue.start_ms - same.start_ms), abs(cue.end_ms - same.end_ms)) > near:
            found = f"{same.start_ms} to {same.end_ms} ms"
            allowed = f"{cue.start_ms} to {cue.end_ms} ms"
            yield violation(Finding("files-differ", found, allowed), name, number, same)
