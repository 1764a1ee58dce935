"""Choosing, among the files of a library, the one that serves a need best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.asset_manifest import AssetNeed, NeedKind
from schemas.digest import Digest
from schemas.ids import slug
from schemas.license import License
from schemas.render_plan import Found


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """A file of the show's library as ingested.

    `variant` is what the file says beyond its subject, such as `night`. `problem` is set when the
    file could not be read; `source_name` is its name relative to the library. An item that was made
    for the show instead has another `found` and no source.
    """

    kind: NeedKind
    subject_id: str
    variant: str
    blob: Digest | None
    source_name: str
    license: License
    problem: str = ""
    found: Found = "library"

    @property
    def usable(self) -> bool:
        """Whether there is something to show or hear."""
        return self.blob is not None and not self.problem


def candidates(need: AssetNeed, library: Iterable[LibraryItem]) -> tuple[LibraryItem, ...]:
    """The items that may serve, best first; equally good ones by name.

    A background serves when its variant fits the time of day or when it has none. A character
    serves plain or `neutral`, or else in any variant: it is still the same person. Any music
    serves as a bed, one in the right mood best.
    """
    ranked = [
        (rank, item.variant, item.source_name, position, item)
        for position, item in enumerate(library)
        if item.kind == need.kind and (rank := _rank(need, item)) is not None
    ]
    return tuple(item for *_, item in sorted(ranked, key=lambda entry: entry[:4]))


def _rank(need: AssetNeed, item: LibraryItem) -> int | None:
    """0 for the best fit, more for a worse one, None for no fit."""
    if need.kind == "music":
        return _by_variant(item, wanted=(slug(_value(need, "mood")),), otherwise=2)
    if item.subject_id != need.subject_id:
        return None
    if need.kind == "background":
        return _by_variant(item, wanted=_times(need), otherwise=None)
    return _by_variant(item, wanted=("",), otherwise=2, plain=("neutral",))


def _by_variant(
    item: LibraryItem,
    wanted: tuple[str, ...],
    otherwise: int | None,
    plain: tuple[str, ...] = ("",),
) -> int | None:
    variant = slug(item.variant, "")
    if variant in wanted:
        return 0
    return 1 if variant in plain else otherwise


def _times(need: AssetNeed) -> tuple[str, ...]:
    """`LATE NIGHT` fits a file called `late_night` and one called `night`."""
    whole = slug(_value(need, "time_of_day"), "")
    return tuple(filter(None, (whole, *whole.split("_"))))


def _value(need: AssetNeed, name: str) -> str:
    return next((each.value for each in need.attributes if each.name == name), "")
