"""`project.yaml` as people write it, made into a Project with every default filled in."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from orchestrator.yaml_file import read_yaml
from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.project import Project
from schemas.timing import NAMED_RATES

PROJECT_FILES = ("project.yaml", "project.yml", "project.json")

# The shorter side is 720 in each, so that one film costs about the same in any aspect.
ASPECT_SIZES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}


@dataclass(frozen=True, slots=True)
class Settings:
    """A show's Project, and what about its file deserves a word."""

    project: Project
    warnings: tuple[str, ...] = ()


def default_settings(name: str) -> Settings:
    """The settings of an episode that belongs to no show."""
    return Settings(Project.create(id=slug(name)))


def read_settings(path: Path) -> Settings:
    """Read a project file. Raises PipelineError naming file, key and what was expected."""
    where = path.name
    written = read_yaml(path, where)
    if written is None:
        written = {}
    if not isinstance(written, dict):
        raise PipelineError(
            "project", where, "should hold `key: value` lines", "see docs/project.md"
        )
    fields = {str(key): value for key, value in written.items() if value is not None}
    fields.pop("schema", None)
    known = set(Project.model_fields) - {"schema_tag"}
    warnings = tuple(_unknown(key, known, where) for key in fields if key not in known)
    fields = {key: value for key, value in fields.items() if key in known}
    fields["id"] = slug(str(fields.get("id") or path.resolve().parent.name))
    for key, understand in _UNDERSTOOD.items():
        if key in fields:
            fields[key] = understand(fields[key], f"{where}: {key}")
    return Settings(_validated(fields, where), warnings)


def _validated(fields: dict[str, Any], where: str) -> Project:
    from pydantic import ValidationError

    try:
        return Project.create(**fields)
    except ValidationError as error:
        problems = "; ".join(
            f"{'.'.join(map(str, e['loc']))}: {e['msg']}, found {e['input']!r}"
            for e in error.errors()[:5]
        )
        raise PipelineError(
            "project", where, problems, "see docs/project.md for every key"
        ) from None


def _unknown(key: str, known: set[str], where: str) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    return f"{where}: `{key}` is not a setting" + (f"; did you mean `{close[0]}`?" if close else "")


def _format(value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise PipelineError("project", where, "should hold width, height, fps or aspect", "")
    result = dict(value)
    aspect = str(result.get("aspect", "16:9"))
    if aspect in ASPECT_SIZES:
        width, height = ASPECT_SIZES[aspect]
        result.setdefault("width", width)
        result.setdefault("height", height)
        if "aspect" not in value:
            result["aspect"] = _named_aspect(result["width"], result["height"])
        elif _named_aspect(result["width"], result["height"]) != aspect:
            raise PipelineError(
                "project",
                where,
                f"{result['width']}x{result['height']} does not have the aspect {aspect}",
                "leave out aspect, or width and height",
            )
    elif "width" not in result or "height" not in result:
        raise PipelineError(
            "project",
            where,
            f"aspect {aspect} is not one of {', '.join(ASPECT_SIZES)}",
            "use one of them, or give width and height",
        )
    if "fps" in result:
        result["fps"] = _rate(result["fps"], where)
    return result


def _named_aspect(width: Any, height: Any) -> str:
    if isinstance(width, int) and isinstance(height, int) and height:
        for name, (w, h) in ASPECT_SIZES.items():
            # Half a percent: 854x480 is what people call 16:9.
            if abs(width * h - height * w) * 200 <= height * w:
                return name
        return f"{width}:{height}"
    return "16:9"


def _rate(value: Any, where: str) -> Any:
    if isinstance(value, dict):
        return value
    name = str(value)
    if name in NAMED_RATES:
        num, den = NAMED_RATES[name]
        return {"num": num, "den": den}
    raise PipelineError(
        "project",
        where,
        f"fps {name} is not one of {', '.join(NAMED_RATES)}",
        "use one of them, or a fraction: fps: {num: 24000, den: 1001}",
    )


def _loudness(value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        return {"target_centilufs": _centi(value, where)}
    result = dict(value)
    for friendly, field in (
        ("target_lufs", "target_centilufs"),
        ("true_peak_dbtp", "true_peak_max_centidbtp"),
    ):
        if friendly in result:
            result[field] = _centi(result.pop(friendly), where)
    return result


def _centi(value: Any, where: str) -> int:
    try:
        return int((Decimal(str(value)) * 100).to_integral_value())
    except InvalidOperation:
        raise PipelineError("project", where, f"{value!r} is not a number", "") from None


def _captions(value: Any, where: str) -> Any:
    if isinstance(value, str):
        if value not in ("burned_in", "sidecar"):
            raise PipelineError("project", where, f"{value!r} is not burned_in or sidecar", "")
        return {"burn_in": value == "burned_in"}
    return value


def _casting(value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise PipelineError("project", where, "should hold `character: voice` lines", "")
    return {
        slug(str(name)): {"name": voice} if isinstance(voice, str) else voice
        for name, voice in value.items()
    }


def _fonts(value: Any, _where: str) -> Any:
    return [value] if isinstance(value, str) else value


def _text(value: Any, _where: str) -> str:
    return str(value)


_UNDERSTOOD = {
    "title": _text,
    "rating": _text,
    "language": _text,
    "format": _format,
    "loudness": _loudness,
    "captions": _captions,
    "casting": _casting,
    "fonts": _fonts,
}
