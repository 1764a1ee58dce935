import json

import pytest
from jsonschema import Draft202012Validator

from schemas.canonical import readable_bytes
from schemas.documents import json_schema, read_document
from schemas.errors import PipelineError
from schemas.export import ARTIFACTS, FOLDER, exported
from schemas.project import Project
from schemas.shot_list import ShotList

NAMES = [model.schema_name() for model in ARTIFACTS]


def test_the_contracts_of_the_plan_are_all_there():
    assert NAMES == [
        "Project",
        "Episode",
        "Script",
        "ScratchTrack",
        "ShotList",
        "AssetManifest",
        "RenderPlan",
        "RenderOutput",
        "CanonSnapshot",
        "CanonDiff",
        "ApprovalRequest",
        "ApprovalDecision",
        "ContextPack",
        "RecallIndex",
        "RunSummary",
        "Take",
        "Transform",
    ]


def test_exported_schemas_have_not_drifted():
    on_disk = {path.name: path.read_bytes() for path in FOLDER.glob("*.json")}
    assert on_disk == exported(), "run `make schemas`"


@pytest.mark.parametrize("model", ARTIFACTS, ids=NAMES)
def test_exported_schemas_are_schemas_and_hold_no_number(model):
    schema = json_schema(model)
    Draft202012Validator.check_schema(schema)
    assert '"type": "number"' not in json.dumps(schema), "artifacts hold no floats"


def project(**fields):
    payload = Project.create(id="show").payload() | fields
    return json.dumps(payload).encode()


def test_a_document_survives_the_way_through_json():
    assert read_document(project(), Project, "p.json") == Project.create(id="show")


def test_unknown_fields_are_tolerated():
    read = read_document(project(invented_tomorrow=[1]), Project, "p.json")
    assert read == Project.create(id="show")


def test_a_missing_field_is_named():
    data = readable_bytes({"schema": "ShotList/1.0.0", "shots": [], "timing_lock_hash": "0" * 64})
    with pytest.raises(PipelineError) as caught:
        read_document(data, ShotList, "shot_list.json")
    assert "'fps' is a required property" in caught.value.problem
    assert caught.value.where == "shot_list.json"


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b'{"a": 1,\n "b" 2}', "malformed-json", "line 2"),
        (b"[]", "schema", "schema: Project/1.6.0"),
        (project(schema="Script/1.0.0"), "schema", "expected a Project, found a Script"),
        (project(schema="Project/2.0.0"), "schema-version", "knows Project/1.6.0"),
        (project(format={"width": 1280, "height": 721}), "schema", "format/height"),
        (project(format={"width": 1280.5, "height": 720}), "schema", "format/width"),
    ],
)
def test_refusals_say_what_and_where(data, code, says):
    with pytest.raises(PipelineError) as caught:
        read_document(data, Project, "p.json")
    assert caught.value.code == code
    assert says in f"{caught.value.where} {caught.value.problem}"


def test_a_newer_minor_version_is_read():
    assert (
        read_document(project(schema="Project/1.9.0"), Project, "p").schema_tag == "Project/1.9.0"
    )


def test_artifacts_are_immutable():
    with pytest.raises(ValueError, match="frozen"):
        Project.create(id="show").title = "other"
