"""Styled runs: the spec's own cases, and that no letter is ever lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.script import plain_text
from stages.reading.fountain_emphasis import read_emphasis, without_emphasis


def styled(*lines: str) -> list[str]:
    """Runs in short: b, i and u for their styles, a colon, the words."""
    return [
        f"{'b' * span.bold}{'i' * span.italic}{'u' * span.underline}:{span.text}"
        for span in read_emphasis(lines)
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("*i* **b** ***bi*** _u_", ["i:i", ": ", "b:b", ": ", "bi:bi", ": ", "u:u"]),
        ("_**bu**_", ["bu:bu"]),
        ("_**bu_**", ["bu:bu"]),
        ("*a _b* c_", ["i:a ", "iu:b", "u: c"]),
        ("**bold *both* bold**", ["b:bold ", "bi:both", "b: bold"]),
        ("***both* bold**", ["bi:both", "b: bold"]),
        ("***both** italic*", ["bi:both", "i: italic"]),
        ("**a *b***", ["b:a ", "bi:b"]),
        ("un*believ*able", [":un", "i:believ", ":able"]),
        ("He dialed *69 and then *23, and then hung up.",
         [":He dialed *69 and then *23, and then hung up."]),
        ("He dialed *69 and then 23*, and hung up.", [":He dialed ", "i:69 and then 23",
         ":, and hung up."]),
        ("He dialed *69 and then 23\\*.", [":He dialed *69 and then 23*."]),
        ("As he *used \\*stars\\** he", [":As he ", "i:used *stars*", ": he"]),
        ("a * b * c", [":a * b * c"]),
        ("2*3*4 and snake_case_name", [":2*3*4 and snake_case_name"]),
        ("____ and **** and _open", [":____ and **** and _open"]),
        ("**open", [":**open"]),
        ("close**", [":close**"]),
        ("\\_\\_\\_\\_ is", [":____ is"]),
        ("C:\\path", [":C:\\path"]),
        ("_強調_です", ["u:強調", ":です"]),
        ("", []),
    ],
)  # fmt: skip
def test_marks(text: str, runs: list[str]) -> None:
    assert styled(text) == runs


def test_never_over_a_line_end() -> None:
    assert styled("*one", "two* *three*") == [":*one\ntwo* ", "i:three"]


@given(st.lists(st.text("ab *_\\.1é", max_size=30), max_size=3))
def test_no_letter_or_line_is_lost(lines: list[str]) -> None:
    text = plain_text(read_emphasis(lines))
    assert text.count("\n") == max(len(lines) - 1, 0)
    kept = str.maketrans("", "", "*_\\")
    assert text.translate(kept) == "\n".join(lines).translate(kept)


@given(
    st.text("ab 1é", min_size=1).filter(lambda t: t == t.strip() and t),
    st.sampled_from(["*", "**", "***", "_"]),
)
def test_a_wrapped_text_is_one_run(text: str, mark: str) -> None:
    (span,) = read_emphasis((f"{mark}{text}{mark}",))
    assert (span.text, span.italic, span.bold, span.underline) == (
        text, mark in ("*", "***"), mark in ("**", "***"), mark == "_",
    )  # fmt: skip


def test_a_long_line_of_marks_takes_no_long_time() -> None:
    text = "_a a* " * 40_000
    assert without_emphasis(text) == text
