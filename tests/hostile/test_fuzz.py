"""A sample of the broken files that `make torture` reads a hundred thousand of."""

import os
import subprocess
import sys

import pytest

from renderers.limited_start import under_limits
from tests.hostile.fuzz import fuzz
from tests.hostile.shapes import SHAPES
from tests.orchestrator.show_on_disk import ROOT

LONG_BYTES = 100_000
# A few seconds are needed; a reader that looks at everything twice would need minutes or hours.
CPU_S = 60
MEMORY_BYTES = 1 << 30


def test_broken_files_are_read_or_refused():
    figures = fuzz(0, 2000)
    assert sum(figures.values()) == 2000
    # Both ends are reached, or the breaking would prove nothing.
    for kind in ("fountain", "json", "yaml", "project", "canon"):
        assert figures[f"{kind} read"] > 25, figures
        assert figures[f"{kind} refused"] > 100, figures


@pytest.mark.parametrize("suffix", [".fountain", ".json", ".yaml"])
def test_long_files_are_read_within_bounded_time_and_memory(suffix):
    names = [name for name, shape in SHAPES.items() if shape[3] == suffix]
    assert names
    program = "import sys; from tests.hostile.shapes import read"
    program += "\nfor name in sys.argv[2:]: print(name, read(name, int(sys.argv[1])), flush=True)"
    argv = (sys.executable, "-c", program, str(LONG_BYTES), *names)
    done = subprocess.run(
        under_limits(argv, MEMORY_BYTES, CPU_S, 1 << 20),
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == len(names)
