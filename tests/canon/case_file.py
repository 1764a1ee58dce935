"""A case of the corpus: one Fountain file whose title page says what is known and what is found.

    Title: why this must be stopped, or must pass
    Episode: s01e10                                   the default
    Canon:
        mara.status = dead                            from the seed
        s01e01:132 mara.status = dead                 from line 132 of episodes/s01e01.fountain
    Finds:
        rule | the script line | how the evidence begins
    About: the rule that a passing case comes near

A script line is written as in the script, a note without its brackets; where several lines read
the same, `#2` after it is the second of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from canon.gate import Mode, check_episode
from canon.rules import RULES, Rule
from schemas.canon import CanonDiff, CanonSnapshot, Fact
from schemas.script import Script
from stages.reading.read_fountain import read_fountain
from tests.canon.build import fact

CASES = Path(__file__).with_name("cases")
GATES = {"blocked": "blocked", "flagged": "flagged", "passes": "passed"}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a case names it: the rule, the line number, how the evidence begins."""

    rule: str
    line: int
    evidence: str


@dataclass(frozen=True, slots=True)
class Case:
    """What a file says. `gate` is the verdict its folder stands for."""

    name: str
    gate: str
    episode: str
    script: Script
    known: CanonSnapshot
    finds: tuple[Found, ...]
    about: str

    def check(self, mode: Mode = "strict", rules: tuple[Rule, ...] = RULES) -> CanonDiff:
        """What the gate says of it."""
        return check_episode(self.script, self.episode, self.known, mode, rules)


def read_case(path: Path) -> Case:
    """The case of a file. A mistake in it fails with the name of the file."""
    name = f"{path.parent.name}/{path.stem}"
    text = path.read_text(encoding="utf-8")
    script = read_fountain(text, f"episodes/{path.stem}.fountain")
    page = {entry.key.casefold(): entry.values for entry in script.title_page}
    unknown = set(page) - {"title", "episode", "canon", "finds", "about"}
    assert not unknown, f"{name}: the title page has {unknown}"
    assert page.get("title", ("",))[0], f"{name}: the title says why"
    return Case(
        name=name,
        gate=GATES[path.parent.name],
        episode=page.get("episode", ("s01e10",))[0],
        script=script,
        known=CanonSnapshot.create(
            facts=tuple(_fact(line, name) for line in page.get("canon", ()))
        ),
        finds=tuple(_found(line, text.splitlines(), name) for line in page.get("finds", ())),
        about=page.get("about", ("",))[0],
    )


def all_cases() -> list[Case]:
    """Every case, by folder and name."""
    return [read_case(path) for path in sorted(CASES.glob("*/*.fountain"))]


def _fact(line: str, name: str) -> Fact:
    found = re.fullmatch(r"(?:(?P<episode>\w+):(?P<line>\d+)\s+)?(?P<claim>.+? = .+)", line.strip())
    assert found, f"{name}: {line!r} is no fact"
    return fact(found["claim"], found["episode"] or "", int(found["line"] or 0))


def _found(line: str, lines: list[str], name: str) -> Found:
    rule, where, evidence = (part.strip() for part in line.split("|"))
    located = re.fullmatch(r"(?P<text>.+?)(?:\s+#(?P<number>\d+))?", where)
    assert located, f"{name}: {where!r} is no line"
    wanted = {located["text"], f"[[{located['text']}]]"}
    numbers = [n for n, text in enumerate(lines, start=1) if text.strip() in wanted]
    position = int(located["number"] or 1)
    assert located["number"] or len(numbers) == 1, f"{name}: {where!r} is {len(numbers)} lines"
    return Found(rule, numbers[position - 1], evidence)
