"""Scripts written as JSON or YAML, by hand or by this program."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import PipelineError
from schemas.script import Action, Dialogue, Script, plain_text
from stages.reading.read_fountain import read_fountain
from stages.reading.read_structured import read_structured

YAML = """\
title_page:
  Title: The Pier
  Contact: [a@b.c, "555"]
scenes:
  - slug: "INT. PIER - NIGHT #7#" # counted
    elements:
      - She waits for *him*.
      - speaker: MARA (V.O.)
        parenthetical: (whispering)
        text: No
      - speaker: "@李明"
        text: |
          007
          yes
      - kind: transition
        text: "CUT TO:"
      - kind: note
        text: "canon: mara.status = dead"
  - slug: {text: EXT. SEA - DAY, location_id: north_sea}
    elements:
      - {kind: lyric, text: La la}
      - {kind: section, text: Act, level: 2}
"""


def read(text: str, syntax: Literal["json", "yaml"] = "yaml") -> Script:
    return read_structured(text.encode(), "a.yaml", syntax)


def refusal(text: str, syntax: Literal["json", "yaml"]) -> PipelineError:
    with pytest.raises(PipelineError) as caught:
        read(text, syntax)
    return caught.value


def test_a_hand_written_file_is_filled_in() -> None:
    script = read(YAML)
    first, second = script.scenes
    assert [(x.key, x.values) for x in script.title_page] == [
        ("Title", ("The Pier",)), ("Contact", ("a@b.c", "555")),
    ]  # fmt: skip
    assert (first.scene_id, first.number, first.slug.setting) == ("sc-7", "7", "INT")
    assert (first.slug.location_id, first.slug.time_of_day) == ("pier", "NIGHT")
    assert (second.scene_id, second.slug.location_id) == ("ext_sea_day", "north_sea")
    assert first.emotional_tags == ("quiet",)
    assert [element.source.line for element in first.elements] == [5, 8, 11, 15, 17]
    assert [(fact.subject, fact.value, fact.scene_id) for fact in script.facts] == [
        ("mara", "dead", "sc-7")
    ]


def test_words_stay_as_written_although_yaml_has_other_ideas() -> None:
    action, mara, li = read(YAML).scenes[0].elements[:3]
    assert isinstance(action, Action)
    assert action.spans[1].italic
    assert isinstance(mara, Dialogue)
    assert isinstance(li, Dialogue)
    assert (mara.speaker, mara.speaker_id, mara.extensions) == ("MARA", "mara", ("V.O.",))
    assert (mara.parenthetical, plain_text(mara.spans)) == ("whispering", "No")
    assert (li.speaker, plain_text(li.spans)) == ("李明", "007\nyes")


def test_ids_are_those_of_the_fountain_reader() -> None:
    fountain = read_fountain("INT. A - DAY\n\nMARA\n(soft)\nHi *you*.\n", "a.fountain")
    written = read(
        '{"scenes": [{"slug": "INT. A - DAY", "elements": ['
        '{"speaker": "MARA", "parenthetical": "soft", "text": "Hi *you*."}]}]}',
        "json",
    )
    theirs, ours = fountain.scenes[0], written.scenes[0]
    assert (theirs.scene_id, theirs.slug) == (ours.scene_id, ours.slug)
    assert isinstance(theirs.elements[0], Dialogue)
    assert isinstance(ours.elements[0], Dialogue)
    assert theirs.elements[0].line_id == ours.elements[0].line_id


FOUNTAIN = (
    "Title: A\n\n# Act\n\nINT. HOUSE - DAY #3#\n\nMara *sits*.\n\n> X <\n\n"
    "MARA (V.O.)\n(sad)\nHi.\n"
    "(beat)\n~La.\n\nJON ^\nHo. [[canon: jon.mood -> odd]]\n\n~Song\n\n=== \n\n"
    "= sum\n\nCUT TO:\n\n.B\n"
)


def test_what_the_program_wrote_is_read_back_equal() -> None:
    script = read_fountain(FOUNTAIN, "e.fountain")
    assert read_structured(script.readable(), "e.json", "json") == script
    # The same document is YAML too.
    assert read_structured(script.readable(), "e.yaml", "yaml") == script


def test_lines_of_json_are_those_of_its_braces() -> None:
    written = '{"scenes": [\n {"slug": "INT. A",\n  "elements": [\n\n  {"text": "a \\"{ b"}]}]}'
    (scene,) = read(written, "json").scenes
    assert (scene.source.line, scene.elements[0].source.line) == (2, 5)


@pytest.mark.parametrize(
    ("text", "syntax", "code", "where"),
    [
        ('{"scenes": [\n  1,\n}', "json", "malformed-json", "a.yaml:3:1"),
        ('{"scenes": [],\n "scenes": []}', "json", "malformed-json", "a.yaml:1"),
        ('{"scenes": NaN}', "json", "malformed-json", "a.yaml"),
        ("scenes:\n  - a: [1\n  b", "yaml", "malformed-yaml", "a.yaml:3:4"),
        ("scenes: &a [x]\nfacts: *a", "yaml", "malformed-yaml", "a.yaml:1:9"),
        ("scenes: []\nscenes: []", "yaml", "malformed-yaml", "a.yaml:2:1"),
        ("scenes: !!python/object:os.system x", "yaml", "malformed-yaml", "a.yaml:1:9"),
        ("scenes: !!timestamp x", "yaml", "malformed-yaml", "a.yaml:1:9"),
        ("? [a]\n: b", "yaml", "malformed-yaml", "a.yaml:1:3"),
        ("[" * 100_000, "json", "too-deep", "a.yaml:1"),
        ("[" * 100_000, "yaml", "too-deep", "a.yaml:1:65"),
        ('{"a":' * 100_000, "json", "too-deep", "a.yaml:1"),
        ("scenes:\n- slug: INT. A #7#", "yaml", "malformed-yaml", "a.yaml:2:15"),
        ("- a", "yaml", "schema", "a.yaml"),
        ("", "yaml", "schema", "a.yaml"),
        ("scenes: x", "yaml", "schema", "a.yaml"),
        ("schema: ShotList/1.0.0\nscenes: []", "yaml", "schema", "a.yaml"),
        ("schema: Script/2.0.0\nscenes: []", "yaml", "schema-version", "a.yaml"),
        ("scenes: [{elements: [{kind: poem, text: x}]}]", "yaml", "schema", "a.yaml"),
        ("scenes: [{elements: [{speaker: MARA, text: [x]}]}]", "yaml", "schema", "a.yaml"),
        ("scenes: [{elements: [7]}]", "json", "malformed-json", "a.yaml:1:1"),
        ('{"scenes": [{"elements": [7]}]}', "json", "schema", "a.yaml"),
        ('{"scenes": [{"elements": ["\\ud800"]}]}', "json", "wrong-encoding", "a.yaml:1"),
        ("scenes: []", "yaml", "empty-screenplay", "a.yaml"),
        ("title_page: {Title: A}", "yaml", "empty-screenplay", "a.yaml"),
        ("scenes:\n- scene_id: a\n- scene_id: a", "yaml", "duplicate-id", "a.yaml:3"),
        ("scenes: [x]\nfacts: [mara is dead]", "yaml", "canon-note", "a.yaml:1"),
        ("%PDF-1.4", "yaml", "not-a-screenplay", "a.yaml"),
    ],
)
def test_refusals(text: str, syntax: Literal["json", "yaml"], code: str, where: str) -> None:
    found = refusal(text, syntax)
    assert (found.code, found.where) == (code, where)
    assert found.hint


def test_a_refusal_by_contract_names_the_field() -> None:
    assert "scenes/0/elements/0" in refusal('{"scenes": [{"elements": [7]}]}', "json").problem


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "scenes",
                    "elements",
                    "slug",
                    "text",
                    "speaker",
                    "spans",
                    "kind",
                    "source",
                    "line",
                    "title_page",
                    "facts",
                    "schema",
                    "parenthetical",
                    "extensions",
                    "number",
                    "scene_id",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(JUNK, st.sampled_from(["json", "yaml"]))
def test_any_value_is_a_script_or_a_refusal(value: Any, syntax: Literal["json", "yaml"]) -> None:
    payload = value if isinstance(value, dict) else {"scenes": [value]}
    try:
        script = read(json.dumps(payload), syntax)
    except PipelineError:
        return
    assert Script.model_validate(script.payload()) == script


@given(st.text(max_size=60), st.sampled_from(["json", "yaml"]))
def test_any_text_is_a_script_or_a_refusal(text: str, syntax: Literal["json", "yaml"]) -> None:
    try:
        read_structured(text.encode("utf-8", "replace"), "a", syntax)
    except PipelineError as caught:
        assert caught.code
