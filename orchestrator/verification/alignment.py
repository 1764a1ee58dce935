"""Two lists of the same kind of thing, side by side: what stayed, moved, changed, went and came."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass(slots=True)
class Alignment(Generic[Thing]):
    """Pairs are (before, now). `changed` are different things that stand in the same place."""

    stayed: list[tuple[Thing, Thing]] = field(default_factory=list)
    moved: list[tuple[Thing, Thing]] = field(default_factory=list)
    changed: list[tuple[Thing, Thing]] = field(default_factory=list)
    removed: list[Thing] = field(default_factory=list)
    added: list[Thing] = field(default_factory=list)

    def paired(self) -> list[tuple[Thing, Thing]]:
        """Everything that has its like on the other side, those that stayed first."""
        return [*self.stayed, *self.moved, *self.changed]


def align(
    before: Sequence[Thing],
    now: Sequence[Thing],
    name: Callable[[Thing], Hashable],
    alike: Callable[[Thing, Thing], bool],
) -> Alignment[Thing]:
    """Align two lists by the names of their members.

    Of what has no like, one that went and one that came between the same neighbours are taken
    for one thing that changed, if they are `alike`, in order.
    """
    names = [name(thing) for thing in before], [name(thing) for thing in now]
    found: Alignment[Thing] = Alignment()
    blocks: list[tuple[list[Thing], list[Thing]]] = []
    steps = SequenceMatcher(None, *names, autojunk=False).get_opcodes()
    for kind, i, i_end, j, j_end in steps:
        if kind == "equal":
            found.stayed += zip(before[i:i_end], now[j:j_end], strict=True)
        else:
            blocks.append((list(before[i:i_end]), list(now[j:j_end])))
    _take_moved(blocks, name, found)
    for gone, come in blocks:
        _pair(gone, come, alike, found)
    return found


def _take_moved(
    blocks: list[tuple[list[Thing], list[Thing]]],
    name: Callable[[Thing], Hashable],
    found: Alignment[Thing],
) -> None:
    come_by_name: dict[Hashable, list[tuple[list[Thing], Thing]]] = {}
    for _, come in blocks:
        for thing in come:
            come_by_name.setdefault(name(thing), []).append((come, thing))
    for gone, _ in blocks:
        for thing in list(gone):
            waiting = come_by_name.get(name(thing))
            if waiting:
                come, like = waiting.pop(0)
                _drop(gone, thing)
                _drop(come, like)
                found.moved.append((thing, like))


def _pair(
    gone: list[Thing],
    come: list[Thing],
    alike: Callable[[Thing, Thing], bool],
    found: Alignment[Thing],
) -> None:
    at = 0
    for thing in gone:
        like = next((n for n in range(at, len(come)) if alike(thing, come[n])), None)
        if like is None:
            found.removed.append(thing)
            continue
        found.added += come[at:like]
        found.changed.append((thing, come[like]))
        at = like + 1
    found.added += come[at:]


def _drop(things: list[Thing], one: Thing) -> None:
    """Remove that very object; an equal one may stand beside it."""
    things.pop(next(n for n, thing in enumerate(things) if thing is one))
