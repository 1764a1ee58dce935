"""Names that are one letter from another: a slip makes a new person, with a voice and face."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from schemas.script import Dialogue

_SHORTEST_CHARS: Final = 4
# A slip is made once; a part of the same film with a name alike speaks more often.
_OFTEN: Final = 3


def near_names(lines: Sequence[Dialogue]) -> Iterator[str]:
    """A sentence for each speaker of one speech whose name is a slip away from a frequent one."""
    speeches: dict[str, list[Dialogue]] = {}
    for line in lines:
        if not line.continues:
            speeches.setdefault(line.speaker, []).append(line)
    often = [name for name, said in speeches.items() if len(said) >= _OFTEN]
    for name, said in speeches.items():
        meant = next((other for other in often if is_slip(name, other)), "")
        if len(said) == 1 and meant:
            source = said[0].source
            yield (
                f"{source.file}:{source.line}: {name} speaks once, and {meant} "
                f"{len(speeches[meant])} times: if they are one person, write {meant}; else "
                "nothing is wrong"
            )


def is_slip(name: str, other: str) -> bool:
    """Whether two names of letters differ in one letter put in, left out, changed, or swapped with
    the next one. Names of fewer than four letters and endings in a number or a single letter, as
    GUARD A and GUARD B have, are different on purpose."""
    if name == other or min(len(name), len(other)) < _SHORTEST_CHARS:
        return False
    if any(len(each.split()[-1]) < 2 or each[-1].isdigit() for each in (name, other)):
        return False
    start = 0
    while start < min(len(name), len(other)) and name[start] == other[start]:
        start += 1
    one, two = name[start:], other[start:]
    swapped = len(one) == len(two) > 1 and one[:2] == two[1::-1] and one[2:] == two[2:]
    return swapped or one[1:] == two[1:] or one == two[1:] or one[1:] == two
