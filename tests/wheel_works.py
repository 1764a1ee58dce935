"""`make wheel`: the built wheel, installed into a clean environment, holds all a film needs.

The libraries come from the development environment; our own code can come from the wheel only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("orchestrator", "stages", "schemas", "canon", "renderers")
SHIPPED = (".py", ".json", ".j2", ".css", ".js")

SCREENPLAY = """INT. KITCHEN - DAY

ANNA
The wheel turns.
"""


def missing_files(wheel: Path) -> list[str]:
    """What lies in our packages and not in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    sources = (path for package in PACKAGES for path in (ROOT / package).rglob("*"))
    names = (path.relative_to(ROOT).as_posix() for path in sources if path.suffix in SHIPPED)
    return sorted(name for name in names if name not in packed)


def clean_environment(wheel: Path, folder: Path) -> Path:
    """An environment of its own with the wheel in it; returns its folder of commands."""
    venv.create(folder, with_pip=False, symlinks=True)
    commands = folder / "bin"
    pip = (sys.executable, "-m", "pip", "--python", str(commands / "python"))
    subprocess.run(
        [
            *pip,
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-index",
            wheel,
        ],
        check=True,
    )
    (packages,) = (folder / "lib").glob("python3*/site-packages")
    # A path added like this brings its libraries, but not the .pth files that lie in it: those
    # would lead back to the sources.
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


def run(folder: Path, *argv: str | Path) -> str:
    """What a command of the clean environment prints."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(argv, cwd=folder, env=kept, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{argv} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()


def main(dist: Path) -> None:
    """Check the one wheel in `dist`."""
    (wheel,) = dist.resolve().glob("*.whl")
    if missing := missing_files(wheel):
        raise SystemExit(f"not in the wheel: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="wheel-") as name:
        folder = Path(name).resolve()
        commands = clean_environment(wheel, folder / "environment")
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        for package in PACKAGES:
            where = f"import {package}; print({package}.__file__)"
            origin = run(elsewhere, commands / "python", "-c", where)
            if not Path(origin).is_relative_to(folder):
                raise SystemExit(f"{package} does not come from the wheel but from {origin}")
        version = wheel.name.split("-")[1]
        printed = run(elsewhere, commands / "pipeline", "--version")
        if printed != version:
            raise SystemExit(f"--version prints {printed!r}, the wheel is {version}")
        (elsewhere / "two-lines.fountain").write_text(SCREENPLAY, encoding="utf-8")
        run(elsewhere, commands / "pipeline", "run", "two-lines.fountain")
        film = elsewhere / "builds" / "two-lines" / "two-lines.mp4"
        if not film.is_file() or film.stat().st_size == 0:
            raise SystemExit("the installed pipeline made no film")
        print(f"{wheel.name}: complete, and makes a film of {film.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
