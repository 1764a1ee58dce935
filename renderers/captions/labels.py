"""Who needs a speaker label: someone a viewer cannot place by looking at the picture."""

from __future__ import annotations

from renderers.captions.lines import HeardLine
from renderers.captions.sounds import manner_of

_SEVERAL = 2


def speaker_labels(
    lines: tuple[HeardLine, ...],
    *,
    always: bool = False,
    room_chars: int = 42,
    language: str = "",
) -> tuple[str, ...]:
    """`MARA:` or an empty text for each line.

    A speaker is named when off-screen, not in the shot, or one of several in it; and only when
    the speaker or the scene has changed since the line before. With `always`, for viewers who
    cannot tell voices apart, that change is enough, and how a line is said, or what it comes out of
    in words of `language`, stands behind the name, `MARA: [whispering]`, where a row of
    `room_chars` has room for both.
    """
    labels: list[str] = []
    before: HeardLine | None = None
    for line in lines:
        changed = (
            before is None
            or before.item.speaker_id != line.item.speaker_id
            or before.shot.scene_id != line.shot.scene_id
            or (line.item.off_screen and not before.item.off_screen)
        )
        named = bool(line.item.speaker.strip()) and changed and (always or _unclear(line))
        name = f"{' '.join(line.item.speaker.split())}:" if named else ""
        # What a voice comes out of is told with its name, how a line is said with every line.
        said = manner_of(line.item, language if named else "") if always else ""
        whole = " ".join(filter(None, (name, said)))
        labels.append(whole if len(whole) <= room_chars else name)
        before = line
    return tuple(labels)


def _unclear(line: HeardLine) -> bool:
    on_screen = {character.id for character in line.shot.characters}
    alone = len(on_screen) < _SEVERAL
    return line.item.off_screen or line.item.speaker_id not in on_screen or not alone
