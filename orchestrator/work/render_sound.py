"""Lines, effects, rooms and music into the film's sound: mixed, mastered, encoded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import sound_toolchain
from renderers.review import WAVEFORM_VERSION
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import MeasuredLoudness
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList

if TYPE_CHECKING:
    from renderers.sound.mix import Edit, MixRequest
    from stages.assets.place_sound import SoundPlan

SOUND_VERSION = 3
# Between speeches the bed carries the picture; while somebody speaks it goes 12 dB further down.
BED_UNDER_SPEECH_CENTIDB = 1100
OUR_SOUND = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")


@dataclass(frozen=True, slots=True)
class Sound:
    """The film's sound (AAC in MP4), its stems by file name, what was measured on it, and the peaks
    of its waveform."""

    blob: Digest
    stems: Mapping[str, Digest]
    loudness: MeasuredLoudness
    peaks: tuple[int, ...]


def render_sound(context: RunContext, shot_list: ShotList, plan: RenderPlan) -> Sound:
    """Mix and master, one memo entry for the film's whole sound."""
    from renderers.sound.mix_edits import edits_of
    from stages.assets.place_sound import place_sound

    edits = edits_of(shot_list.shots, shot_list.fps)
    placed = place_sound(shot_list, plan)
    work = Work(
        kind="film",
        label="sound",
        operation="mix_and_master",
        version=SOUND_VERSION,
        inputs=_inputs(placed),
        settings={
            "placed": asdict(placed),
            "edits": [asdict(edit) for edit in edits],
            "loudness": plan.loudness.model_dump(mode="json"),
            "stems": plan.stems,
            "waveform": WAVEFORM_VERSION,
        },
        toolchain=sound_toolchain(context.ffmpeg),
    )

    def make(folder: Path) -> Made:
        from renderers.review.waveform import waveform
        from renderers.sound.master import MasterRequest, master
        from renderers.sound.mix import STEMS, write_mix

        mixed, delivered, heard = (folder / n for n in ("mix.wav", "sound.m4a", "heard.raw"))
        parts = {name: folder / f"{name}.wav" for name in STEMS} if plan.stems else {}
        write_mix(_request(context, placed, edits), mixed, parts)
        measured = master(
            MasterRequest(mixed, delivered, plan.loudness, context.ffmpeg, heard),
            context.tools(folder),
        )
        peaks = waveform(heard)
        heard.unlink()
        stems = _encoded(context, parts | {"mix": mixed}, folder) if plan.stems else {}
        return Made(
            {"sound": Product(delivered, "sound", license=OUR_SOUND)} | stems,
            {"loudness": measured.model_dump(mode="json"), "peaks": peaks},
        )

    done = context.memo.remember(work, make)
    stems = {name: blob for name, blob in done.outputs.items() if name != "sound"}
    return Sound(
        blob=done.outputs["sound"],
        stems=stems,
        loudness=MeasuredLoudness(**done.facts["loudness"]),
        peaks=tuple(done.facts["peaks"]),
    )


def _inputs(placed: SoundPlan) -> dict[str, Digest]:
    heard = {
        "line": [line.blob for line in placed.lines],
        "effect": [effect.blob for effect in placed.effects],
        "music": [music.blob for music in placed.music],
    }
    return {
        f"{kind} {number:05d}": blob
        for kind, blobs in heard.items()
        for number, blob in enumerate(blobs)
    }


def _request(context: RunContext, placed: SoundPlan, edits: tuple[Edit, ...]) -> MixRequest:
    from renderers.sound.mix import MixEffect, MixLine, MixMusic, MixRequest, Room

    resolve = context.resolve
    return MixRequest(
        total_samples=placed.total_samples,
        lines=tuple(
            MixLine(resolve(x.blob), x.start, x.line_id, x.gain_centidb, x.heard_through)
            for x in placed.lines
        ),
        music=tuple(MixMusic(resolve(x.blob), x.start, x.end) for x in placed.music),
        effects=tuple(MixEffect(resolve(x.blob), x.start, x.end) for x in placed.effects),
        rooms=tuple(Room(x.start, x.end, x.place, x.outdoors) for x in placed.rooms),
        edits=edits,
        bed_under_speech_centidb=BED_UNDER_SPEECH_CENTIDB,
    )


def _encoded(context: RunContext, parts: Mapping[str, Path], folder: Path) -> dict[str, Product]:
    """Every stem as FLAC, by file name."""
    from renderers.sound.stems import SUFFIX, encode_stem

    stems = {}
    for name, wav in parts.items():
        out = folder / f"{name}{SUFFIX}"
        encode_stem(wav, out, context.tools(folder), context.ffmpeg)
        stems[out.name] = Product(out, "stem", license=OUR_SOUND)
    return stems
