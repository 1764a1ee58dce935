"""What is wrong with a project file, in words for the person who wrote it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemas.errors import PipelineError
from schemas.project import Project, Voice

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_SHOWN = 5
# Short forms that stand for fields of other names.
_FRIENDLY = {"loudness": ("target_lufs", "true_peak_dbtp")}
# The endings of fields that hold hundredths of what a person writes.
_HUNDREDTHS = {"centilufs": "LUFS", "centidbtp": "dBTP"}


@dataclass(frozen=True, slots=True)
class Written:
    """A project file as somebody wrote it."""

    name: str
    text: str

    def where(self, *keys: str) -> str:
        """File, line and setting, such as `project.yaml, line 3: format.fps`."""
        line = self._line(keys)
        place = f"{self.name}, line {line}" if line else self.name
        return f"{place}: {'.'.join(keys)}" if keys else place

    def _line(self, keys: Sequence[str]) -> int:
        """The 1-based line of the innermost key that can be found, 0 when none can."""
        start, line = 0, 0
        for depth, key in enumerate(keys):
            before = r"^[\"']?" if depth == 0 else r"(?:^|[\s{,\"'])"
            pattern = before + re.escape(key) + r"[\"']?[ \t]*:"
            found = re.search(pattern, self.text[start:], re.MULTILINE)
            if found is None:
                break
            start += found.end()
            line = self.text.count("\n", 0, start) + 1
        return line


def refusal(written: Written, keys: Sequence[str], problem: str, hint: str = "") -> PipelineError:
    """The error for one setting."""
    return PipelineError(
        "project", written.where(*keys), problem, hint or "see docs/project.md for every setting"
    )


def invalid(written: Written, errors: Sequence[ErrorDetails]) -> PipelineError:
    """The error for what a Project refuses; the first says where, the others follow."""
    first, *more = errors[:_SHOWN]
    keys = [str(part) for part in first["loc"]]
    others = "".join(
        f"; {'.'.join(str(part) for part in error['loc'])} {_said(error)}" for error in more
    )
    return refusal(written, keys, _said(first) + others)


def unknown_keys(written: Written, fields: Mapping[str, Any]) -> Iterator[str]:
    """A remark for every key, at any depth, that stands for no setting."""
    known = [name for name in Project.model_fields if name != "schema_tag"]
    for key, value in fields.items():
        if key not in known:
            yield _unknown(written, (key,), known)
        elif isinstance(value, dict):
            yield from _unknown_inside(written, key, value)


def _unknown_inside(written: Written, key: str, value: Mapping[Any, Any]) -> Iterator[str]:
    if key == "casting":
        for character, voice in value.items():
            if isinstance(voice, dict):
                path = (key, str(character))
                yield from _strangers(written, path, voice, list(Voice.model_fields))
        return
    model = Project.model_fields[key].annotation
    if isinstance(model, type) and hasattr(model, "model_fields"):
        known = [*model.model_fields, *_FRIENDLY.get(key, ())]
        yield from _strangers(written, (key,), value, known)


def _strangers(
    written: Written, path: tuple[str, ...], value: Mapping[Any, Any], known: Sequence[str]
) -> Iterator[str]:
    for name in value:
        if str(name) not in known:
            yield _unknown(written, (*path, str(name)), known)


def _unknown(written: Written, keys: tuple[str, ...], known: Sequence[str]) -> str:
    close = difflib.get_close_matches(keys[-1], known, n=1)
    hint = f"; did you mean `{close[0]}`?" if close else ""
    return f"{written.where(*keys)} is not a setting{hint}"


def _said(error: ErrorDetails) -> str:
    """One mistake: what should be there, and what is."""
    unit = next(
        (unit for ending, unit in _HUNDREDTHS.items() if str(error["loc"][-1]).endswith(ending)), ""
    )
    return f"{_wanted(error, unit)}, found {_number(error['input'], unit)}"


def _wanted(error: ErrorDetails, unit: str) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "greater_than_equal":
        return f"should be at least {_number(context['ge'], unit)}"
    if kind == "less_than_equal":
        return f"should be at most {_number(context['le'], unit)}"
    if kind == "multiple_of":
        step = context["multiple_of"]
        return "should be even" if step == 2 else f"should be a multiple of {step}"
    if kind == "literal_error":
        choices = re.findall("'([^']*)'", context["expected"])
        close = difflib.get_close_matches(str(error["input"]), choices, n=1)
        meant = f" (did you mean {close[0]}?)" if close else ""
        return f"should be {context['expected']}{meant}"
    plain = {
        "int_type": "should be a whole number",
        "int_parsing": "should be a whole number",
        "bool_type": "should be true or false",
        "string_type": "should be text",
        "tuple_type": "should be a list, such as [one, two]",
        "dict_type": "should hold `key: value` lines",
        "missing": "is missing",
    }
    if kind in ("model_type", "model_attributes_type"):
        return f"should hold `key: value` lines{_keys_of(error)}"
    return plain.get(kind, error["msg"])


def _keys_of(error: ErrorDetails) -> str:
    """The keys of the setting that holds other settings, for a reminder."""
    key = str(error["loc"][0])
    annotation: Any = Voice if key == "casting" else Project.model_fields[key].annotation
    model: type[BaseModel] | None = annotation if hasattr(annotation, "model_fields") else None
    return f" ({', '.join(model.model_fields)})" if model else ""


def _number(value: Any, unit: str) -> str:
    if not unit or isinstance(value, bool) or not isinstance(value, int):
        return repr(value)
    return f"{value / 100:g} {unit}"
