"""A take and its setup written down as a shot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.script import SlugLine
from schemas.shot_list import (
    Environment,
    Movement,
    Shot,
    ShotAudio,
    ShotCharacter,
    TransitionIn,
    TransitionKind,
)
from schemas.timing import FrameRate, samples_to_frames
from stages.assets.sound_cues import sound_cues
from stages.people.name_spotting import is_collective, spoken_together
from stages.people.performance import expression
from stages.shots import shot_timing
from stages.shots.camera_setup import Setup
from stages.shots.scene_breakdown import SceneBreakdown
from stages.shots.screen_sides import apart
from stages.shots.shot_reasons import rules_of
from stages.shots.shot_take import Take

NEUTRAL_MOOD = "neutral"
_GRADUAL: frozenset[TransitionKind] = frozenset(
    {"fade_in", "fade_through_black", "dissolve", "wipe"}
)


@dataclass(frozen=True, slots=True)
class PlannedShot:
    """A shot without its id, and the words it shows or lets hear, which the id is made from."""

    shot: Shot
    text: str


@dataclass(frozen=True, slots=True)
class ShotWriter:
    """Writes the shots of one scene. `time_of_day` is the scene's, with CONTINUOUS resolved."""

    scene: SceneBreakdown
    time_of_day: str
    rate: FrameRate

    def write(self, take: Take, setup: Setup) -> PlannedShot:
        """The shot for a take."""
        duration = self._duration(take)
        title = setup.framing == "TITLE"
        # A card has its title, speech its captions, and a silence needs no word for it.
        told = (
            ""
            if title or take.kind == "super" or take.placements or setup.template == "reaction"
            else " ".join(take.text.split())
        )
        shot = Shot(
            shot_id="unnamed",
            scene_id=self.scene.scene.scene_id,
            template=setup.template,
            reason=setup.reason,
            duration_frames=duration,
            framing=setup.framing,
            movement=self.movement(setup, duration),
            characters=self.characters(take, setup),
            location_id=None if title else self._slug(take, setup.people).location_id,
            environment=Environment() if title else self._environment(take, setup.people),
            action_beat=told,
            insert=take.thing,
            title_lines=tuple(take.text.splitlines()) if title and not take.placements else (),
            super_lines=take.super_lines,
            audio=ShotAudio(
                vo=take.placements,
                sfx=() if take.echo else self._sounds(told),
                music_mood=self.mood(),
            ),
            transition_in=self._transition(take.arrives, duration),
            fade_out_frames=self.fade_out(duration) if take.fades_out else 0,
            source=take.source,
        )
        rules = rules_of(shot, take, setup, self.rate)
        text = "\n".join((take.text, *take.super_lines)) if take.super_lines else take.text
        text = ". ".join(filter(None, (take.thing, text)))
        return PlannedShot(shot=shot.model_copy(update={"rules": rules}), text=text)

    def _sounds(self, told: str) -> tuple[str, ...]:
        return sound_cues(told, [person.name for person in self.scene.known])

    def mood(self) -> str:
        """The scene's first emotional tag, `neutral` without one."""
        return next(iter(self.scene.scene.emotional_tags), NEUTRAL_MOOD)

    def environment(self, people: Sequence[str]) -> Environment:
        """The place where these people are, at the time of day it is there."""
        home = self.scene.home(people)
        here = home is self.scene.scene
        return Environment(
            setting=home.slug.setting,
            place=home.slug.location_name,
            time_of_day=self.time_of_day if here else home.slug.time_of_day,
        )

    def _slug(self, take: Take, people: Sequence[str]) -> SlugLine:
        own = take.beat.place if take.beat else None
        return own or self.scene.home(people).slug

    def _environment(self, take: Take, people: Sequence[str]) -> Environment:
        """The place as it is in this take: a montage's picture may have one of its own."""
        own = take.beat.place if take.beat else None
        if own is None:
            return self.environment(people)
        time = own.time_of_day or self.time_of_day
        return Environment(setting=own.setting, place=own.location_name, time_of_day=time)

    def movement(self, setup: Setup, duration: int) -> Movement:
        """The setup's movement at its proper speed."""
        travel = shot_timing.travel_permille(setup.movement, duration, self.rate)
        return Movement(kind=setup.movement, travel_permille=travel)

    def fade_out(self, duration: int) -> int:
        """A fade to black of a second, at most half of the shot."""
        return shot_timing.fade_frames(duration, self.rate)

    def characters(self, take: Take, setup: Setup) -> tuple[ShotCharacter, ...]:
        """Those in the picture, on their sides, with the faces their lines ask for."""
        seen = [line for line in take.lines if not line.off_screen]
        names = {person.id: person.name for person in self.scene.cast}
        voices = {line.speaker_id for line in seen}
        voices.update(who for line in seen for who in spoken_together(line.speaker, names))
        if any(is_collective(line.speaker) for line in seen):
            voices |= set(setup.people)
        people = tuple(
            ShotCharacter(
                id=person.id,
                name=person.name,
                expression=expression(
                    line.parenthetical for line in take.lines if line.speaker_id == person.id
                ),
                pose="away" if person.id in setup.away else "standing",
                side=person.side,
                speaking=person.id in voices,
            )
            for person in map(self.scene.person, setup.people)
        )
        return apart(people, [person.id for person in self.scene.cast])

    def _duration(self, take: Take) -> int:
        """The take's length; a fade to black begins only after what is said."""
        if not take.fades_out:
            return take.duration_frames
        said = max((vo.offset_frames + vo.duration_frames for vo in take.placements), default=0)
        fade = samples_to_frames(shot_timing.FADE_SAMPLES, self.rate)
        longest = max(shot_timing.longest_frames(self.rate), take.duration_frames)
        return max(take.duration_frames, min(said + fade, longest))

    def _transition(self, kind: TransitionKind | None, duration: int) -> TransitionIn:
        if kind is None:
            return TransitionIn()
        fade = shot_timing.fade_frames(duration, self.rate) if kind in _GRADUAL else 0
        return TransitionIn(kind=kind, duration_frames=fade)
