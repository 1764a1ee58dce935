"""The framings of a shot in words, from the widest to the closest."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FRAMINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "EWS": "extreme wide shot",
        "WS": "wide shot",
        "MLS": "medium long shot",
        "MS": "medium shot",
        "MCU": "medium close-up",
        "CU": "close-up",
        "ECU": "extreme close-up",
        "TITLE": "title card",
    }
)
