"""Reads a Script written as JSON or YAML, filling in what the Fountain reader would work out.

A hand-written file may give `text` for `spans`, a slug line as text, `speaker` without
`speaker_id`, an element without its `kind`, and no ids, lines or language at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from schemas.artifact import SourceRef
from schemas.documents import read_payload
from schemas.errors import PipelineError
from schemas.ids import UniqueIds, slug
from schemas.script import DeclaredFact, Note, Script, Span
from stages.people.emotional_tags import emotional_tags
from stages.reading.declared_facts import read_declared_facts, read_statement
from stages.reading.decode_screenplay import decode_screenplay
from stages.reading.detect_language import language_code
from stages.reading.fountain_cue import read_cue
from stages.reading.fountain_emphasis import read_emphasis
from stages.reading.located_data import Located, read_json, read_yaml
from stages.reading.read_fountain import language_of, refuse_empty, refuse_unreadable
from stages.reading.script_ids import line_id_of, scene_id_of, speaker_id_of
from stages.reading.slug_line import heading_of, read_heading

_STYLED: Final = ("action", "dialogue", "lyric")
_FLAGS: Final = ("bold", "italic", "underline", "centered", "continues", "sung", "change")
_NUMBERS: Final = ("line", "level")
_OPTIONAL: Final = ("dual_with", "number", "location_id", "scene_id")


def read_structured(data: bytes, file: str, syntax: Literal["json", "yaml"]) -> Script:
    """The Script in `data`, checked against its contract. `file` names it in every source.

    Raises PipelineError as `decode_screenplay` does; `malformed-json` or `malformed-yaml` with
    line and column; `too-deep` for senseless nesting; `schema` for what does not fit a Script;
    `duplicate-id`, `canon-note` and `empty-screenplay`.
    """
    text = decode_screenplay(data, file)
    refuse_unreadable(text, file)
    payload = read_json(text, file) if syntax == "json" else read_yaml(text, file)
    if not isinstance(payload, Located):
        raise PipelineError(
            "schema", file, "expected a mapping with `scenes` at the top", "see schemas/json/Script"
        )
    filled = _Filler(file).script(payload)
    filled["language"] = language_code(str(filled.get("language") or "")) or filled.get("language")
    unsaid = not filled["language"]
    script = read_payload({**filled, **({"language": "en"} if unsaid else {})}, Script, file)
    refuse_empty(script.scenes, file)
    facts = script.facts if "facts" in filled else tuple(_noted_facts(script))
    language = language_of(script.scenes) if unsaid else script.language
    return script.model_copy(update={"facts": facts, "language": language})


def _noted_facts(script: Script) -> Iterator[DeclaredFact]:
    for scene in script.scenes:
        for element in scene.elements:
            if isinstance(element, Note):
                yield from read_declared_facts(element.text, element.source, scene.scene_id)


class _Filler:
    """Completes the mappings of one file; what is wrong stays, for the contract to name."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._scene_ids = UniqueIds()
        self._line_ids = UniqueIds()

    def script(self, given: Located) -> dict[str, Any]:
        scenes = [_mapping(scene, "slug", given.line) for scene in _list(given.get("scenes"))]
        self._reserve(scenes)
        filled = {"schema": Script.SCHEMA, **given}
        if "title_page" in given:
            filled["title_page"] = _title_page(given["title_page"])
        if isinstance(given.get("scenes", []), list):
            filled["scenes"] = [
                self._scene(scene) if isinstance(scene, Located) else scene for scene in scenes
            ]
        if "facts" in given:
            filled["facts"] = [self._fact(fact, given.line) for fact in _list(given["facts"])]
        return filled

    def _reserve(self, scenes: Iterable[Any]) -> None:
        """Take every id that was given, so that no id made up here meets one of them."""
        for scene in scenes:
            if not isinstance(scene, Located):
                continue
            self._take(self._scene_ids, scene.get("scene_id"), scene.line)
            for element in _list(scene.get("elements")):
                if isinstance(element, Located):
                    self._take(self._line_ids, element.get("line_id"), element.line)

    def _take(self, ids: UniqueIds, given: object, line: int) -> None:
        if isinstance(given, str) and given and ids.take(given) != given:
            raise PipelineError(
                "duplicate-id",
                f"{self._file}:{line}",
                f"the id {given!r} is given twice",
                "leave ids out, or make each one different",
            )

    def _scene(self, given: Located) -> dict[str, Any]:
        filled = self._plain(given)
        heading_given = given.get("slug", "")
        if isinstance(heading_given, dict):
            slug_text = str(heading_given.get("text", ""))
            filled["slug"] = _slug_payload(slug_text, _typed(heading_given))
        elif isinstance(heading_given, str):
            heading = read_heading(heading_given) or heading_of(heading_given)
            slug_text = heading.slug.text
            filled["slug"] = heading.slug.model_dump(mode="json")
            filled["number"] = filled.get("number") or heading.number
        else:
            slug_text = ""
        number = filled.get("number")
        if not filled.get("scene_id"):
            filled["scene_id"] = scene_id_of(
                slug_text, number if isinstance(number, str) else None, self._scene_ids
            )
        self._fill_elements(filled, given)
        return filled

    def _fill_elements(self, filled: dict[str, Any], given: Located) -> None:
        if not isinstance(given.get("elements", []), list):
            return
        elements = [_mapping(one, "text", given.line) for one in _list(given.get("elements"))]
        filled["elements"] = [
            self._element(one) if isinstance(one, Located) else one for one in elements
        ]
        said = (one.get("parenthetical") for one in filled["elements"] if isinstance(one, dict))
        tags = emotional_tags(words for words in said if isinstance(words, str))
        filled.setdefault("emotional_tags", list(tags))

    def _element(self, given: Located) -> dict[str, Any]:
        filled = self._plain(given)
        kind = filled.setdefault("kind", "dialogue" if "speaker" in given else "action")
        if kind in _STYLED:
            filled["spans"] = _spans(filled)
        if kind == "dialogue":
            self._fill_speaker(filled)
        if kind in ("dialogue", "lyric") and not filled.get("line_id"):
            filled["line_id"] = self._line_id(filled)
        return filled

    def _fill_speaker(self, filled: dict[str, Any]) -> None:
        speaker = filled.get("speaker")
        if not isinstance(speaker, str):
            return
        cue = read_cue(f"@{speaker.strip().removeprefix('@')}", set())
        if cue is not None and not filled.get("extensions"):
            filled["speaker"], filled["extensions"] = cue.name, list(cue.extensions)
        if not filled.get("speaker_id"):
            filled["speaker_id"] = speaker_id_of(filled["speaker"])
        words = filled.get("parenthetical")
        if isinstance(words, str) and words.startswith("(") and words.endswith(")"):
            filled["parenthetical"] = words[1:-1].strip()

    def _line_id(self, filled: dict[str, Any]) -> str:
        given = filled["spans"] if isinstance(filled["spans"], list) else []
        words = (one.get("text") for one in given if isinstance(one, dict))
        spans = [Span(text=word) for word in words if isinstance(word, str)]
        speaker_id = str(filled.get("speaker_id", ""))
        return line_id_of(speaker_id, str(filled.get("parenthetical", "")), spans, self._line_ids)

    def _fact(self, given: Any, line: int) -> Any:
        if isinstance(given, str):
            source = SourceRef(file=self._file, line=line)
            return read_statement(given, source, None).model_dump(mode="json")
        return self._plain(given) if isinstance(given, Located) else given

    def _plain(self, given: Located) -> dict[str, Any]:
        """A copy with its source, and with numbers and flags that YAML left as text."""
        filled = _typed(given)
        source = given.get("source")
        place = {"file": self._file, "line": given.line}
        filled["source"] = {**place, **_typed(source)} if isinstance(source, dict) else place
        return filled


def _mapping(given: Any, key: str, line: int) -> Any:
    """Text that stands where a mapping is due, as a mapping with that text under `key`."""
    if not isinstance(given, str):
        return given
    made = Located({key: given})
    made.line = line
    return made


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _typed(given: dict[str, Any]) -> dict[str, Any]:
    typed = dict(given)
    for key, value in given.items():
        if key in _NUMBERS and isinstance(value, str) and value.strip().isdecimal():
            typed[key] = int(value)
        elif key in _FLAGS and value in ("true", "false"):
            typed[key] = value == "true"
        elif key in _OPTIONAL and value in ("", "null", "~"):
            typed[key] = None
    return typed


def _slug_payload(text: str, given: dict[str, Any]) -> dict[str, Any]:
    filled = heading_of(text).slug.model_dump(mode="json")
    filled.update((key, value) for key, value in given.items() if value is not None)
    if filled["location_name"] and not filled["location_id"]:
        filled["location_id"] = slug(str(filled["location_name"]))
    return filled


def _spans(filled: dict[str, Any]) -> Any:
    spans = filled.get("spans")
    if isinstance(spans, list):
        return [_typed(span) if isinstance(span, dict) else span for span in spans]
    text = filled.get("text", "")
    if not isinstance(text, str):
        return text
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    return [span.model_dump(mode="json") for span in read_emphasis(lines)]


def _title_page(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    return [
        {"key": key, "values": value if isinstance(value, list) else [value]}
        for key, value in given.items()
    ]
