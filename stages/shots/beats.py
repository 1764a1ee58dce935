"""Beats: what happens in a scene, one thing after another, as the elements of the script say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from schemas.artifact import SourceRef
from schemas.script import Action, Dialogue, Element, Lyric, SlugLine, Transition, plain_text
from schemas.shot_list import TransitionKind
from stages.people.performance import asks_for_pause, direction
from stages.reading.cut_instructions import read_transition
from stages.reading.on_screen_text import Piece, pieces_of
from stages.shots.inserts import Insert, insert_of, thing_alone
from stages.shots.montage import MontageReader, placed
from stages.spoken_lines import SpokenLine

BeatKind = Literal["action", "card", "super", "insert", "speech", "dual", "pause", "lyric"]
Track = tuple[SpokenLine, ...]
_ENDINGS = frozenset({"THE END", "FIN", "ENDE", "FIM", "FINE", "КОНЕЦ", "おわり", "終", "完"})


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that happens.

    `people` are those it is about: the speakers, whoever holds the pause, those named in action.
    `tracks` are the lines heard one after another; a dual beat has two tracks heard together.
    `thing` is what an insert is of.
    `montage` is the number of a montage's picture, which may have a `place` of its own.
    `on_black` is set for words to be shown, or heard, with nothing behind them.
    `arrives` is the transition written before it, `fades_out` a fade to black written after it.
    The rest is its place in the conversation: `company` are those seen in the scene so far or in
    the same exchange, `turn` counts speeches since the last action, `opens` marks the scene's
    first speech in company, `flows_in` and `flows_out` say that talk goes on without a break, and
    `listener` is whom the words are for, empty for nobody.
    """

    kind: BeatKind
    source: SourceRef
    text: str = ""
    people: tuple[str, ...] = ()
    tracks: tuple[Track, ...] = ()
    off_screen: bool = False
    on_black: bool = False
    thing: str = ""
    montage: int = 0
    place: SlugLine | None = None
    arrives: TransitionKind | None = None
    fades_out: bool = False
    company: tuple[str, ...] = ()
    turn: int = 0
    opens: bool = False
    flows_in: bool = False
    flows_out: bool = False
    listener: str = ""

    @property
    def talks(self) -> bool:
        """Whether it is part of a conversation."""
        return self.kind in ("speech", "dual", "pause")


class BeatReader:
    """Reads a scene's elements in order. After `close`, `pending` is a transition that nothing
    followed, `arrives` one that stood before the first beat, and `fades_out_first` is set when
    the scene faded out before its first beat."""

    def __init__(self, lines: Mapping[str, SpokenLine], heading: str = "") -> None:
        self.beats: list[Beat] = []
        self.arrives: TransitionKind | None = None
        self.pending: TransitionKind | None = None
        self.fades_out_first = False
        self._lines = lines
        self._cut_to_black = False
        self._montage = MontageReader()
        self._montage.begin_with(heading)
        self._last_action: SourceRef | None = None
        self._speeches: list[list[Dialogue]] = []

    def read(self, element: Element) -> None:
        """Take in the next element; notes, outline and page breaks are not part of the film."""
        if isinstance(element, Dialogue):
            self._read_dialogue(element)
        elif isinstance(element, Action):
            self.close()
            self._read_action(element)
        elif isinstance(element, Lyric):
            self.close()
            self._read_lyric(element)
        elif isinstance(element, Transition):
            self.close()
            self._read_transition(element)

    def close(self) -> None:
        """Turn the speeches read so far into beats."""
        speeches, self._speeches = self._speeches, []
        while speeches:
            speech = speeches.pop(0)
            if speeches and _spoken_together(speech, speeches[0]):
                self._add_dual(speech, speeches.pop(0))
            else:
                self._add_speech(speech)

    def finish(self) -> None:
        """After the last element. A montage of which nothing was told is seen by its heading."""
        self.close()
        if self._montage.untold and self._last_action is not None:
            self._add(Beat("action", self._last_action, self._montage.untold))

    def _read_dialogue(self, element: Dialogue) -> None:
        if element.continues and self._speeches:
            self._speeches[-1].append(element)
        else:
            self._speeches.append([element])

    def _read_action(self, element: Action) -> None:
        text = plain_text(element.spans)
        if not text.strip():
            return
        if _is_ending(text):
            self._add(Beat(kind="card", source=element.source, text=text))
            return
        self._last_action = element.source
        for part in self._montage.parts(text):
            place, told = placed(part.text) if part.number else (None, part.text)
            asked = insert_of(told) if not element.centered else Insert(left=told)
            if part.number and not asked.thing:
                asked = thing_alone(asked.left)
            if asked.thing:
                beat = Beat("insert", element.source, asked.told, thing=asked.thing, place=place)
                self._add(beat)
            pieces = list(pieces_of(asked.left)) or ([] if asked.thing else [Piece("")])
            for piece in pieces:
                beat = Beat("action", element.source, piece.text, montage=part.number, place=place)
                if piece.shown:
                    black = piece.on_black or element.centered or self._cut_to_black
                    beat = replace(beat, kind="super", on_black=black, montage=0)
                elif element.centered:
                    beat = replace(beat, kind="card")
                self._add(beat)

    def _read_lyric(self, element: Lyric) -> None:
        line = self._lines.get(element.line_id)
        if line is None:
            return
        if self.beats and self.beats[-1].kind == "lyric" and self.pending is None:
            verse = self.beats[-1]
            self.beats[-1] = replace(verse, tracks=((*verse.tracks[0], line),))
        else:
            self._add(Beat(kind="lyric", source=element.source, tracks=((line,),)))

    def _read_transition(self, element: Transition) -> None:
        kind = read_transition(element.text)
        self._cut_to_black = kind == "cut" and "BLACK" in element.text.upper()
        if kind != "fade_out":
            self.pending = kind
        elif self.beats:
            self.beats[-1] = replace(self.beats[-1], fades_out=True)
        else:
            self.fades_out_first = True

    def _add_speech(self, speech: list[Dialogue]) -> None:
        flowing = False
        off_screen = False
        for element in speech:
            line = self._lines.get(element.line_id)
            off_screen = line.off_screen if line else off_screen
            if asks_for_pause(element.parenthetical) and not off_screen:
                self._add(_pause(element))
                flowing = False
            if line is None:
                continue
            if flowing:
                before = self.beats[-1]
                self.beats[-1] = replace(before, tracks=((*before.tracks[0], line),))
            else:
                self._add(_speech(element, line))
                flowing = True

    def _add_dual(self, first: list[Dialogue], second: list[Dialogue]) -> None:
        tracks = [self._track(first), self._track(second)]
        if not all(tracks):
            self._add_speech(first)
            self._add_speech(second)
            return
        seen = [track[0].speaker_id for track in tracks if not track[0].off_screen]
        self._add(
            Beat(
                kind="dual",
                source=first[0].source,
                people=tuple(dict.fromkeys(seen)),
                tracks=tuple(tracks),
                off_screen=not seen,
            )
        )

    def _track(self, speech: list[Dialogue]) -> Track:
        found = (self._lines.get(element.line_id) for element in speech)
        return tuple(line for line in found if line is not None)

    def _add(self, beat: Beat) -> None:
        if self._cut_to_black and beat.off_screen:
            beat = replace(beat, on_black=True)
        if self.beats:
            self.beats.append(replace(beat, arrives=self.pending))
        else:
            self.arrives = self.pending
            self.beats.append(beat)
        self.pending = None
        self._cut_to_black = False


def _is_ending(text: str) -> bool:
    """Whether a paragraph is the words that stand on the screen when a film is over."""
    return text.strip(" .!\n").upper() in _ENDINGS


def _spoken_together(first: list[Dialogue], second: list[Dialogue]) -> bool:
    first_ids = {element.line_id for element in first}
    second_ids = {element.line_id for element in second}
    return any(element.dual_with in first_ids for element in second) or any(
        element.dual_with in second_ids for element in first
    )


def _pause(element: Dialogue) -> Beat:
    return Beat(
        kind="pause",
        source=element.source,
        text=direction(element.parenthetical),
        people=(element.speaker_id,),
    )


def _speech(element: Dialogue, line: SpokenLine) -> Beat:
    # Someone only heard is not in the picture, so nobody is named as seen.
    return Beat(
        kind="speech",
        source=element.source,
        people=() if line.off_screen else (line.speaker_id,),
        tracks=((line,),),
        off_screen=line.off_screen,
    )
