"""Other CPUs for the tests of this folder."""

import os

import pytest

from tests.golden.emulated import missing


@pytest.fixture
def emulator():
    reason = missing()
    if reason and os.environ.get("CI", "").lower() in ("true", "1"):
        pytest.fail(f"{reason}; without it nothing shows that other CPUs make the same film")
    if reason:
        pytest.skip(reason)
