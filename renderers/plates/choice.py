"""Stable choices: the same name always gets the same look, without any state or randomness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from blake3 import blake3

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chooser:
    """Choices that follow from a subject's id.

    Each question has its own name, so a question added later changes no earlier answer.
    """

    subject: str

    def number(self, question: str, below: int) -> int:
        """A whole number from 0 up to, not including, `below`."""
        digest = blake3(f"{question}\x00{self.subject}".encode()).digest(8)
        return int.from_bytes(digest, "big") % below

    def pick(self, question: str, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.number(question, len(options))]

    def chance(self, question: str, percent: int) -> bool:
        """True for `percent` of all subjects."""
        return self.number(question, 100) < percent

    def spread(self, question: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.number(question, high - low + 1)
