"""Texts that try to be more than text reach no server and no file, and arrive as they are."""

import pytest

from tests.hostile.shows import Traps, run_exact, run_raw
from tests.hostile.strings import KINDS, hostile
from tests.hostile.watch import Canary, PlantedSecret

# Two of each kind, alone or run together with another.
COUNT = 2 * len(KINDS)


@pytest.fixture
def traps(tmp_path):
    made = Traps(Canary(), PlantedSecret(tmp_path / "secrets"))
    yield made
    made.canary.close()
    made.secret.close()


def texts(traps, first):
    return [hostile(number, traps.bait) for number in range(first, first + COUNT)]


def test_in_a_structured_script_every_text_arrives_literally(tmp_path, traps):
    figures = run_exact(tmp_path, texts(traps, 0), traps)
    assert figures["strings"] == COUNT
    assert figures["films"] == 1


def test_in_fountain_no_word_is_lost_and_nothing_is_reached(tmp_path, traps):
    figures = run_raw(tmp_path, texts(traps, COUNT), traps)
    assert figures["films"] + figures["refused"] == 1


def test_the_traps_go_off(tmp_path, traps):
    import socket

    with socket.create_connection(("127.0.0.1", traps.canary.port)) as caller:
        assert caller.recv(100)
    traps.secret.path.read_bytes()
    assert traps.canary.contacts == 1
    assert traps.secret.readings > 0
