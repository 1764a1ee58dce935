"""Which words of the screenplay are heard in a shot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.asset_manifest import Delivery, HeardThrough
from schemas.render_plan import RenderPlan, VoResolution
from schemas.scratch_track import SpokenWord
from schemas.script import Dialogue, Lyric, Script, Span
from schemas.shot_list import Shot, VoPlacement
from schemas.timing import FrameRate, samples_to_frames


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """What of a line is heard in a shot. `continued` and `goes_on` say that it is cut, `treated`
    what the mix does with it: `through a telephone, shouted`."""

    speaker: str
    note: str
    spans: tuple[Span, ...]
    source: str
    continued: bool = False
    goes_on: bool = False
    treated: str = ""


_THROUGH: Final[dict[HeardThrough, str]] = {
    "phone": "through a telephone",
    "radio": "through a radio",
    "speaker": "through a loudspeaker",
    "offstage": "from beside the picture",
}
_SAID: Final[dict[Delivery, str]] = {"whisper": "whispered", "soft": "soft", "shout": "shouted"}


class HeardWords:
    """The lines of a script and when each of their words is spoken."""

    def __init__(self, script: Script, plan: RenderPlan, fps: FrameRate) -> None:
        self._fps = fps
        self._vo = {each.line_id: each for each in plan.vo}
        self._lines = {
            element.line_id: element
            for scene in script.scenes
            for element in scene.elements
            if isinstance(element, (Dialogue, Lyric))
        }

    def parts(self, shot: Shot) -> tuple[SpokenPart, ...]:
        """What is heard in a shot, in order."""
        parts = (
            _part(vo, self._lines[vo.line_id], self._vo.get(vo.line_id), self._fps)
            for vo in shot.audio.vo
            if vo.line_id in self._lines
        )
        return tuple(part for part in parts if part.spans)


def _part(
    vo: VoPlacement, line: Dialogue | Lyric, spoken: VoResolution | None, fps: FrameRate
) -> SpokenPart:
    start, end = _heard_letters(vo, spoken.words if spoken else (), fps)
    length = sum(len(span.text) for span in line.spans)
    end = length if end is None else end
    speaker, note = "♪", ""
    if isinstance(line, Dialogue):
        extensions = (f"({extension})" for extension in line.extensions)
        aside = f"({line.parenthetical})" if line.parenthetical else ""
        speaker, note = line.speaker, " ".join((*extensions, aside)).strip()
    return SpokenPart(
        speaker=speaker,
        note=note if start == 0 else "",
        spans=tuple(_cut(line.spans, start, end)),
        source=f"{line.source.file}:{line.source.line}",
        continued=start > 0,
        goes_on=end < length,
        treated=_treated(spoken) if spoken and start == 0 else "",
    )


def _treated(spoken: VoResolution) -> str:
    said = (_THROUGH.get(spoken.heard_through, ""), _SAID.get(spoken.delivery, ""))
    return ", ".join(filter(None, said))


def _heard_letters(
    vo: VoPlacement, words: Sequence[SpokenWord], fps: FrameRate
) -> tuple[int, int | None]:
    """From which letter of its line to which a shot is heard to say; None for the line's end."""
    begun = [samples_to_frames(word.offset_samples, fps) for word in words]
    ended = vo.in_frames + vo.duration_frames
    first = next((n for n, frame in enumerate(begun) if frame >= vo.in_frames), None)
    after = next((n for n, frame in enumerate(begun) if frame >= ended), None)
    start = 0 if vo.in_frames == 0 or first is None else words[first].char_start
    return start, None if after is None else words[after].char_start


def _cut(spans: tuple[Span, ...], start: int, end: int) -> Iterator[Span]:
    at = 0
    for span in spans:
        text = span.text[max(start - at, 0) : max(end - at, 0)]
        at += len(span.text)
        if text:
            yield span.model_copy(update={"text": text})
