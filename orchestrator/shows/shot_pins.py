"""The file beside a screenplay that pins its shots: `s01e01.shots.yaml`.

int_kitchen_night.b95f51:
  framing: close
  duration: 3s
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.shows.setting_mistakes import Written
from orchestrator.shows.show import EpisodePlace
from orchestrator.shows.yaml_file import read_yaml
from schemas.errors import PipelineError
from stages.shots.shot_pins import ShotPin, read_pin

ENDING: Final = ".shots.yaml"
# More than one for every shot of a long film is no file that somebody wrote.
MAX_PINS: Final = 5000


def sidecar(place: EpisodePlace) -> Path:
    """Where the pins of an episode are, whether or not there are any."""
    return place.source.with_name(place.source.stem + ENDING)


def read_pins(place: EpisodePlace) -> tuple[ShotPin, ...]:
    """The pins beside the screenplay, none without the file.

    Raises PipelineError naming file, line and key for what cannot be understood.
    """
    path = sidecar(place)
    if not path.is_file():
        return ()
    name = path.relative_to(place.show).as_posix()
    refuse_outside(path, place.show, name)
    try:
        values = read_yaml(path, name)
        written = Written(name, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PipelineError(
            "shot-pin", name, f"could not be read: {error.strerror}", "check the file"
        ) from None
    if values is None:
        return ()
    if not isinstance(values, dict) or len(values) > MAX_PINS:
        raise PipelineError(
            "shot-pin",
            name,
            "should hold shots by their ids, each with what is pinned",
            "write for example `int_kitchen.7f3a41: {framing: close, duration: 3s}`",
        )
    return tuple(_pin(str(shot), wanted, written) for shot, wanted in values.items())


def _pin(shot: str, wanted: object, written: Written) -> ShotPin:
    where = written.where(shot).split(": ")[0].replace(", line ", ":")
    if not isinstance(wanted, dict):
        raise PipelineError(
            "shot-pin",
            where,
            f"{shot} should hold framing, duration, movement, picture or insert, found {wanted!r}",
            f"write for example `{shot}: {{framing: close, duration: 3s}}`",
        )
    if "insert" in wanted and len(wanted) > 1:
        raise PipelineError(
            "shot-pin",
            where,
            f"{shot}: an insert makes other shots of the paragraph, with names of their own",
            "pin the insert alone, run `pipeline explain --shots`, and pin the new shots",
        )
    return read_pin({str(key): value for key, value in wanted.items()}, where, shot=shot)
