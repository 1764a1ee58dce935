"""Takes the rules of docs/determinism.md out one by one, and looks which test turns red.

python -m tests.golden.removed_rules            every rule, in a copy of the sources
python -m tests.golden.removed_rules --only zone

Prints a row for each test of a rule, ends with 1 when one is not of the colour that is expected.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.golden.rules import PINNED, REMOVALS, Removal

ROOT = Path(__file__).parents[2]
LEFT_OUT = (
    ".venv",
    ".git",
    "__pycache__",
    "builds",
    "dist",
    ".pipeline",
    ".*_cache",
    ".hypothesis",
)


def remove(removal: Removal, tree: Path) -> None:
    """Edit a copy of the sources. Raises ValueError when a text is not there exactly once."""
    for edit in removal.edits:
        path = tree / edit.path
        text = path.read_text(encoding="utf-8")
        if text.count(edit.old) != 1:
            raise ValueError(f"{removal.name}: {text.count(edit.old)} times in {edit.path}")
        path.write_text(text.replace(edit.old, edit.new), encoding="utf-8")


def ran(tree: Path, test: str) -> tuple[str, str]:
    """`green`, `red` or `broken`, and the first difference that a red test names."""
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode == 0:
        return "green", ""
    said = re.findall(r"^E +(.+)$", ended.stdout, re.MULTILINE)
    colour = "red" if ended.returncode == 1 else "broken"
    return colour, next(iter(said), ended.stdout[-300:])


def rows(only: str) -> Iterator[dict[str, object]]:
    """Each rule with what every test of it came to, and whether that was expected."""
    with tempfile.TemporaryDirectory() as folder:
        for number, removal in enumerate(REMOVALS):
            if only not in removal.name:
                continue
            tree = Path(folder) / str(number)
            shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT))
            remove(removal, tree)
            expected = dict.fromkeys(removal.red, "red") | dict.fromkeys(removal.green, "green")
            for test, colour in expected.items():
                yield _row(removal.name, test, colour, tree)
            if removal.red_anew:
                pin_anew(tree)
                yield _row(f"{removal.name}, pinned anew", PINNED, "green", tree)
            for test in removal.red_anew:
                yield _row(f"{removal.name}, pinned anew", test, "red", tree)
            shutil.rmtree(tree)


def pin_anew(tree: Path) -> None:
    """Pin what a tree makes on this machine."""
    argv = [sys.executable, "-m", "golden.update"]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    subprocess.run(argv, cwd=tree, env=environment, stdout=subprocess.DEVNULL, check=True)


def _row(rule: str, test: str, colour: str, tree: Path) -> dict[str, object]:
    found, said = ran(tree, test)
    return {
        "rule": rule,
        "test": test.rpartition("::")[2],
        "colour": found,
        "as_expected": found == colour,
        "said": said[:160],
    }


def main() -> int:
    """Entry point; see the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="", help="rules whose name holds this")
    failed = False
    for row in rows(parser.parse_args().only):
        print(json.dumps(row, ensure_ascii=False), flush=True)
        failed = failed or not row["as_expected"]
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
