"""What a scene is, as its slug line and the notes in it say: when, of what mode, what is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Protocol

from canon.marks import is_at_once, is_imagined, is_remembered, is_the_next_day, is_unbroken
from canon.places import places_of
from canon.story_dates import Clock, StoryDate, day_number, read_clock, read_date
from canon.story_frames import Frame
from canon.vocabulary import SCENE
from schemas.canon import Fact
from schemas.ids import slug
from schemas.script import Scene

# Not the present of the story: it happened, or it did not happen at all.
RECALLED_MODES: Final = frozenset({"flashback", "memory", "flashforward"})
IMAGINED_MODES: Final = frozenset(
    {"dream", "nightmare", "vision", "hallucination", "fantasy", "play", "film", "recording"}
)


class Told(Protocol):
    """A declared fact, as far as a scene needs it."""

    @property
    def subject(self) -> str:
        """Whom or what it is about."""

    @property
    def attribute(self) -> str:
        """What of it."""

    @property
    def value(self) -> str:
        """What is said."""


@dataclass(frozen=True, slots=True)
class SceneView:
    """A scene with what is declared of it. `remembered` is true of dreams as well."""

    scene: Scene
    places: tuple[str, ...]
    date: StoryDate | None
    clock: Clock | None
    remembered: bool
    imagined: bool
    unbroken: bool
    at_once: bool
    next_day: bool


def view_of(scene: Scene, stated: Iterable[Told], frame: Frame | None = None) -> SceneView:
    """The scene as its slug line and every note in it describe it, and the frame it stands in."""
    told = {each.attribute: each.value for each in stated if each.subject == SCENE}
    mode, line = slug(told.get("mode", ""), ""), scene.slug
    imagined = is_imagined(line) or mode in IMAGINED_MODES or frame == "imagined"
    return SceneView(
        scene=scene,
        places=places_of(line),
        date=read_date(told.get("date", "")),
        clock=read_clock(told.get("time", "")),
        remembered=imagined
        or is_remembered(line)
        or mode in RECALLED_MODES
        or frame == "remembered",
        imagined=imagined,
        unbroken=is_unbroken(line),
        at_once=is_at_once(line),
        next_day=is_the_next_day(line),
    )


@dataclass(frozen=True, slots=True)
class Instant:
    """A minute of the story, counted by calendar days or by the days of the episode."""

    calendar: bool
    minute: int


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody seen in a scene; `fact` says where, for messages."""

    scene_id: str
    places: tuple[str, ...]
    instant: Instant | None
    fact: Fact


@dataclass(slots=True)
class Course:
    """Where the script has come to: this scene and the one before, its minute, who was where."""

    now: SceneView | None = None
    before: SceneView | None = None
    instant: Instant | None = None
    # What the script last said of the weather of this run of scenes, and of the clock.
    weather: Fact | None = None
    time: Fact | None = None
    time_before: Fact | None = None
    # Scenes that go on without a break up to this one, by id.
    run: tuple[str, ...] = ()
    _group: int = 0
    _day: int = 0
    _clock: int = 0
    _last: dict[str, Presence] = field(default_factory=dict)
    _at: dict[tuple[str, int | Instant], Presence] = field(default_factory=dict)

    def enter(self, view: SceneView, story_date: StoryDate | None) -> None:
        """Begin a scene."""
        self.before, self.now = self.now, view
        scene_id = view.scene.scene_id
        goes_on = view.unbroken or view.at_once
        self.run = (*self.run, scene_id) if goes_on else (scene_id,)
        self.weather = self.weather if goes_on else None
        self.time_before, self.time = self.time, None
        if not view.at_once:
            self._group += 1
        self.instant = None if view.remembered else self._instant(view, view.date or story_date)

    def saw(self, person: str, presence: Presence) -> None:
        """Remember that somebody was in this scene; in a remembered one they were not."""
        if self.now is None or self.now.remembered or not presence.places:
            return
        self._last[person] = presence
        self._at.setdefault((person, self._group), presence)
        if presence.instant is not None:
            self._at.setdefault((person, presence.instant), presence)

    def at_this_time(self, person: str) -> tuple[Presence, ...]:
        """Where somebody was seen at the same time: marked so, then by the clock."""
        keys: list[int | Instant] = [self._group]
        keys += [self.instant] if self.instant is not None else []
        found = (self._at.get((person, key)) for key in keys)
        return tuple(each for each in found if each is not None)

    def last_seen(self, person: str) -> Presence | None:
        """Where somebody was seen last, in a scene before."""
        return self._last.get(person)

    def _instant(self, view: SceneView, date: StoryDate | None) -> Instant | None:
        if view.next_day:
            self._day, self._clock = self._day + 1, 0
        if view.clock is None:
            return None
        calendar = day_number(date) if date else None
        if calendar is not None and view.clock.day is None:
            return Instant(True, calendar * 1440 + view.clock.minutes)
        if view.clock.day is not None:
            self._day = view.clock.day
        elif view.clock.minutes < self._clock:
            self._day += 1
        self._clock = view.clock.minutes
        return Instant(False, self._day * 1440 + view.clock.minutes)
