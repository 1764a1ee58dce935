from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canon.embedding import HashedNgrams, WordVectors, words_of
from canon.recall import build_index, recall, summary_of
from schemas.documents import read_document
from schemas.recall import RecallIndex
from schemas.script import Script
from stages.reading.read_fountain import read_fountain

ROOT = Path(__file__).parents[2]
HASHED = HashedNgrams()

ONE = """INT. STATION - NIGHT

= Nora teaches Tess to read the tide.

The LANTERN burns on its hook.

NORA
The road is open until nine.

EXT. CAUSEWAY - NIGHT

Headlights come down onto the sand.

TESS
Turn back!
"""
TWO = "INT. BREAD VAN - NIGHT\n\nCole eats a loaf.\n\nCOLE\nI heard you breathing.\n"


def told(text: str, episode: str) -> tuple[str, Script]:
    return episode, read_fountain(text, f"episodes/{episode}.fountain")


PINNED = ((305, 1), (1207, -1), (1461, 1), (2325, 3), (2489, -1), (2760, 1), (3268, 1), (3750, 1))
STORY = [told(ONE, "s01e01"), told(TWO, "s01e02")]


def test_the_index_is_the_same_bytes_whatever_the_order_and_the_process() -> None:
    index = build_index(STORY, HASHED, "harbour")
    assert build_index(STORY[::-1], HASHED, "harbour") == index
    assert read_document(index.readable(), RecallIndex, "an index") == index
    program = (
        "from tests.canon.test_recall import *;"
        "print(build_index(STORY, HashedNgrams(), 'harbour').digest())"
    )
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == index.digest()


def test_the_numbers_are_pinned() -> None:
    """Vectors stored by one version are read by the next: a change needs another name."""
    assert HASHED.name == "hashed-ngrams/1"
    assert HASHED.embed("tide") == HASHED.embed("TIDE!")
    assert HASHED.embed("") == ()
    assert HASHED.embed("tide") == PINNED


def test_scenes_and_lines_are_entries_with_their_place() -> None:
    index = build_index(STORY, HASHED)
    rows = [(e.kind, e.episode, e.line, e.text) for e in index.entries]
    assert rows == [
        (
            "summary",
            "s01e01",
            1,
            "INT. STATION - NIGHT. Nora teaches Tess to read the tide. NORA",
        ),
        ("detail", "s01e01", 5, "The LANTERN burns on its hook."),
        ("detail", "s01e01", 7, "NORA: The road is open until nine."),
        (
            "summary",
            "s01e01",
            10,
            "EXT. CAUSEWAY - NIGHT. Headlights come down onto the sand. TESS",
        ),
        ("detail", "s01e01", 12, "Headlights come down onto the sand."),
        ("detail", "s01e01", 14, "TESS: Turn back!"),
        ("summary", "s01e02", 1, "INT. BREAD VAN - NIGHT. Cole eats a loaf. COLE"),
        ("detail", "s01e02", 3, "Cole eats a loaf."),
        ("detail", "s01e02", 5, "COLE: I heard you breathing."),
    ]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("the lantern on a hook", 5),
        ("lanterns burning", 5),
        ("headlights", 12),
        ("when does the road close", 7),
        ("Breathing?", 5),
        ("heard somebody breathe", 5),
    ],
)
def test_what_is_like_the_question_comes_first(question: str, line: int) -> None:
    hits = recall(build_index(STORY, HASHED), question, HASHED)
    assert hits[0].entry.line == line
    assert all(0 < hit.score_e4 <= 10_000 for hit in hits)
    assert [hit.score_e4 for hit in hits] == sorted((h.score_e4 for h in hits), reverse=True)


def test_a_line_is_most_like_itself_and_nothing_is_like_nothing() -> None:
    index = build_index(STORY, HASHED)
    for entry in index.entries:
        (best,) = recall(index, entry.text, HASHED, limit=1)
        assert (best.entry, best.score_e4) == (entry, 10_000)
    assert recall(index, "", HASHED) == ()
    assert recall(index, "zzzzqqqq", HASHED, limit=100) == recall(index, "zzzzqqqq", HASHED, 100)


def test_what_comes_later_is_not_remembered_yet() -> None:
    index = build_index(STORY, HASHED)
    assert all(
        hit.entry.episode == "s01e01"
        for hit in recall(index, "breathing loaf", HASHED, 9, "s01e02")
    )
    assert recall(index, "lantern", HASHED, 9, "s01e01") == ()


def test_writing_without_spaces_is_found_by_its_parts() -> None:
    story = [
        told("INT. 灯台 - 夜\n\n@ノラ\n道は九時まで開いている。\n\n@テス\n戻って。\n", "s01e01")
    ]
    (best, *_) = recall(build_index(story, HASHED), "九時", HASHED)
    assert "九時" in best.entry.text


def test_a_trained_model_finds_what_shares_no_letter() -> None:
    vectors = WordVectors(
        "word-vectors/1 test",
        2,
        {"lantern": (9000, 0), "lamp": (8500, 100), "hook": (0, 500), "loaf": (0, 9000)},
    )
    index = build_index(STORY, vectors)
    assert (index.embedder, index.dimensions) == ("word-vectors/1 test", 2)
    (best, *_) = recall(index, "lamp", vectors)
    assert best.entry.text == "The LANTERN burns on its hook."
    with pytest.raises(ValueError, match="hashed-ngrams"):
        recall(index, "lamp", HASHED)


@given(st.text(max_size=60))
def test_any_text_has_a_vector_of_whole_numbers(text: str) -> None:
    vector = HASHED.embed(text)
    assert [d for d, _ in vector] == sorted({d for d, _ in vector})
    assert all(0 <= d < HASHED.dimensions and weight for d, weight in vector)
    assert bool(vector) <= bool(words_of(text))


def test_a_scene_without_a_synopsis_is_told_by_how_it_opens() -> None:
    assert summary_of(STORY[1][1].scenes[0]) == "INT. BREAD VAN - NIGHT. Cole eats a loaf. COLE"


ROOMS = ("orchestrator", "stages", "canon", "renderers", "schemas")


def reached_from(*modules: str) -> set[str]:
    """Every module of ours that importing these, or running their functions, can import."""
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        path = ROOT / module.replace(".", "/")
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if module in seen or not path.is_file():
            continue
        seen.add(module)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            waiting += [name for name in names if name.split(".")[0] in ROOMS]
    return seen


def test_nothing_of_the_recall_layer_can_reach_the_gate() -> None:
    gate = reached_from("canon.gate", "canon.pending", "canon.diff", "orchestrator.work.gate_canon")
    assert {"canon.rules.life", "canon.facts", "orchestrator.canon.store"} <= gate
    memory = {"canon.recall", "canon.embedding", "canon.context", "orchestrator.canon.story_memory"}
    assert not gate & {*memory, "orchestrator.canon.word_vectors"}
    # The reader itself sees what it should: recall is reached from where it is used.
    assert memory <= reached_from("orchestrator.cli.canon_memory")
