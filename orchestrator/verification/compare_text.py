"""A comparison of two builds in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_HOW: Final = ("added", "removed", "moved", "changed", "renamed")
_SHOWN_CHARS: Final = 100


def comparison_text(found: dict[str, Any]) -> str:
    """`compare_builds` for people; parts that are the same are left out."""
    if found["same"]:
        return "the two builds are the same"
    parts = (
        _counted("scenes", found["scenes"], _scene_rows),
        _counted("words", found["words"], _word_rows),
        _listed("facts", [f"{f['change']}: {f['fact']}" for f in found["facts"]]),
        _listed("lines that sound otherwise", list(_voices(found["voices"]))),
        _counted("shots", found["shots"], _shot_rows),
        _listed("length", list(_lengths(found["length"]))),
        _listed("pictures and sounds", list(_assets(found["assets"]))),
        _listed("loudness", list(_levels(found["loudness"]))),
        _listed("captions that differ", found["captions"]),
        _listed("toolchain", list(_tools(found["toolchain"]))),
        _listed("artifacts that differ", [", ".join(a["artifact"] for a in found["artifacts"])]),
    )
    rows = [row for part in parts for row in part]
    film = "another film" if found["film"] else "the film is the same"
    return "\n".join([f"{found['before']} → {found['now']}: {film}", *rows])


def _listed(title: str, rows: list[str]) -> list[str]:
    return [f"{title}:", *(f"  {row}" for row in rows)] if rows else []


def _counted(title: str, changes: list[dict[str, Any]], rows: Any) -> list[str]:
    if not changes:
        return []
    counts = [(sum(c["change"] == how for c in changes), how) for how in _HOW]
    told = ", ".join(f"{count} {how}" for count, how in counts if count)
    return [f"{title}: {told}", *(f"  {row}" for change in changes for row in rows(change))]


def _scene_rows(change: dict[str, Any]) -> Iterator[str]:
    was = f" (was {change['before']})" if "before" in change else ""
    yield f"{change['change']}: {change['scene']}{was}"


def _word_rows(change: dict[str, Any]) -> Iterator[str]:
    who = change["who"] or change["kind"]
    yield f"{change['change']}: {who}, {change['where']}"
    if "before" in change:
        yield f"    was: {_short(change['before'])}"
    if "now" in change:
        yield f"    now: {_short(change['now'])}"


def _shot_rows(change: dict[str, Any]) -> Iterator[str]:
    people = f" of {', '.join(change['people'])}" if change["people"] else ""
    shows = f": {_short(change['shows'])}" if change["shows"] else ""
    at = f" at {change['at']}" if change["at"] else ""
    yield f"{change['change']}: {change['shot']}{at}, {change['framing']}{people}{shows}"
    for name, sides in change.items():
        if name in ("change", "shot", "at", "framing", "people", "shows", "moved"):
            continue
        if sides is True:
            yield f"    {name}"
        elif name == "retimed":
            yield f"    retimed: {sides[0]} → {sides[1]} frames"
        elif name == "other words":
            yield "    other words are heard"
        else:
            yield f"    {name}: {_side(sides[0])} → {_side(sides[1])}"


def _voices(changes: list[dict[str, Any]]) -> Iterator[str]:
    for change in changes:
        before, now = change["voice"]
        voice = f"{before} → {now}, " if before != now else ""
        lasts = f"{change['before_ms'] / 1000:.2f} s → {change['now_ms'] / 1000:.2f} s"
        yield f"{change['line']}: {voice}{lasts}"


def _lengths(length: dict[str, Any]) -> Iterator[str]:
    if not length or (length["before"] == length["now"] and not length["scenes"]):
        return
    yield f"the film: {length['before']} → {length['now']}"
    for scene in length["scenes"]:
        before, now = scene["before_ms"] / 1000, scene["now_ms"] / 1000
        yield f"{scene['scene']}: {before:.2f} s → {now:.2f} s"


def _assets(changes: list[dict[str, str]]) -> Iterator[str]:
    for change in changes:
        yield f"{change['kind']} {change['subject']}: {change['before']} → {change['now']}"


def _levels(loudness: dict[str, str]) -> Iterator[str]:
    if loudness:
        yield f"{loudness['before']} → {loudness['now']}"


def _tools(changes: list[dict[str, str]]) -> Iterator[str]:
    for change in changes:
        yield f"{change['tool']}: {change['before'] or 'none'} → {change['now'] or 'none'}"


def _side(value: Any) -> str:
    text = "; ".join(value) if isinstance(value, list) else str(value)
    return _short(text) or "nothing"


def _short(text: str) -> str:
    line = " / ".join(text.splitlines())
    return line if len(line) <= _SHOWN_CHARS else line[: _SHOWN_CHARS - 1] + "…"
