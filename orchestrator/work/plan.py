"""The planning stages: shots, needs, and what meets each need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from orchestrator.run.context import RunContext
from orchestrator.shows.library import LibraryFile, ingest, scan
from orchestrator.store.memo import Made, Product, Remembered, Work
from orchestrator.work.picture_files import OwnPictureFiles, own_picture_files
from renderers.sound.generated_music import GENERATED_MUSIC_VERSION
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.render_plan import ChosenTake
from schemas.scratch_track import ScratchTrack
from schemas.script import Script
from schemas.shot_list import ShotList

SHOTS_VERSION = 18
ASSETS_VERSION = 5
RENDER_PLAN_VERSION = 5


def plan_shots(context: RunContext, script: Digest, scratch: Digest) -> Remembered:
    """The ShotList; its timing lock is made here."""
    from orchestrator.shows.shot_pins import read_pins

    fps, pins = context.project.format.fps, read_pins(context.place)
    ending = context.project.end_card
    work = Work(
        kind="stage",
        label="plan_shots",
        operation="plan_shots",
        version=SHOTS_VERSION,
        inputs={"script": script, "scratch_track": scratch},
        settings={
            "fps": fps.model_dump(mode="json"),
            "pins": [asdict(pin) for pin in pins],
            "end_card": ending,
            "inserts": context.project.inserts,
        },
    )

    def planned() -> ShotList:
        # Loaded only when there is something to plan: a rerun should not have to wait for it.
        from stages.shots.plan_shots import ShotSettings
        from stages.shots.plan_shots import plan_shots as plan

        return plan(
            context.load(Script, script),
            context.load(ScratchTrack, scratch),
            ShotSettings(fps, end_card=ending, inserts=context.project.inserts, pins=pins),
        )

    return context.remember_artifact(work, planned)


def list_assets(context: RunContext, script: Digest, shot_list: Digest) -> Remembered:
    """The AssetManifest."""
    from orchestrator.work.known_looks import known_looks

    looks = known_looks(context)
    work = Work(
        kind="stage",
        label="list_assets",
        operation="list_assets",
        version=ASSETS_VERSION,
        inputs={"script": script, "shot_list": shot_list},
        settings={
            "looks": {
                who: [each.model_dump(mode="json") for each in said] for who, said in looks.items()
            }
        },
    )

    def listed() -> AssetManifest:
        from stages.assets.list_assets import list_assets as list_needs

        return list_needs(context.load(Script, script), context.load(ShotList, shot_list), looks)

    return context.remember_artifact(work, listed)


def plan_render(
    context: RunContext, shot_list: Digest, manifest: Digest, scratch: Digest
) -> Remembered:
    """The RenderPlan. The library is known by content, so a renamed folder changes nothing."""
    from orchestrator.work.choose_takes import choose_takes
    from stages.caption_style import caption_style

    project = context.project
    takes = choose_takes(context, context.load(ShotList, shot_list))
    own = own_picture_files(context)
    library = scan(context.place.show, context.registry.stamps.digest_of)
    work = Work(
        kind="stage",
        label="plan_render",
        operation="plan_render",
        version=RENDER_PLAN_VERSION,
        inputs={"shot_list": shot_list, "asset_manifest": manifest, "scratch_track": scratch}
        | {f"asset {file.name}": file.digest for file in library if file.digest},
        settings={
            "profile": context.profile,
            "format": project.format.model_dump(mode="json"),
            "captions": caption_style(project).model_dump(mode="json"),
            "loudness": project.loudness.model_dump(mode="json"),
            "music": [project.music, GENERATED_MUSIC_VERSION],
            "stems": project.stems,
            "placeholder_tag": project.placeholder_tag,
            "local_asset_license": project.local_asset_license,
            "licenses": [file.license.model_dump(mode="json") for file in library],
            "unusable": {file.name: file.problem for file in library if file.problem},
            "fonts": list(context.fonts),
            "takes": [take.model_dump(mode="json") for take in takes],
            "theme": project.picture.theme.model_dump(mode="json"),
            "grade": [project.picture.grade, own.lut],
            "watermark": own.watermark.model_dump(mode="json") if own.watermark else None,
        },
        toolchain={"ffmpeg": context.ffmpeg.build},
    )
    return context.memo.remember(
        work, lambda _folder: _resolve(context, work.inputs, library, takes, own)
    )


def _resolve(
    context: RunContext,
    inputs: Mapping[str, Digest],
    library: list[LibraryFile],
    takes: tuple[ChosenTake, ...],
    own: OwnPictureFiles,
) -> Made:
    from orchestrator.work.generate_music import generated_music
    from stages.assets.own_props import is_shown
    from stages.assets.plan_render import RenderPlanRequest
    from stages.assets.plan_render import plan_render as plan

    needs = context.load(AssetManifest, inputs["asset_manifest"])
    wanted = {(need.kind, need.subject_id) for need in needs.needs}
    shot_list = context.load(ShotList, inputs["shot_list"])
    things = {file.subject_id for file in library if file.kind == "prop"}
    wanted |= {("prop", thing) for thing in things if is_shown(thing, shot_list)}
    ingested = tuple(ingest(context, library, wanted))
    request = RenderPlanRequest(
        manifest=needs,
        scratch=context.load(ScratchTrack, inputs["scratch_track"]),
        shot_list=shot_list,
        library=(*ingested, *generated_music(context, needs, ingested)),
        project=context.project,
        profile=context.profile,
        fonts=tuple(context.fonts),
        takes=takes,
        lut=own.lut,
        watermark=own.watermark,
    )
    made = plan(request)
    blobs = [r.blob for r in made.resolutions if r.blob] + [v.audio for v in made.vo if v.audio]
    blobs += [take.clip for take in made.takes if take.clip] + own.blobs()
    return Made({"artifact": Product(made, "RenderPlan", references=tuple(blobs))})
