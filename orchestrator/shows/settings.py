"""`project.yaml` as people write it, made into a Project with every default filled in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from orchestrator.seams.foreign_file import refuse_outside
from orchestrator.shows.setting_mistakes import Written, invalid, refusal, unknown_keys
from orchestrator.shows.yaml_file import read_yaml
from schemas.errors import PipelineError
from schemas.ids import slug
from schemas.project import GRADES, Project
from schemas.timing import NAMED_RATES

PROJECT_FILES = ("project.yaml", "project.yml", "project.json")

# The shorter side is 720 in each, so that one film costs about the same in any aspect.
ASPECT_SIZES = {"16:9": (1280, 720), "9:16": (720, 1280), "1:1": (720, 720)}

# No level in LUFS or dBTP is anywhere near.
_MAX_LEVEL = 1000


@dataclass(frozen=True, slots=True)
class Settings:
    """A show's Project, and what about its file deserves a word.

    `named` says whether the file gives the show an id, or its folder's name stands in for one.
    """

    project: Project
    warnings: tuple[str, ...] = ()
    named: bool = False


def default_settings(name: str) -> Settings:
    """The settings of an episode that belongs to no show."""
    return Settings(Project.create(id=slug(name)))


def read_settings(path: Path) -> Settings:
    """Read a project file. Raises PipelineError naming file, line, key and what was expected."""
    refuse_outside(path, path.parent, path.name)
    try:
        values = read_yaml(path, path.name)
        written = Written(path.name, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PipelineError(
            "project", path.name, f"could not be read: {error.strerror}", "check the file"
        ) from None
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise refusal(written, (), "should hold `key: value` lines")
    fields = {str(key): value for key, value in values.items() if value is not None}
    fields.pop("schema", None)
    warnings = tuple(unknown_keys(written, fields))
    fields = {key: value for key, value in fields.items() if key in Project.model_fields}
    named = bool(fields.get("id"))
    fields["id"] = slug(str(fields.get("id") or path.resolve().parent.name))
    for key, understand in _UNDERSTOOD.items():
        if key in fields:
            fields[key] = understand(fields[key], key, written)
    return Settings(_validated(fields, written), warnings, named)


def _validated(fields: dict[str, Any], written: Written) -> Project:
    from pydantic import ValidationError

    try:
        return Project.create(**fields)
    except ValidationError as error:
        raise invalid(written, error.errors()) from None


def _format(value: Any, key: str, written: Written) -> Any:
    if not isinstance(value, dict):
        problem = f"should hold width, height, fps or aspect, found {value!r}"
        raise refusal(written, (key,), problem, "for example format: {aspect: 9:16, fps: 25}")
    result = dict(value)
    aspect = str(result.get("aspect", "16:9"))
    if aspect in ASPECT_SIZES:
        result |= _sides(result, *ASPECT_SIZES[aspect])
        if "aspect" not in value:
            result["aspect"] = _named_aspect(result["width"], result["height"])
        elif _named_aspect(result["width"], result["height"]) != aspect:
            raise refusal(
                written,
                (key, "aspect"),
                f"{result['width']}x{result['height']} does not have the aspect {aspect}",
                "leave out aspect, or width and height",
            )
    elif "width" not in result or "height" not in result:
        raise refusal(
            written,
            (key, "aspect"),
            f"{aspect} is not one of {', '.join(ASPECT_SIZES)}",
            "use one of them, or give width and height",
        )
    if "fps" in result:
        result["fps"] = _rate(result["fps"], (key, "fps"), written)
    return result


def _sides(given: dict[str, Any], width: int, height: int) -> dict[str, Any]:
    """Width and height; a side that is left out follows from the other, rounded to even pixels."""
    wide, high = given.get("width"), given.get("height")
    if wide is None and isinstance(high, int):
        wide = (high * width + height) // (2 * height) * 2
    if high is None and isinstance(wide, int):
        high = (wide * height + width) // (2 * width) * 2
    return {"width": width if wide is None else wide, "height": height if high is None else high}


def _named_aspect(width: Any, height: Any) -> str:
    if isinstance(width, int) and isinstance(height, int) and height:
        for name, (w, h) in ASPECT_SIZES.items():
            # Half a percent: 854x480 is what people call 16:9.
            if abs(width * h - height * w) * 200 <= height * w:
                return name
        return f"{width}:{height}"
    return "16:9"


def _rate(value: Any, keys: tuple[str, ...], written: Written) -> Any:
    if isinstance(value, dict):
        return value
    name = str(value)
    if name in NAMED_RATES:
        num, den = NAMED_RATES[name]
        return {"num": num, "den": den}
    raise refusal(
        written,
        keys,
        f"{name} is not one of {', '.join(NAMED_RATES)}",
        "use one of them, or a fraction: fps: {num: 24000, den: 1001}",
    )


def _loudness(value: Any, key: str, written: Written) -> Any:
    if not isinstance(value, dict):
        return {"target_centilufs": _centi(value, (key,), written)}
    result = dict(value)
    for friendly, field in (
        ("target_lufs", "target_centilufs"),
        ("true_peak_dbtp", "true_peak_max_centidbtp"),
    ):
        if friendly in result:
            result[field] = _centi(result.pop(friendly), (key, friendly), written)
    return result


def _centi(value: Any, keys: tuple[str, ...], written: Written) -> int:
    try:
        level = Decimal(str(value))
    except InvalidOperation:
        level = Decimal("nan")
    if not level.is_finite() or abs(level) > _MAX_LEVEL:
        raise refusal(written, keys, f"should be a number such as -16, found {value!r}")
    return int((level * 100).to_integral_value())


def _picture(value: Any, key: str, written: Written) -> Any:
    if not isinstance(value, dict):
        problem = f"should hold theme, grade or watermark, found {value!r}"
        raise refusal(written, (key,), problem, "for example picture: {grade: warm}")
    result = dict(value)
    if isinstance(result.get("theme"), str):
        result["theme"] = {"name": result["theme"]}
    mark = result.get("watermark")
    if isinstance(mark, str):
        is_file = mark.lower().endswith((".png", ".webp"))
        result["watermark"] = {"image" if is_file else "text": mark}
    mark = result.get("watermark")
    if isinstance(mark, dict) and bool(mark.get("text")) == bool(mark.get("image")):
        raise refusal(written, (key, "watermark"), "should hold either a text or an image")
    grade = result.get("grade", GRADES[0])
    if grade not in GRADES and not str(grade).lower().endswith(".cube"):
        wanted = f"one of {', '.join(GRADES)}, or a .cube file of the show"
        raise refusal(written, (key, "grade"), f"should be {wanted}, found {grade!r}")
    return result


def _captions(value: Any, key: str, written: Written) -> Any:
    if isinstance(value, str):
        if value not in ("burned_in", "sidecar"):
            raise refusal(written, (key,), f"should be burned_in or sidecar, found {value!r}")
        return {"burn_in": value == "burned_in"}
    return value


def _casting(value: Any, key: str, written: Written) -> Any:
    if not isinstance(value, dict):
        problem = f"should hold `character: voice` lines, found {value!r}"
        raise refusal(written, (key,), problem, "`pipeline voices` lists the voices")
    return {
        slug(str(name)): {"name": voice} if isinstance(voice, str) else voice
        for name, voice in value.items()
    }


def _pronunciations(value: Any, key: str, written: Written) -> Any:
    """`word: respelling` lines; `[[...]]` are phonemes, a list holds one entry per language."""
    if not isinstance(value, dict):
        problem = f"should hold `word: respelling` lines, found {value!r}"
        raise refusal(written, (key,), problem, "for example Siobhan: shiv awn")
    entries = []
    for word, said in value.items():
        for one in said if isinstance(said, list) else [said]:
            entry = dict(one) if isinstance(one, dict) else _as_said(str(one).strip())
            if not entry.get("say") and not entry.get("phonemes"):
                problem = "should say how the word is spoken"
                raise refusal(written, (key, str(word)), problem, f"{word}: as it sounds")
            entries.append({**entry, "word": " ".join(str(word).split())})
    return entries


def _as_said(text: str) -> dict[str, Any]:
    phonetic = text.startswith("[[") and text.endswith("]]")
    return {"phonemes": text[2:-2].strip()} if phonetic else {"say": text}


def _window(value: Any, key: str, written: Written) -> Any:
    if not isinstance(value, dict):
        problem = f"should hold `key: value` lines (min_s, max_s), found {value!r}"
        raise refusal(
            written, (key,), problem, "for example target_duration: {min_s: 60, max_s: 90}"
        )
    least, most = value.get("min_s"), value.get("max_s")
    if isinstance(least, int) and isinstance(most, int) and 0 < most < least:
        problem = f"no film lasts {least} s or more and {most} s or less"
        raise refusal(written, (key,), problem, "make max_s the larger one, or leave one out")
    return value


def _fonts(value: Any, _key: str, _written: Written) -> Any:
    return [value] if isinstance(value, str) else value


def _text(value: Any, key: str, written: Written) -> str:
    if isinstance(value, dict | list):
        raise refusal(written, (key,), f"should be text, found {value!r}")
    return str(value)


def _language(value: Any, key: str, written: Written) -> str:
    # `no` is Norwegian here, and false in YAML.
    named = "no" if value is False else _text(value, key, written)
    from stages.reading.detect_language import language_code

    if named.strip() and not language_code(named):
        problem = f"{named!r} is no language known here"
        raise refusal(written, (key,), problem, "write its code, such as en-GB, fr or ja")
    return named


_UNDERSTOOD = {
    "title": _text,
    "genre": _text,
    "visual_style": _text,
    "rating": _text,
    "language": _language,
    "format": _format,
    "loudness": _loudness,
    "captions": _captions,
    "picture": _picture,
    "casting": _casting,
    "pronunciations": _pronunciations,
    "fonts": _fonts,
    "target_duration": _window,
}
