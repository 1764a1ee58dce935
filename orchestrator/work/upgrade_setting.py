"""What an upgrade works with: the film, the wish, the providers in order and the takes at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orchestrator.run.context import RunContext
from orchestrator.spend.caps import Caps, caps_of
from orchestrator.spend.routing import order_of
from orchestrator.spend.shops import Shop, Shops
from orchestrator.upgrades.takes import Choice, TakeStore
from orchestrator.work.upgrade_wish import UpgradeWish
from schemas.asset_manifest import AssetManifest
from schemas.digest import Digest
from schemas.render_plan import RenderPlan
from schemas.shot_list import Shot, ShotList, shot_lock_hash

if TYPE_CHECKING:
    from schemas.render_output import RenderOutput


@dataclass(frozen=True, slots=True)
class Film:
    """What the upgrade of a film starts from."""

    shot_list: ShotList
    manifest: AssetManifest
    plan: RenderPlan
    output: RenderOutput | None
    shot_list_digest: Digest


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One upgrade of one episode. `order` are the providers to ask, first choice first."""

    context: RunContext
    wish: UpgradeWish
    film: Film
    shops: Shops
    takes: TakeStore
    order: tuple[Shop, ...]

    def lock_of(self, shot: Shot) -> Digest:
        """What a take of the shot has to be made for."""
        return shot_lock_hash(self.film.shot_list.fps, shot)

    def choose(self, shot_id: str, choice: Choice) -> None:
        """Show a take in a shot, or its preview with a reason."""
        self.takes.choose({shot_id: choice}, self.context.profile)

    def caps(self) -> Caps:
        """The most that this run and this day may cost."""
        return caps_of(self.context.project)


def upgrade_of(context: RunContext, wish: UpgradeWish, film: Film, shops: Shops) -> Upgrade:
    """The upgrade of the run's episode. Raises PipelineError for a provider nobody knows."""
    return Upgrade(
        context=context,
        wish=wish,
        film=film,
        shops=shops,
        takes=TakeStore(context.place.show, context.place.episode_id),
        order=tuple(shops.open(name) for name in order_of(context.profile, context.project)),
    )
