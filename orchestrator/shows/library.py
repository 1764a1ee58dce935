"""The show's own pictures and sounds: found by name, read once, brought into our own formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.run.context import RunContext
from orchestrator.seams.foreign_file import leads_out, refuse_outside, take_copy
from orchestrator.shows.rights import check_day
from orchestrator.shows.yaml_file import read_yaml
from orchestrator.store.memo import Made, Product, Work
from schemas.asset_manifest import NeedKind
from schemas.digest import Digest, digest_file
from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.license import PROPRIETARY_CLEARED, License
from stages.assets.plan_render import LibraryItem

ASSETS = "assets"
INGEST_VERSION = 2

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff", ".gif")
SOUNDS = (".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aac", ".aif", ".aiff")
FOLDERS: dict[str, tuple[NeedKind, tuple[str, ...]]] = {
    "backgrounds": ("background", PICTURES),
    "characters": ("character", PICTURES),
    "props": ("prop", PICTURES),
    "music": ("music", SOUNDS),
    "sfx": ("sfx", SOUNDS),
}
# Meant as a picture or sound, but in a form that cannot be read: named instead of passed over.
FOREIGN = (
    *(".svg", ".heic", ".heif", ".avif", ".jxl", ".psd", ".kra", ".xcf", ".ai", ".eps", ".pdf"),
    *(".wma", ".mid", ".midi", ".aup3", ".m3u", ".m3u8", ".pls", ".ffconcat", ".mp4", ".mov"),
)
# What neither reader would take is not even hashed: a sparse file of terabytes costs nothing to
# send. The readers have their own limits within this one.
MAX_FILE_BYTES = 2 << 30


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """One file of the library. `problem` says why it cannot be used; then it has no digest."""

    kind: NeedKind
    subject_id: str
    variant: str
    name: str
    path: Path
    digest: Digest | None
    license: License
    problem: str = ""


def scan(show: Path, digest_of: Callable[[Path], Digest] = digest_file) -> list[LibraryFile]:
    """Every library file, by name; `digest_of` says what it holds.

    `kitchen.night.png` is the variant `night` of `kitchen`.
    """
    found = []
    for folder, (kind, suffixes) in FOLDERS.items():
        paths = [p for p in sorted((show / ASSETS / folder).glob("*")) if p.name[0] != "."]
        readable = {path.stem for path in paths if path.suffix.lower() in suffixes}
        for path in paths:
            if path.suffix.lower() in suffixes:
                found.append(_describe(show, path, kind, digest_of))
            elif path.suffix.lower() in FOREIGN and path.stem not in readable:
                # A source beside its export, mara.psd beside mara.png, is no mistake.
                found.append(_foreign(show, path, kind, suffixes))
    return found


def ingest(
    context: RunContext, library: Iterable[LibraryFile], wanted: set[tuple[NeedKind, str]]
) -> list[LibraryItem]:
    """The files that meet a need, decoded into our own plates and WAVs, one memo entry each."""
    kinds = {kind for kind, _ in wanted}
    needed = [
        file
        for file in library
        if (file.kind, file.subject_id) in wanted
        or (file.kind in ("music", "sfx") and file.kind in kinds)
    ]
    return context.side_by_side(lambda file: _ingest_one(context, file), needed)


def _foreign(show: Path, path: Path, kind: NeedKind, suffixes: tuple[str, ...]) -> LibraryFile:
    """A file that somebody meant to be used and that cannot be read."""
    readable = " ".join(suffix.removeprefix(".") for suffix in suffixes)
    problem = f"{path.suffix} files cannot be read, export it as one of {readable}"
    subject, _, variant = path.stem.partition(".")
    name = path.relative_to(show).as_posix()
    unlicensed = License(license_type="")
    return LibraryFile(
        kind, slug(subject), slug(variant, ""), name, path, None, unlicensed, problem
    )


def _describe(
    show: Path, path: Path, kind: NeedKind, digest_of: Callable[[Path], Digest]
) -> LibraryFile:
    name = path.relative_to(show).as_posix()
    subject, _, variant = path.stem.partition(".")
    digest, problem = None, ""
    if leads_out(path, show):
        problem = "the file lies outside the show"
    elif not path.is_file():
        problem = "not a regular file"
    else:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                problem = f"the file is larger than {MAX_FILE_BYTES >> 30} GiB"
            else:
                digest = digest_of(path)
        except OSError as error:
            problem = f"the file could not be read: {error.strerror}"
    license_ = sidecar_license(show, path)
    return LibraryFile(
        kind, slug(subject), slug(variant, ""), name, path, digest, license_, problem
    )


def sidecar_license(show: Path, path: Path) -> License:
    """The sidecar's licence; without one, what the project says of its own files."""
    sidecar = path.with_name(path.name + ".license.yaml")
    if not sidecar.is_file():
        return License(license_type="")
    where = sidecar.relative_to(show).as_posix()
    refuse_outside(sidecar, show, where)
    try:
        written = read_yaml(sidecar, where)
    except OSError as error:
        raise PipelineError(
            "license", where, f"could not be read: {error.strerror}", "check the file"
        ) from None
    if not isinstance(written, dict) or not written.get("license_type"):
        raise PipelineError(
            "license", where, "has no `license_type`", "write for example license_type: CC0"
        )
    if not isinstance(written.get("redistributable", False), bool):
        raise PipelineError(
            "license",
            where,
            f"`redistributable` should be true or false, found {written['redistributable']!r}",
            "leave it out when you are not sure; then it counts as false",
        )
    text = {key: value if isinstance(value, bool) else str(value) for key, value in written.items()}
    license_ = License.model_validate(text)
    check_day(license_.expires, where)
    return license_


def _ingest_one(context: RunContext, file: LibraryFile) -> LibraryItem:
    license_ = file.license
    if not license_.license_type:
        cleared = context.project.local_asset_license or PROPRIETARY_CLEARED
        license_ = License(license_type=cleared)
    blob, problem = None, file.problem
    if file.digest is not None:
        blob, problem = _converted(context, file, file.digest, license_)
    return LibraryItem(
        kind=file.kind,
        subject_id=file.subject_id,
        variant=file.variant,
        blob=blob,
        source_name=file.name,
        license=license_,
        problem=problem,
    )


def _converted(
    context: RunContext, file: LibraryFile, digest: Digest, license_: License
) -> tuple[Digest | None, str]:
    fmt = context.project.format
    is_picture = file.kind in ("background", "character", "prop")
    # Half as large again as the film leaves room for closer framings and camera movement.
    size = {"width": fmt.width * 3 // 2, "height": fmt.height * 3 // 2} if is_picture else {}
    work = Work(
        kind="asset",
        label=file.name,
        operation="ingest_picture" if is_picture else "ingest_sound",
        version=INGEST_VERSION,
        inputs={"file": digest},
        settings={**size, "license": license_.model_dump(mode="json")},
        toolchain=_decoder(context, is_picture),
    )

    def make(folder: Path) -> Made:
        from renderers.pictures.image_ingest import ingest_image
        from renderers.sound.audio_ingest import ingest_audio

        out = folder / "ingested"
        tools = context.tools(folder)
        source = take_copy(file.path, context.place.show, digest, folder)
        try:
            if is_picture:
                ingest_image(source, out, tools, size["width"], size["height"])
            else:
                ingest_audio(source, out, tools)
        except PipelineError as error:
            if error.code in ("broken-image", "broken-sound"):
                # A pure verdict about these bytes, so it is remembered like any result.
                return Made({}, {"problem": error.problem})
            raise
        kind = "plate" if is_picture else "sound"
        return Made({"medium": Product(out, kind, license=license_)})

    done = context.memo.remember(work, make)
    return done.outputs.get("medium"), done.facts.get("problem", "")


def _decoder(context: RunContext, is_picture: bool) -> dict[str, str]:
    if not is_picture:
        return {"ffmpeg": context.ffmpeg.build}
    from orchestrator.toolchain import picture_library

    return {"pictures": picture_library()}
