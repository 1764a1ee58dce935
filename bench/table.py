"""The measurements as a table, and its place in the documentation."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from statistics import median

from bench.measure import Cost
from bench.rounds import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured by `make bench` -->", "<!-- end of what is measured -->"

WHAT = {
    "bare encode": "bare x264 of the film's ready frames: the yardstick",
    "cold run": "cold run: screenplay to film, nothing done before",
    "nothing changed": "run again, nothing changed",
    "one line changed": "run again, one spoken line changed",
    "--help": "`pipeline --help`",
}
RATIO = "cold run to bare encode, times"
# On the wall, in seconds; the ratio as it is.
LIMITS = {RATIO: "3", "nothing changed": "1", "--help": "0.25"}


def medians(rounds: Sequence[Mapping[str, Cost]]) -> dict[str, Cost]:
    """Per measurement the median of the wall seconds and of the CPU seconds."""
    return {
        name: Cost(
            median(each[name].wall_s for each in rounds),
            median(each[name].cpu_s for each in rounds),
        )
        for name in WHAT
    }


def ratios(rounds: Sequence[Mapping[str, Cost]]) -> Cost:
    """Cold run to bare encode, on the wall and in CPU: the median of each round's own ratio."""
    pairs = [(each["cold run"], each["bare encode"]) for each in rounds]
    return Cost(
        median(cold.wall_s / bare.wall_s for cold, bare in pairs),
        median(cold.cpu_s / bare.cpu_s for cold, bare in pairs),
    )


def table(rounds: Sequence[Mapping[str, Cost]], lanes: int) -> str:
    """A Markdown table with the medians, and what they were measured on."""
    shown = medians(rounds) | {RATIO: ratios(rounds)}
    rows = ["| what | wall s | CPU s | wall at most |", "| --- | ---: | ---: | ---: |"]
    for name, cost in shown.items():
        named, limit = WHAT.get(name, name), LIMITS.get(name, "")
        rows.append(f"| {named} | {cost.wall_s:.2f} | {cost.cpu_s:.2f} | {limit} |")
    where = f"{lanes} workers, {platform.machine()}, Python {platform.python_version()}"
    return "\n".join([*rows, "", f"Medians of {len(rounds)} rounds; {where}.", ""])


def write(text: str) -> None:
    """Put the table into the document, in the place marked for it or at the end."""
    before, after = "# Performance\n\n", ""
    if DOCUMENT.is_file():
        written = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = written.partition(BEGIN)
        _, _, after = rest.partition(END)
        if not rest:
            before = before.rstrip("\n") + "\n\n"
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after or chr(10)}", encoding="utf-8")
