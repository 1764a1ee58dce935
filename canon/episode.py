"""The Episode artifact of a script: its place in the season and what it is about."""

from __future__ import annotations

import re
from typing import Final

from canon.threads import threads_of
from schemas.canon import Fact
from schemas.episode import Episode
from schemas.script import Script, Synopsis

# s01e02, S1.E2, s01_e02, 1x02; then episode02, ep 2, e02 for a show of one season.
_SEASON_AND_EPISODE: Final = (
    re.compile(r"(?<![a-z0-9])s(\d{1,4})[ ._-]*e(\d{1,4})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<![a-z0-9])(\d{1,4})x(\d{1,4})(?![a-z0-9])", re.IGNORECASE),
)
_EPISODE_ONLY: Final = re.compile(
    r"(?<![a-z0-9])(?:episode|ep|e)[ ._-]*(\d{1,4})(?!\d)", re.IGNORECASE
)


def episode_of(script: Script, episode: str, new_facts: tuple[Fact, ...] = ()) -> Episode:
    """The episode: number and season from its id, title and arc from the title page.

    The summary is the script's synopses, a line each; the threads are what it opens and does not
    close. What the script leaves out stays empty or 0; nothing is invented.
    """
    season_number, episode_number = episode_numbers(episode)
    return Episode.create(
        episode_id=episode,
        season_number=season_number,
        episode_number=episode_number,
        title=_title_entry(script, "title"),
        arc_reference=_title_entry(script, "arc"),
        summary="\n".join(_synopses(script)),
        new_facts=new_facts,
        unresolved_threads=threads_of(script),
    )


def episode_numbers(episode: str) -> tuple[int, int]:
    """Season and episode number in an id such as `s01e02` or `1x02`; 0 for what it leaves out."""
    for pattern in _SEASON_AND_EPISODE:
        if match := pattern.search(episode):
            return int(match[1]), int(match[2])
    match = _EPISODE_ONLY.search(episode)
    return 0, int(match[1]) if match else 0


def _title_entry(script: Script, key: str) -> str:
    for entry in script.title_page:
        if entry.key.strip().casefold() == key:
            # Fountain writes titles as _**TITLE**_; the marks are not part of the name.
            lines = (" ".join(line.split()).strip("*_ ") for line in entry.values)
            return " ".join(line for line in lines if line)
    return ""


def _synopses(script: Script) -> list[str]:
    texts = (
        " ".join(element.text.split())
        for scene in script.scenes
        for element in scene.elements
        if isinstance(element, Synopsis)
    )
    return [text for text in texts if text]
