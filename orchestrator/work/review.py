"""What a director looks at, through the memo: a still of each shot, contact sheet, review page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import library, sheet_toolchain, still_toolchain
from orchestrator.work.film_sources import film_cues
from renderers.ffmpeg.profile import PROFILE_VERSION
from renderers.review import PAGE_VERSION, SHEET_VERSION, STILL_VERSION, WAVEFORM_VERSION
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License
from schemas.render_output import RenderedShot, RenderOutput
from schemas.render_plan import RenderPlan
from schemas.script import Script
from schemas.shot_list import Shot, ShotList

if TYPE_CHECKING:
    from renderers.film.encoded_picture import KeptPicture
    from renderers.film.shot_parts import ShotPart
    from renderers.review.sheet import Sheet
    from schemas.timing import FrameRate

OUR_PICTURE = License(license_type=GENERATED_LOCAL, provider_or_model="preview renderer")


def picture_to_keep(shot: Shot, part: ShotPart, fps: FrameRate) -> KeptPicture:
    """The frame of a shot's clip, which shows that part of it, that its still is taken of."""
    from renderers.film.encoded_picture import KeptPicture
    from renderers.review.still import frame_in_clip, typical_frame

    return KeptPicture(frame_in_clip(typical_frame(shot, fps), part.first, part.count))


def with_still(
    context: RunContext, plan: RenderPlan, shot: Shot, made: RenderedShot, kept: KeptPicture
) -> RenderedShot:
    """The rendered shot with its still, which is taken once per clip: from what its check decoded,
    `kept`, where the clip was made just now."""
    from renderers.review.still import still_size, write_still

    size, frame = still_size(plan.format), kept.frame
    work = Work(
        kind="still",
        label=shot.shot_id,
        operation="take_still",
        version=STILL_VERSION,
        inputs={"clip": made.clip},
        settings={"frame": frame, "size": list(size)},
        toolchain=still_toolchain(),
    )

    def make(folder: Path) -> Made:
        out = folder / "still.jpg"
        write_still(context.resolve(made.clip), frame, size, out, kept.planes)
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
        kind="still",
        label="contact sheet",
        operation="draw_contact_sheet",
        version=SHEET_VERSION,
        inputs={f"still {n:05d}": still for n, still in enumerate(stills)}
        | {f"font {n}": font for n, font in enumerate(plan.style.fonts)},
        settings={"texts": texts.payload(), "format": plan.format.model_dump(mode="json")},
        toolchain=sheet_toolchain(context.ffmpeg),
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


def review_page(context: RunContext, film: Digest, parents: Mapping[str, Digest]) -> Digest:
    """The review page of a RenderOutput made from `parents`; made again when one of them or the
    film's name is another."""
    output = context.load(RenderOutput, film)
    film_name = f"{context.place.episode_id}.mp4"
    peaks = _waveform(context, output.film.blob)
    work = Work(
        kind="review",
        label="review page",
        operation="write_review_page",
        version=PAGE_VERSION,
        inputs={"render_output": film, **parents},
        settings={"film": film_name, "waveform": WAVEFORM_VERSION},
        toolchain={"template": library("jinja2")},
    )

    def make(_folder: Path) -> Made:
        from renderers.review.page import page_html
        from renderers.review.page_model import Sources, page_model
        from renderers.review.still import still_size

        sources = Sources(
            context.load(Script, parents["script"]),
            context.load(ShotList, parents["shot_list"]),
            context.load(AssetManifest, parents["asset_manifest"]),
            context.load(RenderPlan, parents["render_plan"]),
            output,
        )
        seen = (parents["shot_list"], parents["asset_manifest"], parents["render_plan"])
        cues = film_cues(context, seen)
        stills = [context.resolve(shot.still).read_bytes() for shot in output.shots if shot.still]
        page = page_html(
            page_model(sources, cues), stills, still_size(output.film.format), peaks, film_name
        )
        return Made({"page": Product(page, "page", license=OUR_PICTURE)})

    return context.memo.remember(work, make).outputs["page"]


def remember_waveform(context: RunContext, film: Digest, peaks: Sequence[int]) -> None:
    """Keep the waveform of a film whose sound, the same packets, was decoded and measured before it
    was joined."""
    context.memo.remember(
        _waveform_work(context, film), lambda _folder: Made({}, {"peaks": list(peaks)})
    )


def _waveform(context: RunContext, film: Digest) -> list[int]:
    def make(folder: Path) -> Made:
        from renderers.film.film_decoding import decode_samples
        from renderers.review.waveform import waveform

        samples = decode_samples(context.resolve(film), context.ffmpeg, context.tools(folder))
        return Made({}, {"peaks": waveform(samples)})

    return list(context.memo.remember(_waveform_work(context, film), make).facts["peaks"])


def _waveform_work(context: RunContext, film: Digest) -> Work:
    return Work(
        kind="review",
        label="waveform",
        operation="measure_waveform",
        version=WAVEFORM_VERSION,
        inputs={"film": film},
        toolchain={"ffmpeg": context.ffmpeg.build, "profile": str(PROFILE_VERSION)},
    )
