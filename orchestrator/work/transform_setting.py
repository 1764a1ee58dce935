"""What a transformation works with, and which providers are asked for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orchestrator.run.context import RunContext
from orchestrator.spend.routing import UnknownProviderError, row_of
from orchestrator.spend.shops import SceneShop, Shops
from orchestrator.upgrades.transforms import TransformStore
from orchestrator.work.read_media import OwnMedia
from orchestrator.work.transform_wish import TransformWish
from renderers.providers.contract import MediaJob, Medium
from renderers.providers.table import SCENE_ORDER
from schemas.digest import Digest, tagged_digest
from schemas.errors import PipelineError
from schemas.project import Project

WORK_VERSION = 1


@dataclass(frozen=True, slots=True)
class Transformation:
    """One wish about one file. `order` are the providers to ask, first choice first."""

    context: RunContext
    wish: TransformWish
    media: OwnMedia
    digest: Digest
    shops: Shops
    store: TransformStore
    order: tuple[SceneShop, ...]

    def job(self, number: int, shop: SceneShop) -> MediaJob:
        """The request for one variation, as it is handed to a provider."""
        shown = self.media.shown
        return MediaJob(
            shot_id=self.label(number),
            medium=shown.medium,
            media=shown.media,
            poster=shown.poster,
            width=shown.width,
            height=shown.height,
            duration_ms=shown.duration_ms,
            prompt=self.wish.prompt(shown.medium),
            model=shop.model(shown.medium),
            seed=self.seed(number),
            client_token="",
        )

    def label(self, number: int) -> str:
        """What the ledger calls a variation."""
        return f"{self.store.folder.name}/{number}"

    def about(self, number: int) -> dict[str, Any]:
        """What the ledger keeps of it, so that no episode takes its job for one of its own."""
        return {"transform": self.store.folder.name, "number": number, "wish": self.digest}

    def seed(self, number: int) -> int:
        """Another for each variation, the same each time."""
        return int(tagged_digest("TransformSeed", [self.digest, number])[:8], 16) % (2**31)

    def work(self, number: int, shop: SceneShop) -> Digest:
        """The key of the work of making this variation by that provider: it is bought once."""
        return tagged_digest(
            "TransformWork",
            {
                "version": WORK_VERSION,
                "wish": self.digest,
                "number": number,
                "provider": shop.name,
                "model": shop.model(self.media.medium),
            },
        )

    def is_outside(self, provider: str) -> bool:
        """Whether what this provider makes comes from outside this machine."""
        try:
            return not row_of(provider, self.context.project).local
        except UnknownProviderError:
            return True

    def warnings(self, shop: SceneShop) -> tuple[str, ...]:
        """What a person should know of what this provider makes of this clip."""
        if self.media.medium == "image":
            return ()
        shown, said = self.media.shown, []
        used_ms = min(shown.duration_ms, shop.scenes.longest_ms or shown.duration_ms)
        if shown.whole_ms > used_ms + 500:
            said.append(
                f"the first {used_ms / 1000:.1f} s of {shown.whole_ms / 1000:.1f} s were used"
            )
        if shop.scenes.first_picture_only:
            said.append(f"{shop.name} saw the clip's first picture, and not how it goes on")
        return tuple(said)


def transformation_of(
    context: RunContext, wish: TransformWish, media: OwnMedia, shops: Shops
) -> Transformation:
    """The transformation. Raises PipelineError for a provider that cannot be asked."""
    digest = wish.digest(media.source.digest, media.medium)
    note: Callable[[str], None] = context.reporter.note
    order = scene_order(wish.provider, media.medium, context.project)
    return Transformation(
        context=context,
        wish=wish,
        media=media,
        digest=digest,
        shops=shops,
        store=TransformStore(context.place.show, media.source.name, digest),
        order=tuple(shops.open_scenes(name, note) for name in order),
    )


def scene_order(chosen: str, medium: Medium, project: Project) -> tuple[str, ...]:
    """The providers to ask: the chosen one alone, or those of the table by the show's policy.

    Raises PipelineError `provider` when the policy leaves nobody.
    """
    policy = project.routing.policy
    own = tuple(name for name, setup in project.providers.items() if setup.command)
    names = (chosen,) if chosen else (*own, *SCENE_ORDER[medium])
    if policy == "local_only":
        names = tuple(name for name in names if row_of(name, project).local)
    elif policy == "api_only":
        names = tuple(name for name in names if not row_of(name, project).local)
    elif not chosen and policy == "explicit":
        names = SCENE_ORDER[medium]
    if not names:
        raise PipelineError(
            "provider",
            f"--provider {chosen}" if chosen else "routing.policy",
            f"the routing policy {policy} leaves no provider to ask",
            "change `routing` in project.yaml, or give the show a program that declares "
            "`transforms`",
        )
    return names


def require_somebody(asked: Transformation) -> None:
    """Raise PipelineError `provider-key` when no provider of the order can be asked."""
    if any(shop.buyer is not None for shop in asked.order):
        return
    problems = "; ".join(f"{shop.name}: {shop.problem}" for shop in asked.order)
    raise PipelineError(
        "provider-key",
        f"transform {asked.media.source.name}",
        f"no provider can be asked. {problems}",
        "set the key in the environment or in the show's .env; or name a program of yours that "
        "declares `transforms` with --provider",
    )
