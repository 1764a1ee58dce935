"""Lines and music into the film's sound: mixed, brought to its loudness, encoded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestrator.context import RunContext
from orchestrator.memo import Made, Product, Work
from orchestrator.toolchain import sound_toolchain
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import MeasuredLoudness
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList
from schemas.timing import frames_to_samples

SOUND_VERSION = 2
# Between speeches the bed carries the picture; while somebody speaks it goes 12 dB further down.
BED_UNDER_SPEECH_CENTIDB = 1100


@dataclass(frozen=True, slots=True)
class Sound:
    """The film's sound (AAC in MP4), its stems, and what was measured on it."""

    blob: Digest
    stems: Mapping[str, Digest]
    loudness: MeasuredLoudness


def render_sound(context: RunContext, shot_list: ShotList, plan: RenderPlan) -> Sound:
    """Mix and master, one memo entry for the film's whole sound."""
    placed = _placed_lines(shot_list, plan)
    total = frames_to_samples(sum(s.duration_frames for s in shot_list.shots), shot_list.fps)
    bed = next((r.blob for r in plan.resolutions if r.kind == "music" and r.blob), None)
    inputs = {f"line {n:05d}": blob for n, (blob, _, _) in enumerate(placed)}
    work = Work(
        kind="film",
        label="sound",
        operation="mix_and_master",
        version=SOUND_VERSION,
        inputs=inputs | ({"bed": bed} if bed else {}),
        settings={
            "starts": [start for _, start, _ in placed],
            "total_samples": total,
            "loudness": plan.loudness.model_dump(mode="json"),
        },
        toolchain=sound_toolchain(context.ffmpeg),
    )

    def make(folder: Path) -> Made:
        from renderers.master import MasterRequest, master
        from renderers.mix import MixLine, MixRequest, write_mix

        lines = tuple(
            MixLine(path=context.resolve(blob), start_sample=start, line_id=line_id)
            for blob, start, line_id in placed
        )
        mixed, delivered = folder / "mix.wav", folder / "sound.m4a"
        request = MixRequest(
            total_samples=total,
            lines=lines,
            bed=context.resolve(bed) if bed else None,
            room_tone=bool(lines),
            bed_under_speech_centidb=BED_UNDER_SPEECH_CENTIDB,
        )
        write_mix(request, mixed)
        measured = master(
            MasterRequest(mixed, delivered, plan.loudness, context.ffmpeg),
            context.tools(folder),
        )
        ours = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")
        return Made(
            {"sound": Product(delivered, "sound", license=ours)},
            {"loudness": measured.model_dump(mode="json")},
        )

    done = context.memo.remember(work, make)
    return Sound(done.outputs["sound"], {}, MeasuredLoudness(**done.facts["loudness"]))


def _placed_lines(shot_list: ShotList, plan: RenderPlan) -> list[tuple[Digest, int, str]]:
    """Audio blob, first sample in the film and line id of every line that sounds."""
    audio = {vo.line_id: vo.audio for vo in plan.vo}
    placed, at = [], 0
    for shot in shot_list.shots:
        for vo in shot.audio.vo:
            blob = audio.get(vo.line_id)
            if blob is not None and vo.in_frames == 0:
                start = frames_to_samples(at + vo.offset_frames, shot_list.fps)
                placed.append((blob, start, vo.line_id))
        at += shot.duration_frames
    return placed
