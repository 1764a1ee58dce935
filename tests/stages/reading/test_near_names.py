"""Names that differ by a slip of the finger."""

from __future__ import annotations

import pytest

from stages.reading.near_names import is_slip


@pytest.mark.parametrize(
    ("name", "other"),
    [("MARTHA", "MARHTA"), ("MARTHA", "MARTA"), ("MARTA", "MARTHA"), ("JONAS", "JONES"),
     ("OLD BENN", "OLD BEN"), ("DR. O'NIEL", "DR. O'NEIL")],
)  # fmt: skip
def test_slips(name: str, other: str) -> None:
    assert is_slip(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [("MARTHA", "MARTHA"), ("JON", "JAN"), ("COP #1", "COP #2"), ("GUARD A", "GUARD B"),
     ("MARTHA", "BERTHA"), ("MARA", "MARLON"), ("ANNA", "HANNAH"), ("HAL 9000", "HAL 9001")],
)  # fmt: skip
def test_other_people(name: str, other: str) -> None:
    assert not is_slip(name, other)
