"""Generated screenplays with known speeches, arbitrary text, and hostile text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.canonical import canonical_bytes
from schemas.errors import PipelineError
from schemas.script import Script
from stages.reading.read_fountain import read_fountain
from stages.spoken_lines import spoken_lines
from tests.stages.words_of_source import (
    BONEYARD,
    lost_words,
    misplaced_lines,
    out_of_order,
    words_of_script,
)

NAMES = (
    "MARA",
    "ÉLISE",
    "3CPO",
    "DR. WHO",
    "МАША",
    "ANNA/BERT",
    "@李明",
    "@McAvoy",
    "O'NEIL-SMITH",
)
EXTENSIONS = ("", " (V.O.)", " (O.S.) (CONT'D)", " (on the phone)")
WORDS = st.text("abcdé你 ,.!?'-TO", min_size=1, max_size=20).map(str.strip).filter(bool)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028"])
QUIET = st.sampled_from(
    ["She sits.", "BOOM", "= a summary", "# Act", "[[a note]]", "/* gone */", "> CUT TO:",
     "INT. HOUSE - DAY", ".POV", "> THE END <", "===", "!MARA", "FADE OUT.", "EXT. SEA - NIGHT #4#",
     "LATER", "FLASHBACK:", "END OF FLASHBACK", "CONTINUED:", "CONTINUED: (2)", "12.", "---",
     "7 INT. HALL - DAY", "FLASHBACK - INT. HALL - DAY", "INT HALL NIGHT", "OMITTED",
     "CUT TO BLACK"]
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A block of source lines, and what is said in it by whom."""

    lines: tuple[str, ...]
    speaker: str = ""
    said: tuple[str, ...] = ()


@st.composite
def speeches(draw: st.DrawFn) -> Written:
    name = draw(st.sampled_from(NAMES))
    lines, said = [name + draw(st.sampled_from(EXTENSIONS))], []
    for _ in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            lines.append("(beat)")
        words = draw(WORDS)
        lines.append(draw(st.sampled_from(["", "    ", "\t"])) + words)
        said.append(words)
        lines.extend(draw(st.sampled_from([(), ("[[aside]]",), ("/* cut */",)])))
    return Written(tuple(lines), name.removeprefix("@"), tuple(said))


BLOCKS = st.lists(
    st.one_of(speeches(), QUIET.map(lambda text: Written((text,)))), min_size=1, max_size=8
)


@settings(max_examples=150, deadline=None)
@given(BLOCKS, ENDS, st.sampled_from(["", "Title: A\nAuthor: B\n\n", "\ufeff"]))
def test_every_speech_arrives_word_for_word_and_in_order(
    blocks: list[Written], end: str, head: str
) -> None:
    text = head + "\n\n".join("\n".join(block.lines) for block in blocks) + "\n"
    source = text.replace("\n", end)
    try:
        script = read_fountain(source, "e.fountain")
    except PipelineError as refusal:
        assert refusal.code == "empty-screenplay"
        assert not any(block.said for block in blocks)
        return
    heard = [(x.speaker, line) for x in spoken_lines(script) for line in x.text.split("\n")]
    written = [(block.speaker, line) for block in blocks for line in block.said]
    assert heard == written
    assert misplaced_lines(source, script) == ()
    assert out_of_order(source, script) == ()


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.text("AB ab\n\r().:#=~>@!*_[]/^-1\x85\x0c\ufeff", max_size=120)))
def test_any_text_is_a_script_or_a_refusal_and_loses_no_word(text: str) -> None:
    try:
        script = read_fountain(text, "e.fountain")
    except PipelineError as refusal:
        assert refusal.code in (
            "empty-screenplay",
            "not-a-screenplay",
            "wrong-encoding",
            "canon-note",
        )
        return
    # Marks may stand within a word, so letters are counted and not words.
    held = Counter("".join(words for _, words in words_of_script(script)))
    written = Counter(BONEYARD.sub("", text))
    assert not [sign for sign in written if sign.isalnum() and held[sign] < written[sign]]
    assert Script.model_validate(script.payload()) == script
    assert canonical_bytes(script.payload())


def test_a_whole_feature_takes_a_moment() -> None:
    scene = "INT. HOUSE - DAY\n\nMara sits *down*.\n\nMARA (V.O.)\n(soft)\nHello [[x]] there.\n\n"
    script = read_fountain(scene * 1500, "e.fountain")
    assert len(script.scenes) == 1500
    assert sum(1 for _ in spoken_lines(script)) == 1500
    assert len({line.line_id for line in spoken_lines(script)}) == 1500


def test_hostile_input_takes_no_long_time() -> None:
    hostile = (
        "[[" * 100_000,
        "/*" * 100_000,
        "(" * 100_000,
        "X\n(a\n" * 20_000,
        "x\n\n" + "#" * 100_000,
        "MARA\n" + "(a\n" * 30_000,
        "A" + " - DAY" * 20_000,
        "." + "A- " * 50_000,
        "\n".join("[[a" for _ in range(30_000)),
        "MARA " + "(" * 50_000 + "\nHi",
    )
    for text in hostile:
        assert lost_words(text, read_fountain(text, "e.fountain")) == ()
