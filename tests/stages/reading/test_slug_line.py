"""Headings as production drafts, pasted text and other languages set them."""

from __future__ import annotations

import pytest

from stages.reading.slug_line import read_heading

Place = tuple[str | None, str, str, str]


def heading(text: str) -> Place | None:
    """Number, setting, location and time of day."""
    found = read_heading(text)
    return found and (
        found.number,
        found.slug.setting,
        found.slug.location_name,
        found.slug.time_of_day,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 INT. HOUSE - DAY 1", ("1", "INT", "HOUSE", "DAY")),
        ("2A   EXT. PARKING LOT - NIGHT        2A", ("2A", "EXT", "PARKING LOT", "NIGHT")),
        ("A12 INT./EXT. CAR - DAY", ("A12", "INT_EXT", "CAR", "DAY")),
        ("12A. INT. ATTIC - DAY", ("12A", "INT", "ATTIC", "DAY")),
        ("3) I/E. CAVE - DUSK", ("3", "INT_EXT", "CAVE", "DUSK")),
        # The number on the right is another one, so it belongs to the time.
        ("1 INT. HOUSE - DAY 2", ("1", "INT", "HOUSE", "DAY 2")),
        # An entry of a numbered montage.
        ("1. INT. GYM - NIGHT - Jo lifts.", None),
        ("2 interns wait.", None),
        ("12 EXTRAS RUN", None),
        ("1 est parti.", None),
    ],
)
def test_a_scene_number_in_the_margins_is_the_scenes_number(
    text: str, expected: Place | None
) -> None:
    assert heading(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INT HOUSE DAY", ("INT", "HOUSE", "DAY")),
        ("INT. HOTEL ROOM NIGHT", ("INT", "HOTEL ROOM", "NIGHT")),
        ("int. kitchen-night", ("INT", "kitchen", "night")),
        ("INT. DINER - MID-DAY", ("INT", "DINER - MID-DAY", "")),
        ("EXT. SPACE", ("EXT", "SPACE", "")),
    ],
)
def test_a_time_of_day_whose_dash_was_forgotten(text: str, expected: tuple[str, str, str]) -> None:
    found = heading(text)
    assert found is not None
    assert found[1:] == expected


def test_a_forced_heading_keeps_its_words() -> None:
    assert heading(".THE LONGEST DAY") == (None, "", "THE LONGEST DAY", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INT. المقهى - ليل", ("INT", "المقهى", "ليل")),
        ("داخلي. المقهى - ليل", ("INT", "المقهى", "ليل")),
        ("חוץ. תחנה - לילה", ("EXT", "תחנה", "לילה")),
        ("内景 茶馆 日", ("INT", "茶馆", "日")),
        ("外景。海岸 - 夜", ("EXT", "海岸", "夜")),
        ("DIŞ. SOKAK - GECE", ("EXT", "SOKAK", "GECE")),
        ("WNĘTRZE. KUCHNIA - NOC", ("INT", "KUCHNIA", "NOC")),
    ],
)
def test_headings_of_other_languages(text: str, expected: tuple[str, str, str]) -> None:
    found = heading(text)
    assert found is not None
    assert found[1:] == expected


def test_a_heading_may_say_first_that_it_is_a_flashback() -> None:
    found = read_heading("FLASHBACK - INT. HALL - DAY #4#")
    assert found is not None
    assert (found.number, found.slug.text) == ("4", "FLASHBACK - INT. HALL - DAY")
    assert (found.slug.setting, found.slug.location_id) == ("INT", "hall")
