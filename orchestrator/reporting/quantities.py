"""Sizes and ages as people write and read them: `2GB`, `500 MiB`, `30d`, `12h`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from schemas.errors import PipelineError

# Decimal as disks are sold, with an i binary as memory is (IEC 80000-13).
_SIZES: Final = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12} | {
    "ki": 2**10,
    "mi": 2**20,
    "gi": 2**30,
    "ti": 2**40,
}
_AGES_S: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def parse_size_bytes(text: str) -> int:
    """`2GB` is 2 000 000 000 bytes, `2GiB` 2 147 483 648. Raises PipelineError `quantity`."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]i?)?b?\s*", text, re.I | re.A)
    if not found:
        raise _refusal(text, "a size", "500MB, 2GB or 1.5GiB")
    return int(Decimal(found[1]) * _SIZES[(found[2] or "").lower()])


def parse_age_s(text: str) -> int:
    """`30d` is 2 592 000 seconds; s, m(inutes), h, d and w are known. Raises like the above."""
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhdw])\s*", text, re.I | re.A)
    if not found:
        raise _refusal(text, "an age", "90m, 12h, 30d or 4w")
    return int(Decimal(found[1]) * _AGES_S[found[2].lower()])


def size_text(size_bytes: int) -> str:
    """For people: bytes, kB, MB or GB, decimal, with one digit behind the point."""
    for name, unit in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size_bytes >= unit:
            return f"{size_bytes / unit:.1f} {name}"
    return f"{size_bytes} bytes"


def dollars(amount_microusd: int) -> str:
    """For people: `$1.20`, rounded up to a whole cent, so that nothing looks free that is not."""
    cents = -(-amount_microusd // 10_000)
    return f"${cents // 100}.{cents % 100:02d}"


def _refusal(text: str, what: str, examples: str) -> PipelineError:
    return PipelineError("quantity", repr(text), f"is not {what}", f"write for example {examples}")
