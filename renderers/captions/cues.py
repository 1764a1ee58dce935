"""Captions: every spoken and sung word of the script, cut into cues and timed to the film."""

from __future__ import annotations

from renderers.captions.ass import AssRequest, to_ass
from renderers.captions.cue import CaptionLimits, Cue, CueDraft, limits_for, row_text, shown_rows
from renderers.captions.dual import dual_drafts, simultaneous, solo_drafts
from renderers.captions.files import to_srt, to_vtt
from renderers.captions.labels import speaker_labels
from renderers.captions.lines import film_frames, heard_lines
from renderers.captions.part import line_setting
from renderers.captions.sounds import above_strips, heard_sounds, with_sounds
from renderers.captions.timing import GAP_FRAMES, fit_cues
from schemas.asset_manifest import AssetManifest
from schemas.render_plan import RenderPlan
from schemas.shot_list import ShotList

__all__ = [
    "AssRequest",
    "Cue",
    "build_cues",
    "row_text",
    "shown_rows",
    "to_ass",
    "to_srt",
    "to_vtt",
]


def build_cues(shot_list: ShotList, manifest: AssetManifest, plan: RenderPlan) -> tuple[Cue, ...]:
    """All cues of the film in order; none overlap and none outlasts the film.

    They hold every word of every line, once and in order; with `sdh` also what else is heard,
    where speech leaves room. Raises PipelineError `line-not-placed`
    or `captions-too-dense`.
    """
    lines = heard_lines(shot_list, manifest, plan)
    sdh = plan.captions.sdh
    end_of_film = film_frames(shot_list.shots)
    limits = CaptionLimits(
        plan.captions.max_line_chars, plan.captions.max_lines, plan.captions.max_chars_per_second
    )
    room_chars = limits_for(manifest.language, limits).line_chars
    groups = simultaneous(lines)
    heard = tuple(line for group in groups for line in group)
    labels = iter(
        speaker_labels(heard, always=sdh, room_chars=room_chars, language=manifest.language)
    )
    drafts: list[CueDraft] = []
    for index, group in enumerate(groups):
        following = groups[index + 1][0].start_frame if index + 1 < len(groups) else None
        room_end = end_of_film if following is None else following - GAP_FRAMES
        settings = tuple(
            line_setting(line, next(labels), manifest.language, limits, room_end) for line in group
        )
        drafts.extend(solo_drafts(settings[0]) if len(settings) == 1 else dual_drafts(settings))
    cues = fit_cues(tuple(drafts), end_of_film, shot_list.fps)
    sounds = heard_sounds(shot_list, plan, manifest.language) if sdh else ()
    cues = with_sounds(cues, sounds, end_of_film, shot_list.fps)
    return above_strips(cues, shot_list) if plan.captions.burn_in else cues
