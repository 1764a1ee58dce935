"""The measurements as tables, and their place in the documentation."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from bench.measure import Cost
from bench.measurements import ROOT, Again, Against, Made, Run
from renderers.ffmpeg.binary import pinned_ffmpeg

DOCUMENT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured by `make bench` -->", "<!-- end of what is measured -->"


def ratio(one: Against, seconds: Callable[[Cost], float]) -> float:
    """Cold run to bare encode: the median of each round's own ratio."""
    return median(
        seconds(cold) / seconds(bare) for cold, bare in zip(one.cold, one.bare, strict=True)
    )


def against_table(measured: Sequence[Against]) -> str:
    """Cold runs beside the yardstick."""
    rows = [
        "| episode | film | frames | encoded when cold | bare, s | cold, s | times "
        "| bare, CPU s | cold, CPU s | times |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in measured:
        cells = [one.show.name, _film(one.made), f"{one.frames:,}", f"{one.encoded_frames:,}"]
        for seconds in (_wall_s, _cpu_s):
            cells += [f"{median(map(seconds, costs)):.1f}" for costs in (one.bare, one.cold)]
            cells += [f"**{ratio(one, seconds):.2f}**"]
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def again_table(one: Again, help_text: Cost) -> str:
    """Runs after the first one."""
    rows = [
        f"| {one.show.name}, {_film(one.made)} | s | CPU s | programs started | own memory, MB |",
        "| --- | ---: | ---: | ---: | ---: |",
        _run_row("cold run", one.cold),
        _run_row("again, nothing changed", one.unchanged),
        _run_row("again, one spoken line changed", one.edited),
        f"| `pipeline --help` | {help_text.wall_s:.2f} | {help_text.cpu_s:.2f} | | |",
    ]
    return "\n".join(rows)


def scaling_table(name: str, costs: dict[int, Cost]) -> str:
    """Cold runs by number of workers."""
    first = costs[min(costs)]
    rows = [f"| {name}, workers | s | CPU s | times faster |", "| ---: | ---: | ---: | ---: |"]
    rows += [
        f"| {count} | {cost.wall_s:.1f} | {cost.cpu_s:.1f} | {first.wall_s / cost.wall_s:.2f} |"
        for count, cost in costs.items()
    ]
    return "\n".join(rows)


def memory_table(measured: Sequence[tuple[str, Made, Run]]) -> str:
    """The largest memory of the program itself, the encoders not counted."""
    rows = [
        "| episode | film | s | CPU s | own memory, MB |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    rows += [
        f"| {name} | {_film(made)} | {run.cost.wall_s:.1f} | {run.cost.cpu_s:.1f} "
        f"| {run.peak_bytes / 1e6:.0f} |"
        for name, made, run in measured
    ]
    return "\n".join(rows)


def machine(lanes: int) -> str:
    """One line about what it was measured on."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"Measured with {lanes} workers on {lanes} cores ({_processor()}), {memory_gb:.0f} GB; "
        f"{platform.system()} {platform.release().split('-')[0]}, Python "
        f"{platform.python_version()}, {pinned_ffmpeg().build.rsplit(' ', 1)[0]}. "
        f"{os.getloadavg()[2]:.1f} programs were at work in the last quarter of an hour, these "
        "included: where that is more than the cores, trust CPU seconds only."
    )


def write(text: str) -> None:
    """Put the tables into the document, in the place marked for them or at the end."""
    before, after = "# Performance\n\n", ""
    if DOCUMENT.is_file():
        written = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = written.partition(BEGIN)
        _, _, after = rest.partition(END)
        if not rest:
            before = before.rstrip("\n") + "\n\n"
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after or chr(10)}", encoding="utf-8")


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    rows = listed.read_text(encoding="ascii", errors="replace") if listed.is_file() else ""
    names = [row.partition(":")[2].strip() for row in rows.splitlines() if "model name" in row]
    return names[0] if names else platform.machine()


def _film(made: Made) -> str:
    minutes, seconds = divmod(round(made.seconds), 60)
    return f"{made.shots} shots, {minutes}:{seconds:02d}"


def _run_row(name: str, run: Run) -> str:
    cost = run.cost
    return (
        f"| {name} | {cost.wall_s:.2f} | {cost.cpu_s:.2f} | {run.programs} "
        f"| {run.peak_bytes / 1e6:.0f} |"
    )


def _wall_s(cost: Cost) -> float:
    return cost.wall_s


def _cpu_s(cost: Cost) -> float:
    return cost.cpu_s
