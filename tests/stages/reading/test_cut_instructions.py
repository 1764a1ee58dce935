from __future__ import annotations

import pytest

from stages.reading.cut_instructions import read_transition


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("FADE IN:", "fade_in"),
        ("Fade out.", "fade_out"),
        ("FADE TO BLACK.", "fade_out"),
        ("SMASH CUT TO:", "smash_cut"),
        ("MATCH-CUT TO:", "match_cut"),
        ("SLOW DISSOLVE TO:", "dissolve"),
        ("CUT TO BLACK.", "cut"),
        ("CUT TO:", "cut"),
        ("WHIP PAN TO:", "cut"),
        ("", "cut"),
    ],
)
def test_instructions(text: str, kind: str) -> None:
    assert read_transition(text) == kind
