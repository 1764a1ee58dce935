"""What is named is there: commands and options, modules and packages, in docs, code and errors."""

import importlib
import re

import pytest
import typer

from orchestrator.cli.main import app
from tests.orchestrator.show_on_disk import ROOT

ROOMS = ("orchestrator", "renderers", "stages", "canon", "schemas")
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]
CODE = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
TREE = typer.main.get_command(app)
# Behind these a word stands for something that a person types: `pipeline run EPISODE`.
ENDS_A_COMMAND = re.compile(r"[^a-z]")


def commands_in(text):
    """Every command that a text names, as words: in spans of code and in blocks of them."""
    spans = re.findall(r"`pipeline ([^`\n]+)`", text)
    rows = re.findall(r"^(?: {4}| {6})?pipeline ([a-z][^\n#]+?)(?: {3,}|#|$)", text, re.M)
    return [found.split() for found in (*spans, *rows)]


def options_of(command):
    return {name for parameter in command.params for name in (*parameter.opts, "--help")}


def missing(words):
    """What of a named command there is not; empty when all of it is."""
    command, left = TREE, list(words)
    while left and hasattr(command, "commands") and not ENDS_A_COMMAND.search(left[0].strip(",;.")):
        name = left.pop(0).strip(",;.")
        if name not in command.commands:
            return f"command {name}"
        command = command.commands[name]
    if hasattr(command, "commands"):
        return ""
    given = {word.split("=")[0].rstrip(",;.") for word in left if re.match(r"--[a-z]", word)}
    wrong = given - options_of(command)
    return f"option {sorted(wrong)}" if wrong else ""


def test_a_command_that_is_not_there_is_noticed():
    assert commands_in("do `pipeline canon repare x.fountain`") == [
        ["canon", "repare", "x.fountain"]
    ]
    assert missing(["canon", "repare", "x.fountain"]) == "command repare"
    assert missing(["gc", "--remove"]) == "option ['--remove']"
    assert missing(["canon", "repair", "s01e02.fountain", "--apply"]) == ""
    assert missing(["spend", "settle", "--show", "my-show"]) == ""


@pytest.mark.parametrize("path", [*PAGES, *CODE], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_commands_and_modules_that_are_named_exist(path):
    text = path.read_text(encoding="utf-8")
    for words in commands_in(text):
        assert not missing(words), (words, missing(words))
    for named in re.findall(rf"`((?:{'|'.join(ROOMS)})(?:\.\w+)+)`", text):
        assert is_there(named), named
    rooms = "|".join((*ROOMS, "tests", "golden", "bench"))
    for named in re.findall(rf"(?<![\w/])((?:{rooms})/[\w/]+\.py)\b", text):
        assert (ROOT / named).is_file(), named


def is_there(dotted):
    """Whether a dotted name is a module, or a name inside one."""
    found, inside = importlib.import_module(dotted.split(".")[0]), dotted.split(".")[1:]
    for step, name in enumerate(inside, start=1):
        if not hasattr(found, name):
            try:
                found = importlib.import_module(".".join(dotted.split(".")[: step + 1]))
            except ModuleNotFoundError:
                return False
        else:
            found = getattr(found, name)
    return True


def test_a_module_that_is_not_there_is_noticed():
    assert is_there("orchestrator.spend.buying")
    assert is_there("renderers.providers.contract.ClipProvider")
    assert not is_there("orchestrator.spend.selling")


@pytest.mark.parametrize("room", ["orchestrator", "stages", "renderers", "renderers/plates"])
def test_the_house_is_described_package_by_package(room):
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    told = dict(re.findall(rf"^\| `{room}/(\w+)/` \| (.+) \|$", text, re.M))
    packages = {path.parent.name: path for path in (ROOT / room).glob("*/__init__.py")}
    assert told == {
        name: re.match(r'"""(.+?)"""', path.read_text(encoding="utf-8"))[1]
        for name, path in packages.items()
    }
