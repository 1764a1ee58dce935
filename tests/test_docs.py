"""The documentation is true: its commands run, its tables match the code."""

import re
import shlex
import shutil

import pytest

from schemas.errors import ExitCode
from schemas.project import Project
from tests.orchestrator.show_on_disk import ROOT, pipeline

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "".join(re.findall(r"```sh\n(.*?)```", README, re.S)).splitlines()


def test_the_two_commands_are_targets_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    named = [row.split()[1] for row in SHELL if row.startswith("make ")]
    assert named == ["demo", "test"]
    for target in named:
        assert re.search(rf"^{target}: install$", makefile, re.M)


def test_every_pipeline_command_of_the_readme_runs(tmp_path):
    shutil.copytree(
        ROOT / "examples" / "nine-twenty",
        tmp_path / "examples" / "nine-twenty",
        ignore=shutil.ignore_patterns("builds", ".pipeline", "HEAD", ".lock", "diffs", "snapshots"),
    )
    settings = tmp_path / "examples" / "nine-twenty" / "project.yaml"
    settings.write_text(settings.read_text() + "format: {width: 320, height: 180}\n")
    commands = [row for row in SHELL if row.startswith("pipeline ")]
    assert len(commands) == 7
    for row in commands:
        words = shlex.split(row, comments=True)[1:]
        promised = re.search(r"exit code (\d)", row)
        ended = pipeline(*words, cwd=tmp_path)
        assert ended.code == (int(promised[1]) if promised else 0), (row, ended.err)
        assert ended.out or promised, row


def test_the_exit_codes_are_all_explained():
    text = (ROOT / "docs" / "operations.md").read_text()
    table = {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.M)}
    assert table == {int(code) for code in ExitCode}


def test_every_setting_is_explained():
    text = (ROOT / "docs" / "project.md").read_text()
    keys = re.findall(r"`([a-z_]+)[.`]", "\n".join(r for r in text.splitlines() if r[:3] == "| `"))
    assert set(Project.model_fields) - {"schema_tag"} <= set(keys)
    assert set(keys) <= set(Project.model_fields) | {"name", "fps", "espeak"} | EXAMPLES


EXAMPLES = {"none", "sidecar", "burned_in", "true", "false", "strict", "flag", "off"} | {
    "proprietary_cleared",
    "storyboard",
    "library",
    "generated",
    "fr",
    "ja",
}


@pytest.mark.parametrize(
    "page", [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"], ids=lambda p: p.name
)
def test_links_and_named_files_exist(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (page.parent / target).exists(), target
    rooms = "orchestrator|stages|schemas|canon|renderers|tests|golden"
    for named in re.findall(rf"`((?:{rooms})/[\w/.]+\.(?:py|json))`", text):
        assert (ROOT / named).exists(), named
