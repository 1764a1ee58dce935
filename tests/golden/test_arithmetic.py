"""What Python computes of pictures and sound is the same on every CPU."""

import json
import subprocess
import sys

import pytest

from tests.golden.arithmetic import PARTS, digests
from tests.golden.emulated import CPUS, ROOT, machine

pytestmark = pytest.mark.slow

# Float sums, products and functions, which numpy does differently at each vector width.
FLOATS = """
import hashlib, json, sys, numpy as np
x = (np.arange(100_003) * 7919 % 65_521).astype(np.float32) / np.float32(65_521)
m = x[:99_856].reshape(316, 316)
found = [x.sum(), np.exp(x).sum(), np.sin(x).tobytes(), (m @ m).tobytes(), np.fft.rfft(x).tobytes()]
digest = lambda one: hashlib.sha256(one if isinstance(one, bytes) else one.tobytes()).hexdigest()
json.dump([digest(one) for one in found], sys.stdout)
"""


def answered(made, *arguments):
    ended = subprocess.run(
        [made.python, *arguments],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def here():
    found = digests()
    assert list(found) == list(PARTS)
    assert len(set(found.values())) == len(PARTS)
    return found


@pytest.mark.parametrize("cpu", CPUS)
def test_every_part_is_the_same_on_another_cpu(emulator, here, tmp_path, cpu):
    made = machine(cpu, tmp_path / "machine")
    there = answered(made, "-m", "tests.golden.arithmetic")
    assert [name for name in PARTS if there[name] != here[name]] == []


def test_floats_would_not_be(emulator, tmp_path):
    """These CPUs do tell arithmetic apart, so that equal digests mean something."""
    found = [answered(machine(cpu, tmp_path / cpu), "-c", FLOATS) for cpu in CPUS[:2]]
    differing = sum(one != other for one, other in zip(*found, strict=True))
    assert differing >= 2


def test_the_parts_do_not_depend_on_threads_or_hash_seed(here):
    for seed, threads in (("1", "1"), ("2", "4")):
        ended = subprocess.run(
            [sys.executable, "-m", "tests.golden.arithmetic"],
            cwd=ROOT,
            env={
                "PYTHONPATH": str(ROOT),
                "PATH": "/usr/bin:/bin",
                "PYTHONHASHSEED": seed,
                "OPENBLAS_NUM_THREADS": threads,
                "OMP_NUM_THREADS": threads,
            },
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(ended.stdout) == here
