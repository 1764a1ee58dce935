"""What a person should know of a film: how it was read, broken rules, its pace, what is missing."""

from __future__ import annotations

from orchestrator.run.context import RunContext
from schemas.render_output import RenderOutput
from schemas.render_plan import RenderPlan, Resolution
from schemas.scratch_track import ScratchTrack
from schemas.script import Action, Dialogue, Lyric, Script, plain_text
from schemas.shot_list import ShotList


def note_reading(context: RunContext, script: Script) -> None:
    """Add what the writer may have meant otherwise than it is read."""
    from stages.reading.reading_advice import reading_advice

    context.warnings += reading_advice(script)
    _tell_pictographs(context, script)


def _tell_pictographs(context: RunContext, script: Script) -> None:
    """Emoji that the pictures go without. Fonts are opened only where a script has any."""
    from renderers.fonts.pictographs import PICTOGRAPH

    written = "".join(
        plain_text(one.spans)
        for scene in script.scenes
        for one in scene.elements
        if isinstance(one, (Action, Dialogue, Lyric))
    )
    found = "".join(PICTOGRAPH.findall(written))
    if lost := context.font_set.missing(found) if found else ():
        context.warnings.append(
            f"no font has {' '.join(lost)}: the picture goes without, caption files keep it; a "
            "font that has it, such as Noto Emoji, goes under `fonts:` in project.yaml"
        )


def note_film(
    context: RunContext,
    output: RenderOutput,
    shots: ShotList,
    scratch: ScratchTrack,
    plan: RenderPlan,
) -> None:
    """Add warnings, placeholders and the pace to the run's account."""
    _tell_captions(context, output)
    _tell_pacing(context, shots)
    _tell_shots(context, shots, scratch)
    _tell_placeholders(context, plan)
    _tell_pinned_pictures(context, shots, plan)


def _tell_captions(context: RunContext, output: RenderOutput) -> None:
    check = output.caption_check
    if check is None or not check.violations:
        return
    from renderers.captions.verdict import summary_of

    build = context.place.build.relative_to(context.place.show).as_posix()
    context.warnings.append(f"{summary_of(check)}; `pipeline lint {build}` lists them")


def _tell_pacing(context: RunContext, shots: ShotList) -> None:
    """How long the film is against its target; a word only when it is outside."""
    from stages.shots.pacing import pacing_advice, pacing_of, pacing_text

    context.pacing = pacing_of(shots, context.project.target_duration)
    if said := pacing_text(context.pacing):
        context.warnings += (said, *pacing_advice(shots, context.pacing))


def _tell_shots(context: RunContext, shots: ShotList, scratch: ScratchTrack) -> None:
    """Broken rules of the cutting room: a pin can bring them about."""
    from stages.shots.check_shots import check_shots

    broken = check_shots(shots, scratch)
    if broken:
        more = f" and {len(broken) - 1} more" if len(broken) > 1 else ""
        build = context.place.build.relative_to(context.place.show).as_posix()
        said = f"shots break a rule: {broken[0].text}{more}; `pipeline lint {build}` lists them"
        context.warnings.append(said)


def _tell_placeholders(context: RunContext, plan: RenderPlan) -> None:
    context.placeholders = [
        f"{r.kind} {r.subject_id}: {r.reason}"
        for r in plan.resolutions
        if r.status == "placeholder"
    ]
    # A plan that is reused still stands for files that could not be used.
    troubles = [_trouble(r) for r in plan.resolutions if r.source_name and r.reason]
    context.warnings += dict.fromkeys(troubles)


def _tell_pinned_pictures(context: RunContext, shots: ShotList, plan: RenderPlan) -> None:
    """Pictures that a pin asks for and the show does not have: a slip in a name looks like this."""
    drawn = {
        r.subject_id
        for r in plan.resolutions
        if r.kind == "background" and r.status == "placeholder"
    }
    asked = (shot.picture for shot in shots.shots if shot.picture in drawn)
    context.warnings += (
        f"a pin asks for the picture {name}, which the show does not have: put {name}.png into "
        "assets/backgrounds or mend the pin; until then the place is drawn"
        for name in dict.fromkeys(asked)
    )


def _trouble(resolution: Resolution) -> str:
    """What a person should know of a file that was there and could not be used."""
    if resolution.status != "placeholder":
        instead = f"{resolution.source_name} is used instead"
        return f"{resolution.kind} {resolution.subject_id}: {resolution.reason}; {instead}"
    without = resolution.kind in ("music", "sfx", "prop")
    instead = "the film does without it" if without else "a placeholder stands in"
    return f"{resolution.source_name}: {resolution.reason}; {instead}"
