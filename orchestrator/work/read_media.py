"""A person's photo or clip: hashed, checked and decoded once, and what may be sent of it kept."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.seams.foreign_file import take_copy
from orchestrator.store.memo import Made, Product, Work
from orchestrator.toolchain import picture_library
from orchestrator.work.transform_wish import TransformWish
from renderers.media_ingest import MEDIA_VERSION, Shown, ingest_media, invalid, medium_of
from renderers.providers.conform import ForeignClip
from renderers.providers.contract import Medium
from schemas.digest import digest_file
from schemas.license import License
from schemas.transform import TransformSource

_HEAD_BYTES = 12
# What a person gives of their own is theirs; nobody has said yet who else may have it.
OWN_LICENSE = License(license_type="proprietary_cleared", provider_or_model="own media")


@dataclass(frozen=True, slots=True)
class OwnMedia:
    """What was given, and what may be sent of it."""

    medium: Medium
    source: TransformSource
    shown: Shown


def read_media(context: RunContext, wish: TransformWish) -> OwnMedia:
    """Check and decode the file of the wish. Raises PipelineError `INVALID_INPUT`."""
    path, medium, size_bytes = _checked(wish.media)
    digest = digest_file(path)
    fps = context.project.format.fps
    work = Work(
        kind="asset",
        label=f"own {medium} {path.name}",
        operation="ingest_media",
        version=MEDIA_VERSION,
        inputs={"file": digest},
        settings={"aspect": wish.aspect, "fps": fps.text(), "medium": medium},
        toolchain={"ffmpeg": context.ffmpeg.build, "pictures": picture_library()},
    )

    def make(folder: Path) -> Made:
        source = take_copy(path, path.parent, digest, folder)
        clip = ForeignClip(source, context.ffmpeg, context.tools(folder))
        shown = ingest_media(source, path.name, wish.aspect, fps, clip)
        facts = {
            name: getattr(shown, name) for name in ("width", "height", "duration_ms", "whole_ms")
        }
        products = {
            "media": Product(shown.media, "sent media", license=OWN_LICENSE),
            "poster": Product(shown.poster, "sent picture", license=OWN_LICENSE),
        }
        return Made(products, facts)

    done = context.memo.remember(work, make)
    blobs = context.registry.blobs
    shown = Shown(
        medium, blobs.read(done.outputs["media"]), blobs.read(done.outputs["poster"]), **done.facts
    )
    source = TransformSource(
        name=path.name,
        digest=digest,
        size_bytes=size_bytes,
        sent=done.outputs["media"],
        width=shown.width,
        height=shown.height,
        sent_ms=shown.duration_ms,
    )
    return OwnMedia(medium, source, shown)


def _checked(typed: Path) -> tuple[Path, Medium, int]:
    """The file without links, its kind and its size; nothing but a regular file is opened."""
    try:
        path = typed.resolve(strict=True)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise invalid(typed.name or str(typed), "is not a regular file")
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as file:
            head = file.read(_HEAD_BYTES)
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "links go round in a circle"
        raise invalid(str(typed), f"cannot be read ({reason})") from None
    return path, medium_of(path, status.st_size, head), status.st_size
