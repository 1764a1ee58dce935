"""The command line inside this process, and a finished show to copy."""

import shutil

import pytest

from orchestrator.cli.main import main
from tests.orchestrator.show_on_disk import Ended, make_show

TINY = "id: test\nformat: {width: 114, height: 64}\n"


@pytest.fixture
def command(capsys):
    """`pipeline` with its arguments as a user types them; code, output and errors come back."""

    def run(*arguments) -> Ended:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def finished_show(tmp_path_factory):
    """A show with one finished episode; only to be read."""
    show = tmp_path_factory.mktemp("finished") / "show"
    assert main(["run", str(make_show(show, project=TINY)), "--quiet"]) == 0
    return show


@pytest.fixture
def finished(finished_show, tmp_path):
    """A copy of the finished show, to change."""
    copy = tmp_path / "show"
    shutil.copytree(finished_show, copy)
    return copy
