"""orchestrator → {stages, canon, renderers} → schemas, and nothing else."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ALLOWED = {
    "schemas": set(),
    "stages": {"schemas"},
    "canon": {"schemas"},
    "renderers": {"schemas"},
    "orchestrator": {"stages", "canon", "renderers", "schemas"},
}
# Each seam lives in exactly one place; these modules may be imported only there.
SEAMS = {
    "subprocess": {"orchestrator/seams/executor.py"},
    "socket": set(),
    "requests": set(),
    "httpx": {"orchestrator/seams/http_client.py"},
    "random": set(),
}
PURE_ROOMS = ("stages", "canon", "schemas")
IMPURE = {"os", "time", "datetime", "secrets", "tempfile", "logging", "shutil", "sys"}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def modules() -> list[Path]:
    return [path for room in ALLOWED for path in sorted((ROOT / room).rglob("*.py"))]


def test_every_room_is_looked_at():
    assert {path.relative_to(ROOT).parts[0] for path in modules()} == set(ALLOWED)
    assert len(modules()) > 60


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_follow_the_arrows(path):
    room = path.relative_to(ROOT).parts[0]
    ours = imports_of(path) & set(ALLOWED)
    assert ours - {room} <= ALLOWED[room]


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_seams_are_in_one_place(path):
    name = path.relative_to(ROOT).as_posix()
    for module, places in SEAMS.items():
        if module in imports_of(path):
            assert name in places


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_pure_rooms_touch_nothing_outside(room):
    for path in (ROOT / room).rglob("*.py"):
        assert not imports_of(path) & IMPURE, path


def test_the_check_sees_a_forbidden_import(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text(
        "def f():\n    from orchestrator.run.engine import run_episode\n    import os.path\n"
    )
    assert imports_of(bad) == {"orchestrator", "os"}
