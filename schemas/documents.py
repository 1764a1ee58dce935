"""Reading an artifact back: checked by JSON Schema, by version, then by the model."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeVar

import orjson

from schemas.artifact import Artifact
from schemas.errors import PipelineError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator
    from jsonschema_rs import Draft202012Validator as Draft202012Verdict

EXPORTED: Final = "json"
"""Folder of the exported schemas, beside this module."""

AnyArtifact = TypeVar("AnyArtifact", bound=Artifact)


def json_schema(model: type[Artifact]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an artifact, as exported to `schemas/json/`."""
    schema = model.model_json_schema(by_alias=True, mode="validation")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"urn:showrunner:{model.SCHEMA}"
    return schema


def check(payload: Any, model: type[Artifact], where: str) -> None:
    """Raise PipelineError `schema` naming every missing or wrong field of `payload`."""
    if _fast_validator(model).is_valid(payload):
        return
    problems = sorted(_validator(model).iter_errors(payload), key=lambda e: list(map(str, e.path)))
    if problems:
        listed = "; ".join(
            f"at {'/'.join(map(str, e.absolute_path)) or 'the top'}: {_shortened(e.message)}"
            for e in problems[:5]
        )
        raise PipelineError(
            "schema",
            where,
            f"not a valid {model.SCHEMA}: {listed}",
            f"compare it with schemas/json/{model.schema_name()}.schema.json",
        )


def read_document(data: bytes, model: type[AnyArtifact], where: str) -> AnyArtifact:
    """Parse JSON bytes as `model`. Raises PipelineError for malformed JSON or a broken contract."""
    try:
        payload = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise PipelineError(
            "malformed-json", f"{where}, line {error.lineno}", error.msg, "mend the JSON there"
        ) from None
    return read_payload(payload, model, where)


def read_payload(payload: Any, model: type[AnyArtifact], where: str) -> AnyArtifact:
    """The same for JSON that is already parsed."""
    check_version(payload, model, where)
    check(payload, model, where)
    try:
        return model.model_validate(payload)
    except ValueError as error:
        raise PipelineError(
            "schema",
            where,
            f"not a valid {model.SCHEMA}: {_shortened(str(error))}",
            "mend the fields named here",
        ) from None


def check_version(payload: Any, model: type[Artifact], where: str) -> None:
    """Refuse another kind of document or another MAJOR version (plan §30.5)."""
    wanted, current = model.SCHEMA.split("/")
    tag = payload.get("schema") if isinstance(payload, dict) else None
    if not isinstance(tag, str) or tag.count("/") != 1:
        raise PipelineError(
            "schema",
            where,
            f"expected a document with `schema: {model.SCHEMA}`, found `schema: {tag!r}`",
            f'add "schema": "{model.SCHEMA}" at the top',
        )
    found, version = tag.split("/")
    if found != wanted:
        raise PipelineError(
            "schema", where, f"expected a {wanted}, found a {found}", "give the right document"
        )
    if version.split(".")[0] != current.split(".")[0]:
        raise PipelineError(
            "schema-version",
            where,
            f"{tag} cannot be read by this version, which knows {model.SCHEMA}",
            "make it again from the script: `pipeline run EPISODE` writes the current version",
        )


def _shortened(text: str) -> str:
    """At most 403 characters: what does not fit may be a megabyte, and both its ends say most."""
    return text if len(text) <= 400 else f"{text[:250]} … {text[-150:]}"


@cache
def _fast_validator(model: type[Artifact]) -> Draft202012Verdict:
    """Says yes or no a hundred times faster; what is wrong, `_validator` says in better words."""
    import jsonschema_rs

    # What is exported is the same, and read faster than it is made.
    exported = files("schemas").joinpath(EXPORTED, f"{model.schema_name()}.schema.json")
    if not exported.is_file():
        return jsonschema_rs.Draft202012Validator(json_schema(model))
    return jsonschema_rs.Draft202012Validator(orjson.loads(exported.read_bytes()))


@cache
def _validator(model: type[Artifact]) -> Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json_schema(model))
