"""One variation by the first provider that gives one, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestrator.spend.buying import Buyer
from orchestrator.spend.caps import caps_of
from orchestrator.spend.purchase import Bought, NotBought, Purchase
from orchestrator.spend.shops import SceneShop
from orchestrator.store.memo import Made, Product, Work
from orchestrator.work.transform_setting import Transformation
from renderers.pictures.image_ingest import ingest_image, open_plate
from renderers.providers.conform import ForeignClip, Unfit, probe_clip
from renderers.providers.contract import MediaJob
from schemas.errors import PipelineError
from schemas.license import GENERATED_LOCAL, PROVIDER_TERMS, License
from schemas.transform import Transform

KEEP_VERSION = 1
_MAX_SIDE: Final = 8192
# What a file begins with, and the ending it gets.
_HEADS: Final = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"RIFF", ".webp"),
    (b"\x1aE\xdf\xa3", ".mkv"),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a variation was not made: an error code, whose it is, and in words.

    `open` is true while a job of it may still give something, so that nobody else may be asked;
    `refused` when a provider would not show it.
    """

    number: int
    code: str
    provider: str
    reason: str
    open: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What really is in a file that a provider gave."""

    ending: str
    width: int
    height: int
    frames: int = 0


def make_variation(asked: Transformation, number: int) -> Transform | Failure:
    """Buy one variation. A job of it that is open is seen to its end before another is begun."""
    reasons: list[str] = []
    failure = Failure(number, "provider-key", "", "")
    for shop in _open_first(asked, number):
        if shop.buyer is None:
            reasons.append(f"{shop.name}: {shop.problem}")
            failure = Failure(number, failure.code, failure.provider or shop.name, "")
            continue
        try:
            made = _bought(asked, number, shop, shop.buyer)
        except NotBought as error:
            reasons.append(error.reason)
            failure = _failure(asked, number, shop, error)
            if failure.open or failure.refused:
                break
            continue
        if isinstance(made, Transform):
            return made
        reasons.append(f"{shop.name}: {made}")
        failure = Failure(number, code_of(shop.name), shop.name, "")
    reason = "; ".join(reasons)
    return Failure(number, failure.code, failure.provider, reason, failure.open, failure.refused)


def code_of(provider: str) -> str:
    """`REPLICATE_ERROR`, and so on."""
    return f"{provider.upper().replace('-', '_')}_ERROR"


def has_open_job(asked: Transformation, number: int) -> bool:
    """Whether some provider may already be at work on a variation."""
    book = asked.shops.ledger.book()
    return any(book.open_for(asked.work(number, shop)) is not None for shop in asked.order)


def _open_first(asked: Transformation, number: int) -> list[SceneShop]:
    """The order, but first whoever an earlier run had asked already and got no answer from."""
    book = asked.shops.ledger.book()

    def begun(shop: SceneShop) -> bool:
        job = book.open_for(asked.work(number, shop))
        return job is not None and job.standing != "reserved"

    return sorted(asked.order, key=lambda shop: not begun(shop))


def _failure(asked: Transformation, number: int, shop: SceneShop, error: NotBought) -> Failure:
    still_open = asked.shops.ledger.book().open_for(asked.work(number, shop)) is not None
    code = {"timeout": "TIMEOUT", "budget": "over-budget"}.get(error.kind, code_of(shop.name))
    return Failure(
        number, code, shop.name, error.reason, still_open, error.kind == "content_rejected"
    )


def _bought(
    asked: Transformation, number: int, shop: SceneShop, buyer: Buyer[MediaJob]
) -> Transform | str:
    """The variation, or what speaks against the file that was paid for."""
    context = asked.context
    kept: list[Transform | str] = []
    with context.registry.scratch() as folder:
        purchase = Purchase(
            context.run_id,
            asked.work(number, shop),
            asked.job(number, shop),
            caps_of(context.project),
            asked.about(number),
        )
        buyer.buy(
            purchase,
            folder / "made",
            lambda bought: kept.append(_keep(asked, number, shop, bought, folder)),
        )
    return kept[0]


def _keep(
    asked: Transformation, number: int, shop: SceneShop, bought: Bought, folder: Path
) -> Transform | str:
    try:
        seen = _looked_at(asked, bought.clip, folder)
    except PipelineError as error:
        if not isinstance(error, Unfit) and error.code != "broken-image":
            raise
        return f"what it gave cannot be used: {error.problem}"
    job = asked.job(number, shop)
    made = asked.store.add(
        bought.clip,
        number,
        seen.ending,
        medium=asked.media.medium,
        source=asked.media.source,
        scene_description=asked.wish.scene,
        style_preset=asked.wish.style,
        aspect_ratio=asked.wish.aspect,
        prompt=job.prompt,
        provider=shop.name,
        model=job.model,
        seed=job.seed,
        width=seen.width,
        height=seen.height,
        duration_frames=seen.frames,
        job=bought.job,
        cost_microusd=bought.cost_microusd,
        warnings=(*asked.warnings(shop), *((bought.overrun,) if bought.overrun else ())),
    )
    store_variation(asked, made)
    return made


def store_variation(asked: Transformation, made: Transform) -> None:
    """Bring a variation and its file into the registry, with the file it was made of as origin."""
    path, context = asked.store.path(made), asked.context
    license_ = license_of(made, external=asked.is_outside(made.provider))
    work = Work(
        kind="asset",
        label=asked.store.name_of(made),
        operation="keep_transform",
        version=KEEP_VERSION,
        inputs={"file": made.media, "source": made.source.digest, "sent": made.source.sent},
        settings={"transform": made.payload()},
    )

    def make(folder: Path) -> Made:
        from orchestrator.seams.foreign_file import take_copy

        copy = take_copy(path, context.place.show, made.media, folder)
        return Made(
            {
                "media": Product(copy, f"transformed {made.medium}", license=license_),
                "artifact": Product(made, made.schema_name(), references=(made.media,)),
            }
        )

    context.memo.remember(work, make)


def license_of(made: Transform, *, external: bool) -> License:
    """What it may be used for: as the provider's terms say, which nobody here has read."""
    return License(
        license_type=PROVIDER_TERMS if external else GENERATED_LOCAL,
        provider_or_model=f"{made.provider} {made.model}".strip(),
        retrieval_date=made.made_at[:10],
    )


def _looked_at(asked: Transformation, file: Path, folder: Path) -> Seen:
    """Decode what came, in a limited process. Raises Unfit or PipelineError `broken-image`."""
    with file.open("rb") as opened:
        head = opened.read(12)
    ending = next((end for begins, end in _HEADS if head.startswith(begins)), ".mp4")
    tools = asked.context.tools(folder)
    if asked.media.medium == "image":
        plate = folder / "plate"
        ingest_image(file, plate, tools, _MAX_SIDE, _MAX_SIDE)
        picture = open_plate(plate)
        darkest, brightest = picture.convert("L").getextrema()
        if darkest == brightest:
            raise Unfit("clip-unfit", "", "the picture shows nothing: it is of one colour")
        return Seen(ending, picture.width, picture.height)
    probed = probe_clip(ForeignClip(file, asked.context.ffmpeg, tools))
    if probed.frames > 1 and len(set(probed.hashes)) == 1:
        raise Unfit("clip-unfit", "", "every frame of the clip is the same picture")
    return Seen(ending, probed.width, probed.height, probed.frames)
