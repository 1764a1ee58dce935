"""The providers of one run, each ready to be asked and bought from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic

from orchestrator.run.context import RunContext
from orchestrator.seams.clock import Stopwatch, epoch_s, sleep_ms
from orchestrator.seams.environment import secret_named
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.seams.http_client import HttpClient
from orchestrator.spend.buying import Buyer
from orchestrator.spend.doorman import Doorman, Standing
from orchestrator.spend.ledger import Ledger
from orchestrator.spend.outage import Outages
from orchestrator.spend.patience import Pace
from orchestrator.spend.routing import UnknownProviderError, row_of
from orchestrator.spend.watched import Watched
from renderers.providers.contract import (
    ClipJob,
    Job,
    MediaJob,
    Medium,
    Provider,
    ProviderError,
)
from renderers.providers.row import Configured, Row, Scenes, Surroundings
from schemas.errors import PipelineError
from schemas.project import ProviderSetup
from schemas.take import Quality

if TYPE_CHECKING:
    from orchestrator.shows.show import EpisodePlace


@dataclass(frozen=True, slots=True)
class AnyShop(Generic[Job]):
    """One provider, ready to be asked; without a buyer `problem` says why it cannot be."""

    name: str
    row: Row
    setup: ProviderSetup
    provider: Provider[Job] | None
    buyer: Buyer[Job] | None
    problem: str = ""

    @property
    def external(self) -> bool:
        """Whether anything leaves this machine."""
        return not self.row.local


@dataclass(frozen=True, slots=True)
class Shop(AnyShop[ClipJob]):
    """A provider of clips for shots."""

    def model(self, quality: Quality) -> str:
        """What makes clips of a quality: the show's own choice, or the table's."""
        return self.setup.model or self.row.models[quality]


@dataclass(frozen=True, slots=True)
class SceneShop(AnyShop[MediaJob]):
    """A provider that is given media of a person's own, and what it makes of them."""

    scenes: Scenes = field(kw_only=True)

    def model(self, medium: Medium) -> str:
        """What transforms this kind of media: the show's own program's model, or the table's.

        The model that a show chose for its shots makes no pictures of people.
        """
        return self.setup.model if self.row.local else self.scenes.models.get(medium, "")


class Shops:
    """The providers of one run; they share one network, one ledger and one clock."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._watch = Stopwatch()
        self._http = HttpClient()
        self.ledger = Ledger(context.place.show)
        self._opened: dict[str, Shop] = {}

    def open(self, name: str) -> Shop:
        """The provider called so, the same one each time."""
        if name not in self._opened:
            self._opened[name] = self._new(name)
        return self._opened[name]

    def open_scenes(self, name: str, note: Callable[[str], None]) -> SceneShop:
        """The provider called so for media of a person's own; `note` is told how its jobs go on.

        Raises UnknownProviderError for one that takes only shots.
        """
        project = self._context.project
        row = row_of(name, project)
        if row.scenes is None:
            raise UnknownProviderError(
                "provider",
                f"provider {name}",
                "makes clips of shots, and nothing of your own pictures and clips",
                "use replicate for pictures, runway or leonardo for clips, or a program of yours "
                "that declares `transforms`",
            )
        setup = project.providers.get(name, ProviderSetup())
        around, missing = self._surroundings(row)
        try:
            made = row.scenes.build(_configured(setup, self._context.place), around)
        except ProviderError as error:
            return SceneShop(name, row, setup, None, None, error.problem, scenes=row.scenes)
        if missing:
            return SceneShop(name, row, setup, made, None, _unset(missing), scenes=row.scenes)
        own = "give_up_after_s" in setup.model_fields_set
        wait_s = setup.give_up_after_s if own else row.scenes.give_up_after_s
        doorman, pace = self._pacing(name, row, setup, wait_s)
        watched = Watched(made, lambda said: note(f"{name}: {said}"))
        buyer = Buyer(watched, self.ledger, doorman, pace)
        return SceneShop(name, row, setup, made, buyer, scenes=row.scenes)

    def close(self) -> None:
        """Let go of the network."""
        self._http.close()

    def _new(self, name: str) -> Shop:
        project = self._context.project
        row = row_of(name, project)
        setup = project.providers.get(name, ProviderSetup())
        around, missing = self._surroundings(row)
        try:
            provider = row.build(_configured(setup, self._context.place), around)
        except ProviderError as error:
            return Shop(name, row, setup, None, None, error.problem)
        if missing:
            # Without its keys it can still say what it would cost.
            return Shop(name, row, setup, provider, None, _unset(missing))
        doorman, pace = self._pacing(name, row, setup, setup.give_up_after_s)
        return Shop(name, row, setup, provider, Buyer(provider, self.ledger, doorman, pace))

    def _surroundings(self, row: Row) -> tuple[Surroundings, list[str]]:
        """What a provider is given, and the names of its keys that are not set."""
        keys = {key: secret_named(key, self._context.place.show) for key in row.secret_names}
        around = Surroundings(
            http=self._http,
            executor=self._context.executor,
            secrets=keys,
            unix_time_s=epoch_s,
            folder=self._context.registry.root / "provider_jobs",
        )
        return around, [key for key, value in keys.items() if not value]

    def _pacing(
        self, name: str, row: Row, setup: ProviderSetup, wait_s: int
    ) -> tuple[Doorman, Pace]:
        doorman = Doorman(
            row.max_concurrent,
            row.submits_per_minute,
            self._watch.elapsed_ms,
            sleep_ms,
            # What runs on this machine is tried anew: whoever mends it does not want to wait.
            None if row.local else Standing(name, Outages(self.ledger.folder, epoch_s)),
        )
        return doorman, Pace(self._watch.elapsed_ms, sleep_ms, setup.look_every_ms, wait_s * 1000)


def _unset(missing: list[str]) -> str:
    return f"{' and '.join(missing)} is not set, in the environment or in .env"


def _configured(setup: ProviderSetup, place: EpisodePlace) -> Configured:
    workflow = ""
    if setup.workflow:
        path = place.show / setup.workflow
        refuse_outside(path, place.show, setup.workflow)
        try:
            workflow = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise PipelineError(
                "workflow",
                f"project.yaml: {setup.workflow}",
                "the workflow cannot be read",
                "export it from ComfyUI with Export (API) and put it there",
            ) from None
    argv = setup.command
    if argv and (place.show / argv[0]).is_file():
        # Not resolved: the python of a virtual environment is a link, and knows itself by its name.
        argv = (str((place.show / argv[0]).absolute()), *argv[1:])
    return Configured(setup.base_url, argv, workflow, setup.workflow)
