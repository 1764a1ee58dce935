"""A screenplay as lines that can be replaced without touching any other byte of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

_LINE_END: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class FountainLines:
    """The lines as an editor numbers them, from 1, each with the end it has in the file."""

    lines: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Take a text apart; `text` gives it back unchanged."""
        lines: list[tuple[str, str]] = []
        start = 0
        for end in _LINE_END.finditer(text):
            lines.append((text[start : end.start()], end.group()))
            start = end.end()
        return cls((*lines, (text[start:], "")))

    @property
    def text(self) -> str:
        """The whole text again."""
        return "".join(words + end for words, end in self.lines)

    def line(self, number: int) -> str:
        """The words of a line, empty for one that is not there."""
        return self.lines[number - 1][0] if 0 < number <= len(self.lines) else ""

    def with_line(self, number: int, words: str) -> FountainLines:
        """The same with other words in a line."""
        changed = list(self.lines)
        changed[number - 1] = (words, changed[number - 1][1])
        return FountainLines(tuple(changed))

    def without_line(self, number: int) -> FountainLines:
        """The same without a line, and without a blank one after it when one is before it too."""
        lines = list(self.lines)
        del lines[number - 1]
        blank_around = number - 2 >= 0 and not lines[number - 2][0].strip()
        if blank_around and number - 1 < len(lines) and not lines[number - 1][0].strip():
            del lines[number - 1]
        return FountainLines(tuple(lines))

    def with_after(self, number: int, *words: str) -> FountainLines:
        """The same with further lines after a line, ended as that one is."""
        lines = list(self.lines)
        end = lines[number - 1][1] or "\n"
        lines[number - 1] = (lines[number - 1][0], end)
        lines[number:number] = [(each, end) for each in words]
        return FountainLines(tuple(lines))
