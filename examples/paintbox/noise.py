"""Value noise in whole numbers: the same picture on every processor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL = 65535


def scatter(x: int, y: int, seed: int) -> int:
    """A repeatable number from 0 to 65535 for a point; looks random, is arithmetic."""
    grid = _hash(np.array([[x]], dtype=np.uint32), np.array([[y]], dtype=np.uint32), seed)
    return int(grid[0, 0])


def value_noise(
    size: tuple[int, int], cell: tuple[int, int], seed: int, octaves: int = 3
) -> NDArray[np.int32]:
    """Soft blotches, 0 to 65535, `size` as (width, height); each octave halves cell and weight."""
    total = np.zeros((size[1], size[0]), dtype=np.int32)
    weight_sum = 0
    for octave in range(octaves):
        step = (max(1, cell[0] >> octave), max(1, cell[1] >> octave))
        weight = 1 << (octaves - octave)
        total += (_layer(size, step, seed + 7919 * octave) >> 4) * weight
        weight_sum += weight
    return (total // weight_sum) << 4


def _layer(size: tuple[int, int], cell: tuple[int, int], seed: int) -> NDArray[np.int32]:
    columns, fx = _positions(size[0], cell[0])
    rows, fy = _positions(size[1], cell[1])
    lattice = _hash(
        np.arange(int(columns[-1]) + 2, dtype=np.uint32)[None, :],
        np.arange(int(rows[-1]) + 2, dtype=np.uint32)[:, None],
        seed,
    )
    left, right = lattice[:, columns], lattice[:, columns + 1]
    across = left + ((right - left) * fx[None, :] >> 8)
    top, bottom = across[rows], across[rows + 1]
    blotches: NDArray[np.int32] = top + ((bottom - top) * fy[:, None] >> 8)
    return blotches


def _positions(length: int, cell: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    at = np.arange(length, dtype=np.int32)
    part = (at % cell) * 256 // cell
    return at // cell, part * part * (768 - 2 * part) >> 16


def _hash(x: NDArray[np.uint32], y: NDArray[np.uint32], seed: int) -> NDArray[np.int32]:
    mixed = x * np.uint32(0x9E3779B1) ^ y * np.uint32(0x85EBCA77) ^ np.uint32(seed * 40503 + 1)
    for shift, factor in ((15, 0x2C1B3C6D), (12, 0x297A2D39), (15, 1)):
        mixed = (mixed ^ (mixed >> np.uint32(shift))) * np.uint32(factor)
    return (mixed >> np.uint32(16)).astype(np.int32)
