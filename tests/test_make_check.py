"""`make check` runs every test once, and names the short forms of the torture."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def commands(target):
    """The commands of a target, not run."""
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    told = subprocess.run(
        [make, "-n", target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [row for row in told.stdout.splitlines() if "/pytest" in row or "/python -m" in row]


def test_check_names_the_short_torture_and_runs_all_else_beside_it():
    others, short = (row for row in commands("check") if "/pytest" in row)
    named = re.findall(r"tests/\S+", short)
    assert re.findall(r"--ignore=(\S+)", others) == named
    assert all((ROOT / name).exists() for name in named)
    assert {"tests/orchestrator/test_torture.py", "tests/hostile", "tests/golden"} <= set(named)


def test_torture_runs_every_full_form():
    told = " ".join(commands("torture"))
    for form in ("tests.torture.run", "tests.hostile.run", "tests.golden.removed_rules"):
        assert f"-m {form}" in told
