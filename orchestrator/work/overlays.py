"""What lies over a film's pictures: burned-in captions, their fonts, and the show's mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.work.drawing import plates
from renderers.pictures.finish import Finish
from schemas.digest import Digest
from schemas.render_plan import RenderPlan

if TYPE_CHECKING:
    from renderers.captions.burned import BurnedCaptions
    from renderers.captions.cues import Cue
    from renderers.pictures.watermark import Mark


def font_inputs(plan: RenderPlan) -> dict[str, Digest]:
    """The fonts that letters in a picture and burned-in captions are set in."""
    return {f"font {n}": digest for n, digest in enumerate(plan.style.fonts)}


def mark_of_show(context: RunContext, plan: RenderPlan) -> Mark | None:
    """The mark that stands in a corner of every frame."""
    return Finish(plan.style, plan.format).mark(plates(context), context.font_set)


def captions_of(
    context: RunContext, plan: RenderPlan, burned: bytes | None
) -> BurnedCaptions | None:
    """Captions with the font files that they need."""
    from renderers.captions.burned import BurnedCaptions

    if not burned:
        return None
    return BurnedCaptions(burned, tuple(context.resolve(font) for font in plan.style.fonts))


def burned_captions(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], frames: tuple[int, int]
) -> bytes | None:
    """The captions to burn into a stretch of the film, its first frame and its length, or None."""
    after = frames[0] + frames[1]
    heard = [c for c in cues if c.start_frame < after and c.end_frame > frames[0]]
    if not plan.captions.burn_in or not heard:
        return None
    return substation(context, plan, tuple(heard), frames)


def substation(
    context: RunContext, plan: RenderPlan, cues: tuple[Cue, ...], frames: tuple[int, int]
) -> bytes:
    """The captions of a stretch of the film, its first frame and its length, as burned in."""
    from renderers.captions.ass import AssRequest, to_ass
    from renderers.fonts.font_names import family_name

    request = AssRequest(
        width=plan.format.width,
        height=plan.format.height,
        fps=plan.format.fps,
        font_name=family_name(context.resolve(plan.style.fonts[0])),
        first_frame=frames[0],
        frame_count=frames[1],
        highlight=plan.captions.highlight,
    )
    return to_ass(cues, request)
