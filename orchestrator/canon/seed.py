"""The writer's own canon: `canon/canon.json` or `canon/canon.yaml`, in any of three forms.

{"mara": {"name": "Mara Voss", "age": "34"}}                     by subject, also in groups
{"facts": [{"subject": "mara", "attribute": "age", "value": "34"}]}
{"schema": "CanonSnapshot/1.1.0", "facts": [...]}                 the contract itself
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from canon.facts import fact_key, history, moment_order, normalized
from orchestrator.canon.merge import conflict_line
from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.shows.yaml_file import read_yaml
from schemas.canon import CanonSnapshot, Fact, Provenance, StoryTime
from schemas.documents import read_payload
from schemas.errors import PipelineError
from schemas.ids import slug

SEED_FILES: Final = ("canon.json", "canon.yaml", "canon.yml")
_EXAMPLE: Final = 'write facts by subject, such as {"mara": {"name": "Mara Voss", "age": "34"}}'


def read_seed(
    folder: Path, where: str, accept: Callable[[CanonSnapshot, str], None] = lambda *_: None
) -> tuple[Fact, ...]:
    """The facts of the seed in `folder`, none if it has no seed file.

    Every fact comes back without an episode of its own and with the seed file as its origin.
    `accept` may refuse, by raising, a seed that is a snapshot; it is given that and its place.
    Raises PipelineError for two seed files, bad syntax (with the line), or facts that are
    incomplete or contradict each other.
    """
    present = [name for name in SEED_FILES if (folder / name).exists()]
    if not present:
        return ()
    if len(present) > 1:
        raise _refusal(where, f"there are two: {' and '.join(present)}", "keep one of them")
    refuse_outside(folder / present[0], folder.parent, f"{where}/{present[0]}")
    facts, snapshot = facts_in(folder / present[0], f"{where}/{present[0]}")
    if snapshot is not None:
        accept(snapshot, f"{where}/{present[0]}")
    return facts


def facts_in(path: Path, where: str) -> tuple[tuple[Fact, ...], CanonSnapshot | None]:
    """The facts of a file in any form of a seed, and the snapshot where it is one.

    Raises PipelineError as `read_seed` does.
    """
    payload = _parse(path, where)
    snapshot = None
    if isinstance(payload, dict) and "schema" in payload:
        snapshot = read_payload(payload, CanonSnapshot, where)
    written = _facts(payload, where) if snapshot is None else snapshot.facts
    facts = tuple(_as_seed(fact, where) for fact in written)
    _refuse_contradictions(facts, where)
    _refuse_ends_inside_episodes(facts, where)
    return facts, snapshot


def _parse(path: Path, where: str) -> Any:
    if not path.is_file():
        raise _refusal(where, "is not a regular file", "put a file there")
    try:
        data = path.read_bytes()
        _refuse_conflict(data, where)
        if path.suffix != ".json":
            _refuse_repeated_keys(path, where)
            return read_yaml(path, where)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refusal(where, "is not UTF-8", "save the file as UTF-8") from None
    except OSError as error:
        raise _refusal(where, f"cannot be read: {error.strerror}", "check its rights") from None
    if not text.strip():
        return None
    return _parse_json(text, where)


def _refuse_conflict(data: bytes, where: str) -> None:
    if line := conflict_line(data):
        raise PipelineError(
            "canon-merge",
            f"{where}, line {line}",
            "holds an unfinished merge: two branches changed the same lines",
            "keep the facts that are true of the two sides, and take out the marks",
        )


def _parse_json(text: str, where: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for position, (key, _) in enumerate(pairs):
            if any(key == earlier for earlier, _ in pairs[:position]):
                raise _refusal(where, f'"{key}" is there twice', "join the two into one")
        return dict(pairs)

    try:
        return json.loads(text, object_pairs_hook=unique, parse_float=str)
    except json.JSONDecodeError as error:
        raise PipelineError(
            "malformed-json",
            f"{where}, line {error.lineno}",
            f"{error.msg} (column {error.colno})",
            "mend the JSON there",
        ) from None
    except (RecursionError, ValueError) as error:
        raise _refusal(where, f"cannot be read as JSON: {error}", _EXAMPLE) from None


def _refuse_repeated_keys(path: Path, where: str) -> None:
    """YAML readers let the second of two equal keys win, which would lose what a writer wrote."""
    import yaml

    try:
        root = yaml.compose(path.read_bytes(), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError):
        return  # read_yaml says what is wrong, with the line
    waiting = [root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            keys: set[str] = set()
            for key, value in node.value:
                if str(key.value) in keys:
                    line = key.start_mark.line + 1
                    raise _refusal(
                        f"{where}, line {line}", f"{key.value} is there twice", "join the two"
                    )
                keys.add(str(key.value))
                waiting.append(value)


def _facts(payload: Any, where: str) -> tuple[Fact, ...]:
    if payload is None:
        return ()
    if not isinstance(payload, dict):
        raise _refusal(where, "is not a mapping", _EXAMPLE)
    if isinstance(payload.get("facts"), list):
        return tuple(
            _listed_fact(item, f"{where}, fact {number}")
            for number, item in enumerate(payload["facts"], start=1)
        )
    return _nested_facts(payload, where)


def _listed_fact(item: Any, where: str) -> Fact:
    if not isinstance(item, dict):
        raise _refusal(where, "is not a mapping", "give subject, attribute and value")
    fields = {
        name: _text(item.get(name), f"{where}, {name}")
        for name in ("subject", "attribute", "value")
    }
    since, until = (
        _story_time(item.get(name), f"{where}, {name}") for name in ("valid_from", "valid_until")
    )
    return Fact(**fields, valid_from=since or StoryTime(), valid_until=until)


def _story_time(value: Any, where: str) -> StoryTime | None:
    if value is None:
        return None
    if isinstance(value, str):
        return StoryTime(episode=value)
    try:
        return StoryTime.model_validate(value)
    except ValueError:
        raise _refusal(where, "is not a story time", 'name an episode, such as "s01e03"') from None


def _nested_facts(payload: dict[Any, Any], where: str) -> tuple[Fact, ...]:
    """Facts by subject; a mapping of mappings of mappings is a group such as `characters`."""
    found: list[Fact] = []
    for subject, attributes in payload.items():
        place = f"{where}, {subject}"
        if not isinstance(attributes, dict):
            raise _refusal(place, "has no attributes", _EXAMPLE)
        if attributes and all(isinstance(value, dict) for value in attributes.values()):
            found.extend(_nested_facts(attributes, place))
            continue
        for attribute, value in attributes.items():
            text = _text(value, f"{place}.{attribute}")
            found.append(Fact(subject=str(subject), attribute=str(attribute), value=text))
    return tuple(found)


def _text(value: Any, where: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and value and not any(isinstance(v, (dict, list)) for v in value):
        return ", ".join(_text(item, where) for item in value)
    if not isinstance(value, (str, int)):
        raise _refusal(where, "needs a text or a number", _EXAMPLE)
    text = " ".join(str(value).split())
    if not text:
        raise _refusal(where, "is empty", "give it a value, or take it out")
    return text


def _as_seed(fact: Fact, file: str) -> Fact:
    if not slug(fact.subject, "") or not slug(fact.attribute, ""):
        raise _refusal(file, f"a fact about {fact.subject!r} has no usable name", _EXAMPLE)
    source = fact.provenance
    kept = Provenance(scene_id=source.scene_id, file=source.file or file, line=source.line)
    return normalized(fact.model_copy(update={"provenance": kept}))


def _refuse_contradictions(facts: tuple[Fact, ...], where: str) -> None:
    values: dict[Any, str] = {}
    for fact in facts:
        key = (fact_key(fact), moment_order(fact.valid_from))
        if values.setdefault(key, fact.value) != fact.value:
            raise _refusal(
                where,
                f"says both {fact.subject}.{fact.attribute} = {values[key]} and = {fact.value}",
                "keep the one that is true, or date the later one with valid_from",
            )


def _refuse_ends_inside_episodes(facts: tuple[Fact, ...], where: str) -> None:
    """Where in an episode something ends is for the episode to say: its lines move."""
    for end in history(facts).retirements:
        if end.at.line:
            raise _refusal(
                where,
                f"{end.subject}.{end.attribute} ends on line {end.at.line} of {end.at.episode}",
                "date the end by the episode alone",
            )


def _refusal(where: str, problem: str, hint: str) -> PipelineError:
    return PipelineError("canon-seed", where, problem, hint)
