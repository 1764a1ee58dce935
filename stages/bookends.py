"""What stands before the first scene and after the last one."""

from __future__ import annotations

from typing import Final

from schemas.artifact import SourceRef
from schemas.script import Script
from schemas.shot_list import (
    Environment,
    Framing,
    Movement,
    Shot,
    ShotAudio,
    TransitionIn,
)
from schemas.timing import FrameRate, samples_to_frames
from stages import shot_timing
from stages.camera_setup import Setup
from stages.fountain_emphasis import without_emphasis
from stages.shot_reasons import rules_of
from stages.shot_take import Take
from stages.shot_templates import MOST_IN_FRAME
from stages.shot_writer import NEUTRAL_MOOD, PlannedShot, ShotWriter

TITLE_SCENE_ID: Final = "title"
_TITLE_KEYS: Final = frozenset(
    {"title", "titre", "titel", "título", "titulo", "titolo", "название"}
)
_CREDIT_KEYS: Final = frozenset({"credit"})
_AUTHOR_KEYS: Final = frozenset(
    {
        *("author", "authors", "writer", "writers", "auteur", "auteurs", "autor", "autoren"),
        *("autorin", "autora", "autores", "autore", "autori", "автор", "авторы"),
    }
)


def title_card(script: Script, rate: FrameRate) -> PlannedShot | None:
    """The film's title with its credit line below, fading in and out; None without a title."""
    title = _values(script, _TITLE_KEYS)
    if not title:
        return None
    credit = " ".join((*_values(script, _CREDIT_KEYS), ", ".join(_values(script, _AUTHOR_KEYS))))
    lines = (*title, *filter(None, [credit.strip()]))
    duration = samples_to_frames(shot_timing.TITLE_SAMPLES, rate)
    duration = max(duration, shot_timing.reading_frames(" ".join(lines), rate))
    fade = shot_timing.fade_frames(duration, rate, shot_timing.CARD_FADE_SAMPLES)
    file = script.scenes[0].source.file if script.scenes else ""
    shot = Shot(
        shot_id="unnamed",
        scene_id=TITLE_SCENE_ID,
        template="title_card",
        reason="the title page gives the film a title",
        duration_frames=duration,
        framing="TITLE",
        movement=Movement(),
        environment=Environment(),
        title_lines=lines,
        audio=ShotAudio(music_mood=NEUTRAL_MOOD),
        transition_in=TransitionIn(kind="fade_in", duration_frames=fade),
        fade_out_frames=fade,
        source=SourceRef(file=file, line=1),
    )
    take = Take(kind="card", source=shot.source, duration_frames=duration)
    setup = Setup(shot.template, shot.reason, "TITLE")
    rules = rules_of(shot, take, setup, rate)
    return PlannedShot(shot=shot.model_copy(update={"rules": rules}), text="\n".join(lines))


def end_tail(writer: ShotWriter, last: Shot) -> PlannedShot:
    """A last look back at the people of the last scene where they are, fading out.

    It is a shot of its own, so that a scene written after it leaves the last one as it was.
    """
    here = [person.id for person in writer.scene.cast if writer.scene.together([person.id, ""])]
    people = tuple(here[:MOST_IN_FRAME])
    same = last.framing == "EWS" and {who.id for who in last.characters} == set(people)
    framing: Framing = "WS" if same else "EWS"
    take = Take(
        kind="place",
        source=last.source,
        duration_frames=samples_to_frames(shot_timing.END_TAIL_SAMPLES, writer.rate),
        fades_out=True,
    )
    reason = "no fade-out is written: the film steps back and lets the sound end"
    setup = Setup("end_tail", reason, framing, people, "pull_out")
    return writer.write(take, setup)


def _values(script: Script, keys: frozenset[str]) -> tuple[str, ...]:
    found = [entry for entry in script.title_page if entry.key.strip().casefold() in keys]
    lines = (without_emphasis(value).strip() for entry in found[:1] for value in entry.values)
    return tuple(line for line in lines if line)
