"""The render stage: shots, sound and captions into the film and its RenderOutput."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Remembered, Work
from orchestrator.toolchain import film_toolchain, render_toolchain
from orchestrator.work.record_scratch import speech_tools, stand_in_reasons
from orchestrator.work.render_shot import ShotJob, effort, render_shot, shot_jobs, substation
from orchestrator.work.render_sound import Sound, render_sound
from orchestrator.work.render_take import with_takes
from orchestrator.work.render_transition import TransitionJob, render_transition, transition_jobs
from orchestrator.work.review import (
    contact_sheet,
    picture_to_keep,
    remember_waveform,
    with_still,
)
from renderers.captions.lines import film_frames
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest, digest_bytes
from schemas.errors import PipelineError
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import (
    CaptionCheck,
    FilmFile,
    LineageEntry,
    MediaFile,
    RenderedShot,
    RenderedTransition,
    RenderOutput,
    ToolEntry,
)
from schemas.render_plan import RenderPlan
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList

if TYPE_CHECKING:
    from renderers.captions.cues import Cue

RENDER_VERSION = 12
# EBU R 128 allows half a loudness unit; below -50 LUFS there is room tone and no programme.
TOLERANCE_CENTILU = 50
ROOM_TONE_CENTILUFS = -5000
OUR_FILM = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")


@dataclass(frozen=True, slots=True)
class Parents:
    """The digests of the artifacts a film is made from."""

    script: Digest
    scratch_track: Digest
    shot_list: Digest
    asset_manifest: Digest
    render_plan: Digest

    def named(self) -> dict[str, Digest]:
        """Artifact name to digest."""
        return {
            "script": self.script,
            "scratch_track": self.scratch_track,
            "shot_list": self.shot_list,
            "asset_manifest": self.asset_manifest,
            "render_plan": self.render_plan,
        }


def render(context: RunContext, parents: Parents) -> Remembered:
    """The RenderOutput."""
    tools = _all_tools(context)
    work = Work(
        kind="stage",
        label="render",
        operation="render",
        version=RENDER_VERSION,
        inputs=parents.named(),
        toolchain=tools,
    )

    def make(_folder: Path) -> Made:
        rendering = _Render(context, parents)
        output = rendering.output(tools)
        captions = {
            name: Product(data, "captions", license=OUR_FILM)
            for name, data in rendering.captions.items()
        }
        made = Product(output, "RenderOutput", references=tuple(_blobs_of(output)))
        return Made({"artifact": made, **captions})

    return context.memo.remember(work, make)


def _blobs_of(output: RenderOutput) -> list[Digest]:
    stills = (output.poster, output.thumbnail, output.contact_sheet)
    files = [*output.captions, *output.stems, *stills]
    return [
        output.film.blob,
        *(file.blob for file in files if file),
        *(shot.clip for shot in output.shots),
        *(shot.still for shot in output.shots if shot.still),
        *(transition.clip for transition in output.transitions),
    ]


def _all_tools(context: RunContext) -> dict[str, str]:
    return render_toolchain(context.ffmpeg, context.fonts, speech_tools(context.project))


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Everything a film is joined from, and the film's frames with a caption in the picture."""

    shots: list[RenderedShot]
    transitions: list[RenderedTransition]
    sound: Sound
    written: list[tuple[int, int]]

    def in_order(self) -> list[tuple[Digest, int]]:
        """The clips in the order of the film, each with its frames."""
        leading = {each.shot_id: each for each in self.transitions}
        clips = []
        for shot in self.shots:
            if into := leading.get(shot.shot_id):
                clips.append((into.clip, into.duration_frames))
            clips.append(_clip_of(shot))
        return clips


def _not_upgraded(rendered: Sequence[RenderedShot]) -> list[str]:
    return [f"{shot.shot_id} stays a preview: {shot.reason}" for shot in rendered if shot.reason]


def _clip_of(shot: RenderedShot) -> tuple[Digest, int]:
    return shot.clip, shot.clip_frames or shot.duration_frames


class _Render:
    """One film's way through the renderers."""

    def __init__(self, context: RunContext, parents: Parents) -> None:
        self.context = context
        self.parents = parents
        self.captions: dict[str, bytes] = {}
        self.shots = context.load(ShotList, parents.shot_list)
        self.manifest = context.load(AssetManifest, parents.asset_manifest)
        self.plan = context.load(RenderPlan, parents.render_plan)
        locks = {a.timing_lock_hash for a in (self.shots, self.manifest, self.plan)}
        if len(locks) != 1:
            raise PipelineError(
                "timing-lock",
                context.place.episode_id,
                "the ShotList, AssetManifest and RenderPlan do not carry the same timing lock",
                "run the episode again from its script",
            )

    def output(self, tools: dict[str, str]) -> RenderOutput:
        from renderers.captions.cues import build_cues
        from renderers.captions.faces import clear_of_faces
        from renderers.captions.verdict import reasons_of

        cues = build_cues(self.shots, self.manifest, self.plan)
        cues = clear_of_faces(cues, self.shots, self.manifest, self.plan)
        pieces = self._pieces(cues)
        rendered, sound = pieces.shots, pieces.sound
        film, sheet = self._film_and_sheet(pieces)
        frame_count = film_frames(self.shots.shots)
        captions = self._captions(cues)
        check = self._check_captions()
        voices = stand_in_reasons(self.context.load(ScratchTrack, self.parents.scratch_track))
        reasons = (
            *voices,
            *self._reasons(sound),
            *reasons_of(check),
            *_not_upgraded(pieces.shots),
        )
        return RenderOutput.create(
            profile=self.plan.profile,
            timing_lock_hash=self.shots.timing_lock_hash,
            status="degraded" if reasons else "completed",
            reasons=reasons,
            film=FilmFile(
                blob=film["film"],
                size_bytes=self._size(film["film"]),
                duration_frames=frame_count,
                format=self.plan.format,
            ),
            captions=captions,
            stems=tuple(self._media(name, blob) for name, blob in sorted(sound.stems.items())),
            poster=self._media("poster.png", film["poster"]),
            thumbnail=self._media("thumbnail.png", film["thumbnail"]),
            contact_sheet=self._media("contact_sheet.png", sheet["sheet"]),
            shots=tuple(rendered),
            transitions=tuple(pieces.transitions),
            loudness=sound.loudness,
            caption_check=check,
            lineage=tuple(
                LineageEntry(name=name, digest=digest)
                for name, digest in self.parents.named().items()
            ),
            toolchain=tuple(
                ToolEntry(name=name, version=version) for name, version in sorted(tools.items())
            ),
        )

    def _pieces(self, cues: tuple[Cue, ...]) -> _Pieces:
        burn_in = self.plan.captions.burn_in
        previews = shot_jobs(self.shots, self.manifest, self.plan)
        jobs, reasons = with_takes(self.context, self.plan, previews)
        joins = transition_jobs(self.shots, jobs)
        self._require_glyphs(jobs, cues)
        self.context.reporter.expect("render", 2 * len(jobs) + len(joins) + 4)

        def piece(
            job: ShotJob | TransitionJob | None,
        ) -> RenderedShot | RenderedTransition | Sound:
            if job is None:
                return render_sound(self.context, self.shots, self.plan)
            if isinstance(job, TransitionJob):
                return render_transition(self.context, self.plan, cues, job)
            kept = picture_to_keep(job.shot, job.body.part, self.plan.format.fps)
            made = render_shot(self.context, self.plan, cues, job, kept)
            if reason := reasons.get(job.shot.shot_id):
                made = made.model_copy(update={"reason": reason})
            return with_still(self.context, self.plan, job.shot, made, kept)

        # The sound takes longer than any shot and keeps one core busy, so it begins first; short
        # shots come last, so that no core is idle while another finishes a long one.
        order = sorted(range(len(jobs)), key=lambda number: -effort(jobs[number].shot))
        ordered = [jobs[number] for number in order]
        made = self.context.side_by_side(piece, [None, *ordered, *joins])
        rendered = [each for each in made if isinstance(each, RenderedShot)]
        in_place = dict(zip(order, rendered, strict=True))
        return _Pieces(
            shots=[in_place[number] for number in range(len(jobs))],
            transitions=[each for each in made if isinstance(each, RenderedTransition)],
            sound=next(each for each in made if isinstance(each, Sound)),
            written=[(each.start_frame, each.end_frame) for each in cues if burn_in],
        )

    def _require_glyphs(self, jobs: list[ShotJob], cues: tuple[Cue, ...]) -> None:
        """Refuse text that no font can set, before anything is drawn."""
        from renderers.captions.cues import row_text, shown_rows
        from renderers.pictures.shot_picture import texts_shown

        fonts = self.context.font_set
        for job in jobs:
            for text in texts_shown(job.shot):
                fonts.require(text, f"{job.shot.source.file}:{job.shot.source.line}")
        for cue in cues if self.plan.captions.burn_in else ():
            for row in shown_rows(cue):
                said = f"line {cue.line_ids[0]}" if cue.line_ids else f"the sound {cue.label}"
                fonts.require(row_text(row), f"the caption of {said}")

    def _film(self, pieces: _Pieces) -> dict[str, Digest]:
        from renderers.review.still import clip_frame, poster_frame

        sound, clips = pieces.sound, pieces.in_order()
        shot_number, frame = poster_frame(self.shots.shots, self.shots.fps, pieces.written)
        frame = clip_frame(pieces.shots[shot_number], frame)
        poster_clip = clips.index(_clip_of(pieces.shots[shot_number]))
        work = Work(
            kind="film",
            label="film",
            operation="join_film",
            version=RENDER_VERSION,
            inputs={f"clip {n:05d}": clip for n, (clip, _) in enumerate(clips)}
            | {"sound": sound.blob},
            settings={"language": self.manifest.language, "poster": [poster_clip, frame]},
            toolchain=film_toolchain(self.context.ffmpeg),
        )

        def make(folder: Path) -> Made:
            from renderers.film.assemble import FilmRequest, extract_stills, join_film

            resolve = self.context.resolve
            request = FilmRequest(
                clips=[resolve(clip) for clip, _ in clips],
                durations_frames=[frames for _, frames in clips],
                sound=resolve(sound.blob),
                format=self.plan.format,
                language=self.manifest.language,
                ffmpeg=self.context.ffmpeg,
            )
            tools = self.context.tools(folder)
            film = join_film(request, tools, folder)
            shown = (request.clips[poster_clip], frame)
            poster, thumbnail = extract_stills(request, shown, tools, folder)
            parents = tuple(self.parents.named().values())
            return Made(
                {
                    "film": Product(film, "film", license=OUR_FILM, parents=parents),
                    "poster": Product(poster, "picture", license=OUR_FILM),
                    "thumbnail": Product(thumbnail, "picture", license=OUR_FILM),
                }
            )

        film = dict(self.context.memo.remember(work, make).outputs)
        remember_waveform(self.context, film["film"], sound.peaks)
        return film

    def _film_and_sheet(self, pieces: _Pieces) -> list[dict[str, Digest]]:
        def piece(kind: str) -> dict[str, Digest]:
            return self._film(pieces) if kind == "film" else self._contact_sheet(pieces.shots)

        return self.context.side_by_side(piece, ["film", "contact sheet"])

    def _contact_sheet(self, rendered: list[RenderedShot]) -> dict[str, Digest]:
        script = self.context.load(Script, self.parents.script)
        return contact_sheet(self.context, script, self.shots, self.plan, rendered)

    def _captions(self, cues: tuple[Cue, ...]) -> tuple[MediaFile, ...]:
        from renderers.captions.files import to_srt, to_vtt

        fps, highlight = self.shots.fps, self.plan.captions.highlight
        self.captions = {
            "srt": to_srt(cues, fps),
            "vtt": to_vtt(cues, fps, highlight=highlight),
            "ass": substation(self.context, self.plan, cues, (0, film_frames(self.shots.shots))),
        }
        return tuple(
            MediaFile(name=name, blob=digest_bytes(data), size_bytes=len(data))
            for name, data in self.captions.items()
        )

    def _check_captions(self) -> CaptionCheck:
        """What the files that are delivered look like when they are read back."""
        from renderers.captions.gate import check_delivered, rules_of_film

        rules = rules_of_film(self.shots, self.manifest, self.plan)
        return check_delivered(self.captions, rules)

    def _reasons(self, sound: Sound) -> tuple[str, ...]:
        reasons = []
        measured, wanted = sound.loudness, self.plan.loudness
        if measured.integrated_centilufs is not None and measured.true_peak_centidbtp is not None:
            off = measured.integrated_centilufs - wanted.target_centilufs
            if abs(off) > TOLERANCE_CENTILU and measured.integrated_centilufs > ROOM_TONE_CENTILUFS:
                reasons.append(f"loudness is {off / 100:+.2f} LU off its target")
            if measured.true_peak_centidbtp > wanted.true_peak_max_centidbtp:
                reasons.append("the true peak is above its limit")
        return tuple(reasons)

    def _media(self, name: str, blob: Digest) -> MediaFile:
        return MediaFile(name=name, blob=blob, size_bytes=self._size(blob))

    def _size(self, blob: Digest) -> int:
        return self.context.resolve(blob).stat().st_size
