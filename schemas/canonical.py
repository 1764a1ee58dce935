"""Canonical JSON: one byte string per value, on any machine.

Keys are sorted by code point, text is UTF-8 and unescaped, there is no white space. Floats are
refused: they are where two machines would disagree about the same number.
"""

from __future__ import annotations

from typing import Any

import orjson

from schemas.errors import PipelineError

INTEGER_LIMIT = 2**63


def canonical_bytes(value: Any, where: str = "artifact") -> bytes:
    """Encode `value` (None, bool, int, str, list, tuple, dict) as canonical JSON.

    Raises PipelineError `not-canonical` for floats, integers outside 64 bits, non-text keys,
    lone surrogates and any other type, naming the path to the offending value.
    """
    _refuse_uncanonical(value, where)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def readable_bytes(value: Any) -> bytes:
    """The same value for people: sorted keys, two-space indent, a final newline."""
    _refuse_uncanonical(value, "artifact")
    return orjson.dumps(
        value, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


def _refuse_uncanonical(value: Any, where: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if not -INTEGER_LIMIT <= value < INTEGER_LIMIT:
            raise _refusal(where, f"the integer {value} does not fit in 64 bits")
    elif isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise _refusal(where, "the text holds a lone surrogate, which is not Unicode") from None
    elif isinstance(value, (list, tuple)):
        for position, item in enumerate(value):
            _refuse_uncanonical(item, f"{where}[{position}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise _refusal(where, f"the key {key!r} is not text")
            _refuse_uncanonical(item, f"{where}.{key}")
    else:
        raise _refusal(where, f"a {type(value).__name__} has no canonical form")


def _refusal(where: str, problem: str) -> PipelineError:
    return PipelineError(
        "not-canonical", where, problem, "artifacts hold text, integers, true, false and null"
    )
