from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
import pytest

from renderers.sound.mix_room import Room, room_tone
from tests.renderers.sound.sound_files import RATE, decibel

KITCHEN, PIER = Room(0, 5 * RATE, "kitchen"), Room(5 * RATE, 10 * RATE, "pier", outdoors=True)


def test_every_place_has_its_own_tone_and_keeps_it() -> None:
    kitchen = room_tone((KITCHEN,), 0, 5 * RATE)
    hall = room_tone((Room(0, 5 * RATE, "hall"),), 0, 5 * RATE)
    outside = room_tone((Room(0, 5 * RATE, "kitchen", outdoors=True),), 0, 5 * RATE)
    alike = np.corrcoef(np.stack([kitchen[:, 0], hall[:, 0], outside[:, 0], kitchen[:, 1]]))
    assert np.abs(alike - np.eye(4)).max() < 0.05
    assert decibel(kitchen) == pytest.approx(-60, abs=1)
    assert decibel(outside) == pytest.approx(-57, abs=1.5)
    assert hashlib.sha256(kitchen.astype("<i2").tobytes()).hexdigest()[:16] == "e78e6b012a37762a"


def test_rooms_meet_in_a_crossfade_without_a_hole() -> None:
    both = room_tone((KITCHEN, PIER), 0, 10 * RATE)
    for start in range(0, 10 * RATE, RATE // 10):
        assert -66 < decibel(both[start : start + RATE // 10]) < -50
    on, into = (
        room_tone((Room(0, 9 * RATE, "kitchen"),), 0, 10 * RATE),
        5 * RATE - RATE * 60 // 1000,
    )
    assert np.array_equal(both[:into], on[:into])
    assert np.abs(both[into:] - on[into:])[100 : RATE * 50 // 1000].max() > 10
    cut = both[5 * RATE - 200 : 5 * RATE + 200]
    assert np.abs(np.diff(cut[:, 0])).max() < 120
    assert np.diff(np.flatnonzero(np.any(both != 0, axis=1))).max() < 40


def test_a_room_is_silent_outside_its_stretch() -> None:
    alone = room_tone((Room(100, 200, "kitchen"),), 0, 300)
    assert not alone[:100].any()
    assert not alone[200:].any()
    assert alone[100:200].any()


def test_pieces_of_the_tone_are_the_whole_tone() -> None:
    rooms = (KITCHEN, PIER)
    whole = room_tone(rooms, 0, 10 * RATE)
    cuts = [0, 7, 5 * RATE - 100, 5 * RATE, 5 * RATE + 77, 10 * RATE]
    pieces = [room_tone(rooms, a, b) for a, b in pairwise(cuts)]
    assert np.array_equal(np.concatenate(pieces), whole)
