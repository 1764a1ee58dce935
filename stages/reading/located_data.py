"""JSON and YAML as plain values in which every mapping knows the line it starts on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NoReturn

from schemas.errors import PipelineError

if TYPE_CHECKING:
    import yaml

# A Script nests eight deep; what is deeper was not written by hand, and deep input is how readers
# are made to run out of stack.
MAX_DEPTH: Final = 64
_JSON_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]\n]', re.DOTALL)


_SWALLOWED: Final = re.compile(r"[ \t]+#(?=[^\s#])")
_UNWRITABLE: Final = re.compile("[\0\ud800-\udfff]")


class Located(dict[str, Any]):
    """A mapping, and the 1-based line where it was written."""

    line: int = 1


def read_json(text: str, file: str) -> Any:
    """The value `text` holds. Raises PipelineError `malformed-json` or `too-deep`, with the line.

    A key given twice is refused as well: one of its two values would be lost without a word.
    """
    lines = iter(_json_lines(text, file))

    def located(pairs: list[tuple[str, Any]]) -> Located:
        mapping = Located()
        mapping.line = next(lines, 1)
        for key, value in pairs:
            if key in mapping:
                raise _malformed(
                    "json", f"{file}:{mapping.line}", f"the key {key!r} is given twice"
                )
            mapping[key] = value
        return mapping

    try:
        value = json.loads(text, object_pairs_hook=located, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"{file}:{error.lineno}:{error.colno}"
        raise _malformed("json", place, error.msg) from None
    except ValueError as error:
        raise _malformed("json", file, str(error)) from None
    _refuse_unwritable(value, file, 1)
    return value


def read_yaml(text: str, file: str) -> Any:
    """The same for YAML `malformed-yaml`. Every scalar is text: `No` and `007` stay as written.

    Anchors and aliases are refused, so that a small file cannot grow to a huge value.
    """
    import yaml

    try:
        value = yaml.load(text, Loader=_loader(text))  # noqa: S506 - a safe loader, made stricter
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        code = "too-deep" if error.problem == _TOO_DEEP else "malformed-yaml"
        raise _malformed("yaml", place, error.problem or "not valid YAML", code) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _malformed("yaml", file, str(error)) from None
    _refuse_unwritable(value, file, 1)
    return value


def _refuse_unwritable(value: Any, file: str, line: int) -> None:
    """Raise for text that an escape such as `\\ud800` or `\\0` made into no text at all."""
    if isinstance(value, dict):
        line = getattr(value, "line", line)
        for key, item in value.items():
            _refuse_unwritable(key, file, line)
            _refuse_unwritable(item, file, line)
    elif isinstance(value, list):
        for item in value:
            _refuse_unwritable(item, file, line)
    elif isinstance(value, str) and _UNWRITABLE.search(value):
        raise PipelineError(
            "wrong-encoding",
            f"{file}:{line}",
            "a text from here on holds NUL or half of a surrogate pair",
            "write the character itself instead of its escape",
        )


_TOO_DEEP: Final = f"mappings and lists are nested more than {MAX_DEPTH} deep"


def _malformed(syntax: str, where: str, problem: str, code: str = "") -> PipelineError:
    hint = f"mend the {syntax.upper()} there"
    return PipelineError(code or f"malformed-{syntax}", where, problem, hint)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _json_lines(text: str, file: str) -> list[int]:
    """The line of each `{`, in the order in which the braces close."""
    closed: list[int] = []
    for line, depth, closes in _json_objects(text):
        if depth > MAX_DEPTH:
            raise _malformed("json", f"{file}:{line}", _TOO_DEEP, "too-deep")
        if closes:
            closed.append(line)
    return closed


def _json_objects(text: str) -> Iterator[tuple[int, int, bool]]:
    line = 1
    opened: list[int] = []
    for token in _JSON_TOKEN.findall(text):
        if token.startswith(("{", "[")):
            opened.append(line)
            yield line, len(opened), False
        elif token.startswith(("}", "]")):
            if opened:
                yield opened.pop(), len(opened), token.startswith("}")
        else:
            line += token.count("\n")


def _loader(text: str) -> type[yaml.SafeLoader]:
    import yaml

    class Loader(yaml.SafeLoader):
        """Safe, without aliases, with a depth limit, every plain scalar as text."""

        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            event = self.peek_event()  # type: ignore[no-untyped-call]
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise yaml.MarkedYAMLError(
                    problem="anchors and aliases (`&`, `*`) are not read here; "
                    "write the value out, or put text that starts with such a sign in quotes",
                    problem_mark=event.start_mark,
                )
            if isinstance(event, yaml.ScalarEvent) and not event.style:
                self.refuse_lost_words(event)
            if self.depth >= MAX_DEPTH:
                raise yaml.MarkedYAMLError(problem=_TOO_DEEP, problem_mark=event.start_mark)
            self.depth += 1
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

        def refuse_lost_words(self, event: Any) -> None:
            """`text: He is #1` would end before the `#` without a word."""
            end = event.end_mark
            if _SWALLOWED.match(text, end.index):
                raise yaml.MarkedYAMLError(
                    problem="a `#` after a space starts a comment: put this text in quotes, "
                    "or a space after the `#`",
                    problem_mark=end,
                )

    Loader.yaml_implicit_resolvers = {}
    # Nothing but mappings, lists and text: another tag is refused, not guessed at.
    safe = yaml.constructor.SafeConstructor
    Loader.yaml_constructors = {
        "tag:yaml.org,2002:map": _located_mapping,
        "tag:yaml.org,2002:seq": safe.construct_yaml_seq,
        "tag:yaml.org,2002:str": safe.construct_yaml_str,
        None: safe.construct_undefined,
    }
    return Loader


def _located_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Located:
    import yaml

    mapping = Located()
    mapping.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        problem = "" if isinstance(key, str) else "a key is not text"
        if not problem and key in mapping:
            problem = f"the key {key!r} is given twice"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping
