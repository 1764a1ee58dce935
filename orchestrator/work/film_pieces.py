"""Everything a film is joined from: its shots, transitions and sound, rendered side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orchestrator.run.context import RunContext
from orchestrator.work.film_sources import FilmSources
from orchestrator.work.render_shot import render_shot
from orchestrator.work.render_sound import Sound, render_sound
from orchestrator.work.render_take import with_takes
from orchestrator.work.render_transition import TransitionJob, render_transition, transition_jobs
from orchestrator.work.review import picture_to_keep, with_still
from orchestrator.work.shot_job import ShotJob, effort, shot_jobs
from schemas.digest import Digest
from schemas.render_output import RenderedShot, RenderedTransition


@dataclass(frozen=True, slots=True)
class FilmPieces:
    """The pieces, shots and transitions each in the order of the film."""

    shots: list[RenderedShot]
    transitions: list[RenderedTransition]
    sound: Sound

    def in_order(self) -> list[tuple[Digest, int]]:
        """The clips in the order of the film, each with its frames."""
        leading = {each.shot_id: each for each in self.transitions}
        clips = []
        for shot in self.shots:
            if into := leading.get(shot.shot_id):
                clips.append((into.clip, into.duration_frames))
            clips.append(clip_of(shot))
        return clips


def clip_of(shot: RenderedShot) -> tuple[Digest, int]:
    """A shot's clip and its frames, those in a transition not counted."""
    return shot.clip, shot.clip_frames or shot.duration_frames


def film_pieces(context: RunContext, sources: FilmSources) -> FilmPieces:
    """Render or reuse every piece. Raises PipelineError of the first that fails."""
    plan, cues = sources.plan, sources.cues
    previews = shot_jobs(sources.shots, sources.manifest, plan)
    jobs, reasons = with_takes(context, plan, previews)
    joins = transition_jobs(sources.shots, jobs)
    _require_glyphs(context, sources, jobs)
    context.reporter.expect("render", 2 * len(jobs) + len(joins) + 4)

    def piece(job: ShotJob | TransitionJob | None) -> RenderedShot | RenderedTransition | Sound:
        if job is None:
            return render_sound(context, sources.shots, plan)
        if isinstance(job, TransitionJob):
            return render_transition(context, plan, cues, job)
        kept = picture_to_keep(job.shot, job.body.part, plan.format.fps)
        made = render_shot(context, plan, cues, job, kept)
        if reason := reasons.get(job.shot.shot_id):
            made = made.model_copy(update={"reason": reason})
        return with_still(context, plan, job.shot, made, kept)

    # The sound takes longer than any shot and keeps one core busy, so it begins first; short
    # shots come last, so that no core is idle while another finishes a long one.
    order = sorted(range(len(jobs)), key=lambda number: -effort(jobs[number].shot, plan.format.fps))
    ordered = [jobs[number] for number in order]
    made = context.side_by_side(piece, [None, *ordered, *joins])
    rendered = [each for each in made if isinstance(each, RenderedShot)]
    in_place = dict(zip(order, rendered, strict=True))
    return FilmPieces(
        shots=[in_place[number] for number in range(len(jobs))],
        transitions=[each for each in made if isinstance(each, RenderedTransition)],
        sound=next(each for each in made if isinstance(each, Sound)),
    )


def _require_glyphs(context: RunContext, sources: FilmSources, jobs: Sequence[ShotJob]) -> None:
    """Refuse text that no font can set, before anything is drawn."""
    from renderers.captions.cues import row_text, shown_rows
    from renderers.pictures.shot_picture import texts_shown

    fonts = context.font_set
    for job in jobs:
        for text in texts_shown(job.shot):
            fonts.require(text, f"{job.shot.source.file}:{job.shot.source.line}")
    for cue in sources.cues if sources.plan.captions.burn_in else ():
        for row in shown_rows(cue):
            said = f"line {cue.line_ids[0]}" if cue.line_ids else f"the sound {cue.label}"
            fonts.require(row_text(row), f"the caption of {said}")
