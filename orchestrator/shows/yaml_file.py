"""YAML as people mean it: `9:16`, `23.976` and `no` stay what was typed.

YAML 1.1 reads those as the number 556, a binary fraction and False. Here only plain decimal
integers, true, false and null are special; every other scalar is text.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from schemas.errors import PipelineError

_MAX_BYTES = 1 << 20


def read_yaml(path: Path, where: str) -> Any:
    """The content of a YAML (or JSON) file. Raises PipelineError with the line on bad syntax."""
    import yaml

    with path.open("rb") as stream:
        data = stream.read(_MAX_BYTES + 1)
    if len(data) > _MAX_BYTES:
        raise PipelineError(
            "malformed-yaml", where, "is larger than 1 MiB", "is it the right file?"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise PipelineError(
            "wrong-encoding", f"{where}, line {row}", "is not UTF-8", "save the file as UTF-8"
        ) from None
    try:
        return yaml.load(text, Loader=_plain_loader())  # noqa: S506  a SafeLoader without surprises
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or f"is not YAML ({error})"
        raise PipelineError(
            "malformed-yaml", where + line, str(problem), "mend the YAML there"
        ) from None


def _plain_loader() -> Any:
    import yaml

    class PlainLoader(yaml.SafeLoader):
        """SafeLoader with YAML 1.2's rules for what is not text, no aliases and no key twice."""

        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  PyYAML's own interface

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                mark = self.get_mark()
                raise yaml.composer.ComposerError(
                    None, None, "aliases (*name) are not supported", mark
                )
            return super().compose_node(parent, index)

        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            # PyYAML keeps the last of two; which of them was meant only its writer knows.
            keys: set[str] = set()
            # What is no mapping and says it is one is refused by PyYAML, with its line.
            pairs = node.value if isinstance(node, yaml.MappingNode) else ()
            for key, _ in pairs:
                if isinstance(key, yaml.ScalarNode) and key.value in keys:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key `{key.value}` is given twice", key.start_mark
                    )
                keys.add(str(key.value))
            return super().construct_mapping(node, deep)

    # Another tag, `!!timestamp` say, is refused and not guessed at.
    safe = yaml.constructor.SafeConstructor
    PlainLoader.yaml_constructors = {
        "tag:yaml.org,2002:map": safe.construct_yaml_map,
        "tag:yaml.org,2002:seq": safe.construct_yaml_seq,
        "tag:yaml.org,2002:str": safe.construct_yaml_str,
        "tag:yaml.org,2002:int": _whole_number,
        "tag:yaml.org,2002:bool": _truth,
        "tag:yaml.org,2002:null": safe.construct_yaml_null,
        None: safe.construct_undefined,
    }
    for tag, pattern, first in (
        ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
        ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
    ):
        PlainLoader.add_implicit_resolver(tag, re.compile(pattern), [*first, ""])
    return PlainLoader


def _whole_number(loader: Any, node: Any) -> int:
    return int(loader.construct_scalar(node))


def _truth(loader: Any, node: Any) -> bool:
    text = str(loader.construct_scalar(node)).lower()
    if text not in ("true", "false"):
        raise ValueError(f"`{text[:20]}` is neither true nor false")
    return text == "true"
