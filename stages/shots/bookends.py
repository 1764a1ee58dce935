"""What stands before the first scene and after the last one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schemas.artifact import SourceRef
from schemas.project import EndCard
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
from stages.reading.fountain_emphasis import without_emphasis
from stages.shots import shot_timing
from stages.shots.camera_setup import Setup
from stages.shots.shot_reasons import rules_of
from stages.shots.shot_take import Take
from stages.shots.shot_templates import MOST_IN_FRAME
from stages.shots.shot_writer import NEUTRAL_MOOD, PlannedShot, ShotWriter

TITLE_SCENE_ID: Final = "title"
END_SCENE_ID: Final = "end"
# What stands on the screen when a film is over, by language (ISO 639-1).
_ENDINGS: Final = {
    **{"en": "THE END", "fr": "FIN", "de": "ENDE", "es": "FIN", "pt": "FIM", "it": "FINE"},
    **{"ru": "КОНЕЦ", "ja": "終", "zh": "完"},
}
_SOURCE_KEYS: Final = frozenset({"source"})
_RIGHTS_KEYS: Final = frozenset({"copyright"})
_TITLE_KEYS: Final = frozenset(
    {
        *("title", "titre", "titel", "título", "titulo", "titolo", "название", "tytuł", "başlık"),
        *(
            "标题",
            "標題",
            "题目",
            "片名",
            "タイトル",
            "題名",
            "제목",
            "عنوان",
            "العنوان",
            "כותרת",
            "שם",
        ),
    }
)
_CREDIT_KEYS: Final = frozenset({"credit"})
_AUTHOR_KEYS: Final = frozenset(
    {
        *("author", "authors", "writer", "writers", "auteur", "auteurs", "autor", "autoren"),
        *("autorin", "autora", "autores", "autore", "autori", "автор", "авторы", "autorzy"),
        *("yazar", "作者", "编剧", "編劇", "脚本", "작가", "각본", "المؤلف", "تأليف", "מאת"),
    }
)


def title_card(script: Script, rate: FrameRate) -> PlannedShot | None:
    """The film's title with its credit line below, fading in and out; None without a title."""
    title = _values(script, _TITLE_KEYS)
    if not title:
        return None
    lines = (*title, *filter(None, [_byline(script)]))
    file = script.scenes[0].source.file if script.scenes else ""
    look = _CardLook(TITLE_SCENE_ID, "title_card", "the title page gives the film a title")
    return _card(look, lines, SourceRef(file=file, line=1), rate)


def end_card(script: Script, rate: FrameRate, wish: EndCard, *, ended: bool) -> PlannedShot | None:
    """The film's end and its credits, fading in and out; None where there is nothing to say.

    `ended` is set when the writer's own last card said that it is over. An `auto` card is shown
    when the title page credits more than the title card does: a source, a copyright.
    """
    more = (*_values(script, _SOURCE_KEYS), *_values(script, _RIGHTS_KEYS))
    if wish == "never" or (wish == "auto" and not more):
        return None
    word = _ENDINGS.get(script.language.split("-")[0].casefold(), "THE END")
    title = " · ".join(_values(script, _TITLE_KEYS))
    lines = (*([] if ended else [word]), *filter(None, (title, _byline(script))), *more)
    if not lines or not script.scenes:
        return None
    reason = "the title page credits more than the title does"
    if wish == "always":
        reason = "the show's settings ask for an end card"
    last = script.scenes[-1]
    source = last.elements[-1].source if last.elements else last.source
    return _card(_CardLook(END_SCENE_ID, "end_card", reason), lines, source, rate)


@dataclass(frozen=True, slots=True)
class _CardLook:
    scene_id: str
    template: str
    reason: str


def _card(
    look: _CardLook, lines: tuple[str, ...], source: SourceRef, rate: FrameRate
) -> PlannedShot:
    duration = samples_to_frames(shot_timing.TITLE_SAMPLES, rate)
    duration = max(duration, shot_timing.reading_frames(" ".join(lines), rate))
    fade = shot_timing.fade_frames(duration, rate, shot_timing.CARD_FADE_SAMPLES)
    shot = Shot(
        shot_id="unnamed",
        scene_id=look.scene_id,
        template=look.template,
        reason=look.reason,
        duration_frames=duration,
        framing="TITLE",
        movement=Movement(),
        environment=Environment(),
        title_lines=lines,
        audio=ShotAudio(music_mood=NEUTRAL_MOOD),
        transition_in=TransitionIn(kind="fade_in", duration_frames=fade),
        fade_out_frames=fade,
        source=source,
    )
    take = Take(kind="card", source=shot.source, duration_frames=duration)
    setup = Setup(shot.template, shot.reason, "TITLE")
    rules = rules_of(shot, take, setup, rate)
    return PlannedShot(shot=shot.model_copy(update={"rules": rules}), text="\n".join(lines))


def _byline(script: Script) -> str:
    """The credit line with the authors behind it, as they stand on the title page."""
    authors = ", ".join(_values(script, _AUTHOR_KEYS))
    return " ".join((*_values(script, _CREDIT_KEYS), authors)).strip()


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
