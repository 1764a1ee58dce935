"""Stable identifiers made from what a writer wrote, in any language."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from schemas.digest import tagged_digest

# Behind a digest of eight; a name that somebody gave may well end in a number.
_NUMBERED = re.compile(r"(?<=-[0-9a-f]{8})(-\d+)+$")


def slug(text: str, fallback: str = "unnamed") -> str:
    """An id from a name: NFKC, case-folded, letters and digits kept, the rest one underscore.

    `slug("Mara Voss")` is `mara_voss`, `slug("ÉLISE")` is `élise`, `slug("...")` is the fallback.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(c if _is_word(c) else " " for c in folded if c not in "'\u2019")
    return "_".join(kept.split()) or fallback


def short_digest(name: str, payload: Any, length: int = 8) -> str:
    """The first `length` hex characters of a content digest."""
    return tagged_digest(name, payload)[:length]


class UniqueIds:
    """Hands out ids, adding `-2`, `-3` … to one that was handed out before."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """`wanted`, or the first free numbered form of it."""
        count = self._seen.get(wanted, 0) + 1
        self._seen[wanted] = count
        if count == 1:
            return wanted
        return self.take(f"{wanted}-{count}")


def unnumbered(unique_id: str) -> str:
    """An id from `UniqueIds` as it was wanted: `mara-1f0c9e2b-2` is `mara-1f0c9e2b` again.

    What is made of one that a repetition shares must not depend on which of them came first.
    """
    return _NUMBERED.sub("", unique_id)


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"
