"""Script and scratch track to shot list: what is seen, for how long, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from schemas.errors import PipelineError
from schemas.project import EndCard, Inserts
from schemas.scratch_track import ScratchTrack
from schemas.script import Script, SlugLine
from schemas.shot_list import Shot, ShotList, TransitionKind, timing_lock_hash
from schemas.timing import FrameRate
from stages.people.bearing import with_bearing
from stages.reading.scene_times import times_of_day
from stages.shots.bookends import end_card, end_tail, title_card
from stages.shots.camera_setup import Moment, Setup
from stages.shots.coverage import Ledger, cover
from stages.shots.insert_pins import Wishes, insert_wishes, placed_pins, refuse_unmet
from stages.shots.measured_lines import measure_lines
from stages.shots.prop_inserts import PropWatch
from stages.shots.props_in_capitals import Vocabulary
from stages.shots.scene_breakdown import (
    SceneBreakdown,
    Surroundings,
    break_down,
    carried_on,
    intercut,
    introduced,
    roster,
)
from stages.shots.shot_grammar import FIRST_GRAMMAR, ShotGrammar
from stages.shots.shot_ids import with_ids
from stages.shots.shot_pins import ShotPin, apply_pins, pins_in
from stages.shots.shot_writer import PlannedShot, ShotWriter
from stages.spoken_lines import SpokenLine, spoken_lines


@dataclass(frozen=True, slots=True)
class ShotSettings:
    """What the planner is told besides the script: the frame rate, whether to open on the title
    and to end on a card, whether things in capitals are seen by themselves, and pins from beside
    the script, which count after those in it."""

    fps: FrameRate
    title_card: bool = True
    end_card: EndCard = "auto"
    inserts: Inserts = "auto"
    pins: tuple[ShotPin, ...] = ()


def plan_shots(
    script: Script,
    scratch: ScratchTrack,
    settings: ShotSettings,
    grammar: ShotGrammar = FIRST_GRAMMAR,
) -> ShotList:
    """The film shot by shot, with its timing lock.

    Every line of the scratch track is heard once, whole and in order. A scene's shots depend on
    that scene and the names of the characters, on the scene before only for a transition, for the
    time of day of a scene that goes on from it and for whom its `They` or `All five` means, on the
    names of the film's places, and never on a number or place in the film.

    Raises PipelineError `scratch-mismatch` when script and scratch track do not hold the same
    lines, `empty-screenplay` when there is nothing to show, and `shot-pin` for a pin that cannot
    be met.
    """
    lines = {line.line_id: line for line in spoken_lines(script)}
    names = roster(lines.values())
    planner = _Planner(
        lines=lines,
        names={**names, **introduced(script, names)},
        ledger=Ledger(measure_lines(lines, scratch), settings.fps),
        times=times_of_day(script),
        grammar=grammar,
        places=_places(script),
    )
    shots = _pinned_shots(script, planner, settings)
    if not shots:
        raise PipelineError(
            "empty-screenplay",
            "the script",
            "there is nothing to show: no scene heading, no action and no speech",
            "write a scene heading such as `INT. KITCHEN - DAY` and what happens there",
        )
    return ShotList.create(
        fps=settings.fps, shots=shots, timing_lock_hash=timing_lock_hash(settings.fps, shots)
    )


def _places(script: Script) -> dict[str, SlugLine]:
    """The film's places by their names in capitals, each as its first heading has it."""
    places: dict[str, SlugLine] = {}
    for scene in script.scenes:
        if scene.slug.setting and scene.slug.location_name:
            places.setdefault(scene.slug.location_name.upper(), scene.slug)
    return places


def _pinned_shots(script: Script, planner: _Planner, settings: ShotSettings) -> tuple[Shot, ...]:
    """The shots as the pins want them: first where inserts are, then each shot for itself."""
    notes = pins_in(script)
    wishes = insert_wishes(script, notes)
    shots = planner.shots(script, settings, wishes)
    if named := tuple(pin for pin in settings.pins if pin.insert):
        wishes = insert_wishes(script, (*notes, *placed_pins(named, shots)))
        shots = planner.shots(script, settings, wishes)
    refuse_unmet(wishes, shots)
    beside = tuple(pin for pin in settings.pins if not pin.insert)
    return apply_pins(shots, (*notes, *beside), settings.fps)


@dataclass(frozen=True, slots=True)
class _Planner:
    lines: Mapping[str, SpokenLine]
    names: Mapping[str, str]
    ledger: Ledger
    times: Mapping[str, str]
    grammar: ShotGrammar
    places: Mapping[str, SlugLine]

    def shots(self, script: Script, wish: ShotSettings, wishes: Wishes) -> tuple[Shot, ...]:
        """The film's shots with their names, before any pin of a single one."""
        return with_bearing(with_ids(self.film(script, wish, wishes)), script, self.names)

    def film(self, script: Script, wish: ShotSettings, wishes: Wishes) -> Iterator[PlannedShot]:
        """Title, scenes, and a last look if the writer gave the film no ending."""
        if wish.title_card and (title := title_card(script, self.ledger.rate)):
            yield title
        arrives: TransitionKind | None = None
        last: PlannedShot | None = None
        ending: SceneBreakdown | None = None
        before: SceneBreakdown | None = None
        for scene in script.scenes:
            seen = tuple(person.id for person in before.cast) if before else ()
            around = Surroundings(self.names, tuple(self.places.values()), seen)
            read = break_down(scene, self.lines, around)
            breakdown = carried_on(intercut(read, before), before)
            before = breakdown
            if breakdown.visible:
                first = breakdown.arrives or arrives
                watch = PropWatch(
                    Vocabulary(script.language, breakdown.known, frozenset(self.places)),
                    wish.inserts,
                    wishes.get(scene.scene_id, {}),
                )
                for planned in self._scene(replace(breakdown, arrives=first), watch):
                    last = planned
                    yield planned
                arrives, ending = None, breakdown
            arrives = breakdown.leaves or arrives
        # A fade or a card such as THE END is an ending already.
        if ending and last and not last.shot.fade_out_frames and last.shot.framing != "TITLE":
            yield end_tail(self._writer(ending), last.shot)
        ended = last is not None and last.shot.framing == "TITLE"
        if card := end_card(script, self.ledger.rate, wish.end_card, ended=ended):
            yield card

    def _scene(self, breakdown: SceneBreakdown, watch: PropWatch) -> Iterator[PlannedShot]:
        writer = self._writer(breakdown)
        previous: Setup | None = None
        looks = 0
        for take in cover(breakdown, self.ledger, watch):
            previous = self.grammar.set_up(Moment(breakdown, take, previous, looks))
            looks += previous.template in ("action_place", "off_screen") and not previous.people
            yield writer.write(take, previous)

    def _writer(self, breakdown: SceneBreakdown) -> ShotWriter:
        time_of_day = self.times[breakdown.scene.scene_id]
        return ShotWriter(breakdown, time_of_day, self.ledger.rate)
