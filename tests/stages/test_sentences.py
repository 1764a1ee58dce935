from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.sentences import ends_clause, reading_units, split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Rain. A car stops!  Who is it?", ("Rain.", "A car stops!", "Who is it?")),
        ("Dr. Hale nods. Mr. Voss does not.", ("Dr. Hale nods.", "Mr. Voss does not.")),
        (
            "He waits... and waits. “Go.” She goes.",
            ("He waits... and waits.", "“Go.”", "She goes."),
        ),
        ("雨。傘を開く。", ("雨。", "傘を開く。")),
        ("One line\nand the next. End", ("One line and the next.", "End")),
        ("", ()),
    ],
)
def test_sentences(text: str, sentences: tuple[str, ...]) -> None:
    assert split_sentences(text) == sentences


@given(st.text(alphabet="abA .!?…。，,\n\"'", max_size=80))
def test_no_character_is_lost(text: str) -> None:
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


def test_clauses_and_reading_length() -> None:
    assert ends_clause("and then, ")
    assert ends_clause("no --")
    assert not ends_clause("and then")
    assert reading_units("ab 雨") == 6
