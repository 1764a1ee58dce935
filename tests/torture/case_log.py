"""What each case came to, on disk, so that a long torture can be stopped and gone on with."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from tests.torture.system_calls import Call

Figures = dict[str, int]


class CaseLog:
    """One line of JSON a case; without a path nothing is written and nothing is known.

    `scene` says what was tortured: a log of another scene, or of another program that writes
    otherwise, is refused with ValueError.
    """

    def __init__(self, path: Path | None, scene: str) -> None:
        self._path = path
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        if path is None:
            return
        if path.is_file():
            first, *rows = path.read_text(encoding="utf-8").splitlines()
            if json.loads(first) != {"scene": scene}:
                raise ValueError(f"{path} is of another program: take another name, or delete it")
            for row in map(json.loads, rows):
                self._known[row["ordeal"], row["case"]] = row
        else:
            self._write({"scene": scene})

    def known(self, ordeal: str, case: str) -> Figures | None:
        """What the case came to earlier. One that went wrong is not known, and runs again."""
        row = self._known.get((ordeal, case))
        return None if row is None or "violation" in row else row["figures"]

    def ended(self, ordeal: str, case: str, figures: Figures) -> None:
        """Note a case that was survived."""
        self._write({"ordeal": ordeal, "case": case, "figures": figures})

    def went_wrong(self, ordeal: str, case: str, what: str) -> None:
        """Note a violation."""
        self._write({"ordeal": ordeal, "case": case, "violation": what})

    def _write(self, row: dict[str, Any]) -> None:
        if self._path is not None:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")


def case_of(job: partial[Figures]) -> str:
    """What tells a case from the others of its ordeal."""
    told = [
        f"{each.name}-{each.at}" if isinstance(each, Call) else str(each)
        for each in job.args
        if isinstance(each, str | int | Call)
    ]
    return " ".join(told)
