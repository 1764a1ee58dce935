"""A camera setup, and the moment it is chosen for."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.shot_list import Framing, MovementKind
from stages.shots.scene_breakdown import SceneBreakdown
from stages.shots.shot_take import Take


@dataclass(frozen=True, slots=True)
class Setup:
    """How a shot looks: who is in it, how close, how the camera moves, and why.

    `closeness` is the rule that chose the framing and what made it apply; a framing that is a
    template's own needs none. Those of `people` who are `away` stand near the camera with their
    backs to it.
    """

    template: str
    reason: str
    framing: Framing
    people: tuple[str, ...] = ()
    movement: MovementKind = "static"
    closeness: tuple[str, str] = ("", "")
    away: tuple[str, ...] = ()

    @property
    def looked_at(self) -> frozenset[str]:
        """Whom the shot is of: those who face the camera."""
        return frozenset(self.people) - frozenset(self.away)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a template may look at: the scene, what is to be covered, the shot just before, and how
    often something happened in the place with nobody in the picture."""

    scene: SceneBreakdown
    take: Take
    previous: Setup | None
    looks: int = 0

    @property
    def turn(self) -> int:
        """How many speeches came before in this exchange."""
        return self.take.beat.turn if self.take.beat else 0

    @property
    def listener(self) -> str:
        """Whom the words are for, empty for nobody."""
        return self.take.beat.listener if self.take.beat else ""

    @property
    def company(self) -> tuple[str, ...]:
        """Those seen in the scene so far."""
        return self.take.beat.company if self.take.beat else ()

    def called(self, *people: str) -> str:
        """The names of these people, for a reason."""
        names = [self.scene.person(person).name for person in people]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]])) or "nobody"

    @property
    def place(self) -> str:
        """What to call the place, for a reason."""
        return self.scene.scene.slug.location_name or "the place"
