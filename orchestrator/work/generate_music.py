"""Music made for a show that wants some and has none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.store.memo import Made, Product, Work
from renderers.sound.generated_music import GENERATED_MUSIC_VERSION
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.license import GENERATED_LOCAL, License
from stages.assets.library_choice import LibraryItem

GENERATED_BED = License(license_type=GENERATED_LOCAL, provider_or_model="generated bed")


def generated_music(
    context: RunContext, manifest: AssetManifest, library: Iterable[LibraryItem]
) -> tuple[LibraryItem, ...]:
    """A bed for every mood of the film, when the project asks for it and the library has no music.

    One memo entry for each mood.
    """
    has_music = any(item.kind == "music" and item.usable for item in library)
    if context.project.music != "generated" or has_music:
        return ()
    from stages.assets.list_assets import BED

    moods = [
        attribute.value
        for need in manifest.needs
        if need.kind == "music"
        for attribute in need.attributes
        if attribute.name == "mood"
    ]
    return tuple(
        LibraryItem(
            kind="music",
            subject_id=BED,
            variant=mood,
            blob=_bed(context, mood),
            source_name="",
            license=GENERATED_BED,
            found="generated",
        )
        for mood in moods
    )


def _bed(context: RunContext, mood: str) -> Digest:
    work = Work(
        kind="asset",
        label=f"generated music, {mood}",
        operation="generate_music",
        version=GENERATED_MUSIC_VERSION,
        settings={"mood": mood},
    )

    def make(folder: Path) -> Made:
        from renderers.sound.generated_music import write_generated_music

        out = folder / "bed.wav"
        write_generated_music(mood, out)
        return Made({"medium": Product(out, "sound", license=GENERATED_BED)})

    return context.memo.remember(work, make).outputs["medium"]
