"""What the review page shows, as plain values: shots with their lines, scenes, captions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from renderers.captions.cue import Cue, shown_rows
from renderers.framings import FRAMINGS
from renderers.review.heard_words import HeardWords, SpokenPart
from renderers.review.shot_facts import (
    counted,
    film_summary,
    film_title,
    length_text,
    place_of,
    rate_text,
    scene_names,
)
from renderers.review.still import poster_frame
from schemas.asset_manifest import AssetManifest
from schemas.render_output import CaptionViolation, RenderedShot, RenderOutput
from schemas.render_plan import RenderPlan, Resolution
from schemas.script import Script
from schemas.shot_list import Shot, ShotList
from schemas.timing import FrameRate, ms_to_frames, timecode


@dataclass(frozen=True, slots=True)
class Sources:
    """The artifacts a page is made from."""

    script: Script
    shots: ShotList
    manifest: AssetManifest
    plan: RenderPlan
    output: RenderOutput


@dataclass(frozen=True, slots=True)
class ShotEntry:
    """One shot on the page; times are frames of the film."""

    number: int
    shot_id: str
    start: int
    frames: int
    timecode: str
    length: str
    framing: str
    framing_name: str
    scene: str
    scene_id: str
    lines: tuple[SpokenPart, ...]
    action: str
    heard: tuple[str, ...]
    people: str
    camera: str
    reason: str
    rule: str
    tier: str
    made_by: str
    source: str
    placeholders: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def end(self) -> int:
        """The frame after its last."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class SceneEntry:
    """One scene: its first frame, its length, its name, and the number of its first shot."""

    start: int
    frames: int
    name: str
    first_shot: int


@dataclass(frozen=True, slots=True)
class PageModel:
    """The whole page. `poster` is the number of the poster's shot, counted from 0."""

    title: str
    summary: str
    language: str
    status: str
    reasons: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    fps: FrameRate
    frames: int
    size: tuple[int, int]
    poster: int
    scenes: tuple[SceneEntry, ...]
    shots: tuple[ShotEntry, ...]
    captions: tuple[Cue, ...]


def page_model(sources: Sources, cues: tuple[Cue, ...]) -> PageModel:
    """Everything the page says."""
    shots, output = sources.shots, sources.output
    entries = tuple(_entries(sources))
    fmt = output.film.format
    return PageModel(
        title=film_title(shots),
        summary=film_summary(shots, sources.plan, output.shots),
        language=sources.script.language,
        status=output.status,
        reasons=output.reasons,
        facts=tuple(_facts(output)),
        fps=shots.fps,
        frames=output.film.duration_frames,
        size=(fmt.width, fmt.height),
        poster=poster_frame(shots.shots, shots.fps)[0],
        scenes=tuple(_scenes(entries)),
        shots=entries,
        captions=cues,
    )


def _facts(output: RenderOutput) -> Iterator[tuple[str, str]]:
    fmt, loudness = output.film.format, output.loudness
    yield "Picture", f"{fmt.width} × {fmt.height}, {rate_text(fmt.fps)} frames a second"
    if loudness.integrated_centilufs is None or loudness.true_peak_centidbtp is None:
        yield "Sound", "silent"
    else:
        level = f"{_hundredths(loudness.integrated_centilufs)} LUFS"
        yield "Sound", f"{level}, true peak {_hundredths(loudness.true_peak_centidbtp)} dBTP"
    check = output.caption_check
    if check is not None:
        errors = sum(each.severity == "error" for each in check.violations)
        warnings = len(check.violations) - errors
        found = f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
        yield "Captions", f"{check.captions} checked: {found}"
    tiers: dict[str, int] = {}
    for shot in output.shots:
        tiers[shot.tier] = tiers.get(shot.tier, 0) + 1
    yield "Shots", ", ".join(f"{count} {tier}" for tier, count in tiers.items())
    yield "Cost", _dollars(sum(shot.cost_microusd for shot in output.shots))
    yield "Profile", output.profile
    yield "Timing lock", output.timing_lock_hash[:12]


def _entries(sources: Sources) -> Iterator[ShotEntry]:
    fps = sources.shots.fps
    scenes = scene_names(sources.script)
    heard = HeardWords(sources.script, sources.plan, fps)
    missing = {each.asset_key: _missing(each) for each in sources.plan.resolutions}
    warnings = _caption_warnings(sources)
    at = 0
    pairs = zip(sources.shots.shots, sources.output.shots, strict=True)
    for number, (shot, made) in enumerate(pairs, start=1):
        yield ShotEntry(
            number=number,
            shot_id=shot.shot_id,
            start=at,
            frames=shot.duration_frames,
            timecode=timecode(at, fps),
            length=length_text(shot.duration_frames, fps),
            framing=shot.framing,
            framing_name="title" if shot.framing == "TITLE" else FRAMINGS[shot.framing],
            scene=scenes.get(shot.scene_id) or place_of(shot) or shot.framing.capitalize(),
            scene_id=shot.scene_id,
            lines=heard.parts(shot),
            action=" / ".join(
                filter(None, (shot.insert, shot.action_beat, *shot.title_lines, *shot.super_lines))
            ),
            heard=shot.audio.sfx,
            people=", ".join(person.name for person in shot.characters),
            camera=_camera(shot),
            reason=shot.reason,
            rule=shot.template.replace("_", " "),
            tier=made.tier,
            made_by=_made_by(made),
            source=f"{shot.source.file}:{shot.source.line}",
            placeholders=tuple(missing.get(key, key) for key in made.placeholders),
            warnings=(*((made.reason,) if made.reason else ()), *warnings.get(number, ())),
        )
        at += shot.duration_frames


def _missing(resolution: Resolution) -> str:
    """What had to be drawn; why only when there was a file that could not be used."""
    name = f"{resolution.kind} {resolution.subject_id}"
    return f"{name} ({resolution.reason})" if resolution.source_name else name


def _caption_warnings(sources: Sources) -> dict[int, list[str]]:
    """By number of the shot in which the caption begins."""
    check = sources.output.caption_check
    found: dict[int, list[str]] = {}
    for violation in check.violations if check else ():
        frame = ms_to_frames(violation.start_ms, sources.shots.fps)
        at = 0
        for number, shot in enumerate(sources.shots.shots, start=1):
            at += shot.duration_frames
            if frame < at or number == len(sources.shots.shots):
                found.setdefault(number, []).append(_violation_text(violation))
                break
    return found


def _violation_text(violation: CaptionViolation) -> str:
    return (
        f"caption {violation.caption} ({violation.file}), {violation.rule}: "
        f"{violation.found}, allowed {violation.allowed}"
    )


def _camera(shot: Shot) -> str:
    parts = []
    if shot.movement.kind != "static":
        parts.append(shot.movement.kind.replace("_", " "))
    if shot.transition_in.kind != "cut":
        parts.append(shot.transition_in.kind.replace("_", " "))
    if shot.fade_out_frames:
        parts.append("fade out")
    return ", ".join(parts)


def _made_by(made: RenderedShot) -> str:
    """Who made the shot, which take is shown and what it cost; empty for a local preview."""
    parts = (
        made.provider if made.provider != "local" or made.take else "",
        f"take {made.take}" if made.take else "",
        _dollars(made.cost_microusd) if made.cost_microusd else "",
    )
    return ", ".join(part for part in parts if part)


def _dollars(microusd: int) -> str:
    cents = (microusd + 5_000) // 10_000
    return f"${cents // 100}.{cents % 100:02d}"


def _hundredths(value: int) -> str:
    sign = "−" if value < 0 else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"


def _scenes(entries: Sequence[ShotEntry]) -> Iterator[SceneEntry]:
    first = 0
    for number in range(1, len(entries) + 1):
        if number == len(entries) or entries[number].scene_id != entries[first].scene_id:
            begin, last = entries[first], entries[number - 1]
            yield SceneEntry(begin.start, last.end - begin.start, begin.scene, begin.number)
            first = number


def player_data(model: PageModel) -> Mapping[str, object]:
    """What the page's program needs: rate, shots and captions, as plain values."""
    return {
        "fps": [model.fps.num, model.fps.den],
        "frames": model.frames,
        "shots": [shot.start for shot in model.shots],
        "cues": [
            {
                "from": cue.start_frame,
                "to": cue.end_frame,
                "top": cue.at_top,
                "rows": [
                    [[span.text, int(span.italic)] for span in row] for row in shown_rows(cue)
                ],
            }
            for cue in model.captions
        ],
    }
