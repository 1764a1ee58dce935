"""What a director looks at, through the memo: a still of each shot, contact sheet, review page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.context import RunContext
from orchestrator.memo import Made, Product, Work
from orchestrator.toolchain import picture_library
from renderers.review import SHEET_VERSION, STILL_VERSION
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import RenderedShot
from schemas.render_plan import RenderPlan
from schemas.script import Script
from schemas.shot_list import Shot, ShotList

if TYPE_CHECKING:
    from renderers.review.sheet import Sheet

OUR_PICTURE = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")


def with_still(
    context: RunContext, plan: RenderPlan, shot: Shot, made: RenderedShot
) -> RenderedShot:
    """The rendered shot with its still, which is taken once per clip."""
    from renderers.review.still import still_size, typical_frame, write_still

    frame, size = typical_frame(shot, plan.format.fps), still_size(plan.format)
    work = Work(
        kind="still",
        label=shot.shot_id,
        operation="take_still",
        version=STILL_VERSION,
        inputs={"clip": made.clip},
        settings={"frame": frame, "size": list(size)},
        toolchain={"pictures": picture_library(), "decoder": _decoder()},
    )

    def make(folder: Path) -> Made:
        out = folder / "still.jpg"
        write_still(context.resolve(made.clip), frame, size, out)
        return Made({"still": Product(out, "picture", license=OUR_PICTURE)})

    still = context.memo.remember(work, make).outputs["still"]
    return made.model_copy(update={"still": still})


def contact_sheet(
    context: RunContext,
    script: Script,
    shots: ShotList,
    plan: RenderPlan,
    rendered: Sequence[RenderedShot],
) -> dict[str, Digest]:
    """The contact sheet of a film as `sheet`, made again when a picture or a text on it changes."""
    from renderers.review.shot_facts import sheet_texts

    texts = sheet_texts(script, shots, plan, rendered)
    stills = [shot.still for shot in rendered if shot.still]
    work = Work(
        kind="film",
        label="contact sheet",
        operation="draw_contact_sheet",
        version=SHEET_VERSION,
        inputs={f"still {n:05d}": still for n, still in enumerate(stills)}
        | {f"font {n}": font for n, font in enumerate(plan.style.fonts)},
        settings={"texts": texts.payload(), "format": plan.format.model_dump(mode="json")},
        toolchain={"ffmpeg": context.ffmpeg.build, "pictures": picture_library()},
    )

    def make(folder: Path) -> Made:
        from renderers.review.sheet import write_sheet

        out = folder / "contact_sheet.png"
        write_sheet(drawn(), out, context.ffmpeg, context.tools(folder))
        return Made({"sheet": Product(out, "picture", license=OUR_PICTURE)})

    def drawn() -> Sheet:
        from renderers.review.sheet import Sheet, SheetShot
        from renderers.review.still import still_size

        shown = tuple(
            SheetShot(context.resolve(still), *row)
            for still, row in zip(stills, texts.rows, strict=True)
        )
        return Sheet(texts.title, texts.summary, shown, still_size(plan.format), context.font_set)

    return dict(context.memo.remember(work, make).outputs)


def _decoder() -> str:
    from importlib.metadata import version

    return f"av {version('av')}"
