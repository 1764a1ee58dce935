import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from renderers.seams import Command, Completed, Tools


@dataclass
class PlainExecutor:
    """Runs commands with an environment of the test's choosing and remembers their argv."""

    env: dict[str, str] = field(default_factory=dict)
    seen: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, command: Command) -> Completed:
        self.seen.append(command.argv)
        done = subprocess.run(
            command.argv,
            input=b"".join(command.stdin or ()),
            capture_output=True,
            check=True,
            env=self.env,
            timeout=command.wall_limit_s,
        )
        return Completed(done.stdout, done.stderr.decode())


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    yield tools_with({}, tmp_path_factory.mktemp("scratch"))


def tools_with(env: dict[str, str], scratch: Path) -> Tools:
    def resolve(digest: str) -> Path:
        raise AssertionError(f"speech needs no blob, asked for {digest}")

    return Tools(PlainExecutor(env), resolve, scratch)
