"""The rules that `removed_rules` takes out are where it looks for them, and so are the tests."""

import shutil

import pytest

from tests.golden.removed_rules import ROOT, ran, remove
from tests.golden.rules import REMOVALS


@pytest.mark.parametrize("removal", REMOVALS, ids=lambda removal: removal.name)
def test_a_rule_can_be_taken_out_and_its_tests_are_there(tmp_path, removal):
    for edit in removal.edits:
        there = tmp_path / edit.path
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / edit.path, there)
    remove(removal, tmp_path)
    for edit in removal.edits:
        text = (tmp_path / edit.path).read_text(encoding="utf-8")
        compile(text, edit.path, "exec")
        assert text != (ROOT / edit.path).read_text(encoding="utf-8")
    for test in (*removal.red, *removal.green, *removal.red_anew):
        file, _, name = test.partition("::")
        source = (ROOT / file).read_text(encoding="utf-8")
        assert f"def {name.partition('[')[0]}(" in source


def test_a_red_test_is_told_from_a_green_and_a_broken_one(tmp_path):
    (tmp_path / "test_red.py").write_text("def test_it():\n    assert 1 == 2\n")
    (tmp_path / "test_green.py").write_text("def test_it():\n    pass\n")
    (tmp_path / "test_broken.py").write_text("import nothing_of_this_name\n")
    assert ran(tmp_path, "test_red.py") == ("red", "assert 1 == 2")
    assert ran(tmp_path, "test_green.py") == ("green", "")
    assert ran(tmp_path, "test_broken.py")[0] == "broken"
